"""The days of a campaign, its briefing and acknowledgements, and the pages from the plan to the signed list."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from core.plans.files import word_file
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.campaigns.actions import (
    acknowledge,
    acknowledge_by_paper,
    confirm_reading,
    deliver,
    hold_briefing,
    launch,
    receive_plan,
    set_milestones,
)
from thidua.apps.campaigns.models import Acknowledgement, Allocation, Briefing, Campaign, Delivery, Milestone, Plan
from thidua.apps.campaigns.queries import (
    acknowledgement_sheet,
    briefing_standing,
    launch_day,
    milestone_gaps,
    milestones_of,
    unit_standing,
    working_days_late,
)
from thidua.apps.campaigns.states import MilestoneKind
from thidua.apps.policy.models import Activation
from thidua.apps.units.models import Person, Unit
from thidua.core.plans.extract.kinds import MEDIA_TYPES

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


def units() -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.all()}


def counts() -> tuple[int, ...]:
    models = (Allocation, Delivery, Briefing, Acknowledgement, Milestone)
    return tuple(model.objects.count() for model in models)


# Days


def test_a_launch_keeps_the_official_day(world: Any, actors: dict[str, Any]) -> None:
    plan = receive_plan(actor=actors["secretary"], data=PLAN, filename="ke-hoach-2020.txt")
    drafted = confirm_reading(actor=actors["secretary"], plan=plan, accept_rest=True)
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
    why = campaign.milestones.get(kind="registration", superseded_at__isnull=True).why
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
    assert [row.kind for row in milestones_of(campaign)] == ["briefing", "registration"]
    assert Milestone.objects.filter(campaign=campaign, superseded_at__isnull=False).count() == 4  # kept, not deleted


def test_a_day_counted_again_supersedes_the_old_one(campaign: Campaign, actors: dict[str, Any]) -> None:
    first = set_milestones(actor=actors["secretary"], campaign=campaign, council_on=COUNCIL)
    again = set_milestones(actor=actors["secretary"], campaign=campaign, council_on=COUNCIL)
    assert again == first
    later = set_milestones(actor=actors["secretary"], campaign=campaign, council_on=day(12, 24))
    council, old = later[MilestoneKind.COUNCIL], first[MilestoneKind.COUNCIL]
    old.refresh_from_db()
    assert (council.due, council.supersedes) == (day(12, 24), old)
    assert (old.due, old.is_current) == (COUNCIL, False)
    assert later[MilestoneKind.BRIEFING] == first[MilestoneKind.BRIEFING]


def test_without_a_council_day_gaps_are_said(campaign: Campaign, actors: dict[str, Any]) -> None:
    set_milestones(actor=actors["secretary"], campaign=campaign)
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
    wrong = client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("x.pdf", b"{\\rtf1}")})
    assert (wrong.status_code, Plan.objects.count()) == (200, 1)
    assert "x.pdf: đây là tệp RTF, chưa đọc được" in wrong.content.decode()
    client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("ke-hoach.docx", word_file())})
    written = Plan.objects.latest("pk")
    assert (len(written.reading["targets"]), written.document.media_type) == (20, MEDIA_TYPES["word"])
    client.post(reverse("campaigns:plan-new"), {"document": SimpleUploadedFile("ke-hoach.txt", PLAN)})
    plan = Plan.objects.latest("pk")
    confirmed = {"confirm-seen": "1", "confirm-accept_rest": "on"}  # a sentence outside the targets looks like one
    page = f"{reverse('campaigns:plan', args=[plan.pk])}?act=confirm"
    assert client.post(page, confirmed).status_code == 302
    drafted = Campaign.objects.latest("pk")
    place = reverse("campaigns:campaign", args=[drafted.pk])
    client.post(f"{place}?act=launch", {"launch-on": "18/05/2020"})
    client.post(f"{place}?act=days", {"days-council_on": "23/12/2020"})
    drafted.refresh_from_db()
    assert (drafted.state, drafted.launched_on, drafted.milestones.count()) == ("launched", LAUNCHED, 6)
    again = client.post(page, {"confirm-seen": "2"})
    assert "Không làm được" in again.content.decode()


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
