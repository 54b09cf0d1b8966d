"""Counting: a formula and a year's records to a span of counts and the records behind them.

A count has a least and a most, because open cases and unrated people are neither in nor out. A target is decided
only when both ends of the span decide it alike.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.apps.evaluations.models import Judged, QuotaRow, Run
from thidua.apps.evaluations.queries import explain_finding, judged_latest, ruleset_of_run
from thidua.apps.evaluations.states import Outcome
from thidua.apps.records.queries import (
    incidents_of_year,
    organisation_ratings,
    standing_titles_of_year,
    tasks_of_year,
    title_named_in,
)
from thidua.apps.records.states import DisciplineForm
from thidua.apps.reports.queries.awarded import awarded_in
from thidua.core.plans.formulas import Formula
from thidua.core.vietnamese import fold

OPEN = (Outcome.DEFERRED, Outcome.UNKNOWN)
GRADES = ("KHT", "HT", "HTT", "HTXS")
DISCIPLINE_ORDER = DisciplineForm.values
IN, OUT, MAYBE = "in", "out", "maybe"
GROUPS = (IN, MAYBE, OUT)


@dataclass(frozen=True)
class Line:
    """One record behind a figure: who or what, counted in, out or maybe, and why. Ids say what may be opened."""

    label: str
    group: str
    counted: str
    reason: str
    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Measure:
    """A span of counts over a whole (None for a plain count), what caps it, and the lines it opens to."""

    least: int | None
    most: int | None
    whole: int | None
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether anything at all is known."""
        return self.least is not None


