"""Postings that anybody reads, objections that are owed an answer, and the honour roll."""

import datetime
from typing import Any

import pytest
from apps.deciding import DAY, LATER, drafted, seven, signed
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.accounts.queries import visitor
from thidua.apps.audit.models import Entry
from thidua.apps.councils.models import Council, Item, Member, Session
from thidua.apps.councils.states import CouncilKind, ItemState, SessionState, VoteMode
from thidua.apps.decisions.actions import draft_annulment
from thidua.apps.decisions.models import Decision
from thidua.apps.honours.actions import answer_objection, close_posting, object_to, post_decision, post_result
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.queries import by_unit, honour_lines, owed
from thidua.apps.honours.states import ObjectionState, PostingState
from thidua.apps.nominations.models import Nomination
from thidua.apps.units.models import Person
from thidua.core.calendar import add_working_days
from thidua.core.lifecycle import MoveRefused

WORDS = {"name": "Người Dân", "contact": "0900 000 000", "text": "Đề nghị xem lại thành tích", "about": ""}
COUNCIL_DAY = datetime.date(2020, 12, 23)


def decided(world: Any, actors: dict[str, Any]) -> Decision:
    return signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))


def session(world: Any, nominations: list[Nomination], *, state: str = SessionState.MINUTED) -> Session:
    """A session of the council that passed all of these but the last."""
    council = Council.objects.create(
        agency=world.agency, kind=CouncilKind.EMULATION, name="Hội đồng", since=datetime.date(2020, 1, 1)
    )
    chair = Member.objects.create(
        agency=world.agency, council=council, person=Person.objects.all()[0], since=council.since
    )
    found = Session.objects.create(
        agency=world.agency,
        council=council,
        year=2020,
        title="Phiên họp xét thi đua",
        held_on=COUNCIL_DAY,
        place="Phòng họp",
        chair=chair,
        clerk=chair,
        quorum="2/3",
        quorum_cite="QC-SO, Điều 8",
        state=state,
    )
    for number, row in enumerate(nominations, start=1):
        Item.objects.create(
            agency=world.agency,
            session=found,
            number=number,
            subject_kind="nomination",
            subject_id=row.pk,
            label=str(row.subject),
            title=row.title,
            mode=VoteMode.OPEN,
            share="1/2",
            of="present_members",
            cite="x",
            grade="memory",
            state=ItemState.VOTED,
            base=9,
            needed=5,
            yes=9,
            no=0,
            other=0,
            passed=row != nominations[-1],
        )
    return found


def test_a_result_is_posted_with_names_units_and_titles_only(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)[:3]
    posting = post_result(actor=actors["secretary"], session=session(world, rows), on=COUNCIL_DAY)
    assert sorted(posting.lines, key=lambda line: line["name"]) == sorted(
        ({"name": str(row.person), "unit": row.unit.name, "title": "Lao động tiên tiến"} for row in rows[:2]),
        key=lambda line: line["name"],
    )
    assert (posting.slug, posting.closes_on) == ("2020-ket-qua-23-12", datetime.date(2020, 12, 30))
    assert posting.why == (
        "5 ngày làm việc từ ngày 23/12/2020; Điều 11 khoản 2 (minh họa), Quy chế thi đua, khen thưởng của Sở (minh họa)"
    )


def test_a_session_that_goes_on_posts_nothing(world: Any, actors: dict[str, Any]) -> None:
    going_on = session(world, seven(world), state=SessionState.OPENED)
    with pytest.raises(CannotDo, match="chưa bế mạc"):
        post_result(actor=actors["secretary"], session=going_on, on=COUNCIL_DAY)
    assert Posting.objects.count() == 0


def test_a_decision_is_posted_once_and_over_new_year(world: Any, actors: dict[str, Any]) -> None:
    decision = decided(world, actors)
    posting = post_decision(actor=actors["secretary"], decision=decision, on=DAY)
    assert (posting.slug, posting.closes_on, len(posting.lines)) == ("2020-qd-01", datetime.date(2021, 1, 8), 8)
    assert "không tính ngày nghỉ (01/01" in posting.why
    with pytest.raises(CannotDo, match="đã niêm yết"):
        post_decision(actor=actors["secretary"], decision=decision, on=DAY)
    assert Posting.objects.count() == 1


def test_a_draft_is_not_posted(world: Any, actors: dict[str, Any]) -> None:
    draft = drafted(world, actors["secretary"], seven(world))
    with pytest.raises(CannotDo, match="chưa có bản ký"):
        post_decision(actor=actors["secretary"], decision=draft, on=DAY)
    with pytest.raises(Refused):
        post_decision(actor=actors["member"], decision=draft, on=DAY)
    assert Posting.objects.count() == 0


