"""Who gets which answer on the pages of plans and campaigns."""

from collections.abc import Callable
from typing import Any

from house.routes import Line


def _head_unit(actors: dict[str, Any]) -> int:
    return int(next(iter(actors["head"].headed_units)))


def _other_unit(actors: dict[str, Any]) -> int:
    from thidua.apps.units.models import Unit

    return Unit.objects.exclude(pk__in=actors["head"].headed_units)[0].pk


TABLE: tuple[Line, ...] = (
    Line("campaigns:plan-new", "", (302, 403, 403, 200, 200, 200)),
    Line("campaigns:plan", "campaigns: the plan as read", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:allocation", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("campaigns:briefing", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("campaigns:unit-briefing", "campaigns: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("campaigns:unit-briefing", "campaigns: another unit", (302, 403, 403, 200, 200, 404)),
    Line("campaigns:signing-list", "campaigns: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("campaigns:signing-list", "campaigns: another unit", (302, 403, 403, 200, 200, 404)),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "campaigns: the plan as read": lambda world, actors: [world.campaign.plan_id],
    "campaigns: the head's unit": lambda world, actors: [world.campaign.pk, _head_unit(actors)],
    "campaigns: another unit": lambda world, actors: [world.campaign.pk, _other_unit(actors)],
}
