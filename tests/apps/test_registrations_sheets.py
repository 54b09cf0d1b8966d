"""The units' registration sheets: submission, marks, acceptance, lateness, and the summary of all."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.campaigns.actions import set_milestones
from thidua.apps.campaigns.models import Campaign, Milestone
from thidua.apps.registrations.actions import (
    accept_sheet,
    open_sheets,
    register_titles,
    return_sheet,
    submit_sheet,
    withdraw_registration,
    write_contract,
)
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.queries import (
    present_registration,
    registration_summary,
    registration_summary_paper,
    sheet_problems,
    sheet_table,
    title_choices,
)
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.lifecycle import MoveRefused
from thidua.core.papers.form import Total

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


@pytest.fixture
def sheet(campaign: Campaign, actors: dict[str, Any]) -> UnitSheet:
    """The sheet of the head's unit, open."""
    open_sheets(actor=actors["secretary"], campaign=campaign)
    return UnitSheet.objects.get(campaign=campaign, unit_id__in=actors["head"].headed_units)


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


# Sheets


def test_sheets_are_opened_once_for_every_living_unit(campaign: Campaign, actors: dict[str, Any]) -> None:
    made = open_sheets(actor=actors["secretary"], campaign=campaign)
    assert len(made) == Unit.objects.count() == 9
    with pytest.raises(CannotDo, match="không còn bảng nào"):
        open_sheets(actor=actors["secretary"], campaign=campaign)
    with pytest.raises(Refused):
        open_sheets(actor=actors["head"], campaign=campaign)
    assert UnitSheet.objects.count() == 9


def test_a_sheet_is_not_submitted_while_somebody_is_silent(
    campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]
) -> None:
    person = of_head(actors)
    Registration.objects.filter(person=person).delete()
    Registration.objects.filter(unit=sheet.unit).delete()
    problems = [
        f"Còn 1 người chưa ghi đăng ký hay không đăng ký: {person.full_name}. "
        "Ghi cho từng người, kể cả người không đăng ký.",
        "Tập thể đơn vị chưa ghi đăng ký hay không đăng ký. Ghi danh hiệu tập thể đăng ký.",
    ]
    assert sheet_problems(sheet) == problems
    with pytest.raises(StillOpen):
        submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    withdraw_registration(actor=actors["head"], campaign=campaign, person=person, on=IN_TIME)
    enter(campaign, actors["head"], ["TTLDTT"], unit=sheet.unit)
    assert submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME).state == "submitted"


def test_a_submitted_sheet_goes_back_with_marks_and_comes_again(
    campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]
) -> None:
    person = of_head(actors)
    row = enter(campaign, actors["head"], ["LDTT"], person=person)
    write_contract(actor=actors["head"], sheet=sheet, contract="Giao ước hoàn thành nhiệm vụ.")
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    with pytest.raises(CannotDo, match="đã nộp ngày 03/06/2020"):
        enter(campaign, actors["head"], ["CSTDCS"], person=person)
    with pytest.raises(CannotDo, match="trả lại bảng rồi sửa"):
        write_contract(actor=actors["head"], sheet=sheet, contract="Khác")
    back = return_sheet(
        actor=actors["secretary"], sheet=sheet, marks=[(None, "Ghi rõ người phụ trách."), (row, "Xem lại danh hiệu.")]
    )
    table = sheet_table(campaign, back.unit)
    assert [mark.note for mark in table.marks] == ["Ghi rõ người phụ trách."]
    assert [[mark.note for mark in line.marks] for line in table.people if line.person == person] == [
        ["Xem lại danh hiệu."]
    ]
    enter(campaign, actors["head"], ["LDTT", "CSTDCS"], person=person)
    marked = sheet_table(campaign, back.unit)
    assert [len(line.marks) for line in marked.people if line.person == person] == [1]
    again = submit_sheet(actor=actors["head"], sheet=back, on=LATE)
    assert (again.submitted_on, sheet_table(campaign, again.unit).late) == (LATE, 3)
    assert sheet_table(campaign, again.unit).marks == []
    assert accept_sheet(actor=actors["secretary"], sheet=again, on=LATE).state == "accepted"


