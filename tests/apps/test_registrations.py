"""Registration of people and collectives: titles, lateness, two tabs, and the own page with the law's preview."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused
from thidua.apps.accounts.models import User
from thidua.apps.audit.queries import links
from thidua.apps.campaigns.actions import close, set_milestones
from thidua.apps.campaigns.models import Campaign, Milestone
from thidua.apps.registrations.actions import (
    register,
    register_titles,
    withdraw_registration,
)
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.queries import (
    present_registration,
    sheet_table,
    title_choices,
)
from thidua.apps.units.actions import add_unit, merge_unit
from thidua.apps.units.models import Person, Post, Unit

LAUNCHED = datetime.date(2020, 5, 18)
IN_TIME = datetime.date(2020, 6, 3)
DUE = datetime.date(2020, 6, 8)
LATE = datetime.date(2020, 6, 11)


@pytest.fixture
def campaign(world: Any, actors: dict[str, Any]) -> Campaign:
    """The sample's campaign launched on the plan's own day, its registrations those of the workbook, no sheets yet."""
    Mark.objects.all().delete()
    UnitSheet.objects.all().delete()
    Registration.objects.filter(superseded_at__isnull=True, supersedes__isnull=False).delete()
    Registration.objects.all().update(superseded_at=None)
    Milestone.objects.all().delete()
    Campaign.objects.filter(pk=world.campaign.pk).update(launched_on=LAUNCHED, state="launched")
    found = Campaign.objects.get(pk=world.campaign.pk)
    set_milestones(actor=actors["secretary"], campaign=found)
    return found


def somebody(actors: dict[str, Any], role: str = "member") -> Person:
    return Person.objects.get(pk=actors[role].person_id)


def of_head(actors: dict[str, Any], place: int = 0) -> Person:
    """Somebody else of the head's unit."""
    posts = Post.objects.current().filter(unit_id__in=actors["head"].headed_units, until__isnull=True)
    return posts.exclude(person_id=actors["head"].person_id).order_by("person__code")[place].person


def state() -> tuple[Any, ...]:
    rows = Registration.objects.order_by("pk").values_list("pk", "superseded_at", "titles")
    sheets = UnitSheet.objects.order_by("pk").values_list("pk", "state", "contract")
    return list(map(str, rows)), list(sheets), Mark.objects.count()


def enter(campaign: Campaign, actor: Any, titles: list[str], on: datetime.date = IN_TIME, **whom: Any) -> Registration:
    return register_titles(actor=actor, campaign=campaign, titles=titles, on=on, **whom)


# Registering


def test_the_titles_of_the_year_come_in_the_order_they_build_on(campaign: Campaign) -> None:
    assert [choice.code for choice in title_choices(campaign, "person")] == [
        "LDTT",
        "CSTDCS",
        "CSTDT",
        "CSTDTQ",
    ]
    assert [choice.code for choice in title_choices(campaign, "unit")] == [
        "TTLDTT",
        "TTLDXS",
        "CO_TINH",
        "CO_CP",
    ]


def test_a_person_registers_and_the_former_registration_stays_readable(
    campaign: Campaign, actors: dict[str, Any]
) -> None:
    person = somebody(actors)
    old = present_registration(campaign, person=person)
    new = enter(campaign, actors["member"], ["LDTT", "CSTDCS"], person=person)
    assert (new.titles, new.registered, new.source, new.supersedes) == (
        ["LDTT", "CSTDCS"],
        True,
        "Đăng ký ngày 03/06/2020",
        old,
    )
    assert present_registration(campaign, person=person) == new
    assert Registration.objects.filter(campaign=campaign, person=person).count() == 2


def test_not_registering_is_explicit(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = somebody(actors)
    row = withdraw_registration(
        actor=actors["member"], campaign=campaign, person=person, on=IN_TIME, because="Nghỉ học tập trung"
    )
    assert (row.registered, row.titles) == (False, [])
    assert row.source == "Không đăng ký, ghi ngày 03/06/2020: Nghỉ học tập trung"
    with pytest.raises(CannotDo, match="đã được ghi là không đăng ký"):
        withdraw_registration(actor=actors["member"], campaign=campaign, person=person, on=IN_TIME)


def test_a_late_registration_is_taken_and_said(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = somebody(actors)
    assert enter(campaign, actors["member"], ["LDTT"], on=DUE, person=person).source == "Đăng ký ngày 08/06/2020"
    late = enter(campaign, actors["member"], ["CSTDCS"], on=LATE, person=person)
    assert late.source == "Đăng ký ngày 11/06/2020 (nộp muộn 3 ngày làm việc)"
    named = enter(campaign, actors["member"], [], on=LATE, person=person, source="x" * 300).source
    assert (len(named), named[-29:]) == (300, "xx (nộp muộn 3 ngày làm việc)")


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["HUY_HIEU"], "Không có danh hiệu cá nhân “HUY_HIEU”"),
        (["TTLDTT"], "Không có danh hiệu cá nhân “TTLDTT”"),
        (["LDTT", "LDTT"], "hai lần"),
        ([], "đã đăng ký đúng như vậy"),
    ],
)
def test_bad_titles_are_refused(campaign: Campaign, actors: dict[str, Any], titles: list[str], said: str) -> None:
    before = state()
    with pytest.raises(CannotDo, match=said):
        enter(campaign, actors["member"], titles, person=somebody(actors))
    assert state() == before


