"""Nominations of a unit: drafted from records, reviewed, submitted; nobody falls out in silence."""

import datetime
from typing import Any

import pytest
from apps.nominations_story import (
    APPRAISED,
    EIGHT,
    REVIEWED,
    SIGNED_UP,
    TEN,
    S,
    Story,
    entries,
    person_with,
    states,
    story_of,
    story_of_head,
)

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Council, Session
from thidua.apps.councils.states import Choice, CouncilKind, Presence
from thidua.apps.nominations import actions, queries
from thidua.apps.nominations.models import Claim, Nomination
from thidua.apps.records.queries import address_of, fact_at
from thidua.apps.units.actions import add_unit, merge_unit


@pytest.fixture
def story(world: Any, actors: dict[str, Any]) -> Story:
    """The head's unit, everybody signed up for the first title."""
    return story_of_head(world, actors)


# Drafting


def test_draft_list_takes_registered_and_met_and_every_claim_points_at_a_fact(story: Story, world: Any) -> None:
    drafted = story.draft_list()
    met = world.run.judged.filter(unit=story.unit, findings__title="LDTT", findings__outcome="met")
    assert {item.person_id for item in drafted} == set(met.values_list("person_id", flat=True))
    assert {item.title for item in drafted} == {"LDTT"}
    claims = list(Claim.objects.filter(nomination__in=drafted))
    assert claims
    assert {claim.fact for claim in claims} == {address_of(fact) for claim in claims if (fact := fact_at(claim.fact))}
    assert all(
        fact.person_id == claim.nomination.person_id
        for claim in Claim.objects.select_related("nomination")
        if (fact := fact_at(claim.fact))
    )


def test_draft_list_again_drafts_nothing_twice(story: Story) -> None:
    first = story.draft_list()
    assert story.draft_list() == []
    assert Nomination.objects.count() == len(first)


def test_left_out_names_everybody_who_is_not_on_the_list(story: Story) -> None:
    story.draft_list()
    year = queries.unit_year(story.campaign, story.unit)
    listed = {item.candidate.person for item in queries.left_out(year)} | {
        item.person for item in Nomination.objects.all()
    }
    assert listed >= {member.person for member in year.members} | {None}
    unit_line = next(item for item in queries.left_out(year) if item.candidate.person is None)
    assert unit_line.why == "Đủ điều kiện; đăng ký thi đua nhưng không ghi danh hiệu này."


def test_draft_against_the_finding_needs_reason_and_article(world: Any, actors: dict[str, Any]) -> None:
    judged = person_with(world, "CSTDCS", "not_met")
    story = story_of(world, actors, judged)
    before = entries(world)
    with pytest.raises(CannotDo, match=r"Vẫn đề nghị thì nêu lý do và điều khoản"):
        story.draft(judged.person, "CSTDCS")
    with pytest.raises(CannotDo):
        story.draft(judged.person, "CSTDCS", override_because="Có sáng kiến đang chờ công nhận")
    assert (Nomination.objects.count(), entries(world)) == (0, before)
    made = story.draft(
        judged.person, "CSTDCS", override_because="Sáng kiến chờ công nhận", override_article="NĐ 91/2017, Điều 9"
    )
    assert (made.override_by, made.override_because, made.override_article) == (
        actors["secretary"].key,
        "Sáng kiến chờ công nhận",
        "NĐ 91/2017, Điều 9",
    )


def test_draft_of_the_unknown_needs_no_override_and_is_marked(world: Any, actors: dict[str, Any]) -> None:
    judged = person_with(world, "LDTT", "unknown")
    story = story_of(world, actors, judged)
    made = story.draft(judged.person, "LDTT", override_because="thừa", override_article="thừa")
    assert (made.override_by, made.override_because) == ("", "")
    [row] = queries.council_table(world.campaign).rows
    assert row.outcome == "unknown"
    assert row.reasons.startswith("còn thiếu")


def test_draft_refuses_another_units_person_an_unknown_title_and_a_second_time(
    story: Story, world: Any, actors: dict[str, Any]
) -> None:
    outsider = world.run.judged.filter(person__isnull=False).exclude(unit=story.unit).first().person
    story.draft(story.people[0], "LDTT")
    before = (Nomination.objects.count(), entries(world))
    with pytest.raises(CannotDo, match="không thuộc"):
        story.draft(outsider, "LDTT")
    with pytest.raises(CannotDo, match=r"Không có danh hiệu “TTLDTT” cho cá nhân"):
        story.draft(story.people[0], "TTLDTT")
    with pytest.raises(CannotDo, match="đã được đề nghị"):
        story.draft(story.people[0], "LDTT")
    with pytest.raises(Refused):
        story.draft(story.people[1], "LDTT", actor=actors["member"])
    with pytest.raises(Refused):
        story.draft(story.people[1], "LDTT", actor=actors["other_agency"])
    assert (Nomination.objects.count(), entries(world)) == before


def test_head_drafts_for_the_own_unit_only(story: Story, world: Any, actors: dict[str, Any]) -> None:
    made = story.draft(story.people[0], "LDTT", actor=actors["head"])
    assert made.drafted_by == actors["head"].key
    other = world.run.judged.filter(person__isnull=False).exclude(unit=story.unit).first()
    with pytest.raises(Refused):
        story.draft(other.person, "LDTT", unit=other.unit, actor=actors["head"])


