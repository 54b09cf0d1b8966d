"""What the pages of a reading show: the page beside the structure, one doubtful place, two readings compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from thidua.apps.campaigns.models import Campaign, Reading
from thidua.apps.campaigns.queries.readings import (
    Json,
    Standing,
    around,
    hard_problems,
    launched_words,
    pages_in_words,
    pages_of,
    passages,
    quoted_place,
    reopening_problems,
    repair_named,
    replacement_problems,
    soft_problems,
    wanted,
    what_changes,
)
from thidua.apps.campaigns.queries.wholes import titles_of_year
from thidua.apps.campaigns.states import CampaignState, PlanState
from thidua.core.plans.compare import Change
from thidua.core.plans.outline import clauses_in_order
from thidua.core.plans.reading import MENDED, UNSURE, outline_of
from thidua.core.plans.settling import Doubt, dropped, repair_key

FEW = 60  # doubtful things listed at once; the rest follow when these are decided
NAMES = {
    "type": gettext_lazy("Loại văn bản"),
    "number": gettext_lazy("Số, ký hiệu"),
    "date": gettext_lazy("Ngày ban hành"),
    "place": gettext_lazy("Nơi ban hành"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "subject": gettext_lazy("Trích yếu"),
    "motto": gettext_lazy("Phương châm"),
    "year": gettext_lazy("Năm"),
}


@dataclass(frozen=True)
class Waiting:
    """One doubtful thing still to be decided, with the words around it and where to go to put it right."""

    doubt: Doubt
    before: str
    after: str
    percent: int | None
    sentence: tuple[int, int] | None


def confirmation_page(now: Standing) -> Json:
    """Everything of the page but its forms; the text comes in ``pages``."""
    plan = now.plan
    waiting = now.waiting
    opened = getattr(plan, "campaign", None)
    return {
        "head": [(name, plan.reading["document"][field]) for field, name in NAMES.items()],
        "bases": list(enumerate(now.rows("bases"), 1)),
        "pages": pages_of(passages(now)),
        "waiting": list(_waiting(now, waiting[:FEW])),
        "waiting_more": max(0, len(waiting) - FEW),
        "waiting_keys": " ".join(doubt.key for doubt in waiting[:FEW]),
        "hard": hard_problems(plan) if plan.state == PlanState.READ else [],
        "soft": soft_problems(now),
        "sure": sum(row["confidence"] >= UNSURE for row in now.read["repairs"]),
        "targets": len(plan.reading["targets"]),
        "recognised": pages_in_words(now.read.get("recognised", ())),
        "mended": [row for row in now.read["repairs"] if row["why"] == MENDED],
        "dropped": [*dropped(now.read, now.kept, "targets"), *dropped(now.read, now.kept, "bases")],
        "aside": now.aside,
        "open": plan.state == PlanState.READ,
        "campaign": opened,
        "reopens": bool(opened) and plan.state == PlanState.CONFIRMED and not reopening_problems(plan),
    }


def words_page(now: Standing, key: str) -> Json | None:
    """One repaired place with the words around it, and the doubtful one after it; None when it stands no more."""
    mark = repair_named(now, key)
    if mark is None:
        return None
    before, after = around(now.read["text"], mark["start"], mark["end"])
    waiting = [doubt for doubt in now.waiting if doubt.kind == "repair"]
    others = [doubt for doubt in waiting if doubt.key != key]
    later = [doubt for doubt in others if doubt.start is not None and doubt.start > mark["start"]]
    following = next(iter(later or others), None)
    return {
        "mark": mark,
        "key": key,
        "percent": round(mark["confidence"] * 100),
        "before": before,
        "after": after,
        "decided": now.kept["decided"].get(key),
        "left": len(waiting),
        "next": following.key if following else "",
        "open": now.plan.state == PlanState.READ,
    }


def repaired(now: Standing, start: int, end: int) -> list[tuple[str, Json, int]]:
    """The repairs of a passage: name, repair, per cent of confidence."""
    inside = (row for row in now.read["repairs"] if start <= row["start"] < end)
    return [(repair_key(row), row, round(row["confidence"] * 100)) for row in inside]


def target_choices(now: Standing, row: Json) -> dict[str, list[tuple[str, str]]]:
    """Titles and clauses to choose from; what the row has already is among them."""
    year = now.plan.reading["document"]["year"]
    titles = dict(titles_of_year(year)) if year else {}
    clauses = {one.id: f"{one.id} {one.title[:60]}".strip() for one in clauses_in_order(outline_of(now.read["text"]))}
    for names, code in ((titles, row.get("title_code")), (clauses, row.get("clause"))):
        if code:
            names.setdefault(code, code)
    return {"titles": list(titles.items()), "clauses": list(clauses.items())}


def comparison_page(now: Standing, aside: Reading) -> Json:
    """What taking a reading would change, what could not be kept, and why it cannot be taken, if so."""
    comparison, _kept, lapsed = what_changes(now.version, aside)
    problems = replacement_problems(now.version, aside) or _closed(now)
    return {
        "comparison": comparison,
        "head": [(NAMES[change.fields[0]], *_ends(change)) for change in comparison.head],
        "bases": [(change, _basis(change.before), _basis(change.after)) for change in comparison.bases],
        "clauses": comparison.clauses,
        "targets": [(change, _wanted(change.before), _wanted(change.after)) for change in comparison.targets],
        "lapsed": lapsed,
        "problems": problems,
    }


def _closed(now: Standing) -> list[str]:
    campaign: Campaign | None = getattr(now.plan, "campaign", None)
    if now.plan.state == PlanState.READ:
        return []
    if campaign and campaign.state != CampaignState.DRAFT:
        return [launched_words(campaign)]
    return ["Bản đọc đang dùng đã xác nhận. Mở lại bản đọc ở trang kế hoạch, rồi quay lại đây để thay."]


def _waiting(now: Standing, doubts: Sequence[Doubt]) -> Iterator[Waiting]:
    text = now.read["text"]
    for doubt in doubts:
        before = after = ""
        if doubt.start is not None:
            before, after = around(text, doubt.row["start"], doubt.row["end"])
        percent = round(doubt.row["confidence"] * 100) if doubt.row else None
        yield Waiting(doubt, before[-60:], after[:60], percent, quoted_place(text, doubt.words))


def _ends(change: Change) -> tuple[Any, Any]:
    field = change.fields[0]
    return (change.before or {}).get(field), (change.after or {}).get(field)


def _wanted(row: Json | None) -> str:
    return wanted(row) if row else ""


def _basis(row: Json | None) -> str:
    if row is None:
        return ""
    return ", ".join(str(row[name]) for name in ("type", "number", "date", "issuer", "subject") if row[name])
