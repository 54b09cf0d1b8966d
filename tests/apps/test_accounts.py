"""Roles begin and end by themselves; files are kept once and by hash."""

import datetime
import hashlib
from typing import Any

import pytest
from django.test import Client

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.actions import close_account, end_role, grant_role, open_account, reopen_account
from thidua.apps.accounts.models import RoleGrant, User
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


def test_nobody_gives_oneself_a_role_or_closes_the_last_managing_account(world: Any, actors: dict[str, Any]) -> None:
    director = User.objects.get(username="giam-doc")
    with pytest.raises(Refused, match="tự giao vai trò"):
        grant_role(actor=actors["director"], user=director, role=Role.SECRETARY, since=DAY(2021, 1, 1))
    with pytest.raises(Refused, match="tự đóng"):
        close_account(actor=actors["director"], user=director, because="thử")
    grant = RoleGrant.objects.get(user=director)
    with pytest.raises(CannotDo, match="Không còn ai quản trị"):
        end_role(actor=actors["director"], grant=grant, on=DAY(2026, 1, 1))
    keeper = open_account(actor=actors["director"], username="quan-tri", password="mot-mat-khau-rat-dai")
    grant_role(actor=actors["director"], user=keeper, role=Role.ADMINISTRATOR, since=DAY(2021, 1, 1))
    assert end_role(actor=actors["director"], grant=grant, on=DAY(2026, 1, 1)).until == DAY(2026, 1, 1)


def test_a_closed_account_signs_in_no_more_until_it_is_reopened(world: Any, actors: dict[str, Any]) -> None:
    user, given = User.objects.get(username="can-bo"), {"username": "can-bo", "password": "mat-khau-de-thu-nghiem"}
    close_account(actor=actors["director"], user=user, because="Nghỉ hưu")
    assert not Client().login(**given)
    with pytest.raises(CannotDo, match="đã đóng từ trước"):
        close_account(actor=actors["director"], user=user, because="Nghỉ hưu")
    reopen_account(actor=actors["director"], user=user, because="Ghi nhầm")
    assert Client().login(**given)


def test_a_role_is_not_given_twice_and_a_head_has_a_unit(world: Any, actors: dict[str, Any]) -> None:
    user = User.objects.get(username="truong-phong")
    held = RoleGrant.objects.get(user=user)
    for given, said in (
        ({"role": Role.HEAD, "unit": held.unit}, "đã giữ vai trò ấy"),
        ({"role": Role.HEAD}, "phải có đơn vị"),
        ({"role": Role.INSPECTOR, "until": DAY(2020, 12, 31)}, "trước ngày đầu"),
    ):
        with pytest.raises(CannotDo, match=said):
            grant_role(actor=actors["director"], user=user, since=DAY(2021, 1, 1), **given)
    assert RoleGrant.objects.filter(user=user).count() == 1