def test_an_objection_is_owed_an_answer_before_closing(world: Any, actors: dict[str, Any]) -> None:
    posting = post_decision(actor=actors["secretary"], decision=decided(world, actors), on=DAY)
    on = datetime.date(2021, 1, 5)
    objection = object_to(actor=visitor(world.agency), posting=posting, on=on, **WORDS)
    assert (objection.state, objection.answer_due) == (ObjectionState.RECEIVED, datetime.date(2021, 1, 12))
    entry = Entry.objects.latest("seq")
    assert (entry.actor, entry.verb) == ("visitor", "object_to")
    assert "Người Dân" not in str(entry.payload.body)
    assert [(row.objection, row.days_left) for row in owed(on=datetime.date(2021, 1, 14))] == [(objection, -2)]
    after = datetime.date(2021, 1, 11)
    with pytest.raises(StillOpen, match="chưa được trả lời"):
        close_posting(actor=actors["secretary"], posting=posting, on=after)
    with pytest.raises(CannotDo, match="Chưa ghi nội dung trả lời"):
        answer_objection(actor=actors["secretary"], objection=objection, answer="  ", on=after)
    with pytest.raises(Refused):
        answer_objection(actor=actors["member"], objection=objection, answer="Không", on=after)
    objection = answer_objection(actor=actors["secretary"], objection=objection, answer="Đã kiểm tra lại.", on=after)
    with pytest.raises(MoveRefused):
        answer_objection(actor=actors["secretary"], objection=objection, answer="Khác", on=after)
    with pytest.raises(CannotDo, match="Còn trong thời gian niêm yết"):
        close_posting(actor=actors["secretary"], posting=posting, on=posting.closes_on)
    assert close_posting(actor=actors["secretary"], posting=posting, on=after).state == PostingState.CLOSED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Chưa ghi họ tên"),
        ({"text": ""}, "Chưa ghi nội dung"),
        ({"text": "x" * 2001}, "dài 2001 chữ"),
        ({"on": datetime.date(2021, 1, 9)}, "Thời gian niêm yết từ"),
        ({"on": datetime.date(2020, 12, 30)}, "Thời gian niêm yết từ"),
    ],
)
def test_an_objection_that_cannot_be_taken(
    world: Any, actors: dict[str, Any], changes: dict[str, Any], said: str
) -> None:
    posting = post_decision(actor=actors["secretary"], decision=decided(world, actors), on=DAY)
    given = WORDS | {"on": DAY} | changes
    with pytest.raises(CannotDo, match=said):
        object_to(actor=visitor(world.agency), posting=posting, **given)
    assert Objection.objects.count() == 0


def test_anybody_objects_on_the_page_and_a_machine_does_not(world: Any, actors: dict[str, Any], client: Client) -> None:
    today = timezone.localdate()
    posting = Posting.objects.create(
        agency=world.agency,
        kind="result",
        year=2020,
        title="Danh sách",
        slug="thu",
        lines=[{"name": "Nguyễn Văn A", "unit": "Văn phòng", "title": "Lao động tiên tiến"}],
        posted_on=today,
        closes_on=today,
        why="thử",
        posted_by="test",
    )
    place = reverse("honours:public-posting", args=["stc", "thu"])
    trap = client.post(place, WORDS | {"website": "http://spam"}).content.decode()
    assert ("Chưa gửi được" in trap, Objection.objects.count()) == (True, 0)
    assert client.post(place, WORDS).status_code == 302
    received = posting.objections.get()
    assert (received.received_on, received.answer_due) == (today, add_working_days(today, 5))


def test_the_roll_links_decisions_and_leaves_out_what_was_annulled(
    world: Any, actors: dict[str, Any], client: Client
) -> None:
    decision = decided(world, actors)
    line = decision.lines.get(title="CSTDCS")
    annulment = draft_annulment(
        actor=actors["secretary"], lines=[line], dated=LATER, because="Khai gian", article="Điều 96"
    )
    before = {group.title: len(group.lines) for unit in by_unit(honour_lines(2020)) for group in unit.groups}
    assert before["Chiến sĩ thi đua cơ sở"] == 1
    signed(world, actors["secretary"], annulment, on=LATER)
    titles = {group.title for unit in by_unit(honour_lines(2020)) for group in unit.groups}
    assert titles == {"Lao động tiên tiến"}
    page = client.get(reverse("honours:public-decision", args=["stc", decision.pk])).content.decode()
    assert "đã hủy bỏ bởi Quyết định số 01/QĐ-STC" in page
    entry = Entry.objects.filter(target=f"decisions.decision:{decision.pk}", verb="take_signed_copy").get()
    assert entry.hash in page


def test_public_pages_show_no_name_of_an_unsigned_decision(world: Any, actors: dict[str, Any], client: Client) -> None:
    rows = seven(world)
    drafted(world, actors["secretary"], rows)
    names = {str(row.person) for row in rows}
    places = [reverse("honours:public", args=["stc"]), reverse("honours:public-roll", args=["stc", 2020])]
    for place in places:
        page = client.get(place).content.decode()
        assert [name for name in names if name in page] == []
    client.force_login(User.objects.get(username="nguoi-ngoai"))
    assert client.get(reverse("honours:public", args=["stc"])).status_code == 200
    assert client.get(reverse("honours:public", args=["khong-co"])).status_code == 404


def test_two_postings_never_share_an_address(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = post_result(actor=actors["secretary"], session=session(world, rows[:3]), on=COUNCIL_DAY)
    second = post_result(actor=actors["secretary"], session=session(world, rows[3:6]), on=COUNCIL_DAY)
    assert (first.slug, second.slug) == ("2020-ket-qua-23-12", "2020-ket-qua-23-12-stc")
