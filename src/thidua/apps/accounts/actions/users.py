"""Accounts, their passwords and the roles they hold from a day to a day, each act recorded."""

import datetime

from django.contrib.auth.password_validation import validate_password
from django.db.models import Q

from thidua.apps.accounts.access import CannotDo, may_manage_accounts, require
from thidua.apps.accounts.actions.guard import official_act
from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.queries import MANAGERS, Actor
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.units.models import Person, Unit

WHO = "người quản trị hệ thống hoặc giám đốc; người quản trị máy chủ khi mới cài"


@official_act
def open_account(
    *, actor: Actor, username: str, password: str | None, person: Person | None = None, one_time: bool = False
) -> User:
    """Open an account in the actor's agency; the password is never recorded, a ``one_time`` one must be changed.

    Without a password (None) nobody can sign in to it until one is set.

    Raises Refused, CannotDo for a name or a person that has an account, and ValidationError for a password that is
    too short or too common.
    """
    require(may_manage_accounts(actor), WHO)
    if User.objects.filter(username=username).exists():
        raise CannotDo(f"Tên đăng nhập “{username}” đã có người dùng. Chọn tên khác.")
    if person is not None and (had := User.objects.filter(person=person).first()):
        raise CannotDo(f"{person.full_name} đã có tài khoản “{had.username}”. Mở lại tài khoản ấy nếu đã đóng.")
    if password is not None:
        validate_password(password, User(username=username))
    user = User.objects.create_user(
        username=username, password=password, agency=actor.agency, person=person, must_change_password=one_time
    )
    _record(actor, "open_account", user, {"username": username, "person": person.code if person else None})
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
    """Grant a role from a day, to a day when given. Raises CannotDo; Refused, for a user of another agency too."""
    require(may_manage_accounts(actor), WHO)
    require(role != Role.OPERATOR, "máy chủ; không tài khoản nào giữ vai trò này")
    require(actor.user_id != user.pk, "người quản trị khác: không ai tự giao vai trò cho mình")
    if (role == Role.HEAD) != (unit is not None):
        raise CannotDo("Vai trò trưởng đơn vị phải có đơn vị; các vai trò khác thì không. Chọn lại đơn vị.")
    if until is not None and until < since:
        raise CannotDo(f"Ngày cuối {until:%d/%m/%Y} trước ngày đầu {since:%d/%m/%Y}. Nhập lại ngày.")
    overlap = Q(until__isnull=True) | Q(until__gte=since)
    if until is not None:
        overlap &= Q(since__lte=until)
    if had := RoleGrant.objects.filter(overlap, user=user, role=role, unit=unit).first():
        raise CannotDo(f"Tài khoản này đã giữ vai trò ấy từ ngày {had.since:%d/%m/%Y}. Kết thúc vai trò cũ trước.")
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
    payload: dict[str, object] = {"role": role, "unit": unit.code if unit else None, "since": since, "until": until}
    _record(actor, "grant_role", user, payload, because=because)
    return grant


@official_act
def end_role(*, actor: Actor, grant: RoleGrant, on: datetime.date, because: str = "") -> RoleGrant:
    """Let a role end on a day (its last one). Raises CannotDo when it ended before or nobody would manage; Refused."""
    require(may_manage_accounts(actor), WHO)
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.until is not None and grant.until <= on:
        raise CannotDo(f"Vai trò này đã kết thúc ngày {grant.until:%d/%m/%Y}.")
    if on < grant.since:
        raise CannotDo(f"Ngày cuối {on:%d/%m/%Y} trước ngày đầu {grant.since:%d/%m/%Y}. Nhập lại ngày.")
    if grant.role in MANAGERS:
        _others_manage(but=Q(pk=grant.pk))
    before, grant.until = grant.until, on
    grant.save(update_fields=["until"])
    payload = {"role": grant.role, "since": grant.since, "until": on, "before": before}
    _record(actor, "end_role", grant.user, payload, because=because)
    return grant


@official_act
def set_password(*, actor: Actor, user: User, password: str, one_time: bool = False) -> None:
    """Give a user a new password; it is never recorded, the act is. Raises Refused, ValidationError."""
    require(may_manage_accounts(actor), WHO)
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = one_time
    user.save(update_fields=["password", "must_change_password"])
    _record(actor, "set_password", user, {"one_time": one_time})


@official_act
def change_own_password(*, actor: Actor, user: User, old: str, password: str) -> None:
    """Change one's own password. Raises CannotDo for a wrong or an unchanged one, Refused, ValidationError."""
    require(actor.user_id == user.pk, "chính người giữ tài khoản")
    if not user.check_password(old):
        raise CannotDo("Mật khẩu đang dùng chưa đúng. Nhập lại mật khẩu đang dùng.")
    if old == password:
        raise CannotDo("Mật khẩu mới giống mật khẩu đang dùng. Chọn mật khẩu khác.")
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    _record(actor, "change_own_password", user, {})


@official_act
def close_account(*, actor: Actor, user: User, because: str) -> User:
    """Let nobody sign in with an account any more, at once. Raises CannotDo, Refused."""
    require(may_manage_accounts(actor), WHO)
    require(actor.user_id != user.pk, "người quản trị khác: không ai tự đóng tài khoản của mình")
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active:
        raise CannotDo(f"Tài khoản “{user.username}” đã đóng từ trước.")
    if RoleGrant.objects.filter(user=user, role__in=MANAGERS).exists():
        _others_manage(but=Q(user=user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    _record(actor, "close_account", user, {"username": user.username}, because=because)
    return user


@official_act
def reopen_account(*, actor: Actor, user: User, because: str) -> User:
    """Undo the closing of an account. Raises CannotDo, Refused."""
    require(may_manage_accounts(actor), WHO)
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.is_active:
        raise CannotDo(f"Tài khoản “{user.username}” đang mở.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record(actor, "reopen_account", user, {"username": user.username}, because=because)
    return user


def _others_manage(*, but: Q) -> None:
    """Raise CannotDo unless somebody else goes on managing accounts."""
    lasting = RoleGrant.objects.filter(role__in=MANAGERS, until__isnull=True, user__is_active=True)
    if not lasting.exclude(but).exists():
        raise CannotDo("Không còn ai quản trị tài khoản của cơ quan. Giao vai trò quản trị cho người khác trước.")


def _record(actor: Actor, verb: str, user: User, payload: dict[str, object], *, because: str = "") -> None:
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb=verb,
        target=f"accounts.user:{user.pk}",
        payload=payload,
        because=because,
    )
