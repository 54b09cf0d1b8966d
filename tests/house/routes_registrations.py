"""Who gets which answer on the pages of registration."""

from collections.abc import Callable
from typing import Any

from house.routes import Line


def _head_unit(actors: dict[str, Any]) -> int:
    return int(next(iter(actors["head"].headed_units)))


def _somebody(world: Any, actors: dict[str, Any], *, of_head: bool) -> int:
    people = world.run.judged.filter(person__isnull=False).exclude(person_id=actors["member"].person_id)
    own = people.filter(unit_id=_head_unit(actors))
    chosen = own if of_head else people.exclude(unit_id__in=[_head_unit(actors), actors["member"].unit_id])
    return int(chosen.exclude(person_id=actors["head"].person_id)[0].person_id)


TABLE: tuple[Line, ...] = (
    Line("registrations:own", "the campaign", (302, 200, 200, 200, 200, 404)),
    Line("registrations:person", "registrations: the member", (302, 200, 403, 200, 200, 404)),
    Line("registrations:person", "registrations: somebody of the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("registrations:person", "registrations: somebody of another unit", (302, 403, 403, 200, 200, 404)),
    Line("registrations:unit", "registrations: the head's unit", (302, 403, 200, 200, 200, 404)),
    Line("registrations:unit", "registrations: the member's unit", (302, 403, 403, 200, 200, 404)),
    Line("registrations:summary", "the campaign", (302, 403, 403, 200, 200, 404)),
    Line("registrations:summary-paper", "the campaign", (302, 403, 403, 200, 200, 404)),
)
THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "registrations: the member": lambda world, actors: [world.campaign.pk, actors["member"].person_id],
    "registrations: somebody of the head's unit": lambda world, actors: [
        world.campaign.pk,
        _somebody(world, actors, of_head=True),
    ],
    "registrations: somebody of another unit": lambda world, actors: [
        world.campaign.pk,
        _somebody(world, actors, of_head=False),
    ],
    "registrations: the head's unit": lambda world, actors: [world.campaign.pk, _head_unit(actors)],
    "registrations: the member's unit": lambda world, actors: [world.campaign.pk, actors["member"].unit_id],
}
