"""What the pages of the records show: counts, lists, who wrote and verified, objections."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.fields import CharField

from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import Actor, page_of
from thidua.apps.records.models import Fact, FactObjection, OrganisationRating, Study, SubjectFact, Task
from thidua.apps.records.queries.kinds import KINDS, KindOfFact, kind_of
from thidua.apps.records.queries.subjects import address_of, sentence_of
from thidua.apps.records.states import ObjectionState
from thidua.apps.units.models import Person, Unit
from thidua.apps.units.queries import members_of_year
from thidua.core.calendar import year_period

A_PAGE = 100


@dataclass(frozen=True)
class KindCount:
    """How many facts of a kind a year has, how many of them nobody has verified, how many are of earlier years."""

    kind: KindOfFact
    of_year: int
    waiting: int
    earlier: int


@dataclass(frozen=True)
class FactLine:
    """One fact as a page shows it; ``written_by`` and ``verified_by`` are names."""

    fact: Fact
    address: str
    sentence: str
    written_by: str
    verified_by: str
    may_be_verified: bool
    objection: FactObjection | None = None

    @property
    def whose(self) -> Person | Unit | None:
        """Whom the fact is about; None for the agency as a whole."""
        if isinstance(self.fact, OrganisationRating):
            return self.fact.organisation.unit
        if isinstance(self.fact, SubjectFact):
            return self.fact.person or self.fact.unit
        if isinstance(self.fact, Task):
            return self.fact.unit
        person: Person | None = getattr(self.fact, "person", None)
        return person


def counts_of_year(year: int) -> list[KindCount]:
    """Every kind with its counts, in one query."""
    found: dict[str, tuple[int, int, int]] = {}
    parts = [_counts(kind, year) for kind in KINDS.values()]
    for row in parts[0].union(*parts[1:], all=True):
        found[row["slug"]] = (row["of_year"], row["waiting"], row["earlier"])
    return [KindCount(kind, *found.get(slug, (0, 0, 0))) for slug, kind in KINDS.items()]


def _counts(kind: KindOfFact, year: int) -> QuerySet[Fact, dict[str, Any]]:
    of_year = Q(**{kind.year: year})
    rows = kind.model.objects.current().order_by().annotate(slug=Value(kind.slug, output_field=CharField()))
    return rows.values("slug").annotate(
        of_year=Count("pk", filter=of_year),
        waiting=Count("pk", filter=of_year & Q(verified_at__isnull=True)),
        earlier=Count("pk", filter=Q(**{f"{kind.year}__lt": year})),
    )


def list_of_kind(kind: KindOfFact, *, year: int, page: str | None, actor: Actor) -> tuple[Page[Fact], list[FactLine]]:
    """One page of a kind's facts of a year, those that nobody has verified first."""
    rows = kind.model.objects.current().filter(**{kind.year: year})
    rows = rows.select_related(*_whose_fields(kind.model))
    waiting_first = Case(When(verified_at__isnull=True, then=Value(0)), default=Value(1))
    shown = page_of(rows.order_by(waiting_first, "pk"), page, size=A_PAGE)
    return shown, lines_of(list(shown.object_list), actor=actor)


def _whose_fields(model: type[Fact]) -> list[str]:
    if model is OrganisationRating:
        return ["organisation__unit"]
    names = {field.name for field in model._meta.concrete_fields}
    return [name for name in ("person", "unit") if name in names]


def lines_of(facts: Sequence[Fact], *, actor: Actor, objections: Iterable[FactObjection] = ()) -> list[FactLine]:
    """Facts as lines, with the names of who wrote and verified them and the last objection to each."""
    names = names_of({key for fact in facts for key in (fact.written_by, fact.verified_by)})
    last = {objection.fact: objection for objection in objections}
    return [
        FactLine(
            fact=fact,
            address=address_of(fact),
            sentence=sentence_of(fact),
            written_by=names.get(fact.written_by, fact.written_by),
            verified_by=names.get(fact.verified_by, fact.verified_by),
            may_be_verified=fact.verified_at is None and fact.written_by != actor.key,
            objection=last.get(address_of(fact)),
        )
        for fact in facts
    ]


def by_kind(lines: Iterable[FactLine]) -> list[tuple[KindOfFact, list[FactLine]]]:
    """Lines under their kinds, in the order they came."""
    found: dict[str, list[FactLine]] = defaultdict(list)
    for line in lines:
        found[kind_of(line.fact).slug].append(line)
    return [(KINDS[slug], rows) for slug, rows in found.items()]


def names_of(keys: Iterable[str]) -> Mapping[str, str]:
    """Names of people by the keys that records keep (“user:5”); a key of nobody's account is left out."""
    numbers = {int(key.removeprefix("user:")) for key in keys if key.startswith("user:")}
    if not numbers:
        return {}
    users = User.objects.filter(pk__in=numbers)
    return {f"user:{user.pk}": user.person.full_name if user.person else user.username for user in users}


def objections_to(*, person: Person | None = None, unit: Unit | None = None) -> list[FactObjection]:
    """Objections to facts about one person or collective, oldest first."""
    whose = {"person": person} if person is not None else {"unit": unit}
    return list(FactObjection.objects.filter(**whose))


def objections_of_year(year: int, *, page: str | None) -> Page[FactObjection]:
    """A page of objections: first all that wait for an answer, then those raised in a year or in the next."""
    shown = Q(state=ObjectionState.OPEN) | Q(raised_on__year__in=[year, year + 1])
    rows = FactObjection.objects.filter(shown).select_related("person", "unit")
    waiting_first = Case(When(state=ObjectionState.OPEN, then=Value(0)), default=Value(1))
    return page_of(rows.order_by(waiting_first, "raised_on", "pk"), page, size=A_PAGE)


def open_objections() -> int:
    """How many objections wait for an answer, whatever year they are about."""
    return FactObjection.objects.filter(state=ObjectionState.OPEN).count()


def people_of_unit(unit: Unit, year: int) -> list[Person]:
    """Those who count in a unit for a year, in the order of Vietnamese lists."""
    members = members_of_year(year_period(year)).values()
    return sorted((m.person for m in members if m.unit.pk == unit.pk), key=lambda person: person.sort_key)


def people_headed(actor: Actor, year: int) -> tuple[list[Person], list[Unit]]:
    """The people who count in the units an actor heads, in the order of Vietnamese lists, and these units."""
    members = members_of_year(year_period(year)).values()
    people = [member.person for member in members if member.unit.pk in actor.headed_units]
    return sorted(people, key=lambda person: person.sort_key), list(Unit.objects.filter(pk__in=actor.headed_units))


def studies_of(people: Sequence[Person], year: int) -> list[Study]:
    """What some people studied in a year, newest first."""
    days = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    rows = Study.objects.current().filter(person__in=people, held_on__range=days).select_related("person")
    return list(rows.order_by("-held_on", "person__sort_key"))
