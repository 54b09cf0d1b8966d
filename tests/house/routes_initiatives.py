"""Who gets which answer on the pages of initiatives."""

import datetime
from collections.abc import Callable
from typing import Any

from house.routes import Line

TABLE: tuple[Line, ...] = (
    Line("initiatives:initiatives", "", (302, 200, 200, 200, 200, 200)),
    Line("initiatives:draft", "", (302, 200, 200, 200, 200, 200)),
    Line("initiatives:recognise", "", (302, 403, 403, 200, 403, 403)),
    Line("initiatives:register", "initiatives: the year", (302, 403, 403, 200, 200, 200)),
    Line("initiatives:initiative", "initiatives: the member's", (302, 200, 403, 200, 200, 404)),
    Line("initiatives:initiative", "initiatives: the member's draft", (302, 200, 403, 403, 403, 404)),
    Line("initiatives:redraft", "initiatives: the member's draft", (302, 200, 403, 403, 403, 404)),
    Line("initiatives:assess", "initiatives: the member's", (302, 403, 403, 403, 403, 404)),
    Line("initiatives:assess", "initiatives: for the head to assess", (302, 403, 200, 403, 403, 404)),
    Line("initiatives:act", "initiatives: an act", (302, 302, 403, 302, 302, 404)),
    Line("initiatives:decision", "initiatives: recognised", (302, 200, 403, 200, 200, 404)),
    Line("initiatives:certificate", "initiatives: recognised", (302, 200, 403, 200, 200, 404)),
)


def _drafted(actors: dict[str, Any]) -> Any:
    from thidua.apps.initiatives.actions import draft

    return draft(
        actor=actors["member"],
        year=2020,
        name="Bảng theo dõi tạm ứng quá hạn",
        authors={actors["member"].person_id: 100},
        essence="Một bảng chung cho các đơn vị.",
        benefit="Ít khoản quá hạn hơn.",
    )


def _accepted(actors: dict[str, Any]) -> Any:
    from thidua.apps.initiatives.actions import accept_application, apply_for

    day = datetime.date(2020, 10, 15)
    filed = apply_for(actor=actors["member"], initiative=_drafted(actors), on=day)
    return accept_application(actor=actors["secretary"], initiative=filed, on=day)


def _for_the_head(actors: dict[str, Any]) -> Any:
    from thidua.apps.councils.actions import add_member, found_council
    from thidua.apps.councils.states import CouncilKind, MemberRole
    from thidua.apps.units.models import Person

    run, since = actors["secretary"], datetime.date(2020, 1, 15)
    council = found_council(actor=run, kind=CouncilKind.INITIATIVE, name="Hội đồng sáng kiến", since=since)
    head = Person.objects.get(pk=actors["head"].person_id)
    add_member(actor=run, council=council, person=head, role=MemberRole.MEMBER, since=since)
    return _accepted(actors)


def _recognised(actors: dict[str, Any]) -> Any:
    """A recognised one with its stored paper; the council's part is the actions' own test."""
    from thidua.apps.initiatives.actions import recognise
    from thidua.apps.initiatives.models import Initiative
    from thidua.apps.initiatives.states import InitiativeState

    initiative = _accepted(actors)
    Initiative.objects.filter(pk=initiative.pk).update(state=InitiativeState.PASSED)
    day = datetime.date(2020, 12, 1)
    recognise(actor=actors["director"], initiatives=[initiative], scope="co_so", on=day)
    return initiative


THINGS: dict[str, Callable[[Any, dict[str, Any]], list[object]]] = {
    "initiatives: the year": lambda world, actors: [2020],
    "initiatives: the member's": lambda world, actors: [_accepted(actors).pk],
    "initiatives: the member's draft": lambda world, actors: [_drafted(actors).pk],
    "initiatives: for the head to assess": lambda world, actors: [_for_the_head(actors).pk],
    "initiatives: an act": lambda world, actors: [_accepted(actors).pk, "nop"],
    "initiatives: recognised": lambda world, actors: [_recognised(actors).pk],
}
