"""The n-th write of a key act fails, for n = 1, 2, 3 …: nothing of the act stays, whichever write it was."""

from collections.abc import Callable
from typing import Any

import pytest
from apps.chain_story import Chain, contents, signed_copy
from apps.initiatives_world import DECIDED, council, passed
from django.db import OperationalError, connection

from thidua.apps.councils import actions as councils
from thidua.apps.councils.states import Choice
from thidua.apps.initiatives.actions import recognise
from thidua.apps.records.states import Scope

__all__ = ["council"]
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST = 200


class FailAt:
    """Lets a connection write so many times, and then never again."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self.left -= 1
            if self.left <= 0:
                raise OperationalError("đĩa đầy (thử)")
        return execute(sql, params, many, context)


def failures(act: Callable[[], object]) -> int:
    """How many writes the act makes; each was made to fail once, and the database was as before each time.

    After that the act is done for good.
    """
    before = contents()
    for number in range(1, MOST):
        fault = FailAt(number)
        try:
            with connection.execute_wrapper(fault):
                act()
        except OperationalError:
            assert contents() == before, f"lần ghi thứ {number} hỏng để lại dấu vết"
            continue
        assert contents() != before
        return number - 1
    raise AssertionError(f"hơn {MOST} lần ghi")


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors, fighters=("TC025",))


def test_cast_and_close_vote(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    item = session.items.filter(mode="open").order_by("number")[0]
    assert failures(lambda: councils.open_vote(actor=chain.by, item=item)) >= 3
    voters = [member.person for member in session.council.members.all()]
    first, *rest = voters
    assert failures(lambda: councils.cast(actor=chain.account_of(first), item=item, choice=Choice.YES)) >= 3
    for person in rest:
        councils.cast(actor=chain.account_of(person), item=item, choice=Choice.YES)
    assert failures(lambda: councils.close_vote(actor=chain.by, item=item)) >= 3


def test_enter_counts_close_votes_and_sign_minutes(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.get(title="CSTDCS"))
    figures = {item.pk: chain.sheet(item)}
    for teller in (chain.by, chain.account_of(session.clerk.person)):

        def enter(teller: Any = teller) -> object:
            return councils.enter_counts(actor=teller, session=session, figures=figures)

        assert failures(enter) >= 3
    assert failures(lambda: councils.close_votes(actor=chain.by, session=session)) >= 3
    chain.vote(session)
    chain.end(session, sign=False)
    # two papers (a number, a file and the minutes each), the session's state, and the record's two rows
    assert failures(lambda: councils.sign_minutes(actor=chain.by, session=session, on=session.held_on)) >= 9


def test_send_to_sign_and_take_signed_copy(chain: Chain) -> None:
    decision = chain.drafted()
    assert failures(lambda: chain.send(decision)) >= 5
    decision.refresh_from_db()
    copy = signed_copy(decision)
    # file, decision, nine lines in the book and their numbers, nine awards and one use each with two rows of record,
    # and the record of the act itself
    assert failures(lambda: chain.take(decision, copy)) >= 40


def test_recognise(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    row = passed(actors, council)
    director = actors["director"]
    # number, state, recognition, file, recognition's file, achievement with its record, the record of the act
    assert failures(lambda: recognise(actor=director, initiatives=[row], scope=Scope.BASE, on=DECIDED)) >= 10
