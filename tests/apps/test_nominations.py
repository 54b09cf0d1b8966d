"""Nominations: drafted from records, reviewed by the unit, appraised, held, voted on; nobody falls out in silence."""

import datetime
from typing import Any

import pytest

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.audit.queries import links
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Council, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.nominations import actions, queries
from thidua.apps.nominations.models import Appraisal, Claim, Hold, Nomination
from thidua.apps.nominations.queries import Filters
from thidua.apps.nominations.states import NominationState
from thidua.apps.records.actions import write_fact
from thidua.apps.records.models import Discipline
from thidua.apps.records.queries import address_of, fact_at
from thidua.apps.registrations.actions import register_titles
from thidua.apps.units.actions import add_unit, merge_unit
from thidua.apps.units.models import Person, Post, Unit
from thidua.core.lifecycle import MoveRefused
from thidua.core.papers.pdf import paper_pdf

SIGNED_UP = datetime.date(2020, 6, 1)
DRAFTED = datetime.date(2020, 12, 4)
REVIEWED = datetime.date(2020, 12, 8)
APPRAISED = datetime.date(2020, 12, 16)
COUNCIL = datetime.date(2020, 12, 23)
EIGHT, TEN = datetime.time(8, 0), datetime.time(10, 0)
S = NominationState


def entries(world: Any) -> int:
    return len(links(world.agency.pk))


def states() -> list[str]:
    return list(Nomination.objects.order_by("pk").values_list("state", flat=True))


class Story:
    """One unit of the sample on its way to the council; the standing secretary does what has no other actor."""

    def __init__(self, world: Any, actors: dict[str, Any], unit: Unit) -> None:
        self.world, self.by, self.unit, self.campaign = world, actors["secretary"], unit, world.campaign
        self.campaign.launched_on = datetime.date(2020, 5, 18)
        self.campaign.save(update_fields=["launched_on"])
        posts = Post.objects.current().filter(unit=unit, until__isnull=True).select_related("person")
        self.people = sorted((post.person for post in posts), key=lambda person: person.code)

    def register(self, *titles: str, people: list[Person] | None = None) -> None:
        for person in self.people if people is None else people:
            register_titles(actor=self.by, campaign=self.campaign, titles=titles, person=person, on=SIGNED_UP)

    def draft_list(self) -> list[Nomination]:
        return actions.draft_list(actor=self.by, campaign=self.campaign, unit=self.unit, on=DRAFTED)

    def draft(self, person: Person | None, title: str, **more: Any) -> Nomination:
        given = {"actor": self.by, "campaign": self.campaign, "unit": self.unit, "on": DRAFTED, **more}
        return actions.draft_nomination(person=person, title=title, **given)

    def plan(self) -> Session:
        return actions.plan_review(
            actor=self.by,
            campaign=self.campaign,
            unit=self.unit,
            held_on=REVIEWED,
            place="Phòng họp",
            chair=self.people[0],
            clerk=self.people[1],
        )

    def hold_meeting(self, session: Session, *, no: tuple[int, ...] = (), sign: bool = True) -> None:
        """Everybody is there and says yes, but no to the nominations named."""
        members = list(session.council.members.all())
        marks = {member.pk: (Presence.PRESENT, "") for member in members}
        councils.take_attendance(actor=self.by, session=session, marks=marks)
        councils.open_session(actor=self.by, session=session, at=EIGHT)
        for choice, items in (
            (Choice.YES, session.items.filter(state="waiting").exclude(subject_id__in=no)),
            (Choice.NO, session.items.filter(subject_id__in=no)),
        ):
            if items.exists():
                choices = dict.fromkeys((member.pk for member in members), choice)
                councils.vote_together(actor=self.by, items=list(items), choices=choices)
        councils.close_session(actor=self.by, session=session, at=TEN)
        if sign:
            councils.sign_minutes(actor=self.by, session=session, on=session.held_on)

    def submitted(self) -> list[Nomination]:
        """The whole list through the unit's meeting and up."""
        self.draft_list()
        session = self.plan()
        self.hold_meeting(session)
        taken = actions.take_unit_votes(actor=self.by, session=session)
        return actions.submit(actor=self.by, nominations=taken)

    def council(self, *people: Person) -> Session:
        found = councils.found_council(
            actor=self.by, kind=CouncilKind.EMULATION, name="Hội đồng thử", since=datetime.date(2020, 1, 15)
        )
        seats = [
            councils.add_member(actor=self.by, council=found, person=person, role=role, since=found.since)
            for person, role in zip(people, [MemberRole.CHAIR, *[MemberRole.MEMBER] * 20], strict=False)
        ]
        return councils.plan_session(
            actor=self.by,
            council=found,
            year=2020,
            title="Phiên họp xét thi đua năm 2020",
            held_on=COUNCIL,
            place="Hội trường",
            chair=seats[0],
            clerk=seats[1],
        )


