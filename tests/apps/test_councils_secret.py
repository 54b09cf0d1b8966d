"""Secret votes counted by two tellers; closing and minutes."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from apps.council_meeting import (
    DAY,
    TEN,
    Meeting,
    outcome,
    secret,
    teller,
)

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.audit.models import Payload
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Conflict, Count, Minutes
from thidua.apps.councils.states import Choice, PositionWay
from thidua.apps.units.models import Person
from thidua.core.lifecycle import MoveRefused


def payloads(world: Any, verb: str) -> list[Any]:
    """What the record says of every act of a kind, oldest first."""
    found = Payload.objects.filter(agency_key=world.agency.pk, entry__verb=verb)
    return [payload.body for payload in found.order_by("entry__seq")]


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    return Meeting(actors)


def test_two_counts_that_agree_close_a_secret_vote(meeting: Meeting) -> None:
    (item, other) = secret(meeting, "CSTDCS", "CSTDCS", present=8)
    figures = {item.pk: (8, 8, 1, 6, 1), other.pk: (8, 7, 0, 5, 2)}
    actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures=figures)
    with pytest.raises(StillOpen, match="1/2 lần đếm"):
        actions.close_vote(actor=meeting.by, item=item)
    actions.enter_counts(actor=teller(meeting, 4), session=meeting.session, figures=figures)
    actions.close_votes(actor=meeting.by, session=meeting.session)
    assert outcome(item) == ("voted", 9, 6, 6, 1, 1, True)
    assert outcome(other) == ("voted", 9, 6, 5, 2, 1, False)


def test_counts_that_differ_are_set_aside_and_counted_again(meeting: Meeting) -> None:
    (item,) = secret(meeting, "CSTDCS")
    actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures={item.pk: (9, 9, 0, 7, 2)})
    actions.enter_counts(actor=teller(meeting, 4), session=meeting.session, figures={item.pk: (9, 9, 0, 6, 3)})
    with pytest.raises(StillOpen) as caught:
        actions.close_vote(actor=meeting.by, item=item)
    assert caught.value.problems == [
        "Mục 1: hai lần kiểm không khớp, kiểm lại. Hủy kết quả đếm của mục này rồi đếm lại."
    ]
    assert outcome(item)[0] == "voting"
    actions.set_aside_counts(actor=meeting.by, item=item, because="Một người đếm sót phiếu")
    for place in (3, 4):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures={item.pk: (9, 9, 0, 7, 2)})
    actions.close_vote(actor=meeting.by, item=item)
    assert outcome(item) == ("voted", 9, 6, 7, 2, 0, True)
    assert (Count.objects.count(), Count.objects.current().count()) == (4, 2)


def test_one_teller_does_not_count_twice_nor_a_third_after_two(meeting: Meeting, actors: dict[str, Any]) -> None:
    (item,) = secret(meeting, "CSTDCS")
    figures = {item.pk: (9, 9, 0, 7, 2)}
    actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures=figures)
    with pytest.raises(StillOpen, match="đã nhập kết quả đếm"):
        actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures=figures)
    actions.enter_counts(actor=actors["secretary"], session=meeting.session, figures=figures)
    with pytest.raises(StillOpen, match="đã đủ 2 lần đếm"):
        actions.enter_counts(actor=teller(meeting, 5), session=meeting.session, figures=figures)
    assert Count.objects.count() == 2


def test_only_members_and_the_secretary_count(meeting: Meeting, actors: dict[str, Any]) -> None:
    (item,) = secret(meeting, "CSTDCS")
    sitting = [member.person_id for member in meeting.members]
    stranger = replace(actors["member"], person_id=Person.objects.exclude(pk__in=sitting)[0].pk)
    with pytest.raises(Refused):
        actions.enter_counts(actor=stranger, session=meeting.session, figures={item.pk: (9, 9, 0, 7, 2)})
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((8, 8, 0, 6, 2), "có 9 người có mặt được bỏ phiếu"),
        ((9, 10, 0, 8, 2), "nhiều hơn 9 phiếu phát ra"),
        ((9, 9, 1, 7, 2), "= 10"),
        ((9, -1, 0, 7, 2), "không thể âm"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused(
    meeting: Meeting, figures: tuple[int, int, int, int, int], said: str
) -> None:
    (item,) = secret(meeting, "CSTDCS")
    with pytest.raises(StillOpen, match=said):
        actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures={item.pk: figures})
    assert not Count.objects.exists()


def test_a_secret_vote_takes_no_hands(meeting: Meeting) -> None:
    (item,) = secret(meeting, "CSTDCS")
    with pytest.raises(CannotDo, match="bỏ phiếu kín"):
        actions.cast(actor=meeting.actor(0), item=item, choice=Choice.YES)
    with pytest.raises(CannotDo, match="bỏ phiếu kín"):
        actions.enter_position(
            actor=meeting.by, item=item, member=meeting.members[0], choice=Choice.YES, way=PositionWay.HAND
        )
    assert not item.positions.exists()


def test_the_first_count_is_shown_to_nobody(world: Any, meeting: Meeting) -> None:
    (item,) = secret(meeting, "CSTDCS")
    actions.enter_counts(actor=teller(meeting, 3), session=meeting.session, figures={item.pk: (9, 9, 0, 7, 2)})
    voters = queries.voters_of([item], roll=queries.roll_of(meeting.session))
    rows = queries.teller_rows([item], voters=voters, actor=teller(meeting, 4))
    assert [(row.entered, row.sheets, row.is_own_done) for row in rows] == [(1, (), False)]


def test_counts_that_differ_are_shown_to_nobody_but_their_own_teller(world: Any, meeting: Meeting) -> None:
    (item,) = secret(meeting, "CSTDCS")
    one, other = (9, 9, 0, 7, 2), (9, 9, 0, 6, 3)
    for place, figures in ((3, one), (4, other)):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures={item.pk: figures})

    def shown(actor: Any) -> tuple[tuple[int, ...], ...]:
        [row] = queries.teller_rows([item], voters={}, actor=actor)
        return tuple(figures for _name, figures in row.sheets)

    readers = [teller(meeting, 3), teller(meeting, 4), teller(meeting, 5), meeting.by]
    assert [shown(reader) for reader in readers] == [(one,), (other,), (), ()]
    actions.set_aside_counts(actor=meeting.by, item=item, because="Một người đếm sót phiếu")
    assert [shown(reader) for reader in readers] == [()] * 4
    assert payloads(world, "set_aside_counts") == [{"tellers": ["user:90003", "user:90004"]}]
    for place in (3, 4):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures={item.pk: one})
    assert [shown(reader) for reader in readers] == [(one, one)] * 4
    actions.close_vote(actor=meeting.by, item=item)
    sheets = payloads(world, "close_vote")[0]["counts"]
    assert [(sheet["yes"], sheet["set_aside"]) for sheet in sheets] == [(7, True), (6, True), (7, False), (7, False)]


# Closing and minutes


def test_a_session_does_not_close_under_an_open_vote(meeting: Meeting) -> None:
    (item,) = secret(meeting, "CSTDCS")
    with pytest.raises(StillOpen, match="Mục 1 đang biểu quyết"):
        actions.close_session(actor=meeting.by, session=meeting.session, at=TEN)
    actions.withdraw_item(actor=meeting.by, item=item, because="Hoãn")
    with pytest.raises(CannotDo, match="từ 08:00 trở đi"):
        actions.close_session(actor=meeting.by, session=meeting.session, at=datetime.time(7, 30))
    assert actions.close_session(actor=meeting.by, session=meeting.session, at=TEN).state == "closed"


def test_sign_minutes_numbers_and_stores_both_papers_once(meeting: Meeting) -> None:
    item = meeting.item(1, conflicted=(2,))
    (ballot,) = [meeting.item(2, title="CSTDCS")]
    meeting.open(present=8)
    actions.vote_together(actor=meeting.by, items=[item], choices=meeting.choices(present=8, no=(3,)))
    actions.open_vote(actor=meeting.by, item=ballot)
    for place in (3, 4):
        actions.enter_counts(
            actor=teller(meeting, place), session=meeting.session, figures={ballot.pk: (8, 8, 0, 7, 1)}
        )
    actions.close_vote(actor=meeting.by, item=ballot)
    session = actions.close_session(actor=meeting.by, session=meeting.session, at=TEN, notes="Nhất trí đề nghị.")
    with pytest.raises(CannotDo, match="trước ngày họp"):
        actions.sign_minutes(actor=meeting.by, session=session, on=DAY - datetime.timedelta(days=1))
    signed = actions.sign_minutes(actor=meeting.by, session=session, on=DAY)
    assert [(one.kind, one.number, one.document.media_type) for one in signed] == [
        ("session", "01/BB-HĐTĐKT", "application/pdf"),
        ("tally", "02/BB-HĐTĐKT", "application/pdf"),
    ]
    with pytest.raises(MoveRefused):
        actions.sign_minutes(actor=meeting.by, session=session, on=DAY)
    assert Minutes.objects.count() == 2


def test_session_minutes_say_what_happened(meeting: Meeting) -> None:
    items = [meeting.item(1, conflicted=(2,)), meeting.item(2), meeting.item(3)]
    meeting.open(present=8)
    actions.vote_together(actor=meeting.by, items=items[:2], choices=meeting.choices(present=8, no=(3,)))
    session = actions.close_session(actor=meeting.by, session=meeting.session, at=TEN, notes="Nhất trí đề nghị.")
    paper = queries.session_minutes(session)
    names = [member.person.full_name for member in meeting.members]
    assert (len(paper.attendees), [one.reason for one in paper.absent]) == (8, ["bận công tác"])
    assert [section.title for section in paper.sections] == [
        "Số người tham dự",
        "Nội dung và kết quả biểu quyết",
        "Những điểm ghi nhận",
        "Ý kiến thảo luận, kết luận",
    ]
    assert paper.sections[2].paragraphs == (
        f"{names[2]} không biểu quyết ở mục 1 vì có liên quan: là người được đề nghị.",
        f"{names[3]} không đồng ý ở mục 1–2.",
        "Ở các mục biểu quyết công khai, người biểu quyết còn lại đều đồng ý.",
        "Mục 3 chưa biểu quyết, để lại phiên sau.",
    )
    assert Conflict.objects.count() == 1
