"""The records behind a figure."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q

from thidua.apps.records.models import Incident, StandingTitle, Task
from thidua.apps.records.states import Grade
from thidua.apps.units.models import MassOrganisation
from thidua.apps.units.states import MassOrganisationKind
from thidua.core.vietnamese import fold


def tasks_of_year(year: int) -> list[Task]:
    """Tasks assigned for a year, those carried over into it too."""
    return list(Task.objects.current().filter(year=year).select_related("unit"))


def incidents_of_year(year: int) -> dict[str, Incident]:
    """What was reported of each kind of event in a year; a kind that nobody looked into is absent."""
    return {incident.kind: incident for incident in Incident.objects.current().filter(year=year)}


def standing_titles_of_year(year: int) -> list[StandingTitle]:
    """The agency's standing titles in a year."""
    return list(StandingTitle.objects.current().filter(year=year).order_by("pk"))


def title_named_in(titles: list[StandingTitle], words: str) -> StandingTitle | None:
    """The standing title whose name stands in a target's words, blind to accents and case."""
    wanted = fold(words).lower()
    return next((title for title in titles if fold(title.name).lower() in wanted), None)


@dataclass(frozen=True)
class OrganisationStanding:
    """One of the agency's own organisations and its grade in a year (None when not rated yet)."""

    organisation: MassOrganisation
    grade: Grade | None

    @property
    def is_party(self) -> bool:
        """Whether it is the Party organisation, not a mass organisation."""
        return self.organisation.kind == MassOrganisationKind.PARTY


def organisation_ratings(year: int) -> list[OrganisationStanding]:
    """The agency's own Party and mass organisations with their grades, in one query."""
    of_year = FilteredRelation("ratings", condition=Q(ratings__year=year, ratings__superseded_at__isnull=True))
    owned = MassOrganisation.objects.filter(unit__isnull=True, exists=True).order_by("pk")
    rated = owned.annotate(rated=of_year, grade=F("rated__grade"))
    return [OrganisationStanding(item, Grade(item.grade) if item.grade else None) for item in rated]
