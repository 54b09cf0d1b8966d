"""A department's workbook, row by row, into units, posts, registrations and facts. One transaction, one act.

It may be taken in whole, or in two parts: what is known when the year starts, and what the year brought.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from thidua.apps.campaigns.models import Campaign
from thidua.apps.records.actions.workbook import NONE_HERE
from thidua.apps.records.models import (
    Achievement,
    Award,
    CompleteList,
    Discipline,
    Import,
    Incident,
    Judgement,
    Leave,
    OrganisationRating,
    Petition,
    Rating,
    StandingTitle,
    Task,
)
from thidua.apps.records.states import Criterion, ImportPart, ListKind
from thidua.apps.registrations.actions import register
from thidua.apps.units.actions import add_mass_organisation, add_person, add_post, add_unit
from thidua.apps.units.models import MassOrganisation, Person, Unit
from thidua.core.workbooks.match import Row, Tables

AT_START = ("units", "people", "posts", "mass_organisations", "leave", "initiatives", "awards")
IN_YEAR = (
    "ratings",
    "judgements",
    "mass_organisations",
    "discipline",
    "initiatives",
    "petitions",
    "tasks",
    "incidents",
    "standing_titles",
)
LISTS = {
    ListKind.DISCIPLINE: ("discipline", "decided_on"),
    ListKind.PETITIONS: ("petitions", "accepted_on"),
    ListKind.ACHIEVEMENTS: ("initiatives", "year"),
    ListKind.AWARDS: ("awards", "year"),
}
LISTS_AT_START = (ListKind.ACHIEVEMENTS, ListKind.AWARDS)
LISTS_IN_YEAR = (ListKind.DISCIPLINE, ListKind.PETITIONS)


@dataclass
class Importer:
    """What is at hand while one workbook is written: its rows, the campaign, and who and what exists already."""

    campaign: Campaign
    tables: Tables
    taken: Import
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    organisations: dict[tuple[str, str], MassOrganisation] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """Which part of the workbook is taken in."""
        return self.taken.part

    def run(self) -> dict[str, int]:
        """Write the part's tables; returns the number of rows taken in by table."""
        self.people = {person.code: person for person in Person.objects.all()}
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        found = MassOrganisation.objects.select_related("unit")
        self.organisations = {(self._place(item), item.kind): item for item in found}
        steps = {
            "units": self._units,
            "people": self._people,
            "posts": self._posts,
            "ratings": self._ratings,
            "judgements": self._judgements,
            "mass_organisations": self._mass_organisations,
            "discipline": self._discipline,
            "leave": self._leave,
            "initiatives": self._initiatives,
            "petitions": self._petitions,
            "awards": self._awards,
            "tasks": self._tasks,
            "incidents": self._incidents,
            "standing_titles": self._standing_titles,
        }
        wanted = {ImportPart.START: AT_START, ImportPart.YEAR: IN_YEAR}.get(ImportPart(self.part), tuple(steps))
        counts = {}
        for key, step in steps.items():
            if key in wanted:
                rows = self._of_part(key)
                step(rows)
                counts[key] = len(rows)
        self._complete_lists()
        return counts

    def _of_part(self, key: str) -> tuple[Row, ...]:
        """A table's rows that belong to the part: initiatives are parted by year, the others are whole."""
        rows = self.tables.rows(key)
        if key != "initiatives" or self.part == ImportPart.ALL:
            return rows
        at_start = self.part == ImportPart.START
        return tuple(row for row in rows if (_number(row, "year") < self.campaign.year) is at_start)

    def _place(self, organisation: MassOrganisation) -> str:
        """The code by which a workbook names an organisation's place: the unit's, else the agency's own."""
        return organisation.unit.code if organisation.unit else self.campaign.agency.code.upper()

    def _common(self, row: Row, key: str) -> dict[str, Any]:
        """The fields that every imported fact bears: its agency, its workbook, the cell it came from."""
        source = f"{self.taken.document.name}, {row.cell(key)}"
        return {
            "agency": self.campaign.agency,
            "written_by": self.taken.imported_by,
            "imported": self.taken,
            "document": self.taken.document,
            "source": source,
        }

    def _subject(self, row: Row) -> dict[str, Any]:
        """Keyword arguments that name the person or the collective of a row."""
        code = _text(row, "subject")
        found = self.people.get(code)
        return {"person": found, "unit": None if found else self.units[code]}

    def _units(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self.units[_text(row, "code")] = add_unit(
                agency=self.campaign.agency,
                code=_text(row, "code"),
                name=_text(row, "name"),
                kind=_text(row, "kind"),
                since=_day(row, "since"),
            )
        for row in rows:
            if (parent := self.units.get(_text(row, "parent"))) is not None:
                unit = self.units[_text(row, "code")]
                unit.parent = parent
                unit.save(update_fields=["parent"])

    def _people(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self.people[_text(row, "code")] = add_person(
                agency=self.campaign.agency,
                code=_text(row, "code"),
                full_name=_text(row, "full_name"),
                category=_text(row, "category"),
                birth_date=_day(row, "birth_date"),
                sex=_text(row, "sex"),
                recruited_on=_day(row, "recruited_on"),
            )

    def _posts(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            add_post(
                agency=self.campaign.agency,
                person=self.people[_text(row, "person")],
                unit=self.units[_text(row, "unit")],
                title=_text(row, "title"),
                kind=_text(row, "kind"),
                elsewhere=_text(row, "elsewhere"),
                since=_the_day(row, "since"),
                until=_day(row, "until"),
                source=f"{self.taken.document.name}, {row.cell('since')}",
            )

    def _ratings(self, rows: tuple[Row, ...]) -> None:
        Rating.objects.bulk_create(
            Rating(
                **self._common(row, "grade"),
                **self._subject(row),
                year=_number(row, "year"),
                grade=_text(row, "grade"),
                paper=_text(row, "paper"),
                dated=_day(row, "dated"),
            )
            for row in rows
            if row.values["grade"] is not None
        )

    def _judgements(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            if row.values["registered"] is not None and self.part == ImportPart.ALL:
                subject = self._subject(row)
                source = f"{self.taken.document.name}, {row.cell('registered')}"
                register(
                    campaign=self.campaign,
                    registered=bool(row.values["registered"]),
                    source=source,
                    **subject,
                )
        Judgement.objects.bulk_create(self._judged(rows))

    def _judged(self, rows: tuple[Row, ...]) -> Iterator[Judgement]:
        for row in rows:
            for criterion in Criterion.values:
                if row.values[criterion] is not None:
                    yield Judgement(
                        **self._common(row, criterion),
                        **self._subject(row),
                        year=_number(row, "year"),
                        criterion=criterion,
                        met=bool(row.values[criterion]),
                    )

    def _mass_organisations(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            unit, kind, grade = self.units.get(_text(row, "unit")), _text(row, "kind"), _text(row, "grade")
            key = (unit.code if unit else self.campaign.agency.code.upper(), kind)
            if key not in self.organisations:
                self.organisations[key] = add_mass_organisation(
                    agency=self.campaign.agency, unit=unit, kind=kind, exists=grade != NONE_HERE
                )
            if grade != NONE_HERE and self.part != ImportPart.START:
                OrganisationRating.objects.create(
                    **self._common(row, "grade"),
                    organisation=self.organisations[key],
                    year=_number(row, "year"),
                    grade=grade,
                )

    def _discipline(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Discipline.objects.create(
                **self._common(row, "form"),
                person=self.people[_text(row, "person")],
                form=_text(row, "form"),
                decision=_text(row, "decision"),
                decided_on=_the_day(row, "decided_on"),
            )

    def _leave(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Leave.objects.create(
                **self._common(row, "kind"),
                person=self.people[_text(row, "person")],
                kind=_text(row, "kind"),
                since=_the_day(row, "since"),
                until=_day(row, "until"),
            )

    def _initiatives(self, rows: tuple[Row, ...]) -> None:
        Achievement.objects.bulk_create(
            Achievement(
                **self._common(row, "name"),
                person=self.people[_text(row, "person")],
                name=_text(row, "name"),
                kind=_text(row, "kind"),
                scope=_text(row, "scope"),
                year=_number(row, "year"),
                decision=_text(row, "decision"),
                recognised_on=_day(row, "recognised_on"),
            )
            for row in rows
        )

    def _petitions(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Petition.objects.create(
                **self._common(row, "kind"),
                **self._subject(row),
                kind=_text(row, "kind"),
                accepted_on=_the_day(row, "accepted_on"),
                concluded_on=_day(row, "concluded_on"),
                conclusion=_text(row, "conclusion"),
            )

    def _awards(self, rows: tuple[Row, ...]) -> None:
        Award.objects.bulk_create(
            Award(
                **self._common(row, "title"),
                **self._subject(row),
                year=_number(row, "year"),
                title=_text(row, "title"),
                decision=_text(row, "decision"),
                decided_on=_day(row, "decided_on"),
            )
            for row in rows
        )

    def _tasks(self, rows: tuple[Row, ...]) -> None:
        Task.objects.bulk_create(
            Task(
                **self._common(row, "content"),
                code=_text(row, "code"),
                content=_text(row, "content"),
                unit=self.units[_text(row, "unit")],
                assigned_by=_text(row, "assigned_by"),
                assigned_on=_day(row, "assigned_on"),
                due=_day(row, "due"),
                year=_number(row, "year"),
                carried_from=_number_or_none(row, "carried_from"),
                done_on=_day(row, "done_on"),
                product=_text(row, "product"),
            )
            for row in rows
        )

    def _incidents(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            fields = self._common(row, "count")
            if row.values["source"]:
                fields["source"] = f"{row.values['source']} ({fields['source']})"
            Incident.objects.create(
                **fields,
                kind=_text(row, "kind"),
                year=_number(row, "year"),
                count=_number(row, "count"),
                reported_on=_day(row, "reported_on"),
            )

    def _standing_titles(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            StandingTitle.objects.create(
                **self._common(row, "kept"),
                name=_text(row, "name"),
                year=_number(row, "year"),
                kept=_yes_no(row, "kept"),
                paper=_text(row, "paper"),
                dated=_day(row, "dated"),
            )

    def _complete_lists(self) -> None:
        """A list's sheet in a department's own workbook states the list, from its first year to the campaign's.

        A part states only the lists it took in whole: the start those up to the year before; the year's initiatives
        are stated (``state_complete``) when the initiative council has finished, its awards when all is decided.
        Whoever imports confirms this by importing; the statement is a record like any other and can be superseded.
        """
        stated = {ImportPart.START: LISTS_AT_START, ImportPart.YEAR: LISTS_IN_YEAR}.get(
            ImportPart(self.part), tuple(LISTS)
        )
        for kind in stated:
            key, column = LISTS[kind]
            if key not in self.tables.sheets:
                continue
            before = self.part == ImportPart.START or kind == ListKind.AWARDS
            last = self.campaign.year - before
            years = [_year(row.values[column]) for row in self.tables.rows(key)]
            CompleteList.objects.create(
                agency=self.campaign.agency,
                written_by=self.taken.imported_by,
                imported=self.taken,
                document=self.taken.document,
                source=f"{self.taken.document.name}, {self.tables.sheets[key]}",
                kind=kind,
                first_year=min([*years, last]),
                last_year=last,
            )


def _text(row: Row, key: str) -> str:
    value = row.values[key]
    return "" if value is None else str(value)


def _number(row: Row, key: str) -> int:
    return int(str(row.values[key]))


def _number_or_none(row: Row, key: str) -> int | None:
    return None if row.values[key] is None else _number(row, key)


def _yes_no(row: Row, key: str) -> bool | None:
    value = row.values[key]
    return None if value is None else bool(value)


def _day(row: Row, key: str) -> datetime.date | None:
    value = row.values[key]
    return value if isinstance(value, datetime.date) else None


def _the_day(row: Row, key: str) -> datetime.date:
    """A date from a required column, which the reader has filled."""
    day = _day(row, key)
    assert day is not None
    return day


def _year(value: object) -> int:
    return value.year if isinstance(value, datetime.date) else int(str(value))
