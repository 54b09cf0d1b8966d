"""The records behind a figure."""

from dataclasses import dataclass

from thidua.apps.records.models import Discipline, Incident, OrganisationRating, Petition, StandingTitle, Task
from thidua.apps.units.models import MassOrganisation
from thidua.apps.units.states import MassOrganisationKind
from thidua.core.vietnamese import fold


def tasks_of_year(year: int) -> list[Task]:
    """Tasks assigned for a year, those carried over into it too."""
    return list(Task.objects.current().filter(year=year).select_related("unit"))


def incident_of(kind: str, year: int) -> Incident | None:
    """What was reported of a kind of event in a year; None when nobody looked into it."""
    return Incident.objects.current().filter(kind=kind, year=year).first()


def standing_title(words: str, year: int) -> StandingTitle | None:
    """The standing title of a year whose name stands in a target's words, blind to accents and case."""
    wanted = fold(words).lower()
    for title in StandingTitle.objects.current().filter(year=year).order_by("pk"):
        if fold(title.name).lower() in wanted:
            return title
    return None


@dataclass(frozen=True)
class OrganisationStanding:
    """One of the agency's own organisations and its rating in a year (None when not rated yet)."""

    organisation: MassOrganisation
    rating: OrganisationRating | None


def organisation_ratings(year: int, *, party: bool) -> list[OrganisationStanding]:
    """The agency's own Party organisation, or its mass organisations, with their ratings."""
    owned = MassOrganisation.objects.filter(unit__isnull=True, exists=True)
    kind = MassOrganisationKind.PARTY
    chosen = owned.filter(kind=kind) if party else owned.exclude(kind=kind)
    rated = OrganisationRating.objects.current().filter(year=year)
    ratings = {rating.organisation_id: rating for rating in rated}
    return [OrganisationStanding(item, ratings.get(item.pk)) for item in chosen.order_by("pk")]


def sensitive_of(person_id: int, year: int) -> list[Discipline | Petition]:
    """Discipline and petitions of a person in a year; the caller has checked who is reading."""
    disciplines = Discipline.objects.current().filter(person_id=person_id, decided_on__year=year)
    petitions = Petition.objects.current().filter(person_id=person_id, accepted_on__year__lte=year)
    return [*disciplines, *petitions]
