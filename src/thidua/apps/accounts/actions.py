"""Opening accounts and granting roles, each recorded."""

import datetime

from django.db import transaction
from django_scopes import scope

from thidua.apps.accounts.models import RoleGrant, User
from thidua.apps.accounts.states import Role
from thidua.apps.audit.actions import record
from thidua.apps.units.models import Agency, Person, Unit


@transaction.atomic
def open_account(*, actor: str, agency: Agency, username: str, password: str, person: Person | None = None) -> User:
    """Open an account; the password is never recorded."""
    user = User.objects.create_user(username=username, password=password, agency=agency, person=person)
    record(
        agency_key=agency.pk,
        actor=actor,
        verb="open_account",
        target=f"accounts.user:{user.pk}",
        payload={"username": username, "person": person.code if person else None},
    )
    return user


@transaction.atomic
def grant_role(
    *,
    actor: str,
    user: User,
    role: Role,
    since: datetime.date,
    until: datetime.date | None = None,
    unit: Unit | None = None,
    because: str = "",
) -> RoleGrant:
    """Grant a role from a day, to a day when given."""
    with scope(agency=user.agency_id):
        grant = RoleGrant.objects.create(
            agency=user.agency,
            user=user,
            role=role,
            unit=unit,
            since=since,
            until=until,
            granted_by=actor,
            because=because,
        )
        record(
            agency_key=user.agency_id,
            actor=actor,
            verb="grant_role",
            target=f"accounts.user:{user.pk}",
            payload={"role": role, "unit": unit.code if unit else None, "since": since, "until": until},
            because=because,
        )
    return grant