@dataclass
class Counter:
    """Everything that the formulas of one campaign count over, read once.

    ``reasons`` adds to each line what is in its way: for the page that shows the lines, not for the whole board.
    """

    year: int
    reasons: bool = False

    def __post_init__(self) -> None:
        self.run: Run | None
        self.people: Sequence[Judged]
        self.units: Sequence[Judged]
        self.run, self.people, self.units = judged_latest(self.year)
        self.quotas: Sequence[QuotaRow] = list(QuotaRow.objects.filter(run=self.run)) if self.run else ()
        self.ruleset = ruleset_of_run(self.run) if self.run else None
        self.awarded = awarded_in(self.year)
        self.incidents = incidents_of_year(self.year)
        self.titles = standing_titles_of_year(self.year)
        self.organisations = organisation_ratings(self.year)

    def measure(self, formula: Formula) -> Measure:
        """Count what a formula names."""
        kinds: dict[str, Callable[[Formula], Measure]] = {
            "title_share": self._title_share,
            "rating_share": self._rating_share,
            "tasks_done": self._tasks_done,
            "standing_title": self._standing_title,
            "organisation_rating": self._organisation_rating,
            "incidents": self._incidents,
            "discipline": self._discipline,
        }
        return kinds[formula.kind](formula)

    def _title_share(self, formula: Formula) -> Measure:
        subjects = self.people if formula.subject == "person" else self.units
        if not subjects:
            return _nothing(_("Chưa xét danh hiệu của năm này."))
        lines = [self._title_line(judged, formula.argument) for judged in subjects]
        least, most = _span(lines)
        if formula.argument in self.awarded.decided | self.awarded.proposed.keys():
            return self._title_settled(formula, lines)
        quotas = self._quotas_of(formula)
        candidates = sum(len(quota.ranked) for quota in quotas)
        places = sum(quota.places for quota in quotas), sum(quota.most_places for quota in quotas)
        if not quotas:
            return Measure(least, most, len(lines), tuple(lines))
        sure = sum(min(len(quota.ranked), quota.places) for quota in quotas)
        if candidates <= places[1]:
            return Measure(sure, min(most, places[1]), len(lines), tuple(lines))
        note = _("{candidates} {who} đủ điều kiện, luật cho {places} suất ({sum}): Hội đồng chọn.").format(
            candidates=candidates,
            who=_("người") if formula.subject == "person" else _("tập thể"),
            places=_range(*places),
            sum="; ".join(dict.fromkeys(_sum_words(quota) for quota in quotas)),
        )
        return Measure(sure, min(most, places[1]), len(lines), tuple(lines), note)

    def _quotas_of(self, formula: Formula) -> list[QuotaRow]:
        return [quota for quota in self.quotas if (quota.kind, quota.title) == (formula.subject, formula.argument)]

    def _title_settled(self, formula: Formula, lines: Sequence[Line]) -> Measure:
        """A title about which decisions are signed or proposals sent: what counts is the decision, not the finding."""
        title = formula.argument
        least, most = _span(lines)
        quotas = self._quotas_of(formula)
        if quotas:
            most = max(least, min(most, sum(quota.most_places for quota in quotas)))
        note = ""
        if title in self.awarded.proposed and title not in self.awarded.decided:
            note = _("Đã trình {whom}; chờ quyết định.").format(whom=self.awarded.proposed[title])
        return Measure(least, most, len(lines), tuple(lines), note)

    def _title_line(self, judged: Judged, title: str) -> Line:
        """One subject's decision on a title once there is one, else the finding with the first thing in its way."""
        if title in self.awarded.decided | self.awarded.proposed.keys():
            return self._settled_line(judged, title)
        return self._finding_line(judged, title)

    def _settled_line(self, judged: Judged, title: str) -> Line:
        key = (title, judged.kind, judged.person_id or judged.unit_id)
        if line := self.awarded.lines.get(key):
            return _subject_line(judged, IN, str(line.decision))
        if line := self.awarded.annulled.get(key):
            return _subject_line(judged, OUT, _("{decision}, đã hủy bỏ").format(decision=line.decision))
        if self.awarded.is_open(key):
            return _subject_line(judged, MAYBE, str(self.awarded.nominations[key].get_state_display()))
        if nomination := self.awarded.nominations.get(key):
            return _subject_line(judged, OUT, str(nomination.get_state_display()))
        found = self._finding_line(judged, title)
        if found.counted != IN:
            return found
        return _subject_line(judged, OUT, _("Đủ điều kiện nhưng không có đề nghị"))

    def _finding_line(self, judged: Judged, title: str) -> Line:
        finding = next((row for row in judged.findings.all() if row.title == title), None)
        if finding is None or self.ruleset is None:
            return _subject_line(judged, MAYBE, _("chưa xét"))
        counted = IN if finding.outcome == Outcome.MET else MAYBE if finding.outcome in OPEN else OUT
        wanted = self.reasons and counted != IN
        steps = explain_finding(self.ruleset, judged, finding).next if wanted else ()
        label = str(Outcome(finding.outcome).label)
        return _subject_line(judged, counted, f"{label}. {steps[0].sentence}" if steps else label)

    def _rating_share(self, formula: Formula) -> Measure:
        if not self.people:
            return _nothing(_("Chưa có hồ sơ cán bộ của năm này."))
        wanted = GRADES[GRADES.index(formula.argument) :]
        lines = []
        for judged in self.people:
            grade = judged.facts["task_rating"]
            counted = MAYBE if grade is None else IN if grade in wanted else OUT
            reason = _("chưa có xếp loại") if grade is None else str(grade)
            lines.append(_person_line(judged, counted, reason))
        return Measure(*_span(lines), len(lines), tuple(lines))

    def _tasks_done(self, formula: Formula) -> Measure:
        tasks = [task for task in tasks_of_year(self.year) if formula.argument in _spelled_out(task.assigned_by)]
        if not tasks:
            return _nothing(_("Chưa có nhiệm vụ nào được ghi cho năm này."))
        lines = []
        for task in tasks:
            done = task.done_on is not None
            late = task.done_on is not None and task.due is not None and task.done_on > task.due
            reason = (
                _("chưa ghi ngày hoàn thành") if not done else _("hoàn thành {day:%d/%m/%Y}").format(day=task.done_on)
            )
            reason += _(", sau hạn") if late else ""
            reason += _(", chuyển từ năm {year}").format(year=task.carried_from) if task.carried_from else ""
            lines.append(Line(f"{task.code} {task.content}", task.unit.name, IN if done else OUT, reason))
        carried = sum(task.carried_from is not None for task in tasks)
        note = ngettext(
            "Trong đó {count} việc chuyển từ năm trước.",
            "Trong đó {count} việc chuyển từ năm trước.",
            carried,
        )
        return Measure(*_span(lines), len(lines), tuple(lines), note.format(count=carried))

    def _standing_title(self, formula: Formula) -> Measure:
        title = title_named_in(self.titles, formula.argument)
        if title is None:
            return _nothing(_("Chưa có hồ sơ về danh hiệu này."))
        counted = MAYBE if title.kept is None else IN if title.kept else OUT
        reason = _("chưa có kết luận") if title.kept is None else f"{title.paper} {title.source}".strip()
        lines = (Line(title.name, "", counted, reason),)
        return Measure(
            *_span(lines),
            None,
            lines,
            _("Chưa có kết luận của cơ quan công nhận.") if counted == MAYBE else "",
        )

    def _organisation_rating(self, formula: Formula) -> Measure:
        which, _sep, grade = formula.argument.partition(":")
        standings = [item for item in self.organisations if item.is_party == (which == "dang")]
        if not standings:
            return _nothing(_("Chưa có xếp loại của tổ chức này."))
        lines = []
        for standing in standings:
            name = standing.organisation.get_kind_display()
            if standing.grade is None:
                lines.append(Line(name, "", MAYBE, _("chưa có xếp loại")))
                continue
            good = standing.grade in GRADES[GRADES.index(grade) :]
            lines.append(Line(name, "", IN if good else OUT, str(standing.grade.label)))
        return Measure(*_span(lines), len(lines), tuple(lines))

    def _incidents(self, formula: Formula) -> Measure:
        incident = self.incidents.get(formula.argument)
        if incident is None:
            return _nothing(_("Chưa có báo cáo rà soát về việc này; không có báo cáo không có nghĩa là không xảy ra."))
        counted = IN if incident.count else OUT
        reason = _("{count} vụ, theo {source}").format(count=incident.count, source=incident.source)
        lines = (Line(str(incident.get_kind_display()), "", counted, reason),)
        return Measure(incident.count, incident.count, None, lines)

    def _discipline(self, formula: Formula) -> Measure:
        if not self.people:
            return _nothing(_("Chưa có hồ sơ cán bộ của năm này."))
        lines = []
        for judged in self.people:
            form = judged.facts["discipline"]
            if form is None:
                lines.append(_person_line(judged, MAYBE, _("chưa có danh sách kỷ luật đầy đủ")))
            elif form in DISCIPLINE_ORDER[DISCIPLINE_ORDER.index(formula.argument) :]:
                lines.append(_person_line(judged, IN, judged.sources.get("discipline", form)))
        return Measure(*_span(lines), None, tuple(lines))