def test_after_acceptance_a_sheet_must_come_back_first(
    campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]
) -> None:
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    accept_sheet(actor=actors["secretary"], sheet=sheet, on=DUE)
    before = state()
    for role in ("head", "secretary"):
        with pytest.raises(CannotDo, match=r"đã được nhận ngày 08/06/2020\. Muốn đổi, đề nghị"):
            enter(campaign, actors[role], ["LDTT"], person=of_head(actors))
    with pytest.raises(MoveRefused):
        submit_sheet(actor=actors["head"], sheet=sheet, on=LATE)
    assert state() == before
    back = return_sheet(actor=actors["secretary"], sheet=sheet, marks=[(None, "Bổ sung theo đề nghị của đơn vị.")])
    assert (back.state, back.accepted_on) == ("returned", None)
    assert enter(campaign, actors["head"], ["LDTT"], person=of_head(actors)).titles == ["LDTT"]


def test_sheets_are_moved_by_the_right_people_only(sheet: UnitSheet, actors: dict[str, Any]) -> None:
    other = UnitSheet.objects.exclude(pk=sheet.pk)[0]
    for act in (
        lambda: submit_sheet(actor=actors["head"], sheet=other, on=IN_TIME),
        lambda: submit_sheet(actor=actors["member"], sheet=sheet, on=IN_TIME),
        lambda: write_contract(actor=actors["head"], sheet=other, contract="x"),
        lambda: write_contract(actor=actors["other_agency"], sheet=sheet, contract="x"),
    ):
        with pytest.raises(Refused):
            act()
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    for act in (
        lambda: accept_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME),
        lambda: return_sheet(actor=actors["head"], sheet=sheet, marks=[(None, "x")]),
        lambda: accept_sheet(actor=actors["director"], sheet=sheet, on=IN_TIME),
    ):
        with pytest.raises(Refused):
            act()
    sheet.refresh_from_db()
    assert (sheet.state, other.state) == ("submitted", "drafting")


def test_a_sheet_goes_back_only_with_a_note_on_its_own_lines(
    campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]
) -> None:
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    foreign = present_registration(campaign, person=somebody(actors))
    for marks, said in (
        ([], "ít nhất một chỗ"),
        ([(None, "  ")], "ít nhất một chỗ"),
        ([(foreign, "x")], "không thuộc bảng"),
        ([(None, "x" * 501)], "dài 501 chữ"),
    ):
        with pytest.raises(CannotDo, match=said):
            return_sheet(actor=actors["secretary"], sheet=sheet, marks=marks)
    assert (UnitSheet.objects.get(pk=sheet.pk).state, Mark.objects.count()) == ("submitted", 0)


def test_days_out_of_order_are_refused(sheet: UnitSheet, actors: dict[str, Any]) -> None:
    with pytest.raises(CannotDo, match="trước ngày phát động"):
        submit_sheet(actor=actors["head"], sheet=sheet, on=datetime.date(2020, 5, 17))
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    with pytest.raises(CannotDo, match="trước ngày nộp"):
        accept_sheet(actor=actors["secretary"], sheet=sheet, on=datetime.date(2020, 6, 2))
    back = return_sheet(actor=actors["secretary"], sheet=sheet, marks=[(None, "x")])
    with pytest.raises(CannotDo, match="trống"):
        write_contract(actor=actors["head"], sheet=back, contract=" ")


def test_who_came_after_the_submission_holds_the_acceptance_up(
    campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]
) -> None:
    submit_sheet(actor=actors["head"], sheet=sheet, on=IN_TIME)
    new = Person.objects.create(
        agency=campaign.agency, code="N", full_name="Người mới", sort_key="m", folded="nguoi moi", category="cong_chuc"
    )
    Post.objects.create(agency=campaign.agency, person=new, unit=sheet.unit, title="Chuyên viên", since=IN_TIME)
    with pytest.raises(StillOpen, match=r"Người mới.*Trả lại bảng"):
        accept_sheet(actor=actors["secretary"], sheet=sheet, on=LATE)


# Summary


