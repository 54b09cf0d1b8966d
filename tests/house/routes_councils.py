"""Routes of the councils app: the agency's council with the director and a head on it, and a unit's own meeting."""

import datetime
from collections.abc import Callable
from typing import Any

from house.routes import Line

from thidua.apps.councils import actions
from thidua.apps.councils.models import Council, Item, Session
from thidua.apps.councils.states import CouncilKind, MemberRole
from thidua.apps.units.models import Person, Unit

DAY = datetime.date(2020, 12, 23)
SINCE = datetime.date(2020, 1, 15)
OWN = (302, 403, 200, 200, 200, 404)
RUNS = (302, 403, 403, 200, 200, 404)
UNIT = (302, 200, 403, 200, 200, 404)
UNIT_RUNS = (302, 403, 403, 200, 200, 404)
TABLE = (
    Line("councils:councils", "", (302, 200, 200, 200, 200, 200)),
    Line("councils:council", "councils: the council", OWN),
    Line("councils:council", "councils: the unit's council", UNIT),
    Line("councils:session", "councils: the session", OWN),
    Line("councils:session", "councils: the unit's session", UNIT),
    Line("councils:run", "councils: the session", RUNS),
    Line("councils:run", "councils: the unit's session", UNIT_RUNS),
    Line("councils:attendance", "councils: the session", RUNS),
    Line("councils:hands", "councils: the session", RUNS),
    Line("councils:count", "councils: the session", (302, 403, 200, 200, 200, 404)),
    Line("councils:item", "councils: an item", OWN),
    Line("councils:minutes", "councils: the draft minutes", OWN),
    Line("councils:minutes", "councils: the draft tally minutes", OWN),
)


def _council(actors: dict[str, Any], *, unit: Unit | None = None) -> Council:
    secretary = actors["secretary"]
    kind = CouncilKind.UNIT if unit else CouncilKind.EMULATION
    council = actions.found_council(actor=secretary, kind=kind, name="Hội đồng thử", since=SINCE, unit=unit)
    seats = [actors["member"]] if unit else [actors["director"], actors["head"]]
    for place, actor in enumerate(seats):
        role = MemberRole.MEMBER if place else MemberRole.CHAIR
        person = Person.objects.get(pk=actor.person_id)
        actions.add_member(actor=secretary, council=council, person=person, role=role, since=SINCE)
    return council


def _session(actors: dict[str, Any], *, unit: Unit | None = None) -> Session:
    council = _council(actors, unit=unit)
    chair = council.members.all()[0]
    return actions.plan_session(
        actor=actors["secretary"],
        council=council,
        year=2020,
        title="Phiên họp thử",
        held_on=DAY,
        place="Phòng họp",
        chair=chair,
        clerk=chair,
    )


def _item(actors: dict[str, Any]) -> Item:
    session = _session(actors)
    return actions.put_on_agenda(
        actor=actors["secretary"],
        session=session,
        subject_kind="test",
        subject_id=1,
        label="Việc thử",
        title="LDTT",
    )


def _unit(actors: dict[str, Any]) -> Unit:
    return Unit.objects.get(pk=actors["member"].unit_id)


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "councils: the council": lambda world, actors: [_council(actors).pk],
    "councils: the unit's council": lambda world, actors: [_council(actors, unit=_unit(actors)).pk],
    "councils: the session": lambda world, actors: [_item(actors).session_id],
    "councils: the unit's session": lambda world, actors: [_session(actors, unit=_unit(actors)).pk],
    "councils: an item": lambda world, actors: [_item(actors).pk],
    "councils: the draft minutes": lambda world, actors: [_item(actors).session_id, "session", "pdf"],
    "councils: the draft tally minutes": lambda world, actors: [_item(actors).session_id, "tally", "docx"],
}
