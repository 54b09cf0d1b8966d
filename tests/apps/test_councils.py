"""Councils: founding, members in time, agenda, quorum; what is refused changes nothing."""

import datetime
from typing import Any

import pytest
from apps.council_meeting import (
    AWAY,
    DAY,
    EIGHT,
    HERE,
    NINE,
    SINCE,
    TEN,
    WRITTEN,
    Meeting,
    outcome,
    without_own_rules,
)

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Council, Member, Session
from thidua.apps.councils.states import CouncilKind, MemberRole
from thidua.apps.units.models import Person
from thidua.core.law.errors import NoRule


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    return Meeting(actors)


# Founding and planning


def test_found_council_of_a_unit_by_its_head_only(world: Any, actors: dict[str, Any]) -> None:
    unit = world.run.judged.filter(unit__in=actors["head"].headed_units).first().unit
    council = actions.found_council(
        actor=actors["head"], kind=CouncilKind.UNIT, name="Hội nghị bình xét", since=SINCE, unit=unit
    )
    assert (council.kind, council.unit) == ("unit", unit)
    with pytest.raises(Refused):
        actions.found_council(
            actor=actors["member"], kind=CouncilKind.UNIT, name="Hội nghị bình xét", since=SINCE, unit=unit
        )
    with pytest.raises(Refused):
        actions.found_council(actor=actors["head"], kind=CouncilKind.EMULATION, name="Hội đồng", since=SINCE)
    assert Council.objects.filter(unit=unit).count() == 1


