"""Targets to units with their sums, delivery and receipt."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.audit.queries import links
from thidua.apps.campaigns.actions import (
    allocate,
    allocate_table,
    close,
    deliver,
    receive_delivery,
    set_milestones,
)
from thidua.apps.campaigns.models import Acknowledgement, Allocation, Briefing, Campaign, Delivery, Milestone
from thidua.apps.campaigns.queries import (
    allocatable,
    allocation_problems,
    allocation_table,
    propose_amounts,
)
from thidua.apps.units.actions import add_unit, merge_unit
from thidua.apps.units.models import Unit

ROOT = Path(__file__).resolve().parents[2]
PLAN = (ROOT / "sample" / "ke-hoach-2020.txt").read_bytes()
SCAN = b"%PDF-1.7 ban quet"
LAUNCHED = datetime.date(2020, 5, 18)
COUNCIL = datetime.date(2020, 12, 23)


def day(month: int, number: int, year: int = 2020) -> datetime.date:
    return datetime.date(year, month, number)


@pytest.fixture
def campaign(world: Any) -> Campaign:
    """The sample's campaign as if launched on the plan's own day, before anything was handed down."""
    Delivery.objects.all().delete()
    Briefing.objects.all().delete()
    Acknowledgement.objects.all().delete()
    Allocation.objects.all().delete()
    Milestone.objects.all().delete()
    Campaign.objects.filter(pk=world.campaign.pk).update(launched_on=LAUNCHED, state="launched")
    found: Campaign = Campaign.objects.get(pk=world.campaign.pk)
    return found


def target(campaign: Campaign, code: str) -> Any:
    return campaign.targets.get(title_code=code)


def units() -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.all()}


def counts() -> tuple[int, ...]:
    models = (Allocation, Delivery, Briefing, Acknowledgement, Milestone)
    return tuple(model.objects.count() for model in models)


# Targets to units


def test_only_targets_counted_in_people_collectives_or_tasks_are_handed_down(campaign: Campaign) -> None:
    assert [row.number for row in allocatable(campaign)] == [1, 2, 3, 5, 6]


def test_the_proposal_gives_exactly_what_the_agency_needs(campaign: Campaign, actors: dict[str, Any]) -> None:
    proposed = {target.title_code: amounts for target, amounts in propose_amounts(campaign).items()}
    codes = {unit.pk: unit.code for unit in Unit.objects.all()}
    assert {code: sum(row.values()) for code, row in proposed.items()} == {
        "TTLDTT": 9,
        "TTLDXS": 5,
        "LDTT": 59,
        "CSTDCS": 10,
    }
    # 59 × 10/62 = 9.52, 59 × 8/62 = 7.61, 59 × 7/62 = 6.66, 59 × 6/62 = 5.71, 59 × 5/62 = 4.76: all rest over 1/2,
    # so three of the smallest rests stay down: VP (0.52) and two of the eights in the order of their codes
    assert {codes[pk]: amount for pk, amount in proposed["LDTT"].items()} == {
        "VP": 9,
        "HCSN": 8,
        "QLNS": 7,
        "TCDT": 7,
        "GCS": 7,
        "TTTV": 6,
        "TCDN": 5,
        "TTR": 5,
        "THTK": 5,
    }
    for target_, amounts in propose_amounts(campaign).items():
        allocate(actor=actors["secretary"], target=target_, amounts=amounts)
    assert allocation_problems(campaign) == []


def test_nothing_handed_down_is_a_problem_for_each_target_but_tasks(campaign: Campaign) -> None:
    problems = allocation_problems(campaign)
    assert len(problems) == 4
    assert problems[2] == (
        "Mục IV.2, Lao động tiên tiến: cơ quan cần 59 người (95% của 62); chưa giao cho đơn vị nào. "
        "Giao cho các đơn vị rồi lưu bảng."
    )


def test_a_short_sum_is_said_and_a_higher_one_is_allowed(campaign: Campaign, actors: dict[str, Any]) -> None:
    one = target(campaign, "CSTDCS")
    amounts = {unit.pk: 1 for unit in Unit.objects.all()}
    allocate(actor=actors["secretary"], target=one, amounts=amounts)
    short = [problem for problem in allocation_problems(campaign) if "Chiến sĩ thi đua cơ sở" in problem]
    assert short == [
        "Mục IV.2, Chiến sĩ thi đua cơ sở: cơ quan cần 10 người (15% của 62); mới giao 9, còn thiếu 1. "
        "Giao thêm cho đơn vị."
    ]
    allocate(actor=actors["secretary"], target=one, amounts={units()["VP"].pk: 4})
    column = next(column for column in allocation_table(campaign).columns if column.target == one)
    assert (column.total, column.problem, column.difference) == (12, "", "Đủ, giao cao hơn 2 người.")


def test_an_amount_is_superseded_not_overwritten(campaign: Campaign, actors: dict[str, Any]) -> None:
    one, unit = target(campaign, "LDTT"), units()["VP"]
    allocate(actor=actors["secretary"], target=one, amounts={unit.pk: 9})
    allocate(actor=actors["director"], target=one, amounts={unit.pk: 10})
    allocate(actor=actors["director"], target=one, amounts={unit.pk: 10})
    rows = Allocation.objects.filter(target=one, unit=unit).order_by("pk")
    assert [(row.amount, row.is_current, row.allocated_by) for row in rows] == [
        (9, False, actors["secretary"].key),
        (10, True, actors["director"].key),
    ]
    assert rows[1].supersedes == rows[0]


@pytest.mark.parametrize(
    ("code", "amount", "said"),
    [
        ("LDTT", -1, "phải từ 0"),
        ("LDTT", 11, "chỉ có 10 người"),
        ("TTLDTT", 2, "chỉ có 1 tập thể"),
    ],
)
def test_impossible_amounts_are_refused(
    campaign: Campaign, actors: dict[str, Any], code: str, amount: int, said: str
) -> None:
    with pytest.raises(CannotDo, match=said):
        allocate(actor=actors["secretary"], target=target(campaign, code), amounts={units()["VP"].pk: amount})
    assert counts() == (0, 0, 0, 0, 0)


def test_a_unit_of_another_agency_is_refused(world: Any, campaign: Campaign, actors: dict[str, Any]) -> None:
    foreign = add_unit(agency=world.other, code="X", name="Phòng của Sở khác", kind="phong")
    with pytest.raises(CannotDo, match="không thuộc cơ quan này"):
        allocate(actor=actors["secretary"], target=target(campaign, "LDTT"), amounts={foreign.pk: 1})
    with pytest.raises(Refused):
        allocate(actor=actors["other_agency"], target=target(campaign, "LDTT"), amounts={})
    assert counts() == (0, 0, 0, 0, 0)


def test_a_target_that_is_not_counted_is_not_handed_down(campaign: Campaign, actors: dict[str, Any]) -> None:
    with pytest.raises(CannotDo, match="không giao được bằng số"):
        allocate(actor=actors["secretary"], target=campaign.targets.get(number=11), amounts={units()["VP"].pk: 1})


@pytest.mark.parametrize("role", ["head", "member"])
def test_only_those_who_run_emulation_hand_down(campaign: Campaign, actors: dict[str, Any], role: str) -> None:
    before = len(links(campaign.agency_id))
    for act in (
        lambda: allocate(actor=actors[role], target=target(campaign, "LDTT"), amounts={}),
        lambda: allocate_table(actor=actors[role], campaign=campaign, amounts={}),
        lambda: deliver(actor=actors[role], campaign=campaign, on=day(5, 20)),
        lambda: set_milestones(actor=actors[role], campaign=campaign),
    ):
        with pytest.raises(Refused):
            act()
    assert (counts(), len(links(campaign.agency_id))) == ((0, 0, 0, 0, 0), before)


def test_a_table_made_from_older_numbers_is_refused(campaign: Campaign, actors: dict[str, Any]) -> None:
    one, unit = target(campaign, "LDTT"), units()["VP"]
    seen = allocation_table(campaign).seen
    assert allocate_table(actor=actors["secretary"], campaign=campaign, amounts={one.pk: {unit.pk: 9}}, seen=seen) == 1
    with pytest.raises(CannotDo, match="lưu ở nơi khác"):
        allocate_table(actor=actors["director"], campaign=campaign, amounts={one.pk: {unit.pk: 1}}, seen=seen)
    assert [row.amount for row in Allocation.objects.current()] == [9]


def test_one_wrong_number_keeps_the_whole_table_out(campaign: Campaign, actors: dict[str, Any]) -> None:
    good, bad = target(campaign, "LDTT"), target(campaign, "TTLDTT")
    amounts = {good.pk: {units()["VP"].pk: 9}, bad.pk: {units()["VP"].pk: 5}}
    with pytest.raises(CannotDo):
        allocate_table(actor=actors["secretary"], campaign=campaign, amounts=amounts)
    assert counts() == (0, 0, 0, 0, 0)


def test_a_closed_campaign_hands_nothing_down(campaign: Campaign, actors: dict[str, Any]) -> None:
    close(actor=actors["secretary"], campaign=campaign)
    with pytest.raises(CannotDo, match="đã kết thúc"):
        allocate(actor=actors["secretary"], target=target(campaign, "LDTT"), amounts={units()["VP"].pk: 1})


# Delivery and receipt


def test_delivery_goes_to_every_unit_once(campaign: Campaign, actors: dict[str, Any]) -> None:
    made = deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))
    assert sorted(row.unit.code for row in made) == sorted(units())
    with pytest.raises(CannotDo, match="không còn đơn vị nào"):
        deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 21))
    late = add_unit(agency=campaign.agency, code="MOI", name="Phòng mới", kind="phong", since=day(7, 1))
    with pytest.raises(CannotDo):
        deliver(actor=actors["secretary"], campaign=campaign, on=day(6, 30))
    assert [row.unit for row in deliver(actor=actors["secretary"], campaign=campaign, on=day(7, 1))] == [late]


def test_wrong_sums_hold_the_delivery_up(campaign: Campaign, actors: dict[str, Any]) -> None:
    allocate(actor=actors["secretary"], target=target(campaign, "LDTT"), amounts={units()["VP"].pk: 9})
    with pytest.raises(StillOpen, match="mới giao 9, còn thiếu 50"):
        deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))
    assert Delivery.objects.count() == 0


def test_a_unit_merged_before_delivery_must_hand_its_targets_on(campaign: Campaign, actors: dict[str, Any]) -> None:
    for one, amounts in propose_amounts(campaign).items():
        allocate(actor=actors["secretary"], target=one, amounts=amounts)
    old, heir = units()["THTK"], units()["VP"]
    merge_unit(actor="test", before=old, after=heir, kind="sap_nhap", on=day(5, 25))
    with pytest.raises(
        StillOpen, match=r"Phòng Tin học và Thống kê đã sáp nhập vào Văn phòng Sở .* từ ngày 25/05/2020"
    ):
        deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 28))
    assert Delivery.objects.count() == 0


def test_a_unit_merged_after_delivery_does_not_receive_it(campaign: Campaign, actors: dict[str, Any]) -> None:
    for one, amounts in propose_amounts(campaign).items():
        allocate(actor=actors["secretary"], target=one, amounts=amounts)
    made = deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))
    own = next(row for row in made if row.unit.code == "THTK")
    merge_unit(actor="test", before=own.unit, after=units()["VP"], kind="sap_nhap", on=day(5, 25))
    with pytest.raises(CannotDo, match="đã sáp nhập vào"):
        receive_delivery(actor=actors["secretary"], delivery=own, on=day(5, 28))
    own.refresh_from_db()
    assert own.received_on is None


def test_a_unit_ended_before_the_launch_is_given_nothing(campaign: Campaign, actors: dict[str, Any]) -> None:
    old = units()["THTK"]
    merge_unit(actor="test", before=old, after=units()["VP"], kind="sap_nhap", on=day(3, 1))
    with pytest.raises(CannotDo, match="đã sáp nhập vào"):
        allocate(actor=actors["secretary"], target=target(campaign, "LDTT"), amounts={old.pk: 1})
    assert all(old.pk not in amounts for amounts in propose_amounts(campaign).values())


def test_a_head_receives_the_own_unit_s_delivery_once(campaign: Campaign, actors: dict[str, Any]) -> None:
    made = {row.unit_id: row for row in deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))}
    own = made[next(iter(actors["head"].headed_units))]
    other = next(row for pk, row in made.items() if pk not in actors["head"].headed_units)
    with pytest.raises(CannotDo, match="trước ngày giao"):
        receive_delivery(actor=actors["head"], delivery=own, on=day(5, 19))
    for wrong in ("head", "member", "other_agency"):
        with pytest.raises(Refused):
            receive_delivery(actor=actors[wrong], delivery=other, on=day(5, 21))
    done = receive_delivery(actor=actors["head"], delivery=own, on=day(5, 21))
    assert (done.received_on, done.received_by) == (day(5, 21), actors["head"].key)
    with pytest.raises(CannotDo, match="đã ký nhận kế hoạch ngày 21/05/2020"):
        receive_delivery(actor=actors["head"], delivery=own, on=day(5, 22))
    assert Delivery.objects.filter(received_on__isnull=False).count() == 1


def test_nothing_is_delivered_before_the_launch(campaign: Campaign, actors: dict[str, Any]) -> None:
    with pytest.raises(CannotDo, match="trước ngày phát động"):
        deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 17))
    Campaign.objects.filter(pk=campaign.pk).update(state="draft", launched_on=None, launched_at=None)
    with pytest.raises(CannotDo, match="chưa phát động"):
        deliver(actor=actors["secretary"], campaign=Campaign.objects.get(pk=campaign.pk), on=day(5, 20))
    assert Delivery.objects.count() == 0


# Pages


def signed_in(client: Client, role: str) -> Client:
    names = {"secretary": "thuong-truc", "head": "truong-phong", "member": "can-bo", "director": "giam-doc"}
    client.force_login(User.objects.get(username=names[role]))
    return client


def test_the_table_is_filled_with_the_proposal_and_saved_as_one_act(
    campaign: Campaign, client: Client, actors: dict[str, Any]
) -> None:
    place = reverse("campaigns:allocation", args=[campaign.pk])
    form = signed_in(client, "secretary").get(place).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(place, typed).status_code == 302
    assert allocation_problems(campaign) == []
    second = client.post(place, typed)
    assert "đã được lưu ở nơi khác" in second.content.decode()
    name = next(name for name in typed if name.startswith("a"))
    wrong = client.post(place, typed | {name: "-3"}).content.decode()
    assert f'href="#id_{name}"' in wrong