@pytest.fixture
def story(world: Any, actors: dict[str, Any]) -> Story:
    """The head's unit, everybody signed up for the first title."""
    found = Story(world, actors, Unit.objects.get(pk=next(iter(actors["head"].headed_units))))
    found.register("LDTT")
    return found


def person_with(world: Any, title: str, outcome: str) -> Any:
    """Somebody of the sample with that finding."""
    return world.run.judged.filter(person__isnull=False, findings__title=title, findings__outcome=outcome).first()


def story_of(world: Any, actors: dict[str, Any], judged: Any) -> Story:
    return Story(world, actors, judged.unit)


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
    history = [(line.on, line.what, line.note) for line in queries.dossier_of(first).history]
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


# Appraisal and hold


def test_appraise_all_takes_the_findings_and_a_later_one_stands_beside(story: Story, world: Any) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    assert set(Appraisal.objects.values_list("outcome", "advice", "run_id")) == {("met", "eligible", world.run.pk)}
    before = entries(world)
    with pytest.raises(CannotDo, match="ghi rõ lý do"):
        actions.appraise(actor=story.by, nomination=rows[0], advice="unclear", note=" ", on=APPRAISED)
    assert (Appraisal.objects.count(), entries(world)) == (len(rows), before)
    actions.appraise(actor=story.by, nomination=rows[0], advice="unclear", note="Chờ xác nhận thuế", on=APPRAISED)
    assert list(rows[0].appraisals.values_list("advice", flat=True)) == ["eligible", "unclear"]
    [row] = queries.council_table(story.campaign, filters=Filters(advice="unclear")).rows
    assert (row.nomination, row.note) == (rows[0], "Chờ xác nhận thuế")


def test_only_the_secretary_appraises(story: Story, world: Any, actors: dict[str, Any]) -> None:
    rows = story.submitted()
    before = entries(world)
    for role in ("head", "member", "director", "other_agency"):
        with pytest.raises(Refused):
            actions.appraise_all(actor=actors[role], campaign=story.campaign, on=APPRAISED)
        with pytest.raises(Refused):
            actions.hold(actor=actors[role], nomination=rows[0], reason="x", article="y", on=APPRAISED)
    assert (set(states()), entries(world)) == ({S.SUBMITTED}, before)


def test_hold_keeps_off_the_agenda_until_released(story: Story, actors: dict[str, Any]) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    with pytest.raises(CannotDo, match="Điều khoản"):
        actions.hold(actor=story.by, nomination=rows[0], reason="Đang xem xét kỷ luật", article=" ", on=APPRAISED)
    actions.hold(
        actor=story.by, nomination=rows[0], reason="Đang xem xét kỷ luật", article="TT 12/2019, Điều 2", on=APPRAISED
    )
    session = story.council(*story.people[:3])
    with pytest.raises(MoveRefused):
        actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    assert session.items.count() == 0
    with pytest.raises(CannotDo, match="không thể sớm hơn"):
        actions.release(actor=story.by, nomination=rows[0], reason="Không kỷ luật", on=DRAFTED)
    actions.release(actor=story.by, nomination=rows[0], reason="Không kỷ luật", on=COUNCIL)
    actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    assert session.items.count() == len(rows)
    assert Hold.objects.get().release_reason == "Không kỷ luật"


