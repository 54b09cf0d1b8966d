"""Votes inside the whole chain: who may not vote, twice, too late, counts that differ, a quorum that is lost."""

import datetime
from typing import Any

import pytest
from apps.chain_story import SUPPLEMENTED, Chain

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Count, Item, Position, Session
from thidua.apps.councils.states import Choice, ItemState, PositionWay
from thidua.apps.nominations import actions as nominations
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.core.lifecycle import MoveRefused

NINE = datetime.time(9, 0)
NEXT = datetime.date(2020, 12, 28)


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


def opened(chain: Chain) -> tuple[Session, Item]:
    """A council session whose first item is being voted on."""
    session = chain.seat_all(chain.before_council())
    item = session.items.order_by("number")[0]
    return session, councils.open_vote(actor=chain.by, item=item)


def states() -> dict[str, int]:
    found = Nomination.objects.values_list("state", flat=True)
    return {state: list(found).count(state) for state in sorted(set(found))}


def test_a_vote_by_somebody_who_is_no_member(chain: Chain) -> None:
    session, item = opened(chain)
    for stranger in (chain.actors["head"], chain.by, chain.account_of(chain.people[3])):
        with chain.refused("thành viên", Refused):
            councils.cast(actor=stranger, item=item, choice=Choice.YES)
    review = Session.objects.exclude(pk=session.pk).get()
    with chain.refused("không phải thành viên của hội đồng này"):
        councils.enter_position(
            actor=chain.by,
            item=item,
            member=review.council.members.all()[2],
            choice=Choice.YES,
            way=PositionWay.HAND,
        )
    with chain.refused("không có mặt hoặc không phải thành viên"):
        councils.vote_together(
            actor=chain.by, items=[item], choices={member.pk: Choice.YES for member in review.council.members.all()}
        )


def test_a_member_votes_twice_on_one_item(chain: Chain) -> None:
    _session, item = opened(chain)
    voter = chain.account_of(chain.board[1])
    councils.cast(actor=voter, item=item, choice=Choice.NO)
    with chain.refused("mỗi người chỉ biểu quyết một lần"):
        councils.cast(actor=voter, item=item, choice=Choice.YES)
    seat = item.session.council.members.get(person=chain.board[1])
    with chain.refused("mỗi người chỉ biểu quyết một lần"):
        councils.enter_position(actor=chain.by, item=item, member=seat, choice=Choice.YES, way=PositionWay.HAND)
    assert list(Position.objects.filter(item=item).values_list("choice", "way")) == [("no", "account")]


def test_a_show_of_hands_keeps_what_a_member_cast_before(chain: Chain) -> None:
    session, item = opened(chain)
    councils.cast(actor=chain.account_of(chain.board[1]), item=item, choice=Choice.NO)
    choices = {member.pk: Choice.YES for member in session.council.members.all()}
    (item,) = councils.vote_together(actor=chain.by, items=[item], choices=choices)
    assert (item.yes, item.no, item.other) == (4, 1, 0)


def test_a_vote_after_closing(chain: Chain) -> None:
    session, item = opened(chain)
    choices = {member.pk: Choice.YES for member in session.council.members.all()}
    councils.vote_together(actor=chain.by, items=[item], choices=choices)
    voter = chain.account_of(chain.board[1])
    with chain.refused("đã có kết quả; chỉ ghi phiếu khi đang biểu quyết"):
        councils.cast(actor=voter, item=item, choice=Choice.NO)
    with chain.refused("đã biểu quyết xong hoặc đã rút"):
        councils.vote_together(actor=chain.by, items=[item], choices=choices)
    waiting = session.items.filter(state=ItemState.WAITING)[0]
    chain.end(session)
    with chain.refused("chỉ ghi phiếu khi đang biểu quyết"):
        councils.cast(actor=voter, item=waiting, choice=Choice.NO)
    with chain.refused("đã bế mạc", StillOpen):
        councils.open_vote(actor=chain.by, item=waiting)
    with chain.refused("không đang họp"):
        councils.vote_together(actor=chain.by, items=[waiting], choices=choices)


