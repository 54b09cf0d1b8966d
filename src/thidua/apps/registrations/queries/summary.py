"""All sheets of a campaign: states, lateness, and how many aim at which title; as a page and as a paper."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua.apps.campaigns.models import Campaign, Milestone
from thidua.apps.campaigns.queries import wholes_of
from thidua.apps.campaigns.queries.milestones import late_by
from thidua.apps.campaigns.states import MilestoneKind
from thidua.apps.registrations.models import Registration, UnitSheet
from thidua.apps.registrations.queries.registered import TitleChoice, choices_or_why
from thidua.apps.registrations.queries.sheets import late_words
from thidua.apps.units.models import Unit
from thidua.core.papers.form import Column, Head, Signer, TablePaper, Total


@dataclass(frozen=True)
class UnitSummary:
    """One unit: its sheet, and its people by what they said; ``counts`` are in the order of the person titles."""

    unit: Unit
    sheet: UnitSheet | None
    late: int
    headcount: int
    registered: int
    declined: int
    silent: int
    counts: Sequence[int]
    collective: str

    @property
    def late_words(self) -> str:
        """How late the sheet came, in words; empty when in time."""
        return late_words(self.late)


@dataclass(frozen=True)
class Summary:
    """Every unit, and the sums; ``gap`` says that the year has no rules, then there are no titles."""

    campaign: Campaign
    due: Milestone | None
    titles: Sequence[TitleChoice]
    rows: Sequence[UnitSummary]
    gap: str

    @property
    def totals(self) -> Sequence[int]:
        """Sums over the units: people, registered, declined, silent, then each title."""
        figures = [(row.headcount, row.registered, row.declined, row.silent, *row.counts) for row in self.rows]
        return [sum(column) for column in zip(*figures, strict=True)]


def registration_summary(campaign: Campaign) -> Summary:
    """The summary of a campaign; units without people and without a sheet are not in it."""
    wholes = wholes_of(campaign)
    choices, gap = choices_or_why(campaign)
    titles = [choice for choice in choices if choice.kind == "person"]
    names = {choice.code: choice.name for choice in choices}
    sheets = {sheet.unit_id: sheet for sheet in UnitSheet.objects.filter(campaign=campaign)}
    due = Milestone.objects.current().filter(campaign=campaign, kind=MilestoneKind.REGISTRATION).first()
    collectives: dict[int, Registration] = {}
    by_unit: dict[int, list[Registration]] = defaultdict(list)
    for row in Registration.objects.current().filter(campaign=campaign):
        if row.unit_id is not None:
            collectives[row.unit_id] = row
        elif (member := wholes.members.get(row.person_id or 0)) is not None:
            by_unit[member.unit.pk].append(row)
    rows = [
        _unit(
            unit,
            sheets.get(unit.pk),
            due,
            wholes.headcount(unit.pk),
            by_unit[unit.pk],
            titles,
            _collective(collectives.get(unit.pk), names),
        )
        for unit in wholes.units
        if wholes.headcount(unit.pk) or unit.pk in sheets
    ]
    return Summary(campaign=campaign, due=due, titles=titles, rows=rows, gap=gap)


def registration_summary_paper(campaign: Campaign) -> TablePaper:
    """The summary of registrations as a table on paper, without number or date: both are given when it is sent."""
    summary, agency = registration_summary(campaign), campaign.agency
    late = [f"{row.unit.name} {row.late_words}" for row in summary.rows if row.late]
    return TablePaper(
        head=Head(
            parent=agency.parent_name,
            issuer=agency.name,
            symbol=f"TH-{agency.code.upper()}",
            kind="Bảng tổng hợp",
            subject=f"đăng ký thi đua năm {campaign.year}",
        ),
        summary=(f"Phong trào: {campaign.title}.", *((f"{'; '.join(late)}.",) if late else ())),
        columns=(
            Column("STT", 4, "center"),
            Column("Đơn vị", 24),
            Column("Số người", 7, "right"),
            Column("Đăng ký", 7, "right"),
            Column("Không đăng ký", 8, "right"),
            Column("Chưa ghi", 7, "right"),
            *(Column(choice.name, 9, "right") for choice in summary.titles),
            Column("Tập thể đăng ký", 20),
            Column("Bảng đăng ký", 14),
        ),
        rows=[*(_cells(place, row) for place, row in enumerate(summary.rows, start=1)), *_sums(summary)],
        signer=Signer(post="Người lập bảng"),
    )


def _unit(
    unit: Unit,
    sheet: UnitSheet | None,
    due: Milestone | None,
    headcount: int,
    found: Sequence[Registration],
    titles: Sequence[TitleChoice],
    collective: str,
) -> UnitSummary:
    aims = Counter(code for row in found if row.registered for code in row.titles)
    submitted = sheet.submitted_on if sheet else None
    registered = sum(row.registered for row in found)
    return UnitSummary(
        unit=unit,
        sheet=sheet,
        late=late_by(due.due if due else None, submitted) if submitted else 0,
        headcount=headcount,
        registered=registered,
        declined=len(found) - registered,
        silent=headcount - len(found),
        counts=[aims[choice.code] for choice in titles],
        collective=collective,
    )


def _collective(row: Registration | None, names: Mapping[str, str]) -> str:
    if row is None:
        return "Chưa ghi"
    if not row.registered:
        return "Không đăng ký"
    return ", ".join(names.get(code, code) for code in row.titles) or "Đăng ký thi đua"


def _cells(place: int, row: UnitSummary) -> tuple[str, ...]:
    state = str(row.sheet.get_state_display()) if row.sheet else "Chưa mở"
    figures = (row.headcount, row.registered, row.declined, row.silent, *row.counts)
    said = f"{state}; {row.late_words}" if row.late else state
    return (str(place), row.unit.name, *map(str, figures), row.collective, said)


def _sums(summary: Summary) -> list[Total]:
    if not summary.rows:
        return []
    return [Total("Tổng", (*map(str, summary.totals), "", ""))]