def test_discipline_after_the_appraisal_stops_the_agenda(story: Story) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    write_fact(
        actor=story.by,
        model=Discipline,
        source="Quyết định kỷ luật",
        person=rows[0].person,
        form="khien_trach",
        decision="12/QĐ-STC",
        decided_on=datetime.date(2020, 12, 18),
    )
    session = story.council(*story.people[:3])
    with pytest.raises(StillOpen, match="kỷ luật hoặc đơn thư mới"):
        actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    assert (set(states()), session.items.count()) == ({S.APPRAISED}, 0)


# The council


def test_council_results_are_taken_over_and_a_passed_one_can_be_held_and_released(story: Story) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    session = story.council(*story.people[:4])
    items = actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    assert [item.label for item in items] == [f"{row.person} – Lao động tiên tiến" for row in rows]
    assert all(story.unit.name in item.detail for item in items)
    barred = {(row.item_id, row.member.person_id) for item in items for row in item.conflicts.all()}
    seated = {person.pk for person in story.people[:4]}
    expected = {(i.pk, r.person_id) for i, r in zip(items, rows, strict=True) if r.person_id in seated}
    assert barred == expected
    councils.withdraw_item(actor=story.by, item=items[0], because="Chờ xác minh")
    story.hold_meeting(session, no=(rows[1].pk,))
    actions.take_results(actor=story.by, session=session)
    assert states() == [S.APPRAISED, S.NOT_PASSED, *[S.PASSED] * (len(rows) - 2)]
    actions.hold(actor=story.by, nomination=rows[2], reason="Kỷ luật muộn", article="TT 12/2019, Điều 2", on=COUNCIL)
    actions.release(actor=story.by, nomination=rows[2], reason="Đã kết luận", on=COUNCIL)
    rows[2].refresh_from_db()
    assert rows[2].state == S.PASSED
    with pytest.raises(MoveRefused):
        actions.withdraw(actor=story.by, nomination=rows[2])


def test_hold_on_the_agenda_withdraws_the_item(story: Story) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    session = story.council(*story.people[:3])
    items = actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    actions.hold(actor=story.by, nomination=rows[0], reason="Kỷ luật muộn", article="TT 12/2019, Điều 2", on=COUNCIL)
    items[0].refresh_from_db()
    assert (items[0].state, items[0].because) == ("withdrawn", "Kỷ luật muộn")
    assert states()[0] == S.HELD


def test_agenda_refuses_a_units_meeting_and_another_year(story: Story) -> None:
    rows = story.submitted()
    actions.appraise_all(actor=story.by, campaign=story.campaign, on=APPRAISED)
    review = Session.objects.get()
    with pytest.raises(CannotDo, match="không phải phiên họp của Hội đồng"):
        actions.put_on_agenda(actor=story.by, nominations=rows, session=review)
    session = story.council(*story.people[:3])
    Session.objects.filter(pk=session.pk).update(year=2021)
    session.refresh_from_db()
    with pytest.raises(CannotDo, match="của năm 2020"):
        actions.put_on_agenda(actor=story.by, nominations=rows, session=session)
    assert set(states()) == {S.APPRAISED}


# Limits


def fighters(world: Any, count: int, state: str) -> None:
    """So many of the sample's candidates nominated as grassroots fighters, in that state."""
    codes = world.run.quotas.get(title="CSTDCS").ranked[:count]
    for person in Person.objects.filter(code__in=codes):
        unit = world.run.judged.get(person=person).unit
        Nomination.objects.create(
            agency=world.agency,
            campaign=world.campaign,
            person=person,
            unit=unit,
            title="CSTDCS",
            state=state,
            drafted_by="test",
            drafted_on=DRAFTED,
        )


def test_limit_problem_says_the_arithmetic_and_drops_nobody(world: Any) -> None:
    fighters(world, 9, S.PASSED)
    [problem] = queries.limit_problems(2020, "CSTDCS")
    assert problem.startswith(
        "Chiến sĩ thi đua cơ sở: Hội đồng thông qua 9 người cho 8 suất (15% × 57 = 8,55, làm tròn xuống; Điều 9 khoản 3"
    )
    assert queries.limit_problems(2020, "LDTT") == []
    assert states() == [S.PASSED] * 9


