"""Opening accounts and granting roles, each recorded."""

import datetime

from django.db import transaction
from django_scopes import scope

from thidua.apps.accounts.access import may_manage_accounts, require
from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.queries import Actor
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.units.models import Person, Unit

WHO = "giám đốc, hoặc người quản trị máy chủ khi mới cài"


@transaction.atomic
def open_account(*, actor: Actor, username: str, password: str, person: Person | None = None) -> User:
    """Open an account in the actor's agency; the password is never recorded. Raises Refused."""
    require(may_manage_accounts(actor), WHO)
    user = User.objects.create_user(username=username, password=password, agency=actor.agency, person=person)
    record(
        agency_key=actor.agency.pk,
        actor=actor.key,
        verb="open_account",
        target=f"accounts.user:{user.pk}",
        payload={"username": username, "person": person.code if person else None},
    )
    return user


@transaction.atomic
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
    require(may_manage_accounts(actor) and user.agency_id == actor.agency.pk, WHO)
    require(role != Role.OPERATOR, "máy chủ; không tài khoản nào giữ vai trò này")
    with scope(agency=user.agency_id):
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
