"""Open votes and opinions in writing: once each, with a result that stands."""

from dataclasses import replace
from typing import Any

import pytest
from apps.council_meeting import ASKED, EIGHT, HERE, SILENT, WRITTEN, Meeting, activate, entries, outcome, teller

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Position
from thidua.apps.councils.states import Choice, CouncilKind, PositionWay
from thidua.apps.units.models import Person
from thidua.core.lifecycle import MoveRefused


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    return Meeting(actors)


# Open votes


def test_an_open_vote_passes_by_more_than_half_of_those_present(meeting: Meeting) -> None:
    half, more = meeting.item(1), meeting.item(2)
    meeting.open(present=8)
    actions.vote_together(actor=meeting.by, items=[half], choices=meeting.choices(present=8, no=(0, 1, 2, 3)))
    actions.vote_together(actor=meeting.by, items=[more], choices=meeting.choices(present=8, no=(0, 1, 2)))
    assert outcome(half) == ("voted", 8, 5, 4, 4, 0, False)
    assert outcome(more) == ("voted", 8, 5, 5, 3, 0, True)
    assert queries.result_of("test", 2) == more
    assert queries.result_of("test", 2, kind=CouncilKind.UNIT) is None


def test_who_has_a_conflict_stays_in_the_denominator_as_the_packs_say(meeting: Meeting) -> None:
    item = meeting.item(1, conflicted=(2,))
    meeting.open(present=8)
    actions.vote_together(actor=meeting.by, items=[item], choices=meeting.choices(present=8))
    assert outcome(item) == ("voted", 8, 5, 7, 0, 0, True)
    assert not item.positions.filter(member=meeting.members[2]).exists()


def test_members_cast_for_themselves_and_the_clerk_writes_the_rest(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=6)
    actions.open_vote(actor=meeting.by, item=item)
    for place in range(4):
        actions.cast(actor=meeting.actor(place), item=item, choice=Choice.YES)
    clerk = meeting.actor(1)
    actions.enter_position(
        actor=clerk, item=item, member=meeting.members[4], choice=Choice.ABSTAIN, way=PositionWay.HAND
    )
    with pytest.raises(StillOpen, match=meeting.members[5].person.full_name):
        actions.close_vote(actor=meeting.by, item=item)
    actions.enter_position(actor=clerk, item=item, member=meeting.members[5], choice=Choice.NO, way=PositionWay.HAND)
    actions.close_vote(actor=meeting.by, item=item)
    assert outcome(item) == ("voted", 6, 4, 4, 1, 1, True)


def test_votes_that_do_not_count_change_nothing(world: Any, meeting: Meeting, actors: dict[str, Any]) -> None:
    item = meeting.item(1, conflicted=(2,))
    meeting.open(present=7)
    stranger = replace(
        actors["member"],
        person_id=Person.objects.exclude(pk__in=[member.person_id for member in meeting.members])[0].pk,
    )
    with pytest.raises(CannotDo, match="chỉ ghi phiếu khi đang biểu quyết"):
        actions.cast(actor=meeting.actor(0), item=item, choice=Choice.YES)
    actions.open_vote(actor=meeting.by, item=item)
    actions.cast(actor=meeting.actor(0), item=item, choice=Choice.YES)
    before = entries(world)
    with pytest.raises(Refused):
        actions.cast(actor=stranger, item=item, choice=Choice.YES)
    with pytest.raises(CannotDo, match="chỉ biểu quyết một lần"):
        actions.cast(actor=meeting.actor(0), item=item, choice=Choice.NO)
    with pytest.raises(CannotDo, match="có liên quan"):
        actions.cast(actor=meeting.actor(2), item=item, choice=Choice.YES)
    with pytest.raises(CannotDo, match="không được điểm danh có mặt"):
        actions.cast(actor=meeting.actor(8), item=item, choice=Choice.YES)
    with pytest.raises(Refused):
        actions.enter_position(
            actor=meeting.actor(3), item=item, member=meeting.members[4], choice=Choice.NO, way=PositionWay.HAND
        )
    assert (item.positions.count(), entries(world)) == (1, before)


