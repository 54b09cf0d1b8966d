"""A department's workbook, row by row, into units, posts, registrations and facts. One transaction, one act."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from thidua.apps.campaigns.models import Campaign
from thidua.apps.records.forms import NONE_HERE
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
from thidua.apps.records.states import Criterion, ListKind
from thidua.apps.registrations.actions import register
from thidua.apps.units.actions import add_mass_organisation, add_person, add_post, add_unit
from thidua.apps.units.models import MassOrganisation, Person, Unit
from thidua.core.workbooks.match import Row, Tables

Values = Mapping[str, object]


@dataclass
class Importer:
    """What is at hand while one workbook is written: its rows, the campaign, and who and what exists already."""

    campaign: Campaign
    tables: Tables
    taken: Import
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    organisations: dict[tuple[str, str], MassOrganisation] = field(default_factory=dict)

    def run(self) -> dict[str, int]:
        """Write every table; returns the number of rows by table."""
        self.people = {person.code: person for person in Person.objects.all()}
        self.units = {unit.code: unit for unit in Unit.objects.all()}
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
        for key, step in steps.items():
            step(self.tables.rows(key))
        self._complete_lists()
        return {key: len(self.tables.rows(key)) for key in steps}

    def _common(self, row: Row, key: str) -> dict[str, object]:
        """The fields that every imported fact bears: its agency, its workbook, the cell it came from."""
        source = f"{self.taken.document.name}, {row.cell(key)}"
        return {
            "agency": self.campaign.agency,
            "imported": self.taken,
            "document": self.taken.document,
            "source": source,
        }

    def _subject(self, code: object) -> dict[str, Person | Unit | None]:
        found = self.people.get(str(code))
        return {"person": found, "unit": None if found else self.units[str(code)]}

    def _units(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            values = row.values
            self.units[str(values["code"])] = add_unit(
                agency=self.campaign.agency,
                code=str(values["code"]),
                name=str(values["name"]),
                kind=str(values["kind"]),
                since=_day(values["since"]),
            )
        for row in rows:
            if (parent := self.units.get(str(row.values["parent"]))) is not None:
                unit = self.units[str(row.values["code"])]
                unit.parent = parent
                unit.save(update_fields=["parent"])

    def _people(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            values = row.values
            self.people[str(values["code"])] = add_person(
                agency=self.campaign.agency,
                code=str(values["code"]),
                full_name=str(values["full_name"]),
                category=str(values["category"]),
                birth_date=_day(values["birth_date"]),
                sex=_text(values["sex"]),
                recruited_on=_day(values["recruited_on"]),
            )

    def _posts(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            values = row.values
            add_post(
                agency=self.campaign.agency,
                person=self.people[str(values["person"])],
                unit=self.units[str(values["unit"])],
                title=str(values["title"]),
                kind=str(values["kind"]),
                elsewhere=_text(values["elsewhere"]),
                since=_required_day(values["since"]),
                until=_day(values["until"]),
                source=f"{self.taken.document.name}, {row.cell('since')}",
            )

    def _ratings(self, rows: tuple[Row, ...]) -> None:
        Rating.objects.bulk_create(
            Rating(
                **self._common(row, "grade"),
                **self._subject(row.values["subject"]),
                year=row.values["year"],
                grade=row.values["grade"],
                paper=_text(row.values["paper"]),
                dated=row.values["dated"],
            )
            for row in rows
            if row.values["grade"] is not None
        )

    def _judgements(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            if row.values["registered"] is not None:
                subject = self._subject(row.values["subject"])
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
                        **self._subject(row.values["subject"]),
                        year=row.values["year"],
                        criterion=criterion,
                        met=row.values[criterion],
                    )

    def _mass_organisations(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            unit, kind, grade = str(row.values["unit"]), str(row.values["kind"]), str(row.values["grade"])
            if (unit, kind) not in self.organisations:
                self.organisations[unit, kind] = add_mass_organisation(
                    agency=self.campaign.agency,
                    unit=self.units.get(unit),
                    kind=kind,
                    exists=grade != NONE_HERE,
                )
            if grade != NONE_HERE:
                OrganisationRating.objects.create(
                    **self._common(row, "grade"),
                    organisation=self.organisations[unit, kind],
                    year=row.values["year"],
                    grade=grade,
                )

    def _discipline(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Discipline.objects.create(
                **self._common(row, "form"),
                person=self.people[str(row.values["person"])],
                form=row.values["form"],
                decision=_text(row.values["decision"]),
                decided_on=row.values["decided_on"],
            )

    def _leave(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Leave.objects.create(
                **self._common(row, "kind"),
                person=self.people[str(row.values["person"])],
                kind=row.values["kind"],
                since=row.values["since"],
                until=row.values["until"],
            )

    def _initiatives(self, rows: tuple[Row, ...]) -> None:
        Achievement.objects.bulk_create(
            Achievement(
                **self._common(row, "name"),
                person=self.people[str(row.values["person"])],
                name=row.values["name"],
                kind=row.values["kind"],
                scope=row.values["scope"],
                year=row.values["year"],
                decision=_text(row.values["decision"]),
                recognised_on=row.values["recognised_on"],
            )
            for row in rows
        )

    def _petitions(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            Petition.objects.create(
                **self._common(row, "kind"),
                **self._subject(row.values["subject"]),
                kind=row.values["kind"],
                accepted_on=row.values["accepted_on"],
                concluded_on=row.values["concluded_on"],
                conclusion=_text(row.values["conclusion"]),
            )

    def _awards(self, rows: tuple[Row, ...]) -> None:
        Award.objects.bulk_create(
            Award(
                **self._common(row, "title"),
                **self._subject(row.values["subject"]),
                year=row.values["year"],
                title=row.values["title"],
                decision=_text(row.values["decision"]),
                decided_on=row.values["decided_on"],
            )
            for row in rows
        )

    def _tasks(self, rows: tuple[Row, ...]) -> None:
        Task.objects.bulk_create(
            Task(
                **self._common(row, "content"),
                code=row.values["code"],
                content=row.values["content"],
                unit=self.units[str(row.values["unit"])],
                assigned_by=row.values["assigned_by"],
                assigned_on=row.values["assigned_on"],
                due=row.values["due"],
                year=row.values["year"],
                carried_from=row.values["carried_from"],
                done_on=row.values["done_on"],
                product=_text(row.values["product"]),
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
                kind=row.values["kind"],
                year=row.values["year"],
                count=row.values["count"],
                reported_on=row.values["reported_on"],
            )

    def _standing_titles(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            StandingTitle.objects.create(
                **self._common(row, "kept"),
                name=row.values["name"],
                year=row.values["year"],
                kept=row.values["kept"],
                paper=_text(row.values["paper"]),
                dated=row.values["dated"],
            )

    def _complete_lists(self) -> None:
        """A list's sheet in a department's own workbook states the list, from its first year to the campaign's.

        Whoever imports confirms this by importing; the statement is a record like any other and can be superseded.
        """
        lists = {
            ListKind.DISCIPLINE: ("discipline", "decided_on"),
            ListKind.PETITIONS: ("petitions", "accepted_on"),
            ListKind.ACHIEVEMENTS: ("initiatives", "year"),
            ListKind.AWARDS: ("awards", "year"),
        }
        for kind, (key, column) in lists.items():
            if key not in self.tables.sheets:
                continue
            years = [_year(row.values[column]) for row in self.tables.rows(key)]
            CompleteList.objects.create(
                agency=self.campaign.agency,
                imported=self.taken,
                document=self.taken.document,
                source=f"{self.taken.document.name}, {self.tables.sheets[key]}",
                kind=kind,
                first_year=min([*years, self.campaign.year]),
                last_year=self.campaign.year,
            )


def _day(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) else None


def _required_day(value: object) -> datetime.date:
    assert isinstance(value, datetime.date)  # the column is required
    return value


def _year(value: object) -> int:
    return value.year if isinstance(value, datetime.date) else int(str(value))


def _text(value: object) -> str:
    return "" if value is None else str(value)
