"""Nominations before the council: appraised, held, voted on, ranked, shown, printed."""

import datetime
from typing import Any

import pytest
from apps.nominations_story import (
    APPRAISED,
    COUNCIL,
    DRAFTED,
    S,
    Story,
    entries,
    states,
    story_of_head,
)
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.models import User
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Session
from thidua.apps.nominations import actions, queries
from thidua.apps.nominations.models import Appraisal, Hold, Nomination
from thidua.apps.nominations.queries import Filters
from thidua.apps.nominations.queries.quota import ranks
from thidua.apps.records.actions import write_fact
from thidua.apps.records.models import Discipline
from thidua.apps.units.models import Person
from thidua.core.lifecycle import MoveRefused
from thidua.core.papers.pdf import paper_pdf

BASE_WORKS = "Sáng kiến được công nhận cấp cơ sở + Đề tài được nghiệm thu, áp dụng tại cơ sở"


@pytest.fixture
def story(world: Any, actors: dict[str, Any]) -> Story:
    """The head's unit, everybody signed up for the first title."""
    return story_of_head(world, actors)


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
    assert (items[0].state, items[0].because) == ("withdrawn", "Tạm dừng xét")
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
        same = [other.place for other in standing.lines if worth(other) == worth(line)]
        assert (line.first, line.last) == (min(same), max(same))


def worth(line: queries.QuotaLine) -> list[object]:
    """What a line is ranked by, the parts of a sum taken together."""
    parts = [value.split(" + ") for _label, value in line.values]
    return [sum(map(int, part)) if all(map(str.isdecimal, part)) else part for part in parts]


def test_quota_line_ties_an_initiative_with_a_research_topic_of_the_same_scope(world: Any) -> None:
    row = world.run.quotas.get(title="CSTDCS")
    people = list(world.run.judged.filter(person__code__in=row.ranked[:2]).select_related("person"))
    world.run.pk, world.run.ran_at = None, timezone.now()
    world.run.save()
    for judged, kind in zip(people, ("initiatives", "research"), strict=True):
        counts = {name: 0 for name in judged.facts if name.startswith(("initiatives_", "research_"))}
        judged.facts |= {**counts, "task_rating": "HTXS", "cstdcs_consecutive": 0, f"{kind}_base": 1}
        judged.pk, judged.run = None, world.run
        judged.save()
    row.pk, row.run, row.ranked, row.groups = None, world.run, [judged.person.code for judged in people], [2]
    row.save()
    [standing] = queries.quota_standing(world.campaign)
    assert [line.rank for line in standing.lines] == ["1–2", "1–2"]
    assert [dict(line.values)[BASE_WORKS] for line in standing.lines] == ["1 + 0", "0 + 1"]
    found = ranks(world.run)
    assert {(rank.first, rank.last) for rank in found.values()} == {(1, 2)}


# The table and its paper


def test_table_of_one_and_of_many_rows_takes_the_same_queries(
    story: Story, world: Any, django_assert_num_queries: Any
) -> None:
    story.draft(story.people[0], "LDTT")
    queries.council_table(world.campaign)
    for _round in range(2):
        with django_assert_num_queries(7):
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


def test_what_passed_is_reconsidered_with_a_reason(story: Story, actors: dict[str, Any], client: Client) -> None:
    row = story.submitted()[0]
    with pytest.raises(MoveRefused):
        actions.reconsider(actor=story.by, nomination=row, reason="Sớm", on=APPRAISED)
    Nomination.objects.filter(pk=row.pk).update(state=S.PASSED)
    with pytest.raises(Refused):
        actions.reconsider(actor=actors["member"], nomination=row, reason="Xét lại", on=APPRAISED)
    with pytest.raises(CannotDo, match="Lý do: không được để trống"):
        actions.reconsider(actor=story.by, nomination=row, reason=" ", on=APPRAISED)
    client.force_login(User.objects.get(username="thuong-truc"))
    page = client.get(reverse("nominations:dossier", args=[row.pk])).content.decode()
    assert "Lý do xét lại" in page
    row = actions.reconsider(actor=story.by, nomination=row, reason="Kết quả bị hủy bỏ", on=APPRAISED)
    assert row.state == S.APPRAISED
    page = client.get(reverse("nominations:dossier", args=[row.pk])).content.decode()
    assert "Đưa về để Hội đồng xét lại" in page
    assert "Kết quả bị hủy bỏ" in page
