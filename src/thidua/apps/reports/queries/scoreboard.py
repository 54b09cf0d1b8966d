"""Targets against results: one line a target, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.apps.campaigns.models import Campaign, Target
from thidua.apps.evaluations.models import Run
from thidua.apps.reports.queries.measure import IN, MAYBE, OUT, Counter, Measure, decide
from thidua.apps.reports.states import TargetState
from thidua.core.plans.formulas import formula_from_json

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
GRADES = {"HTXS": "Hoàn thành xuất sắc", "HTT": "Hoàn thành tốt", "HT": "Hoàn thành"}
PERCENT = Fraction(100)
FEW = 3


@dataclass(frozen=True)
class Standing:
    """One target and how it stands: wanted in words, the exact span, the state and why."""

    target: Target
    wanted: str
    measure: Measure
    state: TargetState
    why: str
    numerator: str
    denominator: str

    @property
    def in_words(self) -> str:
        """What the lines counted in are called: candidates, where a limit lets only some of them through."""
        candidates = sum(line.counted == IN for line in self.measure.lines)
        limited = self.measure.most is not None and candidates > self.measure.most
        return _("Đủ điều kiện") if limited else _("Được tính")

    @property
    def groups(self) -> list[tuple[str, str]]:
        """The ways in which a record counts, and what each is called here."""
        return [(IN, self.in_words), (MAYBE, _("Chưa rõ")), (OUT, _("Không tính"))]

    @property
    def figure(self) -> str:
        """The exact figure: “57–59 / 62”, “0 vụ”, or a dash while nothing is known."""
        if self.measure.least is None or self.measure.most is None:
            return "–"
        count = span_words(self.measure.least, self.measure.most)
        if self.measure.whole is None:
            return count
        slash = "/" if self.measure.least == self.measure.most else " / "
        return f"{count}{slash}{self.measure.whole}"

    @property
    def percent(self) -> str:
        """The figure in per cent, rounded only to be shown; empty for plain counts."""
        measure = self.measure
        if measure.least is None or measure.most is None or not measure.whole:
            return ""
        ends = [Fraction(100 * count, measure.whole) for count in (measure.least, measure.most)]
        return span_words(*(f"{float(end):.1f}".replace(".", ",") for end in ends)) + "%"


@dataclass(frozen=True)
class Scoreboard:
    """A campaign's targets as they stand after a run (None before the first)."""

    campaign: Campaign
    run: Run | None
    standings: Sequence[Standing]
    counter: Counter

    def count(self, state: TargetState) -> int:
        """How many targets are in a state."""
        return sum(standing.state == state for standing in self.standings)

    @property
    def tally(self) -> list[tuple[TargetState, int]]:
        """The states with their counts, for the head of the page."""
        return [(state, self.count(state)) for state in TargetState]


def campaign_scoreboard(campaign: Campaign) -> Scoreboard:
    """Every target of a campaign against the latest run and the records of its year."""
    counter = Counter(year=campaign.year)
    standings = [target_standing(target, counter) for target in campaign.targets.all()]
    return Scoreboard(campaign=campaign, run=counter.run, standings=standings, counter=counter)


def target_standing(target: Target, counter: Counter) -> Standing:
    """One target against what was counted."""
    if target.formula is None:
        nothing = Measure(None, None, None, (), _("Chưa có công thức đếm cho chỉ tiêu này; người phụ trách cần chọn."))
        return Standing(target, wanted_words(target), nothing, TargetState.UNKNOWN, nothing.note, "", "")
    formula = formula_from_json(target.formula)
    measure = counter.measure(formula)
    reached = decide(*_goal(target, measure), measure)
    state = {True: TargetState.REACHED, False: TargetState.MISSED, None: TargetState.UNKNOWN}[reached]
    return Standing(
        target=target,
        wanted=wanted_words(target),
        measure=measure,
        state=state,
        why=_why(state, measure),
        numerator=formula.numerator,
        denominator=formula.denominator,
    )


def _goal(target: Target, measure: Measure) -> tuple[str, Fraction | None]:
    """A grade asked of organisations means all of them; everything else is as the plan says."""
    if target.value_unit == "rating":
        return ">=", PERCENT
    return target.op, Fraction(target.value) if target.value else None


def wanted_words(target: Target) -> str:
    """What the target wants: “≥ 95%”, “không có”, “giữ vững”."""
    if target.op == "none":
        return _("không có")
    if target.op == "keep":
        return _("giữ vững")
    if target.value_unit == "rating":
        return _("từ “{grade}” trở lên").format(grade=GRADES[target.value])
    unit = "%" if target.value_unit == "percent" else ""
    return f"{OPERATORS[target.op]} {target.value}{unit}"


def _why(state: TargetState, measure: Measure) -> str:
    maybe = sum(line.counted == MAYBE for line in measure.lines)
    parts = [measure.note] if measure.note else []
    units_out = [line.label for line in measure.lines if line.counted == OUT and line.person_id is None]
    if state == TargetState.MISSED and 0 < len(units_out) <= FEW:
        parts.append(_("Chưa đạt: {names}.").format(names=", ".join(units_out)))
    if state == TargetState.UNKNOWN and maybe and measure.known:
        text = ngettext(
            "Còn {count} trường hợp chưa rõ, có thể làm đổi kết quả.",
            "Còn {count} trường hợp chưa rõ, có thể làm đổi kết quả.",
            maybe,
        )
        parts.append(text.format(count=maybe))
    elif state == TargetState.MISSED and maybe:
        text = ngettext(
            "Dù {count} trường hợp chưa rõ đều thuận, vẫn không đạt.",
            "Dù {count} trường hợp chưa rõ đều thuận, vẫn không đạt.",
            maybe,
        )
        parts.append(text.format(count=maybe))
    elif state == TargetState.REACHED and maybe:
        text = ngettext("Đã đạt dù còn {count} trường hợp chưa rõ.", "Đã đạt dù còn {count} trường hợp chưa rõ.", maybe)
        parts.append(text.format(count=maybe))
    return " ".join(parts)


def span_words(least: object, most: object) -> str:
    """“57” or “57–59”."""
    return str(least) if least == most else f"{least}–{most}"
