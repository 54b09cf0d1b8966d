"""Roles begin and end by themselves; files are kept once and by hash."""

import datetime
import hashlib
from typing import Any

import pytest

from thidua.apps.accounts.access import Refused
from thidua.apps.accounts.actions import grant_role, open_account
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import actor_for, operator
from thidua.apps.accounts.states import Role
from thidua.apps.audit.queries import export
from thidua.apps.files.actions import store_file
from thidua.apps.files.queries import content, path_of

DAY = datetime.date


def test_a_role_ends_by_itself(world: Any) -> None:
    user = User.objects.get(username="can-bo")
    grant_role(
        actor=operator(world.agency), user=user, role=Role.INSPECTOR, since=DAY(2021, 1, 1), until=DAY(2021, 3, 31)
    )
    seen = [actor_for(user, on=day).has_everybody for day in (DAY(2020, 12, 31), DAY(2021, 1, 1), DAY(2021, 4, 1))]
    assert seen == [False, True, False]


def test_a_password_is_never_recorded(world: Any) -> None:
    user = open_account(actor=operator(world.agency), username="moi", password="mot-mat-khau-rat-dai")
    assert user.check_password("mot-mat-khau-rat-dai")
    assert "mot-mat-khau-rat-dai" not in str(export(world.agency.pk))


def test_the_same_bytes_are_stored_once_under_their_hash(world: Any) -> None:
    data = b"noi dung"
    first = store_file(actor="test", agency=world.agency, data=data, name="../../etc/passwd", media_type="text/plain")
    second = store_file(actor="test", agency=world.agency, data=data, name="khac.txt", media_type="text/plain")
    assert first.pk == second.pk
    assert (first.name, first.sha256) == ("passwd", hashlib.sha256(data).hexdigest())
    assert path_of(first).name == first.sha256
    assert content(first) == data


@pytest.mark.parametrize("role", ["member", "head", "secretary"])
def test_only_the_director_and_the_operator_manage_accounts(world: Any, actors: dict[str, Any], role: str) -> None:
    before = User.objects.count()
    with pytest.raises(Refused):
        open_account(actor=actors[role], username="lan", password="mot-mat-khau-rat-dai")
    user = User.objects.get(username="can-bo")
    with pytest.raises(Refused):
        grant_role(actor=actors[role], user=user, role=Role.DIRECTOR, since=DAY(2021, 1, 1))
    assert User.objects.count() == before


def test_nobody_grants_across_agencies_or_makes_an_operator(world: Any, actors: dict[str, Any]) -> None:
    user = User.objects.get(username="can-bo")
    with pytest.raises(Refused):
        grant_role(actor=operator(world.other), user=user, role=Role.DIRECTOR, since=DAY(2021, 1, 1))
    with pytest.raises(Refused):
        grant_role(actor=actors["director"], user=user, role=Role.OPERATOR, since=DAY(2021, 1, 1))
