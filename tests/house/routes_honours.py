"""Who gets which answer on the public pages, and on the page of postings."""

import datetime
from collections.abc import Callable
from typing import Any

from apps.deciding import DAY, drafted, seven, signed
from house.routes import Line

from thidua.apps.accounts.queries import visitor
from thidua.apps.decisions.models import Decision
from thidua.apps.honours.actions import object_to, post_decision
from thidua.apps.honours.models import Objection, Posting

ALL = (200, 200, 200, 200, 200, 200)
TABLE = (
    Line("honours:public", "honours: the agency", ALL),
    Line("honours:public-posting", "honours: a posting in public", ALL),
    Line("honours:public-roll", "honours: the year", ALL),
    Line("honours:public-decision", "honours: a signed decision", ALL),
    Line("honours:public-decision", "honours: a draft", (404, 404, 404, 404, 404, 404)),
    Line("honours:postings", "", (302, 403, 403, 200, 200, 200)),
    Line("honours:posting", "honours: a posting", (302, 403, 403, 200, 200, 404)),
    Line("honours:objection", "honours: an objection", (302, 403, 403, 200, 200, 404)),
)


def decided(world: Any, actors: dict[str, Any]) -> Decision:
    """A signed decision."""
    return signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))


def posted(world: Any, actors: dict[str, Any]) -> Posting:
    """A signed decision posted on its day."""
    return post_decision(actor=actors["secretary"], decision=decided(world, actors), on=DAY)


def objected(world: Any, actors: dict[str, Any]) -> Objection:
    """An objection to a posting."""
    return object_to(
        actor=visitor(world.agency),
        posting=posted(world, actors),
        name="Người dân",
        contact="0900 000 000",
        text="Đề nghị xem lại",
        about="",
        on=DAY + datetime.timedelta(days=4),
    )


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "honours: the agency": lambda world, actors: [world.agency.code],
    "honours: a posting in public": lambda world, actors: [world.agency.code, posted(world, actors).slug],
    "honours: the year": lambda world, actors: [decided(world, actors).agency.code, 2020],
    "honours: a signed decision": lambda world, actors: [world.agency.code, decided(world, actors).pk],
    "honours: a draft": lambda world, actors: [
        world.agency.code,
        drafted(world, actors["secretary"], seven(world)).pk,
    ],
    "honours: a posting": lambda world, actors: [posted(world, actors).pk],
    "honours: an objection": lambda world, actors: [objected(world, actors).pk],
}
