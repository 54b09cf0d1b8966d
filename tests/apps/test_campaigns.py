"""From a document to a launched campaign; what is refused changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from thidua.apps.accounts.access import Refused, StillOpen
from thidua.apps.audit.queries import links
from thidua.apps.campaigns.actions import close, confirm_reading, launch, receive_plan
from thidua.apps.campaigns.models import Campaign, Plan
from thidua.core.lifecycle import MoveRefused
from thidua.core.plans import PlanError

ROOT = Path(__file__).resolve().parents[2]
PLAN = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes()


def test_each_target_of_the_2020_plan_has_a_formula(world: Any) -> None:
    kinds = [target.formula and target.formula["kind"] for target in world.campaign.targets.all()]
    assert kinds == [
        "tasks_done",
        "title_share",
        "title_share",
        "rating_share",
        "title_share",
        "title_share",
        "standing_title",
        "standing_title",
        "organisation_rating",
        "organisation_rating",
        "incidents",
        "incidents",
        "discipline",
        *["incidents"] * 7,
    ]


def test_both_texts_of_the_plan_give_the_same_formulas(world: Any, actors: dict[str, Any]) -> None:
    plan = receive_plan(actor=actors["secretary"], data=PLAN, filename="ke-hoach-2020.txt")
    campaign = confirm_reading(actor=actors["secretary"], plan=plan, accept_rest=True)

    def counted(one: Campaign) -> list[Any]:
        rows = [target.formula for target in one.targets.all()]
        return [
            (row["kind"], row["subject"], "" if row["kind"] == "standing_title" else row["argument"]) for row in rows
        ]

    assert counted(campaign) == counted(world.campaign)


def test_nothing_opens_before_a_person_confirms(world: Any, actors: dict[str, Any]) -> None:
    before = Campaign.objects.count()
    plan = receive_plan(actor=actors["secretary"], data=PLAN, filename="ke-hoach-2020.txt")
    assert (plan.state, Campaign.objects.count()) == ("read", before)


def test_a_confirmed_plan_is_not_confirmed_twice(world: Any, actors: dict[str, Any]) -> None:
    with pytest.raises(MoveRefused):
        confirm_reading(actor=actors["secretary"], plan=world.campaign.plan)
    with pytest.raises(MoveRefused):
        launch(actor=actors["secretary"], campaign=world.campaign)
    assert close(actor=actors["secretary"], campaign=world.campaign).state == "closed"


def test_a_plan_without_targets_cannot_be_confirmed(world: Any, actors: dict[str, Any]) -> None:
    text = "KẾ HOẠCH\nVề việc tổ chức học tập năm 2020\n\nI. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ, công chức.\n"
    plan = receive_plan(actor=actors["secretary"], data=text.encode(), filename="hoc-tap.txt")
    with pytest.raises(StillOpen, match="Chưa đọc được chỉ tiêu nào"):
        confirm_reading(actor=actors["secretary"], plan=plan, accept_rest=True)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 400, b"This is an English text about nothing at all. " * 40])
def test_an_unreadable_document_leaves_nothing(world: Any, actors: dict[str, Any], data: bytes) -> None:
    before = (Plan.objects.count(), len(links(world.agency.pk)))
    with pytest.raises(PlanError):
        receive_plan(actor=actors["secretary"], data=data, filename="ke-hoach.txt")
    assert (Plan.objects.count(), len(links(world.agency.pk))) == before


@pytest.mark.parametrize("role", ["member", "head"])
def test_only_those_who_run_emulation_bring_in_a_plan(world: Any, actors: dict[str, Any], role: str) -> None:
    with pytest.raises(Refused):
        receive_plan(actor=actors[role], data=PLAN, filename="ke-hoach.txt")