def test_after_closing_nothing_is_taken(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=6)
    actions.vote_together(actor=meeting.by, items=[item], choices=meeting.choices(present=6))
    before = outcome(item)
    with pytest.raises(CannotDo):
        actions.cast(actor=meeting.actor(0), item=item, choice=Choice.NO)
    with pytest.raises(MoveRefused):
        actions.close_vote(actor=meeting.by, item=item)
    with pytest.raises(MoveRefused):
        actions.open_vote(actor=meeting.by, item=item)
    with pytest.raises(MoveRefused):
        actions.withdraw_item(actor=meeting.by, item=item, because="nhầm")
    with pytest.raises(CannotDo):
        actions.declare_conflict(actor=meeting.by, item=item, member=meeting.members[0], reason="là em ruột")
    with pytest.raises(CannotDo):
        actions.vote_together(actor=meeting.by, items=[item], choices=meeting.choices(present=6, no=(1,)))
    assert (outcome(item), item.positions.count()) == (before, 6)


def test_vote_together_needs_everybody_in_the_room_and_nobody_else(meeting: Meeting) -> None:
    items = [meeting.item(1), meeting.item(2)]
    meeting.open(present=6)
    with pytest.raises(CannotDo, match="không có mặt"):
        actions.vote_together(actor=meeting.by, items=items, choices=meeting.choices(present=7))
    with pytest.raises(CannotDo, match="Chưa ghi ý kiến"):
        actions.vote_together(actor=meeting.by, items=items, choices=meeting.choices(present=5))
    assert (Position.objects.count(), {outcome(item)[0] for item in items}) == (0, {"waiting"})


def test_an_item_is_withdrawn_with_a_reason_and_takes_no_votes(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=6)
    actions.open_vote(actor=meeting.by, item=item)
    with pytest.raises(CannotDo, match="ghi rõ lý do"):
        actions.withdraw_item(actor=meeting.by, item=item, because=" ")
    actions.withdraw_item(actor=meeting.by, item=item, because="Người được đề nghị xin rút")
    with pytest.raises(CannotDo, match="rút khỏi chương trình"):
        actions.cast(actor=meeting.actor(0), item=item, choice=Choice.YES)
    assert (outcome(item)[0], item.because, item.positions.count()) == ("withdrawn", "Người được đề nghị xin rút", 0)


def test_a_written_opinion_where_the_rule_takes_none(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=8)
    with pytest.raises(CannotDo, match="không lấy ý kiến bằng văn bản"):
        actions.enter_position(
            actor=meeting.by,
            item=item,
            member=meeting.members[8],
            choice=Choice.YES,
            way=PositionWay.WRITTEN,
            scan=b"%PDF-1.4",
        )
    assert not item.positions.exists()


def test_written_opinions_count_where_the_rule_asks_for_them(meeting: Meeting, actors: dict[str, Any]) -> None:
    activate(actors, ASKED)
    item = meeting.item(1, title="CSTDCS")
    marks = {member.pk: (HERE if place < 7 else WRITTEN, "") for place, member in enumerate(meeting.members)}
    actions.take_attendance(actor=meeting.by, session=meeting.session, marks=marks)
    actions.open_session(actor=meeting.by, session=meeting.session, at=EIGHT)
    names = [member.person.full_name for member in meeting.members]
    with pytest.raises(StillOpen, match=f"chưa nhập ý kiến bằng văn bản của {names[7]}, {names[8]}"):
        actions.open_vote(actor=meeting.by, item=item)
    for place, choice in ((7, Choice.YES), (8, Choice.NO)):
        with pytest.raises(CannotDo, match="Đính kèm bản chụp"):
            actions.enter_position(
                actor=meeting.by, item=item, member=meeting.members[place], choice=choice, way=PositionWay.WRITTEN
            )
        actions.enter_position(
            actor=meeting.by,
            item=item,
            member=meeting.members[place],
            choice=choice,
            way=PositionWay.WRITTEN,
            scan=b"%PDF-1.4",
            filename="y-kien.pdf",
        )
    actions.open_vote(actor=meeting.by, item=item)
    for place in (3, 4):
        actions.enter_counts(actor=teller(meeting, place), session=meeting.session, figures={item.pk: (7, 7, 1, 5, 1)})
    actions.close_vote(actor=meeting.by, item=item)
    assert outcome(item) == ("voted", 9, 6, 6, 2, 1, True)


def test_where_the_packs_say_nothing_of_recusal_the_denominator_stays_whole(
    meeting: Meeting, actors: dict[str, Any]
) -> None:
    activate(actors, SILENT)
    item = meeting.item(1, conflicted=(2,))
    meeting.open(present=8)
    card = queries.cards([item], roll=queries.roll_of(meeting.session), member=None)[0]
    actions.open_vote(actor=meeting.by, item=item)
    assert (card.is_recusal_unstated, outcome(item)[1:3]) == (True, (8, 5))
