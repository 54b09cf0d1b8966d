"""What surrounds every official act: one transaction, the actor's own agency, and the lifecycle's table."""

import functools
from collections.abc import Callable
from types import ModuleType
from typing import ParamSpec, Protocol, TypeVar

from django.db import OperationalError, connection, transaction
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, StillOpen, require
from thidua.apps.accounts.queries import Actor
from thidua.core.lifecycle import Lifecycle, Move, MoveRefused

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK = "40P01"  # PostgreSQL's word for it


def official_act(act: Callable[P, R]) -> Callable[P, R]:
    """An act of an actor: one transaction, held to the actor's own agency whatever scope surrounds it.

    The act takes ``actor=`` and everything else by keyword; a thing of another agency among them is Refused. Two acts
    that wait for each other cannot both be done: one raises CannotDo, and doing it again will do.
    """

    @functools.wraps(act)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = kwargs["actor"]
        assert isinstance(actor, Actor)
        for thing in kwargs.values():
            if isinstance(thing, type):  # a model named as a kind has the attribute, but no owner
                continue
            owner = getattr(thing, "agency_id", actor.agency.pk)
            require(owner == actor.agency.pk, "người của chính cơ quan ấy")
        try:
            with transaction.atomic(), scope(agency=actor.agency.pk):
                return act(*args, **kwargs)
        except OperationalError as error:
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                raise  # an act inside an act leaves it to the outer one
            raise CannotDo("Việc này chưa ghi được vì có người khác ghi cùng lúc. Làm lại lần nữa.") from error

    return guarded


class HasState(Protocol):
    """A thing with a lifecycle."""

    state: str


def open_move(lifecycle: Lifecycle, verb: str, *, thing: HasState, actor: Actor, queries: ModuleType, who: str) -> Move:
    """The move as the lifecycle's table opens it: from this state, for this actor, with nothing left to settle.

    ``queries`` is the app's module in which ``needs`` names the list of open problems.
    Raises MoveRefused, Refused, StillOpen.
    """
    try:
        move = lifecycle.move(verb, state=thing.state)
    except MoveRefused as error:
        state = thing.get_state_display() if hasattr(thing, "get_state_display") else thing.state
        raise MoveRefused(
            f"Không làm được việc này khi đang ở trạng thái “{state}”. Tải lại trang để thấy việc làm tiếp được."
        ) from error
    require(actor.has(*move.who), who)
    if move.needs and (problems := getattr(queries, move.needs)(thing)):
        raise StillOpen(problems)
    return move
