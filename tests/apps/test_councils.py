"""Councils: quorum, conflicts, open and secret votes, results; what is refused changes nothing."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.audit.queries import links
from thidua.apps.councils import actions, queries
from thidua.apps.councils.models import Conflict, Council, Count, Item, Member, Minutes, Position, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, PositionWay, Presence
from thidua.apps.units.models import Person
from thidua.core.law.errors import NoRule
from thidua.core.lifecycle import MoveRefused

DAY = datetime.date(2020, 12, 23)
SINCE = datetime.date(2020, 1, 15)
EIGHT = datetime.time(8, 0)
NINE = datetime.time(9, 0)
TEN = datetime.time(10, 0)
HERE, AWAY, WRITTEN = Presence.PRESENT, Presence.ABSENT, Presence.WRITTEN


class Meeting:
    """A council of nine with one planned session; the standing secretary runs it."""

    def __init__(self, actors: dict[str, Any], *, kind: CouncilKind = CouncilKind.EMULATION, members: int = 9) -> None:
        self.actors = actors
        self.by = actors["secretary"]
        first = [actors["director"].person_id, actors["member"].person_id]
        rest = Person.objects.exclude(pk__in=first).order_by("code")[: members - 2]
        people = [*(Person.objects.get(pk=pk) for pk in first), *rest]
        self.council = actions.found_council(actor=self.by, kind=kind, name="Hội đồng thử", since=SINCE)
        roles = [MemberRole.CHAIR, MemberRole.CLERK, *[MemberRole.MEMBER] * (members - 2)]
        self.members = [
            actions.add_member(actor=self.by, council=self.council, person=person, role=role, since=SINCE)
            for person, role in zip(people, roles, strict=True)
        ]
        self.session = actions.plan_session(
            actor=self.by,
            council=self.council,
            year=2020,
            title="Phiên họp xét thi đua năm 2020",
            held_on=DAY,
            place="Phòng họp A",
            chair=self.members[0],
            clerk=self.members[1],
        )

    def actor(self, place: int) -> Any:
        """The actor that a member would be with an account of their own."""
        member = self.members[place]
        return replace(
            self.actors["member"], key=f"user:{90000 + place}", name=member.person.full_name, person_id=member.person_id
        )

    def item(self, subject: int = 1, *, title: str = "LDTT", conflicted: tuple[int, ...] = ()) -> Item:
        return actions.put_on_agenda(
            actor=self.by,
            session=self.session,
            subject_kind="test",
            subject_id=subject,
            label=f"Việc {subject}",
            title=title,
            conflicted={self.members[place].person_id: "là người được đề nghị" for place in conflicted},
        )

    def open(self, *, present: int) -> None:
        marks = {
            member.pk: (HERE, "") if place < present else (AWAY, "bận công tác")
            for place, member in enumerate(self.members)
        }
        actions.take_attendance(actor=self.by, session=self.session, marks=marks)
        self.session = actions.open_session(actor=self.by, session=self.session, at=EIGHT)

    def choices(self, *, present: int, no: tuple[int, ...] = ()) -> dict[int, Choice]:
        return {self.members[place].pk: Choice.NO if place in no else Choice.YES for place in range(present)}


@pytest.fixture
def meeting(world: Any, actors: dict[str, Any]) -> Meeting:
    return Meeting(actors)


def entries(world: Any) -> int:
    return len(links(world.agency.pk))


def outcome(item: Item) -> tuple[Any, ...]:
    item.refresh_from_db()
    return item.state, item.base, item.needed, item.yes, item.no, item.other, item.passed


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


# Secret votes


def teller(meeting: Meeting, place: int) -> Any:
    return meeting.actor(place)


def secret(meeting: Meeting, *titles: str, present: int = 9) -> list[Item]:
    items = [meeting.item(number, title=title) for number, title in enumerate(titles, 1)]
    meeting.open(present=present)
    return [actions.open_vote(actor=meeting.by, item=item) for item in items]


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
    assert caught.value.problems == ["Hai lần đếm không khớp ở mục 1. Hủy kết quả đếm của mục này rồi đếm lại."]
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