def test_tellers_whose_counts_differ_count_again_and_the_result_reaches_the_decision(
    world: Any, actors: dict[str, Any]
) -> None:
    chain = Chain(world, actors, fighters=("TC025",))
    session = chain.seat_all(chain.before_council())
    item = councils.open_vote(actor=chain.by, item=session.items.get(title="CSTDCS"))
    first, second = chain.by, chain.account_of(session.clerk.person)
    councils.enter_counts(actor=first, session=session, figures={item.pk: (5, 5, 0, 5, 0)})
    with chain.refused("mới có 1/2 lần đếm", StillOpen):
        councils.close_vote(actor=chain.by, item=item)
    with chain.refused("đã nhập kết quả đếm", StillOpen):
        councils.enter_counts(actor=first, session=session, figures={item.pk: (5, 5, 0, 5, 0)})
    councils.enter_counts(actor=second, session=session, figures={item.pk: (5, 5, 1, 4, 0)})
    for act in (councils.close_vote,):
        with chain.refused("hai lần kiểm không khớp", StillOpen):
            act(actor=chain.by, item=item)
    with chain.refused("hai lần kiểm không khớp", StillOpen):
        councils.close_votes(actor=chain.by, session=session)
    with chain.refused("đang biểu quyết", StillOpen):
        councils.close_session(actor=chain.by, session=session, at=NINE)
    with chain.refused("ghi rõ lý do"):
        councils.set_aside_counts(actor=chain.by, item=item, because=" ")
    councils.set_aside_counts(actor=chain.by, item=item, because="Một người đếm sót phiếu hợp lệ")
    chain.count(session, {item.pk: (5, 5, 0, 5, 0)})
    item = councils.close_vote(actor=chain.by, item=item)
    assert (item.yes, item.no, item.other, item.passed) == (5, 0, 0, True)
    assert (Count.objects.filter(item=item).count(), Count.objects.current().filter(item=item).count()) == (4, 2)
    chain.vote(session)
    chain.end(session)
    nominations.take_results(actor=chain.by, session=session)
    decision = chain.sign(chain.drafted(list(Nomination.objects.filter(state=NominationState.PASSED))))
    assert decision.lines.filter(title="CSTDCS").count() == 1


def test_a_quorum_lost_in_the_meeting_leaves_the_rest_to_a_later_session(chain: Chain) -> None:
    session = chain.seat_all(chain.before_council())
    first, *rest = session.items.order_by("number")
    members = list(session.council.members.all())
    councils.vote_together(actor=chain.by, items=[first], choices={member.pk: Choice.YES for member in members})
    for member in members[3:]:
        councils.leave_session(actor=chain.by, session=session, member=member, left_at=NINE, reason="việc gấp")
    stayed = {member.pk: Choice.YES for member in members[:3]}
    with chain.refused("Chưa đủ số người họp: có mặt 3/5, cần ít nhất 4, còn thiếu 1 người", StillOpen):
        councils.open_vote(actor=chain.by, item=rest[0])
    with chain.refused("Chưa đủ số người họp", StillOpen):
        councils.vote_together(actor=chain.by, items=rest, choices=stayed)
    with chain.refused("Chưa đủ số người họp", StillOpen):
        councils.open_votes(actor=chain.by, session=session)
    with chain.refused("chưa bế mạc"):
        nominations.take_results(actor=chain.by, session=session)
    chain.end(session)
    nominations.take_results(actor=chain.by, session=session)
    assert states() == {NominationState.APPRAISED: len(rest), NominationState.PASSED: 1}
    later = councils.plan_session(
        actor=chain.by,
        council=session.council,
        year=2020,
        title="Phiên họp tiếp theo",
        held_on=NEXT,
        place="Hội trường",
        chair=members[0],
        clerk=members[1],
    )
    waiting = list(Nomination.objects.filter(state=NominationState.APPRAISED))
    nominations.put_on_agenda(actor=chain.by, nominations=waiting, session=later)
    chain.hold_meeting(later)
    nominations.take_results(actor=chain.by, session=later)
    assert states() == {NominationState.PASSED: len(rest) + 1}
    decision = chain.sign(chain.drafted(list(Nomination.objects.all()), dated=SUPPLEMENTED), on=SUPPLEMENTED)
    assert decision.lines.count() == len(rest) + 1


def test_a_vote_that_lost_its_quorum_by_the_door_still_stands_for_who_was_there(chain: Chain) -> None:
    session, item = opened(chain)
    leaving = session.council.members.all()[4]
    with chain.refused("đang biểu quyết. Kết thúc biểu quyết rồi ghi"):
        councils.leave_session(actor=chain.by, session=session, member=leaving, left_at=NINE)
    with chain.refused("chưa ghi ý kiến của", StillOpen):
        councils.close_vote(actor=chain.by, item=item)


def test_results_are_taken_once_and_minutes_signed_once(chain: Chain) -> None:
    session = chain.before_council()
    chain.hold_meeting(session)
    nominations.take_results(actor=chain.by, session=session)
    with chain.refused("đã được lấy hết"):
        nominations.take_results(actor=chain.by, session=session)
    with chain.refused("đang ở trạng thái", MoveRefused):
        councils.sign_minutes(actor=chain.by, session=session, on=session.held_on)
    with chain.refused("đang ở trạng thái", MoveRefused):
        councils.open_session(actor=chain.by, session=session, at=NINE)
    with pytest.raises((CannotDo, MoveRefused)):
        nominations.put_on_agenda(actor=chain.by, nominations=list(Nomination.objects.all()), session=session)