def test_without_rules_for_the_year_no_title_is_taken(campaign: Campaign, actors: dict[str, Any]) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(year=2019)
    campaign.refresh_from_db()
    with pytest.raises(CannotDo, match="chưa chọn bộ luật"):
        enter(campaign, actors["member"], ["LDTT"], person=somebody(actors))


def test_nobody_registers_somebody_of_another_unit(world: Any, campaign: Campaign, actors: dict[str, Any]) -> None:
    before, entries = state(), len(links(world.agency.pk))
    for actor, whom in (
        (actors["head"], {"person": somebody(actors)}),
        (actors["member"], {"person": of_head(actors)}),
        (actors["member"], {"unit": Unit.objects.get(pk=actors["member"].unit_id)}),
        (actors["head"], {"unit": Unit.objects.get(pk=actors["member"].unit_id)}),
        (actors["other_agency"], {"person": somebody(actors)}),
    ):
        with pytest.raises(Refused):
            enter(campaign, actor, ["LDTT"], **whom)
        with pytest.raises(Refused):
            withdraw_registration(actor=actor, campaign=campaign, on=IN_TIME, **whom)
    assert (state(), len(links(world.agency.pk))) == (before, entries)


def test_a_head_enters_the_own_people_and_the_collective(campaign: Campaign, actors: dict[str, Any]) -> None:
    unit = Unit.objects.get(pk__in=actors["head"].headed_units)
    assert enter(campaign, actors["head"], ["LDTT"], person=of_head(actors)).titles == ["LDTT"]
    assert enter(campaign, actors["head"], ["TTLDTT", "TTLDXS"], unit=unit).titles == ["TTLDTT", "TTLDXS"]