def test_a_council_of_another_agency_is_refused(meeting: Meeting, actors: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.open_session(actor=actors["other_agency"], session=meeting.session, at=EIGHT)
    assert Session.objects.get(pk=meeting.session.pk).state == "planned"


def test_a_person_sits_once_and_a_council_has_one_chair(meeting: Meeting) -> None:
    person = meeting.members[3].person
    free = Person.objects.exclude(pk__in=[member.person_id for member in meeting.members])[0]
    with pytest.raises(CannotDo, match="đã là thành viên"):
        actions.add_member(
            actor=meeting.by, council=meeting.council, person=person, role=MemberRole.MEMBER, since=SINCE
        )
    with pytest.raises(CannotDo, match="giữ vai trò này"):
        actions.add_member(actor=meeting.by, council=meeting.council, person=free, role=MemberRole.CHAIR, since=SINCE)
    assert Member.objects.filter(council=meeting.council).count() == 9


def test_members_on_a_day_follow_their_terms(meeting: Meeting) -> None:
    last = meeting.members[-1]
    actions.end_membership(actor=meeting.by, member=last, until=datetime.date(2020, 12, 22))
    assert last.pk not in [member.pk for member in queries.members_on(meeting.council, DAY)]
    assert last.pk in [member.pk for member in queries.members_on(meeting.council, datetime.date(2020, 12, 22))]


def test_a_membership_does_not_change_under_a_session_that_met(meeting: Meeting) -> None:
    meeting.item()
    meeting.open(present=9)
    with pytest.raises(CannotDo, match="đã họp với danh sách"):
        actions.end_membership(actor=meeting.by, member=meeting.members[-1], until=DAY - datetime.timedelta(days=1))
    assert Member.objects.get(pk=meeting.members[-1].pk).until is None


def test_plan_session_takes_the_quorum_of_its_kind(world: Any, actors: dict[str, Any]) -> None:
    meetings = [Meeting(actors, kind=kind) for kind in (CouncilKind.EMULATION, CouncilKind.INITIATIVE)]
    assert [meeting.session.quorum for meeting in meetings] == ["2/3", "2/3"]
    assert ["Điều 8" in meetings[0].session.quorum_cite, "Điều 12" in meetings[1].session.quorum_cite] == [True, True]


def test_plan_session_without_law_for_the_day(meeting: Meeting) -> None:
    without_own_rules(meeting.by, since=datetime.date(2025, 1, 1))
    with pytest.raises(NoRule):
        actions.replan_session(
            actor=meeting.by,
            session=meeting.session,
            held_on=datetime.date(2025, 12, 23),
            place="Phòng họp A",
            chair=meeting.members[0],
            clerk=meeting.members[1],
        )
    assert Session.objects.get(pk=meeting.session.pk).held_on == DAY


# Agenda


def test_put_on_agenda_takes_share_and_form_from_the_packs(meeting: Meeting) -> None:
    rows = [meeting.item(1), meeting.item(2, title="CSTDCS"), meeting.item(3, title="CSTDT")]
    assert [(row.number, row.mode, row.share, row.more_than, row.of) for row in rows] == [
        (1, "open", "1/2", True, "present_members"),
        (2, "paper_secret", "2/3", False, "all_members"),
        (3, "paper_secret", "9/10", False, "all_members"),
    ]


def test_put_on_agenda_twice_or_without_a_rule(meeting: Meeting) -> None:
    meeting.item(1)
    with pytest.raises(CannotDo, match="đã là mục 1"):
        meeting.item(1)
    with pytest.raises(NoRule):
        meeting.item(2, title="HCLD_BA")
    assert meeting.session.items.count() == 1


def test_a_waiting_subject_is_not_put_on_a_second_session(meeting: Meeting) -> None:
    item = meeting.item(1)
    first = meeting.session
    meeting.session = actions.plan_session(
        actor=meeting.by,
        council=meeting.council,
        year=2020,
        title="Phiên hai",
        held_on=DAY,
        place="Phòng họp A",
        chair=meeting.members[0],
        clerk=meeting.members[1],
    )
    with pytest.raises(CannotDo, match="đang chờ ở mục 1"):
        meeting.item(1)
    actions.withdraw_item(actor=meeting.by, item=item, because="chuyển sang phiên hai")
    assert meeting.item(1).session != first


def test_conflicts_come_with_the_subject_or_are_declared(meeting: Meeting) -> None:
    item = meeting.item(1, conflicted=(4,))
    actions.declare_conflict(actor=meeting.actor(5), item=item, member=meeting.members[5], reason="là em ruột")
    with pytest.raises(CannotDo, match="đã được ghi"):
        actions.declare_conflict(actor=meeting.by, item=item, member=meeting.members[4], reason="là em ruột")
    with pytest.raises(Refused):
        actions.declare_conflict(
            actor=meeting.actor(5), item=item, member=meeting.members[6], reason="là em ruột của ai đó"
        )
    assert list(item.conflicts.order_by("pk").values_list("member", "reason")) == [
        (meeting.members[4].pk, "là người được đề nghị"),
        (meeting.members[5].pk, "là em ruột"),
    ]


# Opening


def test_open_session_without_quorum_says_how_many_are_missing(meeting: Meeting) -> None:
    meeting.item()
    with pytest.raises(StillOpen, match="còn thiếu 1 người") as caught:
        meeting.open(present=5)
    assert caught.value.problems == [
        "Chưa đủ số người họp: có mặt 5/9, cần ít nhất 6, còn thiếu 1 người. "
        "Chờ thêm người, hoặc bế mạc và để các mục còn lại sang phiên sau."
    ]
    assert Session.objects.get(pk=meeting.session.pk).state == "planned"


def test_open_session_lists_all_that_is_missing(meeting: Meeting) -> None:
    problems = queries.opening_problems(meeting.session)
    assert [problem.split(" ")[0:2] for problem in problems] == [
        ["Chưa", "điểm"],
        ["Người", "chủ"],
        ["Thư", "ký"],
        ["Chương", "trình"],
        ["Chưa", "đủ"],
    ]


def test_a_written_opinion_is_no_presence(meeting: Meeting) -> None:
    meeting.item()
    marks = {member.pk: (HERE if place < 5 else WRITTEN, "") for place, member in enumerate(meeting.members)}
    actions.take_attendance(actor=meeting.by, session=meeting.session, marks=marks)
    with pytest.raises(StillOpen, match="có mặt 5/9"):
        actions.open_session(actor=meeting.by, session=meeting.session, at=EIGHT)


def test_quorum_lost_during_the_session_stops_the_next_vote(meeting: Meeting) -> None:
    first, second = meeting.item(1), meeting.item(2)
    meeting.open(present=6)
    actions.vote_together(actor=meeting.by, items=[first], choices=meeting.choices(present=6))
    actions.leave_session(
        actor=meeting.by, session=meeting.session, member=meeting.members[5], left_at=NINE, reason="đi công tác"
    )
    with pytest.raises(StillOpen, match="còn thiếu 1 người"):
        actions.open_vote(actor=meeting.by, item=second)
    actions.close_session(actor=meeting.by, session=meeting.session, at=TEN)
    assert [outcome(first)[0], outcome(second)[0]] == ["voted", "waiting"]


def test_nobody_comes_or_goes_during_a_vote(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=7)
    actions.open_vote(actor=meeting.by, item=item)
    with pytest.raises(CannotDo, match="Mục 1 đang biểu quyết"):
        actions.leave_session(actor=meeting.by, session=meeting.session, member=meeting.members[6], left_at=NINE)
    with pytest.raises(CannotDo, match="Mục 1 đang biểu quyết"):
        actions.mark_attendance(actor=meeting.by, session=meeting.session, member=meeting.members[8], presence=HERE)
    assert queries.roll_of(meeting.session).present == 7


def test_attendance_is_not_rewritten_after_a_vote(meeting: Meeting) -> None:
    item = meeting.item()
    meeting.open(present=7)
    actions.vote_together(actor=meeting.by, items=[item], choices=meeting.choices(present=7))
    with pytest.raises(CannotDo, match="rời họp"):
        actions.mark_attendance(actor=meeting.by, session=meeting.session, member=meeting.members[6], presence=AWAY)
    actions.mark_attendance(actor=meeting.by, session=meeting.session, member=meeting.members[7], presence=HERE)
    assert queries.roll_of(meeting.session).present == 8


def test_a_vote_that_cannot_pass_opens_only_with_a_reason(meeting: Meeting) -> None:
    item = meeting.item(1, title="CSTDT", conflicted=(3,))
    meeting.open(present=9)
    with pytest.raises(StillOpen, match="9 thành viên, 9 người có mặt, 1 người không được biểu quyết, cần 9/9"):
        actions.open_vote(actor=meeting.by, item=item)
    assert outcome(item) == ("waiting", None, None, None, None, None, None)
    actions.open_vote(actor=meeting.by, item=item, because="Hội đồng muốn ghi nhận ý kiến")
    assert outcome(item)[:3] == ("voting", 9, 9)
