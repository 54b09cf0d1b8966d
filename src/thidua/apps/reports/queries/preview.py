"""A target that is not in force yet, counted on the records of the year before its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua.apps.campaigns.models import Plan
from thidua.apps.campaigns.queries import drafted_target
from thidua.apps.reports.queries.measure import Counter
from thidua.apps.reports.queries.scoreboard import Standing, target_standing
from thidua.core.plans import PlanError
from thidua.core.plans.by_hand import target_by_hand
from thidua.core.plans.settling import SET_BY_HAND

Json = dict[str, Any]
DRAFT = ("op", "value", "unit", "unit_text", "title_code", "subject", "measure", "deadline", "clause", "quote")
NEW: Json = {**dict.fromkeys(DRAFT), "title_class": None, "approximate": False, "start": 0, "end": 0}


@dataclass(frozen=True)
class Preview:
    """A target on last year's records: how it would have stood, or (``standing`` None) what is wrong with it."""

    year: int | None
    row: Json
    standing: Standing | None
    wrong: str

    @property
    def known(self) -> bool:
        """Whether last year's records say anything about it."""
        return self.standing is not None and self.standing.measure.known


def drafted(plan: Plan, number: int, given: Mapping[str, str]) -> Json | None:
    """A target of a plan's reading by its number (0: a new one), with what was given in its place; None without it."""
    rows = plan.reading["targets"]
    said = {name: given[name][:2000] or None for name in DRAFT if name in given}
    if number == 0 and said.get("quote") and said.get("op"):
        return {**NEW, **said, "confidence": SET_BY_HAND}
    return {**rows[number - 1], **said} if 1 <= number <= len(rows) else None


def preview_of(
    plan: Plan, row: Json | None, *, counters: dict[int, Counter] | None = None, reasons: bool = False
) -> Preview | None:
    """Count a target on the records of the year before; ``counters`` are kept for the other targets of a page."""
    if row is None:
        return None
    year = plan.reading["document"]["year"]
    if year is None:
        return Preview(None, row, None, "Chưa rõ năm của kế hoạch, nên chưa biết năm trước là năm nào.")
    try:
        checked = target_by_hand({**NEW, **row})
    except PlanError as error:
        return Preview(year - 1, row, None, str(error))
    counters = {} if counters is None else counters
    counter = counters.get(year - 1) or Counter(year=year - 1, reasons=reasons)
    counters[year - 1] = counter
    return Preview(year - 1, row, target_standing(drafted_target(None, 0, checked), counter), "")