def test_whoever_was_transferred_is_entered_by_the_head_of_then(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = of_head(actors)
    post = Post.objects.current().get(person=person, until__isnull=True, kind="chinh_thuc")
    Post.objects.filter(pk=post.pk).update(until=datetime.date(2020, 8, 31))
    elsewhere = Unit.objects.exclude(pk=post.unit_id)[0]
    Post.objects.create(
        agency=campaign.agency, person=person, unit=elsewhere, title="Chuyên viên", since=datetime.date(2020, 9, 1)
    )
    assert enter(campaign, actors["head"], ["LDTT"], person=person).titles == ["LDTT"]
    assert person.pk in {line.person.pk for line in sheet_table(campaign, elsewhere).people if line.person}


def test_exactly_one_subject_registers(campaign: Campaign, actors: dict[str, Any]) -> None:
    unit = Unit.objects.get(pk__in=actors["head"].headed_units)
    for whom in ({}, {"person": of_head(actors), "unit": unit}):
        with pytest.raises(CannotDo, match="một người hoặc một tập thể"):
            enter(campaign, actors["secretary"], ["LDTT"], **whom)


def test_nobody_registers_outside_a_running_campaign(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = somebody(actors)
    with pytest.raises(CannotDo, match="trước ngày phát động"):
        enter(campaign, actors["member"], ["LDTT"], on=datetime.date(2020, 5, 17), person=person)
    ended = close(actor=actors["secretary"], campaign=campaign)
    with pytest.raises(CannotDo, match="Đã kết thúc"):
        enter(ended, actors["member"], ["LDTT"], person=person)


def test_who_has_no_post_in_the_year_does_not_register(campaign: Campaign, actors: dict[str, Any]) -> None:
    gone = Person.objects.create(
        agency=campaign.agency, code="Z", full_name="Người cũ", sort_key="z", folded="nguoi cu", category="cong_chuc"
    )
    with pytest.raises(CannotDo, match="không có vị trí nào trong năm 2020"):
        enter(campaign, actors["secretary"], ["LDTT"], person=gone)
    old = add_unit(agency=campaign.agency, code="CU", name="Phòng cũ", kind="phong")
    merge_unit(
        actor="test", before=old, after=Unit.objects.get(code="VP"), kind="sap_nhap", on=datetime.date(2020, 6, 1)
    )
    with pytest.raises(CannotDo, match="Phòng cũ đã sáp nhập vào"):
        enter(campaign, actors["secretary"], ["TTLDTT"], unit=old)


def test_the_second_of_two_tabs_is_refused(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = somebody(actors)
    old = present_registration(campaign, person=person)
    assert old is not None
    enter(campaign, actors["member"], ["LDTT"], person=person, seen=old.pk)
    before = state()
    with pytest.raises(CannotDo, match="ở một trang khác"):
        enter(campaign, actors["member"], ["CSTDCS"], person=person, seen=old.pk)
    with pytest.raises(CannotDo, match="ở một trang khác"):
        withdraw_registration(actor=actors["member"], campaign=campaign, person=person, on=IN_TIME, seen=0)
    assert state() == before


def test_an_import_keeps_the_titles_that_stand(campaign: Campaign, actors: dict[str, Any]) -> None:
    person = somebody(actors)
    row = enter(campaign, actors["member"], ["LDTT"], person=person)
    assert register(campaign=campaign, person=person, registered=True, source="so.xlsx!C5") == row
    turned = register(campaign=campaign, person=person, registered=False, source="so.xlsx!C5")
    assert (turned.titles, turned.supersedes) == ([], row)


# Pages


def signed_in(client: Client, role: str) -> Client:
    names = {"secretary": "thuong-truc", "head": "truong-phong", "member": "can-bo"}
    client.force_login(User.objects.get(username=names[role]))
    return client


def test_one_s_own_page_registers_and_refuses_the_second_tab(
    campaign: Campaign, client: Client, actors: dict[str, Any]
) -> None:
    place = reverse("registrations:own", args=[campaign.pk])
    page = signed_in(client, "member").get(place)
    seen = page.context["titles"]["seen"].value()
    assert "Luật nói gì lúc này" in page.content.decode()
    typed = {"titles": ["LDTT", "CSTDCS"], "seen": seen}
    assert client.post(f"{place}?act=titles", typed).status_code == 302
    row = present_registration(campaign, person=somebody(actors))
    assert row is not None
    assert row.titles == ["LDTT", "CSTDCS"]
    assert "ở một trang khác" in client.post(f"{place}?act=titles", typed).content.decode()
    unknown = client.post(f"{place}?act=titles", {"titles": ["XX"], "seen": row.pk})
    assert 'href="#id_titles' in unknown.content.decode()
    assert client.post(f"{place}?act=decline", {"no-because": "", "no-seen": row.pk}).status_code == 302
    assert "Đã ghi là không đăng ký" in client.get(place).content.decode()


def test_the_preview_says_what_is_in_the_way_with_and_without_a_run(
    world: Any, campaign: Campaign, client: Client, actors: dict[str, Any]
) -> None:
    from thidua.apps.evaluations.queries import preview

    person = somebody(actors)
    with_run = preview(2020, agency=world.agency, code=person.code, kind="person", person_id=person.pk)
    Campaign.objects.filter(pk=campaign.pk).update(year=2020)
    without = preview(2020, agency=world.agency, code=person.code, kind="person", person_id=-1)
    assert with_run is not None
    assert without is not None
    assert (with_run.run, without.run) == (world.run, None)
    told = [[(item.finding.title, item.finding.outcome) for item in one.explanations] for one in (with_run, without)]
    assert told[0] == told[1]
    page = signed_in(client, "member").get(reverse("registrations:own", args=[campaign.pk])).content.decode()
    assert "Số năm liền trước liên tục đạt Chiến sĩ thi đua cơ sở: từ 2 trở lên" in page


def test_a_head_enters_somebody_without_an_account(campaign: Campaign, client: Client, actors: dict[str, Any]) -> None:
    person = of_head(actors)
    place = reverse("registrations:person", args=[campaign.pk, person.pk])
    seen = signed_in(client, "head").get(place).context["titles"]["seen"].value()
    assert client.post(f"{place}?act=titles", {"titles": ["LDTT"], "seen": seen}).status_code == 302
    row = present_registration(campaign, person=person)
    assert row is not None
    assert row.titles == ["LDTT"]
    assert signed_in(client, "member").post(f"{place}?act=titles", {"seen": row.pk}).status_code == 403
