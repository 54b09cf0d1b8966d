"""Opening accounts and granting roles, each recorded."""

import datetime
import functools
from collections.abc import Callable
from types import ModuleType
from typing import ParamSpec, Protocol, TypeVar

from django.contrib.auth.password_validation import validate_password
from django.db import OperationalError, connection, transaction
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, StillOpen, may_manage_accounts, require
from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.units.models import Person, Unit
from thidua.core.lifecycle import Lifecycle, Move, MoveRefused

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK = "40P01"  # PostgreSQL's word for it
WHO = "giám đốc, hoặc người quản trị máy chủ khi mới cài"


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


@official_act
def open_account(*, actor: Actor, username: str, password: str, person: Person | None = None) -> User:
    """Open an account in the actor's agency; the password is never recorded.

    Raises Refused, and ValidationError for a password that is too short or too common.
    """
    require(may_manage_accounts(actor), WHO)
    validate_password(password, User(username=username))
    user = User.objects.create_user(username=username, password=password, agency=actor.agency, person=person)
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="open_account",
        target=f"accounts.user:{user.pk}",
        payload={"username": username, "person": person.code if person else None},
    )
    return user


@official_act
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: Role,
    since: datetime.date,
    until: datetime.date | None = None,
    unit: Unit | None = None,
    because: str = "",
) -> RoleGrant:
    """Grant a role from a day, to a day when given. Raises Refused, for a user of another agency too."""
    require(may_manage_accounts(actor), WHO)
    require(role != Role.OPERATOR, "máy chủ; không tài khoản nào giữ vai trò này")
    grant = RoleGrant.objects.create(
        agency=user.agency,
        user=user,
        role=role,
        unit=unit,
        since=since,
        until=until,
        granted_by=actor.key,
        because=because,
    )
    record(
        agency_key=user.agency_id,
        actor=actor.key,
        verb="grant_role",
        target=f"accounts.user:{user.pk}",
        payload={"role": role, "unit": unit.code if unit else None, "since": since, "until": until},
        because=because,
    )
    return grant


@official_act
def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Give a user a new password; it is never recorded, the act is. Raises Refused, ValidationError."""
    require(may_manage_accounts(actor), WHO)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="set_password",
        target=f"accounts.user:{user.pk}",
        payload={},
    )
