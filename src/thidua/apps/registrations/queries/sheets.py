"""A unit's registration sheet: everybody of the unit with what they aim at, what is open, and how late it came."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import Wholes, wholes_of, working_days_late
from thidua.apps.campaigns.states import MilestoneKind
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.queries.registered import TitleChoice, choices_or_why
from thidua.apps.registrations.states import SheetState
from thidua.apps.units.models import Person, Unit


@dataclass(frozen=True)
class SheetLine:
    """One person of the unit (or the collective itself, ``person`` None) and what stands for it."""

    person: Person | None
    post: str
    left_on: datetime.date | None
    registration: Registration | None
    titles: Sequence[str]
    marks: Sequence[Mark]


@dataclass(frozen=True)
class SheetTable:
    """A unit's roll-up; ``marks`` are those on the sheet as a whole that are not settled, ``late`` in working days.

    ``choices`` are the titles for collectives; ``gap`` says why there are none.
    """

    unit: Unit
    sheet: UnitSheet | None
    collective: SheetLine
    people: Sequence[SheetLine]
    marks: Sequence[Mark]
    problems: Sequence[str]
    late: int
    choices: Sequence[TitleChoice]
    gap: str

    @property
    def is_open(self) -> bool:
        """Whether the unit may still write: its sheet is not handed in (or was not opened yet)."""
        return self.sheet is None or self.sheet.state in (SheetState.DRAFTING, SheetState.RETURNED)


def sheet_of(campaign: Campaign, unit: Unit) -> UnitSheet | None:
    """A unit's sheet in a campaign, when sheets were opened."""
    return UnitSheet.objects.filter(campaign=campaign, unit=unit).select_related("campaign", "unit").first()


def sheet_table(campaign: Campaign, unit: Unit) -> SheetTable:
    """The roll-up of one unit."""
    wholes, sheet = wholes_of(campaign), sheet_of(campaign, unit)
    choices, gap = choices_or_why(campaign)
    names = {choice.code: choice.name for choice in choices}
    found = _registrations(campaign, wholes, unit)
    open_marks = list(sheet.marks.filter(settled_at__isnull=True).select_related("registration")) if sheet else []
    people = [
        _line(member.person, member.post.title, member.left_on, found.get(member.person.pk), names, open_marks)
        for member in wholes.of_unit(unit.pk)
    ]
    collective = _line(None, "", None, found.get(None), names, open_marks)
    return SheetTable(
        unit=unit,
        sheet=sheet,
        collective=collective,
        people=people,
        marks=[mark for mark in open_marks if mark.registration_id is None],
        problems=_missing(collective, people),
        late=lateness(campaign, sheet),
        choices=[choice for choice in choices if choice.kind == "unit"],
        gap=gap,
    )


def sheet_problems(sheet: UnitSheet) -> list[str]:
    """What must be settled before a sheet can be submitted: everybody registers, or is said not to."""
    return list(sheet_table(sheet.campaign, sheet.unit).problems)


def acceptance_problems(sheet: UnitSheet) -> list[str]:
    """What must be settled before a sheet can be accepted: nobody came to the unit since without a line."""
    return [f"{problem} Trả lại bảng để đơn vị bổ sung." for problem in sheet_problems(sheet)]


def lateness(campaign: Campaign, sheet: UnitSheet | None) -> int:
    """Working days that a sheet was submitted after the day for it; 0 in time, unsubmitted or without such a day."""
    if sheet is None or sheet.submitted_on is None:
        return 0
    return working_days_late(campaign, MilestoneKind.REGISTRATION, on=sheet.submitted_on)


def late_words(days: int) -> str:
    """“nộp muộn 3 ngày làm việc”, or nothing."""
    return f"nộp muộn {days} ngày làm việc" if days else ""


def _registrations(campaign: Campaign, wholes: Wholes, unit: Unit) -> dict[int | None, Registration]:
    """What stands for the unit's people by person id, and for the unit itself under None."""
    rows = Registration.objects.current().filter(campaign=campaign)
    people = {member.person.pk for member in wholes.members.values() if member.unit.pk == unit.pk}
    return {
        row.person_id: row
        for row in rows
        if (row.person_id in people if row.person_id is not None else row.unit_id == unit.pk)
    }


def _line(
    person: Person | None,
    post: str,
    left_on: datetime.date | None,
    registration: Registration | None,
    names: Mapping[str, str],
    marks: Collection[Mark],
) -> SheetLine:
    own = person.pk if person else None
    return SheetLine(
        person=person,
        post=post,
        left_on=left_on,
        registration=registration,
        titles=[names.get(code, code) for code in registration.titles] if registration else [],
        marks=[mark for mark in marks if mark.registration and mark.registration.person_id == own],
    )


def _missing(collective: SheetLine, people: Sequence[SheetLine]) -> list[str]:
    """Nobody is left out silently; who left the agency in the year need not register."""
    problems = []
    if waiting := [line.person.full_name for line in people if line.person and _waits(line)]:
        problems.append(
            f"Còn {len(waiting)} người chưa ghi đăng ký hay không đăng ký: {', '.join(waiting)}. "
            "Ghi cho từng người, kể cả người không đăng ký."
        )
    if collective.registration is None:
        problems.append("Tập thể đơn vị chưa ghi đăng ký hay không đăng ký. Ghi danh hiệu tập thể đăng ký.")
    return problems


def _waits(line: SheetLine) -> bool:
    return line.registration is None and line.left_on is None