def test_the_summary_counts_everybody_once(campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]) -> None:
    enter(campaign, actors["member"], ["LDTT", "CSTDCS"], person=somebody(actors))
    withdraw_registration(actor=actors["head"], campaign=campaign, person=of_head(actors), on=IN_TIME)
    Registration.objects.current().filter(person=of_head(actors, 1)).delete()
    enter(campaign, actors["head"], ["TTLDTT"], unit=sheet.unit)
    summary = registration_summary(campaign)
    assert [choice.code for choice in summary.titles] == ["LDTT", "CSTDCS", "CSTDT", "CSTDTQ"]
    assert list(summary.totals) == [62, 60, 1, 1, 1, 1, 0, 0]
    own = next(row for row in summary.rows if row.unit == sheet.unit)
    assert (own.headcount, own.registered, own.declined, own.silent) == (8, 6, 1, 1)
    assert own.collective == "Tập thể lao động tiên tiến"
    paper = registration_summary_paper(campaign)
    assert len(paper.rows) == 10
    assert paper.rows[-1] == Total("Tổng", (*map(str, summary.totals), "", ""))


def test_the_summary_says_which_sheet_came_late(campaign: Campaign, sheet: UnitSheet, actors: dict[str, Any]) -> None:
    submit_sheet(actor=actors["head"], sheet=sheet, on=LATE)
    late = {row.unit.code: row.late_words for row in registration_summary(campaign).rows if row.late}
    assert late == {sheet.unit.code: "nộp muộn 3 ngày làm việc"}
    assert registration_summary_paper(campaign).summary[1] == f"{sheet.unit.name} nộp muộn 3 ngày làm việc."


# Pages


def signed_in(client: Client, role: str) -> Client:
    names = {"secretary": "thuong-truc", "head": "truong-phong", "member": "can-bo"}
    client.force_login(User.objects.get(username=names[role]))
    return client


def test_a_unit_s_page_goes_through_the_whole_sheet(
    campaign: Campaign, sheet: UnitSheet, client: Client, actors: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    place = reverse("registrations:unit", args=[campaign.pk, sheet.unit_id])
    title_choices(campaign, "unit")  # the packs are read once for the process
    signed_in(client, "head")
    with django_assert_max_num_queries(15):
        page = client.get(place)
    seen = page.context["titles"]["seen"].value()
    client.post(f"{place}?act=titles", {"titles": ["TTLDTT"], "seen": seen})
    client.post(f"{place}?act=contract", {"contract-contract": "Giao ước."})
    client.post(f"{place}?act=submitting", {"ok": "1"})
    client.get(place)  # takes the notices off the session
    with django_assert_max_num_queries(15):
        assert "Đã nộp" in client.get(place).content.decode()
    second = client.post(f"{place}?act=submitting", {"ok": "1"}).content.decode()
    assert "Không làm được" in second
    signed_in(client, "secretary")
    client.post(f"{place}?act=returning", {"returning-whole": "Ghi rõ hơn."})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.contract, sheet.submitted_by) == ("returned", "Giao ước.", actors["head"].key)
    assert "Ghi rõ hơn." in signed_in(client, "head").get(place).content.decode()
    client.post(f"{place}?act=submitting", {"ok": "1"})
    assert signed_in(client, "head").post(f"{place}?act=accepting", {"ok": "1"}).status_code == 403
    signed_in(client, "secretary").post(f"{place}?act=accepting", {"ok": "1"})
    sheet.refresh_from_db()
    assert sheet.state == "accepted"


def test_the_secretary_opens_the_sheets_on_the_summary(campaign: Campaign, client: Client) -> None:
    place = reverse("registrations:summary", args=[campaign.pk])
    assert signed_in(client, "secretary").post(f"{place}?act=open", {"ok": "1"}).status_code == 302
    assert UnitSheet.objects.count() == 9
    assert "không còn bảng nào để mở" in client.post(f"{place}?act=open", {"ok": "1"}).content.decode()
    paper = client.get(reverse("registrations:summary-paper", args=[campaign.pk]))
    assert paper.content.startswith(b"%PDF")