def test_limit_is_kept_when_as_many_pass_as_there_are_places(world: Any) -> None:
    fighters(world, 8, S.PASSED)
    assert queries.limit_problems(2020, "CSTDCS") == []


def test_quota_standing_ranks_all_and_shows_ties(world: Any) -> None:
    fighters(world, 3, S.APPRAISED)
    [standing] = queries.quota_standing(world.campaign)
    assert (standing.places, len(standing.lines)) == ("8", 12)
    assert [line.code for line in standing.lines] == world.run.quotas.get(title="CSTDCS").ranked
    assert [line.within for line in standing.lines] == [True] * 8 + [False] * 4
    assert [bool(line.nomination) for line in standing.lines] == [True] * 3 + [False] * 9
    for line in standing.lines:
        same = [other.place for other in standing.lines if other.values == line.values]
        assert (line.first, line.last) == (min(same), max(same))


# The table and its paper


def test_table_of_one_and_of_many_rows_takes_the_same_queries(
    story: Story, world: Any, django_assert_num_queries: Any
) -> None:
    story.draft(story.people[0], "LDTT")
    queries.council_table(world.campaign)
    for _round in range(2):
        with django_assert_num_queries(8):
            queries.council_table(world.campaign)
        story.draft_list()


def test_appraisal_paper_has_every_row_under_its_unit(story: Story, world: Any) -> None:
    rows = story.submitted()
    paper = queries.appraisal_paper(world.campaign)
    assert len(paper.rows) == len(rows) + 1
    assert paper_pdf(paper).startswith(b"%PDF")


def test_head_page_drafts_plans_and_says_what_is_missing(story: Story, client: Any) -> None:
    from thidua.apps.accounts.models import User

    client.force_login(User.objects.get(username="truong-phong"))
    place = f"/de-nghi/2020/don-vi/{story.unit.pk}/"
    answer = client.post(f"{place}?viec=lap-danh-sach", {"lap-danh-sach-on": "32/13/2020"})
    assert "Chưa ghi được" in answer.content.decode()
    assert Nomination.objects.count() == 0
    answer = client.post(f"{place}?viec=lap-danh-sach", {"lap-danh-sach-on": "04/12/2020"}, follow=True)
    assert "Đã lập danh sách đề nghị." in answer.content.decode()
    sent = {"hop-held_on": "08/12/2020", "hop-place": "P1", "hop-chair": story.people[0].pk}
    answer = client.post(f"{place}?viec=hop", {**sent, "hop-clerk": story.people[1].pk}, follow=True)
    assert "Đã lập cuộc họp bình xét." in answer.content.decode()
    again = client.post(f"{place}?viec=hop", {**sent, "hop-clerk": story.people[1].pk}, follow=True)
    assert "không còn làm được" in again.content.decode()
    assert (set(states()), Session.objects.count()) == ({S.ON_UNIT_AGENDA}, 1)


def test_secretary_page_appraises_and_dossier_holds(story: Story, client: Any) -> None:
    from thidua.apps.accounts.models import User

    rows = story.submitted()
    client.force_login(User.objects.get(username="thuong-truc"))
    client.post("/de-nghi/2020/?viec=tham-dinh", {"tham-dinh-on": "16/12/2020"})
    assert set(states()) == {S.APPRAISED}
    place = f"/de-nghi/ho-so/{rows[0].pk}/"
    answer = client.post(f"{place}?viec=hold", {"hold-reason": "Có đơn", "hold-article": "", "hold-on": "17/12/2020"})
    assert "Điều khoản làm căn cứ" in answer.content.decode()
    sent = {"hold-reason": "Có đơn", "hold-article": "TT 12/2019, Điều 2", "hold-on": "17/12/2020"}
    assert client.post(f"{place}?viec=hold", sent).status_code == 302
    assert "Đang tạm dừng xét" in client.get(place).content.decode()
