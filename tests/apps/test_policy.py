"""Installing packs and working by them."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.queries import operator
from thidua.apps.policy.actions import (
    activate_packs,
    confirm_activation,
    install_pack,
    propose_activation,
    withdraw_activation,
)
from thidua.apps.policy.models import Activation, InstalledPack
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.load import read_directory
from thidua.core.lifecycle import MoveRefused

PACKS = Path(__file__).resolve().parents[2] / "packs"
NATIONAL = read_directory(PACKS / "vn.national")


def test_installing_the_same_content_twice_gives_one_row(world: Any) -> None:
    before = InstalledPack.objects.count()
    assert (
        install_pack(actor=operator(world.agency), files=NATIONAL).digest
        == InstalledPack.objects.get(name="vn.national").digest
    )
    assert InstalledPack.objects.count() == before


def test_a_broken_pack_is_not_installed(world: Any) -> None:
    before = InstalledPack.objects.count()
    with pytest.raises(PackError):
        install_pack(actor=operator(world.agency), files={**NATIONAL, "limits.yaml": "limits: [{lạ: 1}]"})
    assert InstalledPack.objects.count() == before


def test_a_later_activation_takes_over_from_its_day(world: Any, actors: dict[str, Any]) -> None:
    only = InstalledPack.objects.get(name="vn.national")
    proposal = propose_activation(
        actor=actors["director"], packs=[only], since=datetime.date(2021, 1, 1), because="Thử"
    )
    assert len(ruleset_on(datetime.date(2021, 1, 1)).packs) == 2
    activation = confirm_activation(actor=actors["secretary"], proposal=proposal)
    assert (activation.proposed_by, activation.activated_by) == (actors["director"].key, actors["secretary"].key)
    assert len(ruleset_on(datetime.date(2020, 12, 31)).packs) == 2
    assert len(ruleset_on(datetime.date(2021, 1, 1)).packs) == 1


def test_packs_that_do_not_fit_are_not_activated(world: Any, actors: dict[str, Any]) -> None:
    child = InstalledPack.objects.get(name="vn.example-department")
    with pytest.raises(CannotDo, match=r"đặt trên vn\.national"):
        propose_activation(actor=actors["director"], packs=[child], since=datetime.date(2020, 1, 1), because="Thử")
    assert Activation.objects.count() == 1


def test_members_do_not_choose_the_law(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        activate_packs(actor=actors["member"], packs=[], since=datetime.date(2020, 1, 1), because="Thử")
    with pytest.raises(Refused):
        propose_activation(actor=actors["member"], packs=[], since=datetime.date(2020, 1, 1), because="Thử")


def test_who_proposed_packs_does_not_confirm_them(world: Any, actors: dict[str, Any]) -> None:
    only = InstalledPack.objects.get(name="vn.national")
    day = datetime.date(2021, 1, 1)
    proposal = propose_activation(actor=actors["secretary"], packs=[only], since=day, because="Thử")
    for role in ("secretary", "member", "head", "other_agency"):
        with pytest.raises(Refused):
            confirm_activation(actor=actors[role], proposal=proposal)
    assert Activation.objects.count() == 1
    withdraw_activation(actor=actors["secretary"], proposal=proposal)
    with pytest.raises(MoveRefused, match="Đã rút"):
        confirm_activation(actor=actors["director"], proposal=proposal)
    assert Activation.objects.count() == 1


def test_only_the_first_activation_is_one_person_s(world: Any, actors: dict[str, Any]) -> None:
    only = InstalledPack.objects.get(name="vn.national")
    with pytest.raises(CannotDo, match="một người khác xác nhận"):
        activate_packs(actor=actors["director"], packs=[only], since=datetime.date(2021, 1, 1), because="Thử")
    assert Activation.objects.count() == 1


def test_an_agency_without_activation_has_no_law(world: Any) -> None:
    with scope(agency=world.other.pk), pytest.raises(NoRule):
        ruleset_on(datetime.date(2020, 12, 31))