def decide(op: str, value: Fraction | None, measure: Measure) -> bool | None:
    """Whether a target is reached: True, False, or None while the span allows both. Exact fractions, no rounding."""
    if measure.least is None or measure.most is None or measure.whole == 0:
        return None
    tests: dict[str, Callable[[Fraction, Fraction], bool]] = {
        ">=": lambda got, want: got >= want,
        "<=": lambda got, want: got <= want,
        ">": lambda got, want: got > want,
        "<": lambda got, want: got < want,
        "=": lambda got, want: got == want,
        "none": lambda got, want: got == 0,
        "keep": lambda got, want: got >= 1,
    }
    want = value if value is not None else Fraction(0)
    ends = {tests[op](_amount(count, measure.whole), want) for count in (measure.least, measure.most)}
    if op == "=" and measure.least != measure.most:
        low, high = (_amount(count, measure.whole) for count in (measure.least, measure.most))
        return None if low <= want <= high else False
    return ends.pop() if len(ends) == 1 else None


def _amount(count: int, whole: int | None) -> Fraction:
    """A count as per cent of its whole, or as it is."""
    return Fraction(count) if whole is None else Fraction(100 * count, whole)


def _nothing(note: str) -> Measure:
    return Measure(None, None, None, (), note)


def _span(lines: Iterable[Line]) -> tuple[int, int]:
    kinds = [line.counted for line in lines]
    return kinds.count(IN), kinds.count(IN) + kinds.count(MAYBE)


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _sum_words(quota: QuotaRow) -> str:
    """“15% × 57 = 8,55”: the share of the limit times its base, exact."""
    share = Fraction(quota.share)
    count = quota.base_count if quota.pool_count is None else quota.pool_count
    percent, product = (f"{float(value):g}".replace(".", ",") for value in (share * 100, share * count))
    return f"{percent}% × {count} = {product}"


def _subject_line(judged: Judged, counted: str, reason: str) -> Line:
    return _person_line(judged, counted, reason) if judged.person else _unit_line(judged, counted, reason)


def _person_line(judged: Judged, counted: str, reason: str) -> Line:
    assert judged.person is not None  # only people's rows come here
    return Line(judged.person.full_name, judged.unit.name, counted, reason, judged.person_id, judged.unit_id)


def _unit_line(judged: Judged, counted: str, reason: str) -> Line:
    return Line(judged.unit.name, "", counted, reason, unit_id=judged.unit_id)


def _spelled_out(name: str) -> str:
    """A body's name without accents or its usual abbreviation."""
    return fold(name).lower().replace("ubnd", "uy ban nhan dan")