def test_unit_merged_in_the_year_proposes_as_its_successor(story: Story, world: Any) -> None:
    after = add_unit(agency=world.agency, code="TC-MOI", name="Phòng Hợp nhất", kind="phong", since=SIGNED_UP)
    merge_unit(actor="test", before=story.unit, after=after, kind="sap_nhap", on=datetime.date(2020, 9, 1))
    story.unit.refresh_from_db()
    made = story.draft(story.people[0], "LDTT")
    assert made.unit == after


def test_draft_into_a_closed_campaign_is_refused(story: Story) -> None:
    story.campaign.state = "closed"
    story.campaign.save(update_fields=["state"])
    with pytest.raises(CannotDo, match="đã kết thúc"):
        story.draft(story.people[0], "LDTT")
    assert Nomination.objects.count() == 0


# The unit's review


def test_review_seats_the_units_people_and_bars_each_nominee_from_the_own_item(story: Story) -> None:
    drafted = story.draft_list()
    session = story.plan()
    council = Council.objects.get(kind=CouncilKind.UNIT)
    assert {member.person_id for member in council.members.all()} == {person.pk for person in story.people}
    barred = {
        (row.item.subject_id, row.member.person_id) for item in session.items.all() for row in item.conflicts.all()
    }
    assert barred == {(item.pk, item.person_id) for item in drafted}
    assert set(states()) == {S.ON_UNIT_AGENDA}


def test_review_is_founded_once_and_refuses_an_empty_list(story: Story, world: Any) -> None:
    before = entries(world)
    with pytest.raises(CannotDo, match="Chưa chọn đề nghị nào"):
        story.plan()
    assert (Council.objects.count(), entries(world)) == (0, before)
    story.draft_list()
    story.plan()
    story.draft(None, "TTLDTT")
    story.plan()
    assert (Council.objects.count(), Session.objects.count()) == (1, 2)


def test_unit_votes_pass_decline_or_go_back(story: Story) -> None:
    drafted = story.draft_list()
    session = story.plan()
    with pytest.raises(CannotDo, match="chưa bế mạc"):
        actions.take_unit_votes(actor=story.by, session=session)
    councils.withdraw_item(actor=story.by, item=session.items.get(subject_id=drafted[2].pk), because="Chờ bổ sung")
    members = list(session.council.members.all())
    councils.take_attendance(
        actor=story.by, session=session, marks={member.pk: (Presence.PRESENT, "") for member in members}
    )
    councils.open_session(actor=story.by, session=session, at=EIGHT)
    waiting = session.items.filter(state="waiting")
    for chosen, choice in ((waiting.exclude(subject_id=drafted[1].pk), Choice.YES), (waiting, Choice.NO)):
        choices = dict.fromkeys((member.pk for member in members), choice)
        councils.vote_together(actor=story.by, items=list(chosen.all()), choices=choices)
    councils.close_session(actor=story.by, session=session, at=TEN)
    actions.take_unit_votes(actor=story.by, session=session)
    expected = [S.UNIT_PASSED, S.UNIT_DECLINED, S.DRAFTED, *[S.UNIT_PASSED] * (len(drafted) - 3)]
    assert states() == expected
    with pytest.raises(CannotDo, match="đã được lấy hết"):
        actions.take_unit_votes(actor=story.by, session=session)


def test_submit_waits_for_the_signed_minutes(story: Story, world: Any) -> None:
    story.draft_list()
    session = story.plan()
    story.hold_meeting(session, sign=False)
    taken = actions.take_unit_votes(actor=story.by, session=session)
    before = entries(world)
    with pytest.raises(StillOpen, match="biên bản bình xét chưa ký"):
        actions.submit(actor=story.by, nominations=taken)
    assert (set(states()), entries(world)) == ({S.UNIT_PASSED}, before)
    councils.sign_minutes(actor=story.by, session=session, on=REVIEWED)
    actions.submit(actor=story.by, nominations=taken)
    assert set(states()) == {S.SUBMITTED}


def test_returned_goes_up_again_and_keeps_the_note(story: Story) -> None:
    first = story.submitted()[0]
    actions.return_nomination(actor=story.by, nomination=first, note="Bổ sung minh chứng", on=APPRAISED)
    first.refresh_from_db()
    assert first.state == S.RETURNED
    history = [(line.on, line.what, line.note) for line in queries.dossier_of(first, guarded=False).history]
    assert (APPRAISED, "Trả lại đơn vị", "Bổ sung minh chứng") in history
    actions.submit(actor=story.by, nominations=[first])
    first.refresh_from_db()
    assert first.state == S.SUBMITTED


def test_fighter_without_a_free_initiative_is_not_submitted(world: Any, actors: dict[str, Any]) -> None:
    from thidua.apps.initiatives.models import Use

    judged = person_with(world, "CSTDCS", "met")
    story = story_of(world, actors, judged)
    nomination = story.draft(judged.person, "CSTDCS")
    bound = queries.bound_achievement(nomination)
    assert bound is not None
    assert bound.person_id == judged.person_id
    session = story.plan()
    story.hold_meeting(session)
    actions.take_unit_votes(actor=story.by, session=session)
    for item in judged.person.achievements.current():
        Use.objects.create(agency=world.agency, achievement=item, title="CSTDCS", year=2019, used_for="test:1")
    with pytest.raises(StillOpen, match="không còn sáng kiến"):
        actions.submit(actor=story.by, nominations=[nomination])
    assert states() == [S.UNIT_PASSED]


def test_withdrawn_leaves_room_for_another(story: Story) -> None:
    nomination = story.draft(story.people[0], "LDTT")
    actions.withdraw(actor=story.by, nomination=nomination, because="Nhầm danh hiệu")
    story.draft(story.people[0], "LDTT")
    assert states() == [S.WITHDRAWN, S.DRAFTED]
