"""Targets to units with their sums, delivery and receipt, briefing and acknowledgement, and the days to keep."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.audit.queries import links
from thidua.apps.campaigns.actions import (
    acknowledge,
    acknowledge_by_paper,
    allocate,
    allocate_table,
    close,
    confirm_reading,
    deliver,
    hold_briefing,
    launch,
    receive_delivery,
    receive_plan,
    set_milestones,
)
from thidua.apps.campaigns.models import Acknowledgement, Allocation, Briefing, Campaign, Delivery, Milestone, Plan
from thidua.apps.campaigns.queries import (
    acknowledgement_sheet,
    allocatable,
    allocation_problems,
    allocation_table,
    briefing_standing,
    launch_day,
    milestone_gaps,
    milestones_of,
    propose_amounts,
    unit_standing,
    working_days_late,
)
from thidua.apps.campaigns.states import MilestoneKind
from thidua.apps.policy.models import Activation
from thidua.apps.units.actions import add_unit, merge_unit
from thidua.apps.units.models import Person, Unit

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


# Days


def test_a_launch_keeps_the_official_day(world: Any, actors: dict[str, Any]) -> None:
    plan = receive_plan(actor=actors["secretary"], data=PLAN, filename="ke-hoach-2020.txt")
    drafted = confirm_reading(actor=actors["secretary"], plan=plan)
    assert launch_day(drafted) is None
    assert launch_day(launch(actor=actors["secretary"], campaign=drafted, on=LAUNCHED)) == LAUNCHED


def test_milestones_count_working_days_from_the_launch_and_the_council(
    campaign: Campaign, actors: dict[str, Any]
) -> None:
    set_milestones(actor=actors["secretary"], campaign=campaign, council_on=COUNCIL)
    assert [(row.kind, row.due) for row in milestones_of(campaign)] == [
        ("briefing", day(6, 1)),
        ("registration", day(6, 8)),
        ("unit_review", day(12, 9)),
        ("appraisal", day(12, 16)),
        ("council", COUNCIL),
        ("posting", day(12, 30)),
    ]
    why = campaign.milestones.get(kind="registration").why
    assert why.startswith("15 ngày làm việc kể từ ngày phát động 18/05/2020; trừ thứ bảy, chủ nhật, ngày lễ")
    assert "Điều 4 khoản 2" in why
    assert milestone_gaps(campaign, milestones_of(campaign)) == []


def test_milestones_pass_over_tet_and_say_so(campaign: Campaign, actors: dict[str, Any]) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(launched_on=day(1, 20))
    kept = set_milestones(actor=actors["secretary"], campaign=campaign)
    # 21 and 22 January, then Tết until the 29th, then 30 and 31, and six more from 3 February
    assert kept[MilestoneKind.BRIEFING].due == day(2, 10)
    assert "Tết" in kept[MilestoneKind.BRIEFING].why or "Âm lịch" in kept[MilestoneKind.BRIEFING].why


def test_without_a_council_day_the_days_around_it_are_missing_and_said(
    campaign: Campaign, actors: dict[str, Any]
) -> None:
    set_milestones(actor=actors["secretary"], campaign=campaign, council_on=COUNCIL)
    kept = set_milestones(actor=actors["secretary"], campaign=campaign)
    assert sorted(kept) == ["briefing", "registration"]
    assert campaign.milestones.count() == 2
    assert milestone_gaps(campaign, milestones_of(campaign)) == [
        "Chưa định ngày họp Hội đồng: chưa tính được các hạn bình xét, thẩm định, niêm yết."
    ]


def test_what_the_packs_lack_gets_no_day(campaign: Campaign, actors: dict[str, Any]) -> None:
    activation = Activation.objects.get()
    Activation.objects.create(
        agency=campaign.agency, since=day(2, 1), digests=activation.digests[:1], activated_by="test"
    )
    assert set_milestones(actor=actors["secretary"], campaign=campaign) == {}
    gaps = milestone_gaps(campaign, [])
    assert [gap.split(":")[0] for gap in gaps[:2]] == [
        "Quán triệt kế hoạch tới mọi người",
        "Nộp bảng đăng ký thi đua của đơn vị",
    ]
    assert "briefing.working_days" in gaps[0]


@pytest.mark.parametrize("council_on", [LAUNCHED, day(1, 5)])
def test_a_council_before_the_launch_is_refused(
    campaign: Campaign, actors: dict[str, Any], council_on: datetime.date
) -> None:
    with pytest.raises(CannotDo, match="phải sau ngày phát động"):
        set_milestones(actor=actors["secretary"], campaign=campaign, council_on=council_on)
    assert counts() == (0, 0, 0, 0, 0)


def test_lateness_counts_working_days_after_the_day(campaign: Campaign, actors: dict[str, Any]) -> None:
    assert working_days_late(campaign, MilestoneKind.REGISTRATION, on=day(7, 1)) == 0
    set_milestones(actor=actors["secretary"], campaign=campaign)
    late = [working_days_late(campaign, MilestoneKind.REGISTRATION, on=on) for on in (day(6, 8), day(6, 11))]
    assert late == [0, 3]
    Milestone.objects.filter(kind="registration").update(due=day(6, 5))
    assert working_days_late(campaign, MilestoneKind.REGISTRATION, on=day(6, 6)) == 1


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
    made = deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))
    own = next(row for row in made if row.unit == old)
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


# Briefing and acknowledgement


def minutes(campaign: Campaign, actor: Any, unit: Unit, **changes: Any) -> Briefing:
    given: dict[str, Any] = {
        "held_on": day(5, 25),
        "place": "Phòng họp",
        "led_by": "Trưởng phòng",
        "content": "Kế hoạch",
    }
    return hold_briefing(actor=actor, campaign=campaign, unit=unit, **(given | changes))


def test_a_head_keeps_minutes_of_the_own_unit_only(campaign: Campaign, actors: dict[str, Any]) -> None:
    own = Unit.objects.get(pk__in=actors["head"].headed_units)
    held = minutes(campaign, actors["head"], own)
    assert [row.briefings for row in briefing_standing(campaign) if row.unit == own] == [[held]]
    with pytest.raises(Refused):
        minutes(campaign, actors["head"], units()["VP"])
    with pytest.raises(Refused):
        minutes(campaign, actors["member"], own)
    with pytest.raises(CannotDo, match="thiếu địa điểm"):
        minutes(campaign, actors["head"], own, place="  ")
    with pytest.raises(CannotDo, match="trước ngày phát động"):
        minutes(campaign, actors["head"], own, held_on=day(5, 1))
    assert Briefing.objects.count() == 1


def test_a_person_acknowledges_once(campaign: Campaign, actors: dict[str, Any]) -> None:
    made = acknowledge(actor=actors["member"], campaign=campaign, on=day(5, 25))
    assert (made.person_id, made.way, made.document) == (actors["member"].person_id, "account", None)
    with pytest.raises(CannotDo, match="Đã xác nhận trước đó"):
        acknowledge(actor=actors["member"], campaign=campaign, on=day(5, 26))
    with pytest.raises(CannotDo, match="không gắn với một người"):
        acknowledge(actor=actors["secretary"], campaign=campaign, on=day(5, 26))
    assert Acknowledgement.objects.count() == 1


def test_a_signed_list_counts_for_everybody_on_it(campaign: Campaign, actors: dict[str, Any]) -> None:
    own = Unit.objects.get(pk__in=actors["head"].headed_units)
    waiting = list(unit_standing(campaign, own).waiting)
    made = acknowledge_by_paper(
        actor=actors["head"], campaign=campaign, people=waiting[:3], on=day(5, 26), scan=SCAN, filename="ds.pdf"
    )
    assert {row.way for row in made} == {"paper"}
    assert {row.document.media_type for row in made} == {"application/pdf"}
    assert list(unit_standing(campaign, own).waiting) == waiting[3:]
    assert len(acknowledgement_sheet(campaign, own).rows) == len(waiting) - 3


def test_bad_lists_count_for_nobody(campaign: Campaign, actors: dict[str, Any]) -> None:
    own = Unit.objects.get(pk__in=actors["head"].headed_units)
    people = list(unit_standing(campaign, own).waiting)
    acknowledge(actor=actors["head"], campaign=campaign, on=day(5, 25))
    stranger = Person.objects.create(
        agency=campaign.agency, code="Z", full_name="Người lạ", sort_key="z", folded="nguoi la", category="cong_chuc"
    )

    def sign(**changes: Any) -> object:
        given = {"people": people[:1], "on": day(5, 26), "scan": SCAN, "filename": "ds.pdf"} | changes
        return acknowledge_by_paper(actor=actors["head"], campaign=campaign, **given)

    head = Person.objects.get(pk=actors["head"].person_id)
    for changes, said in (
        ({"people": []}, "Chưa chọn ai"),
        ({"people": [people[0], people[0]]}, "hai lần"),
        ({"people": [head]}, "Đã xác nhận trước đó"),
        ({"people": [stranger]}, "không có vị trí"),
        ({"scan": b""}, "trống"),
        ({"scan": b"MZ program", "filename": "ds.exe"}, "không phải là tệp PDF"),
        ({"on": day(5, 1)}, "trước ngày phát động"),
    ):
        with pytest.raises(CannotDo, match=said):
            sign(**changes)
    with pytest.raises(Refused):
        sign(people=[Person.objects.get(pk=actors["member"].person_id)])
    assert Acknowledgement.objects.count() == 1


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


def test_a_member_sees_no_names_of_those_who_wait(campaign: Campaign, client: Client, actors: dict[str, Any]) -> None:
    page = signed_in(client, "member").get(reverse("campaigns:briefing", args=[campaign.pk])).content.decode()
    others = Person.objects.exclude(pk=actors["member"].person_id).values_list("full_name", flat=True)
    assert [name for name in others if name in page] == []
    sent = client.post(reverse("campaigns:briefing", args=[campaign.pk]) + "?act=acknowledge", follow=True)
    assert "Bạn đã xác nhận được quán triệt" in sent.content.decode()


def test_a_plan_is_brought_in_read_confirmed_and_launched_by_pages(
    world: Any, client: Client, actors: dict[str, Any]
) -> None:
    signed_in(client, "secretary")
    bad = client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("x.txt", b"\x00\x01" * 900)})
    assert (bad.status_code, Plan.objects.count()) == (200, 1)
    assert 'href="#id_document"' in bad.content.decode()
    wrong = client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("x.exe", PLAN)})
    assert (wrong.status_code, Plan.objects.count()) == (200, 1)
    client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("ke-hoach.txt", PLAN)})
    plan = Plan.objects.latest("pk")
    assert client.post(reverse("campaigns:plan", args=[plan.pk]), {"ok": "1"}).status_code == 302
    drafted = Campaign.objects.latest("pk")
    place = reverse("campaigns:campaign", args=[drafted.pk])
    client.post(f"{place}?act=launch", {"launch-on": "18/05/2020"})
    client.post(f"{place}?act=days", {"days-council_on": "23/12/2020"})
    drafted.refresh_from_db()
    assert (drafted.state, drafted.launched_on, drafted.milestones.count()) == ("launched", LAUNCHED, 6)
    again = client.post(reverse("campaigns:plan", args=[plan.pk]), {"ok": "1"})
    assert "Không thể" in again.content.decode()


def test_a_unit_s_page_receives_keeps_minutes_and_takes_the_signed_list(
    campaign: Campaign, client: Client, actors: dict[str, Any]
) -> None:
    own = Unit.objects.get(pk__in=actors["head"].headed_units)
    place = reverse("campaigns:unit-briefing", args=[campaign.pk, own.pk])
    signed_in(client, "head")
    assert client.post(f"{place}?act=receive", {"ok": "1"}).status_code == 200
    deliver(actor=actors["secretary"], campaign=campaign, on=day(5, 20))
    assert client.post(f"{place}?act=receive", {"ok": "1"}).status_code == 302
    typed = {"held_on": "25/05/2020", "place": "Phòng họp", "led_by": "Trưởng phòng", "content": "Kế hoạch"}
    client.post(f"{place}?act=meeting", {f"meeting-{name}": text for name, text in typed.items()})
    waiting = unit_standing(campaign, own).waiting
    client.post(
        f"{place}?act=paper",
        {
            "paper-people": [person.pk for person in waiting],
            "paper-on": "26/05/2020",
            "paper-document": SimpleUploadedFile("ds.pdf", SCAN),
        },
    )
    standing = unit_standing(campaign, own)
    assert (len(standing.briefings), list(standing.waiting), standing.delivery.received_by) == (
        1,
        [],
        actors["head"].key,
    )
    nobody_left = client.get(reverse("campaigns:signing-list", args=[campaign.pk, own.pk]))
    assert nobody_left.content.startswith(b"%PDF")
