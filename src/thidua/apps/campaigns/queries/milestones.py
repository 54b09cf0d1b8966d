"""Days by which something must be done, counted in working days from the packs; what the packs lack is said."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.apps.campaigns.models import Campaign, Milestone
from thidua.apps.campaigns.queries.wholes import launch_day
from thidua.apps.campaigns.states import MilestoneKind
from thidua.apps.policy.queries import ruleset_on
from thidua.core.calendar import add_working_days, holiday_name, working_days_before, working_days_between
from thidua.core.law.citing import parameter_words
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Ruleset

LONGEST_WHY = 300


@dataclass(frozen=True)
class Planned:
    """A day that was counted, and how; ``gap`` says what is missing where it could not be."""

    kind: MilestoneKind
    due: datetime.date | None
    why: str
    gap: str = ""


def planned_milestones(campaign: Campaign, *, council_on: datetime.date | None) -> list[Planned]:
    """Every milestone of a campaign that was launched, counted or said to be missing.

    Registration and briefing count from the launch; the rest from the council's day, when it is known. The appraisal
    counts from the day by which the units must have met, the posting from the council's day.
    """
    launched = launch_day(campaign)
    if launched is None:
        return []
    told = f"ngày phát động {launched:%d/%m/%Y}"
    found = [
        _after(MilestoneKind.BRIEFING, "briefing.working_days", start=launched, told=told),
        _after(MilestoneKind.REGISTRATION, "registration.working_days", start=launched, told=told),
    ]
    if council_on is None:
        gap = "Chưa định ngày họp Hội đồng: chưa tính được các hạn bình xét, thẩm định, niêm yết."
        return [*found, Planned(MilestoneKind.COUNCIL, None, "", gap)]
    return [*found, *_around_council(council_on)]


def milestones_of(campaign: Campaign) -> list[Milestone]:
    """The milestones that stand for a campaign, earliest first."""
    return list(Milestone.objects.current().filter(campaign=campaign))


def milestone_gaps(campaign: Campaign, kept: Sequence[Milestone]) -> list[str]:
    """Which days could not be counted, and why; ``kept`` are the campaign's milestones."""
    council = next((row.due for row in kept if row.kind == MilestoneKind.COUNCIL), None)
    return [planned.gap for planned in planned_milestones(campaign, council_on=council) if planned.gap]


def working_days_late(campaign: Campaign, kind: MilestoneKind, *, on: datetime.date) -> int:
    """How many working days after a milestone a day lies; 0 when in time or when there is no such milestone.

    A day off right after the milestone is late too: it counts as the next working day.
    """
    milestone = Milestone.objects.current().filter(campaign=campaign, kind=kind).first()
    return late_by(milestone.due if milestone else None, on)


def late_by(due: datetime.date | None, on: datetime.date) -> int:
    """Working days from a last day to ``on``, at least 1 when it has passed; 0 without a last day or in time."""
    return max(1, working_days_between(due, on)) if due and on > due else 0


def _around_council(council_on: datetime.date) -> Iterator[Planned]:
    told = f"ngày họp Hội đồng {council_on:%d/%m/%Y}"
    review = _before(MilestoneKind.UNIT_REVIEW, "unit_review.working_days_before_council", end=council_on, told=told)
    yield review
    if review.due:
        told_review = f"hạn họp bình xét ở đơn vị {review.due:%d/%m/%Y}"
        yield _after(
            MilestoneKind.APPRAISAL, "appraisal.working_days", start=review.due, told=told_review, law_of=council_on
        )
    yield Planned(MilestoneKind.COUNCIL, council_on, "Ngày họp do Thường trực Hội đồng định")
    yield _after(MilestoneKind.POSTING, "posting.working_days", start=council_on, told=told)


def _after(
    kind: MilestoneKind, name: str, *, start: datetime.date, told: str, law_of: datetime.date | None = None
) -> Planned:
    try:
        days, cite = _parameter(ruleset_on(law_of or start), name)
    except NoRule as error:
        return _missing(kind, error)
    due = add_working_days(start, days)
    return Planned(kind, due, _why(f"{days} ngày làm việc kể từ {told}", start, due, cite))


def _before(kind: MilestoneKind, name: str, *, end: datetime.date, told: str) -> Planned:
    try:
        days, cite = _parameter(ruleset_on(end), name)
    except NoRule as error:
        return _missing(kind, error)
    due = working_days_before(end, days)
    return Planned(kind, due, _why(f"{days} ngày làm việc trước {told}", due, end, cite))


def _missing(kind: MilestoneKind, error: NoRule) -> Planned:
    return Planned(kind, None, "", f"{kind.label}: chưa có hạn. {error}")


def _parameter(ruleset: Ruleset, name: str) -> tuple[int, str]:
    days = int(str(ruleset.value(name)))
    return days, parameter_words(ruleset, name)


def _why(counted: str, first: datetime.date, last: datetime.date, cite: str) -> str:
    """The count in words, with the holidays that lay on the way, as far as there is room."""
    words = f"{counted}; trừ thứ bảy, chủ nhật, ngày lễ"
    holidays = ", ".join(_holidays(first, last))
    for more in (f" ({holidays})" if holidays else "", f" – {cite}"):
        words = words + more if len(words + more) <= LONGEST_WHY else words
    return words


def _holidays(first: datetime.date, last: datetime.date) -> Iterator[str]:
    """Public holidays between two days, consecutive ones of one name together: “Tết 23/01–29/01”."""
    named: dict[str, list[datetime.date]] = {}
    for number in range((last - first).days + 1):
        day = first + datetime.timedelta(days=number)
        if name := holiday_name(day):
            named.setdefault(name, []).append(day)
    for name, days in named.items():
        span = f"{days[0]:%d/%m}" if len(days) == 1 else f"{days[0]:%d/%m}–{days[-1]:%d/%m}"
        yield f"{name} {span}"
