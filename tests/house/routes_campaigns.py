"""Who gets which answer on the pages of plans and campaigns."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from house.routes import Line

from thidua.core.plans.settling import repair_key

ROOT = Path(__file__).resolve().parents[2]


def _head_unit(actors: dict[str, Any]) -> int:
    return int(next(iter(actors["head"].headed_units)))


def _other_unit(actors: dict[str, Any]) -> int:
    from thidua.apps.units.models import Unit

    return Unit.objects.exclude(pk__in=actors["head"].headed_units)[0].pk


def _to_confirm(world: Any, actors: dict[str, Any]) -> Any:
    """A plan as the reader left it, one for each test."""
    from thidua.apps.campaigns.actions import receive_plan

    data = (ROOT / "sample" / "ke-hoach-2020.ocr.txt").read_bytes()
    return receive_plan(actor=actors["secretary"], data=data, filename="ke-hoach-2020.ocr.txt")


def _word(world: Any, actors: dict[str, Any]) -> list[object]:
    plan = _to_confirm(world, actors)
    return [plan.pk, repair_key(plan.reading["repairs"][0])]


def _aside(world: Any, actors: dict[str, Any]) -> list[object]:
    from thidua.apps.campaigns.actions import offer_reading

    plan = _to_confirm(world, actors)
    data = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes().replace(b"95%", b"90%")
    return [plan.pk, offer_reading(actor=actors["secretary"], plan=plan, data=data, filename="sua.txt").pk]


def _being_read(world: Any, actors: dict[str, Any]) -> list[object]:
    from thidua.apps.campaigns.models import ReadingJob

    document = world.campaign.plan.document
    job = ReadingJob.objects.create(
        agency=world.agency, kind="receive_plan", document=document, filename="quet.pdf", asked_by="user:1"
    )
    return [job.pk]


def _sentence(world: Any, actors: dict[str, Any]) -> list[object]:
    plan = _to_confirm(world, actors)
    start = plan.reading["text"].index("Nâng cao nhận thức")
    return [plan.pk, start, start + 40]


TABLE: tuple[Line, ...] = (
    Line("campaigns:plan-new", "", (302, 403, 403, 200, 200, 200)),
    Line("campaigns:plan", "campaigns: the plan as read", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan", "campaigns: a plan to confirm", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-words", "campaigns: a repaired word", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-passage", "campaigns: a passage", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-steps", "campaigns: a plan to confirm", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-head", "campaigns: a plan to confirm", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-basis", "campaigns: a row of the plan", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-target", "campaigns: a row of the plan", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-target-new", "campaigns: a sentence", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:plan-comparison", "campaigns: a reading aside", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:reading-job", "campaigns: a file being read", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:allocation", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("campaigns:briefing", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("campaigns:unit-briefing", "campaigns: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("campaigns:unit-briefing", "campaigns: another unit", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:signing-list", "campaigns: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("campaigns:signing-list", "campaigns: another unit", (302, 403, 403, 200, 200, 404)),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "campaigns: the plan as read": lambda world, actors: [world.campaign.plan_id],
    "campaigns: a plan to confirm": lambda world, actors: [_to_confirm(world, actors).pk],
    "campaigns: a repaired word": _word,
    "campaigns: a passage": lambda world, actors: [_to_confirm(world, actors).pk, 0],
    "campaigns: a row of the plan": lambda world, actors: [_to_confirm(world, actors).pk, 1],
    "campaigns: a sentence": _sentence,
    "campaigns: a reading aside": _aside,
    "campaigns: a file being read": _being_read,
    "campaigns: the head's unit": lambda world, actors: [world.campaign.pk, _head_unit(actors)],
    "campaigns: another unit": lambda world, actors: [world.campaign.pk, _other_unit(actors)],
}
