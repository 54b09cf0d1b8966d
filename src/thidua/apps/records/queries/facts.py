"""The facts of a year as the law's packs ask for them: from records to the columns of the facts contract.

A missing record is a missing fact (None). Absence means *none* only where a list was stated to be complete for the
years in question (``CompleteList``).
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.db.models import QuerySet

from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Confirmation,
    Discipline,
    Fact,
    Judgement,
    OrganisationRating,
    Petition,
    Rating,
    SubjectFact,
)
from thidua.apps.records.queries.confirmed import most_asked, run_of_years
from thidua.apps.records.states import AchievementKind, DisciplineForm, Grade, ListKind, Scope
from thidua.apps.registrations.queries import registered_in
from thidua.apps.units.models import MassOrganisation, Unit
from thidua.apps.units.queries import Membership, members_of_year, units_of_year
from thidua.apps.units.states import MassOrganisationKind, Sex
from thidua.core.calendar import months_between, year_period
from thidua.core.law.facts import suits
from thidua.core.law.schema import Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.walk import over_column

FactRow = dict[str, object]
F = TypeVar("F", bound=Fact)
NOT_THERE = "khong_co"
PREFIXES = {AchievementKind.INITIATIVE: "initiatives", AchievementKind.RESEARCH: "research"}
SUFFIXES = {Scope.BASE: "base", Scope.PROVINCE: "province", Scope.NATIONAL: "national"}
GRADE_ORDER: list[str] = [Grade.KHT, Grade.HT, Grade.HTT, Grade.HTXS]


@dataclass(frozen=True)
class YearFacts:
    """Rows of the facts contract for one year, with where each fact comes from.

    ``sources`` maps (person|unit, code) to {column: words}; ``members`` maps person id to where the person counts.
    ``awarded`` has the holders of each title by unit, once the list of the year's own awards was stated complete.
    """

    year: int
    people: Sequence[FactRow]
    units: Sequence[FactRow]
    sources: Mapping[tuple[str, str], Mapping[str, str]]
    members: Mapping[int, Membership]
    awarded: Mapping[str, Mapping[str, int]]


def facts_of_year(
    year: int,
    *,
    agency_code: str,
    counted_years: Iterable[int] = (),
    cstdt_gap: int,
    min_months_retired: int | None = None,
    law: Ruleset | None = None,
    known_at: datetime.datetime | None = None,
) -> YearFacts:
    """The facts of the agency in scope for a year, as known now or at a moment.

    ``counted_years`` asks for counts of initiatives over that many years beside those of the year itself.
    ``cstdt_gap`` is how many years may lie between two provincial titles in a row. ``min_months_retired`` is the
    packs' rule on whoever left in the year: with fewer months of service in it they
    are not in a unit's headcount; None leaves the headcount of a unit with leavers unknown.
    ``law`` says which facts there are to confirm; without it confirmations are not read.
    """
    reading = _Reading(year=year, known_at=known_at, cstdt_gap=cstdt_gap, law=law)
    members = members_of_year(year_period(year), known_at=known_at)
    people = [reading.person(member, counted_years) for member in members.values()]
    judged = units_of_year(year_period(year))
    units = [reading.unit(unit, members, agency_code, min_months_retired) for unit in judged]
    awarded = reading.awarded(members, [unit.code for unit in judged])
    return YearFacts(year, people, units, reading.sources, members, awarded)


class _OfPerson(Protocol):
    """A record of one person."""

    @property
    def person_id(self) -> int | None:
        """Whose it is."""


P = TypeVar("P", bound=_OfPerson)


def _by_person(rows: Iterable[P]) -> dict[int, list[P]]:
    found: dict[int, list[P]] = defaultdict(list)
    for row in rows:
        if row.person_id is not None:
            found[row.person_id].append(row)
    return found


@dataclass
class _Reading:
    """All records of a year, read once, by whom they are about."""

    year: int
    known_at: datetime.datetime | None
    cstdt_gap: int
    law: Ruleset | None
    sources: dict[tuple[str, str], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.registrations = registered_in(self.year, known_at=self.known_at)
        self.ratings: dict[tuple[str, int], dict[int, Rating]] = defaultdict(dict)
        for rating in self._rows(Rating).filter(year__lte=self.year):
            self.ratings[self._subject(rating)][rating.year] = rating
        self.confirmed: dict[tuple[str, int], list[Confirmation]] = defaultdict(list)
        for said in self._rows(Confirmation).filter(year=self.year):
            self.confirmed[self._subject(said)].append(said)
        self.judgements = {
            (*self._subject(row), row.criterion): row for row in self._rows(Judgement).filter(year=self.year)
        }
        self.disciplines = _by_person(self._rows(Discipline).filter(decided_on__year=self.year))
        self.achievements = _by_person(self._rows(Achievement).all())
        self.awards: dict[int, list[Award]] = defaultdict(list)
        self.awards_of_units: dict[int, list[Award]] = defaultdict(list)
        for award in self._rows(Award):
            kind, pk = self._subject(award)
            (self.awards if kind == "person" else self.awards_of_units)[pk].append(award)
        self.petitions: dict[tuple[str, int], list[Petition]] = defaultdict(list)
        for row in self._rows(Petition).filter(accepted_on__lte=self.last_day):
            self.petitions[self._subject(row)].append(row)
        self.complete: list[CompleteList] = list(self._rows(CompleteList))
        self.organisations: dict[int, list[MassOrganisation]] = defaultdict(list)
        for organisation in MassOrganisation.objects.filter(unit__isnull=False):
            assert organisation.unit_id is not None  # the filter above
            self.organisations[organisation.unit_id].append(organisation)
        rated = self._rows(OrganisationRating).filter(year=self.year)
        self.organisation_ratings = {row.organisation_id: row for row in rated}

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)

    def _rows(self, model: type[F]) -> QuerySet[F]:
        rows: QuerySet[F] = model.objects.as_known(self.known_at) if self.known_at else model.objects.current()
        return rows

    @staticmethod
    def _subject(row: SubjectFact) -> tuple[str, int]:
        if row.person_id is not None:
            return "person", row.person_id
        assert row.unit_id is not None  # a constraint of the table
        return "unit", row.unit_id

    def is_complete(self, kind: ListKind, first: int, last: int) -> bool:
        """Whether statements say that a list is complete for all of the years, each for some of them."""
        stated = [row for row in self.complete if row.kind == kind]
        return all(any(row.first_year <= year <= row.last_year for row in stated) for year in range(first, last + 1))

    def awarded(self, members: Mapping[int, Membership], units: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many in each unit hold each title of the year; empty until the year's list of awards is complete."""
        if not self.is_complete(ListKind.AWARDS, self.year, self.year):
            return {}
        found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(units, 0))
        for person, rows in self.awards.items():
            if person in members:
                for row in rows:
                    found[row.title][members[person].unit.code] += row.year == self.year
        return dict(found)

    def person(self, member: Membership, counted_years: Iterable[int]) -> FactRow:
        """One row of people's facts."""
        person = member.person
        key = ("person", person.pk)
        row: FactRow = {"person_id": person.code, "unit_id": member.unit.code, "year": self.year}
        row["task_rating"] = self._grade(key, person.code)
        row["discipline"] = self._discipline(person.pk, person.code)
        row["months_since_recruitment"] = self._months(member)
        row["registered"] = self._registered(key, person.code)
        for criterion in ("takes_part", "studies", "ethics"):
            row[criterion] = self._judged(key, person.code, criterion)
        for years in (1, *counted_years):
            row |= self._counts(person.pk, person.code, years)
        row["combat_merit"] = False  # of the armed forces only (facts contract)
        row["woman"] = person.sex == Sex.FEMALE if person.sex else None
        row["cstdcs_consecutive"] = self._in_a_row(person.pk, person.code, "CSTDCS", gap=1)
        row["cstdt_consecutive"] = self._in_a_row(person.pk, person.code, "CSTDT", gap=self.cstdt_gap)
        row["pending_case"] = self._pending(key, person.code)
        recruited = person.recruited_on
        row["htxs_run"] = self._rated_run(key, person.code, begins=recruited.year if recruited else None)
        return row | self._confirmed(key, person.code)

    def unit(self, unit: Unit, members: Mapping[int, Membership], agency_code: str, min_months: int | None) -> FactRow:
        """One row of collectives' facts; counts of titles are added by the evaluation that judges them."""
        key = ("unit", unit.pk)
        own = [member for member in members.values() if member.unit.pk == unit.pk]
        row: FactRow = {"unit_id": unit.code, "parent_id": agency_code, "year": self.year}
        if unit.parent is not None:
            row["parent_id"] = unit.parent.code
        row["unit_rating"] = self._grade(key, unit.code, kind="unit")
        row |= self._heads(unit, own, min_months)
        row["canh_cao_or_more"] = self._warned(own)
        row["registered"] = self._registered(key, unit.code)
        for criterion in ("takes_part", "unity"):
            row[criterion] = self._judged(key, unit.code, criterion)
        row["party_rating"] = self._organisations(unit, [MassOrganisationKind.PARTY], "party_rating")
        others = [kind for kind in MassOrganisationKind if kind != MassOrganisationKind.PARTY]
        row["mass_org_rating"] = self._organisations(unit, others, "mass_org_rating")
        row["pending_case"] = self._pending(key, unit.code)
        row["htxs_run"] = self._rated_run(key, unit.code, begins=None)
        row["ttldxs_run"] = self._awarded_run(unit)
        return row | self._confirmed(key, unit.code)

    def _confirmed(self, key: tuple[str, int], code: str) -> FactRow:
        """What was confirmed, under the names of the packs; what they do not know, or know otherwise, is left out."""
        row: FactRow = {}
        for said in self.confirmed.get(key, []):
            fact = self.law.facts.get(f"{key[0]}.{said.criterion}") if self.law else None
            if fact is not None and suits(fact, said.value):
                row[said.criterion] = said.value
                self._note(key[0], code, said.criterion, f"{said.paper}; {said.source}" if said.paper else said.source)
        return row

    def _rated_run(self, key: tuple[str, int], code: str, *, begins: int | None) -> int | None:
        """Years in a row rated HTXS, this one included; nobody was rated before the year they ``begin`` in."""
        rated = self.ratings.get(key, {})

        def held(year: int) -> bool | None:
            if (rating := rated.get(year)) is not None:
                return rating.grade == Grade.HTXS
            return False if begins is not None and year < begins else None

        return self._run(key[0], code, "htxs_run", held)

    def _awarded_run(self, unit: Unit) -> int | None:
        """Years in a row with the title of an excellent collective, this one included."""
        years = {row.year for row in self.awards_of_units.get(unit.pk, []) if row.title == "TTLDXS"}

        def held(year: int) -> bool | None:
            return True if year in years else False if self.is_complete(ListKind.AWARDS, year, year) else None

        return self._run("unit", unit.code, "ttldxs_run", held)

    def _run(self, kind: str, code: str, column: str, held: Callable[[int], bool | None]) -> int | None:
        of: Kind = "person" if kind == "person" else "unit"
        run = run_of_years(held, last=self.year, enough=most_asked(self.law, of, column))
        if run:
            self._note(kind, code, column, f"Các năm {self.year - run + 1} đến {self.year}")
        return run

    def _note(self, kind: str, code: str, column: str, source: str) -> None:
        self.sources[kind, code][column] = source

    def _grade(self, key: tuple[str, int], code: str, *, kind: str = "person") -> str | None:
        rating = self.ratings.get(key, {}).get(self.year)
        if rating is None:
            return None
        paper = f"{rating.paper}; " if rating.paper else ""
        self._note(kind, code, "task_rating" if kind == "person" else "unit_rating", f"{paper}{rating.source}")
        return rating.grade

    def _discipline(self, pk: int, code: str) -> str | None:
        rows = self.disciplines.get(pk)
        if rows:
            worst = max(rows, key=lambda row: DisciplineForm.values.index(row.form))
            self._note("person", code, "discipline", f"{worst.decision}; {worst.source}")
            return worst.form
        return "none" if self.is_complete(ListKind.DISCIPLINE, self.year, self.year) else None

    def _months(self, member: Membership) -> int | None:
        recruited = member.person.recruited_on
        if recruited is None or recruited > self.last_day:
            return None
        self._note("person", member.person.code, "months_since_recruitment", f"Tuyển dụng ngày {recruited:%d/%m/%Y}")
        return months_between(recruited, self.last_day)

    def _registered(self, key: tuple[str, int], code: str) -> bool | None:
        registration = self.registrations.get(key)
        if registration is None:
            return None
        self._note(key[0], code, "registered", registration.source)
        return registration.registered

    def _judged(self, key: tuple[str, int], code: str, criterion: str) -> bool | None:
        judgement = self.judgements.get((*key, criterion))
        if judgement is None:
            return None
        self._note(key[0], code, criterion, judgement.source)
        return judgement.met

    def _counts(self, pk: int, code: str, years: int) -> FactRow:
        """Recognised initiatives and research by scope over ``years`` years ending with this one."""
        first = self.year - years + 1
        known = self.is_complete(ListKind.ACHIEVEMENTS, first, self.year)
        row: FactRow = {}
        for kind, prefix in PREFIXES.items():
            for scope, suffix in SUFFIXES.items():
                found = [
                    item
                    for item in self.achievements.get(pk, [])
                    if item.kind == kind and item.scope == scope and first <= item.year <= self.year
                ]
                name = f"{prefix}_{suffix}"
                column = name if years == 1 else over_column(name, years)
                row[column] = len(found) if known or found else None
                if found:
                    self._note(
                        "person",
                        code,
                        column,
                        "; ".join(f"“{item.name}” ({item.decision})" for item in found),
                    )
        return row

    def _in_a_row(self, pk: int, code: str, title: str, *, gap: int) -> int | None:
        """Awards of a title in a row up to last year: each at most ``gap`` years after the one before.

        Unknown unless the list of awards is complete over the streak and the years in which it would have gone on.
        """
        years = sorted(
            {row.year for row in self.awards.get(pk, []) if row.title == title and row.year < self.year}, reverse=True
        )
        expected, streak = self.year - 1, 0
        for year in years:
            if not expected - gap < year <= expected:
                break
            streak += 1
            expected = year - 1
        if not self.is_complete(ListKind.AWARDS, expected - gap + 1, self.year - 1):
            return None
        if streak:
            self._note(
                "person", code, f"{title.lower()}_consecutive", f"Đạt các năm {', '.join(map(str, years[:streak]))}"
            )
        return streak

    def _pending(self, key: tuple[str, int], code: str) -> bool | None:
        rows = self.petitions.get(key, [])
        for row in rows:
            if row.concluded_on is None:  # once cleared, however late, it holds nobody back
                self._note(
                    key[0],
                    code,
                    "pending_case",
                    f"{row.get_kind_display()} thụ lý {row.accepted_on:%d/%m/%Y}",
                )
                return True
        return False if self.is_complete(ListKind.PETITIONS, self.year, self.year) else None

    def _heads(self, unit: Unit, own: Sequence[Membership], min_months: int | None) -> FactRow:
        """How many count as members, and how many of them are women: unknown while one leaver or one sex is."""
        if min_months is None and any(member.left_on for member in own):
            return {"headcount": None, "women": None}
        begins, least = datetime.date(self.year, 1, 1), min_months or 0
        sexes = [m.person.sex for m in own if m.left_on is None or months_between(begins, m.left_on) >= least]
        self._note("unit", unit.code, "headcount", f"{len(own)} người giữ vị trí trong năm {self.year}")
        return {"headcount": len(sexes), "women": sexes.count(Sex.FEMALE) if all(sexes) else None}

    def _warned(self, own: Sequence[Membership]) -> int | None:
        heavy = set(DisciplineForm.values[DisciplineForm.values.index(DisciplineForm.CANH_CAO) :])
        found = [m for m in own if any(row.form in heavy for row in self.disciplines.get(m.person.pk, []))]
        return len(found) if found or self.is_complete(ListKind.DISCIPLINE, self.year, self.year) else None

    def _organisations(self, unit: Unit, kinds: Sequence[str], column: str) -> str | None:
        """The worst rating of a unit's organisations of these kinds; ``khong_co`` when it is known to have none."""
        listed = [item for item in self.organisations.get(unit.pk, []) if item.kind in kinds]
        if not listed:
            return None
        existing = [item for item in listed if item.exists]
        if not existing:
            return NOT_THERE
        grades = [self.organisation_ratings.get(item.pk) for item in existing]
        if any(rating is None for rating in grades):
            return None
        worst = min((rating for rating in grades if rating), key=lambda rating: GRADE_ORDER.index(rating.grade))
        self._note("unit", unit.code, column, worst.source)
        return worst.grade
