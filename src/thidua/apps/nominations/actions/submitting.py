"""From the unit to the standing secretary, back with a note, and withdrawn."""

import datetime
from collections.abc import Sequence

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.actions import official_act, open_move
from thidua.apps.accounts.queries import Actor
from thidua.apps.nominations import queries
from thidua.apps.nominations.access import WHO_STANDING, WHO_UNIT, may_nominate
from thidua.apps.nominations.actions.ground import given, locked, locked_all, move_to, record_act, remark
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NOMINATION
from thidua.apps.records.queries import address_of

NOTE = 1000


@official_act
def submit(*, actor: Actor, nominations: Sequence[Nomination], on: datetime.date | None = None) -> list[Nomination]:
    """Submit reviewed nominations to the standing secretary, all or none; each bound to the initiative it stands on.

    ``on`` is the official day; without it the day of recording stands. Raises Refused, MoveRefused; StillOpen with
    every problem of every nomination.
    """
    rows = locked_all(nominations)
    for nomination in rows:
        require(may_nominate(actor, unit_id=nomination.unit_id), WHO_UNIT)
    moves = [NOMINATION.move("submit", state=nomination.state) for nomination in rows]
    if problems := [problem for nomination in rows for problem in queries.submission_problems(nomination)]:
        raise StillOpen(list(dict.fromkeys(problems)))
    for nomination, move in zip(rows, moves, strict=True):
        bound = queries.bound_achievement(nomination)
        move_to(nomination, move.target)
        remark(actor, nomination, verb="submit", note="", on=on)
        record_act(actor, "submit", nomination, {"achievement": address_of(bound) if bound else None, "on": on})
    return rows


@official_act
def return_nomination(
    *, actor: Actor, nomination: Nomination, note: str, on: datetime.date | None = None
) -> Nomination:
    """Send a nomination back to its unit with a note. Raises Refused, MoveRefused, CannotDo."""
    nomination = locked(nomination)
    move = open_move(NOMINATION, "return_nomination", thing=nomination, actor=actor, queries=queries, who=WHO_STANDING)
    note = given(note, what="Ghi chú trả lại", most=NOTE)
    move_to(nomination, move.target)
    remark(actor, nomination, verb="return_nomination", note=note, on=on)
    record_act(actor, "return_nomination", nomination, {"on": on}, because=note[:500])
    return nomination


@official_act
def withdraw(*, actor: Actor, nomination: Nomination, because: str = "", on: datetime.date | None = None) -> Nomination:
    """Withdraw a nomination that is not before a meeting; another may be drafted later. Raises Refused, MoveRefused."""
    nomination = locked(nomination)
    require(may_nominate(actor, unit_id=nomination.unit_id), WHO_UNIT)
    move = open_move(NOMINATION, "withdraw", thing=nomination, actor=actor, queries=queries, who=WHO_UNIT)
    if len(because) > NOTE:
        raise CannotDo(f"Lý do rút: dài {len(because)} chữ, tối đa {NOTE}.")
    move_to(nomination, move.target)
    remark(actor, nomination, verb="withdraw", note=because.strip(), on=on)
    record_act(actor, "withdraw", nomination, {"on": on}, because=because.strip()[:500])
    return nomination
