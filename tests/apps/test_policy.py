"""Installing packs and working by them."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from thidua.apps.accounts.access import Refused
from thidua.apps.accounts.queries import operator
from thidua.apps.policy.actions import activate_packs, install_pack
from thidua.apps.policy.models import Activation, InstalledPack
from thidua.apps.policy.queries import ruleset_on
from thidua.core.law.errors import NoRule, PackError
from thidua.core.law.load import read_directory

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
    activate_packs(actor=actors["director"], packs=[only], since=datetime.date(2021, 1, 1), because="Thử")
    assert len(ruleset_on(datetime.date(2020, 12, 31)).packs) == 2
    assert len(ruleset_on(datetime.date(2021, 1, 1)).packs) == 1


def test_packs_that_do_not_fit_are_not_activated(world: Any, actors: dict[str, Any]) -> None:
    child = InstalledPack.objects.get(name="vn.example-department")
    with pytest.raises(PackError, match=r"đặt trên vn\.national"):
        activate_packs(actor=actors["director"], packs=[child], since=datetime.date(2020, 1, 1), because="Thử")
    assert Activation.objects.count() == 1


def test_members_do_not_choose_the_law(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        activate_packs(actor=actors["member"], packs=[], since=datetime.date(2020, 1, 1), because="Thử")


def test_an_agency_without_activation_has_no_law(world: Any) -> None:
    with scope(agency=world.other.pk), pytest.raises(NoRule):
        ruleset_on(datetime.date(2020, 12, 31))
