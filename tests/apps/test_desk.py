"""What waits for whom on the home page: returned, to be voted on, answered, out for signature, out for an answer."""

import datetime
from typing import Any

from apps.council_meeting import Meeting
from apps.deciding import DAY, drafted, proposed, seven
from apps.initiatives_world import drafted as initiative_drafted
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua.apps.councils.actions import cast, open_vote
from thidua.apps.councils.states import Choice
from thidua.apps.decisions.actions import send_to_sign
from thidua.apps.decisions.models import Proposal
from thidua.apps.decisions.states import ProposalState
from thidua.apps.desk.queries import NEWS_DAYS, home_cards, tasks_of
from thidua.apps.initiatives.actions import apply_for, return_application
from thidua.apps.records.actions import object_to_fact, turn_down_objection
from thidua.apps.records.models import Rating
from thidua.apps.registrations.models import Mark, Registration, UnitSheet
from thidua.apps.registrations.states import SheetState

FILED = datetime.date(2020, 9, 30)


def tasks(actor: Any, *, on: datetime.date | None = None) -> dict[str, str]:
    found = tasks_of(actor, home_cards(actor), on=on or timezone.localdate())
    return {task.label: task.address for task in found}


def test_an_initiative_that_came_back_waits_for_its_author(world: Any, actors: dict[str, Any]) -> None:
    filed = apply_for(actor=actors["member"], initiative=initiative_drafted(actors["member"]), on=FILED)
    label = "Sáng kiến của bạn được trả lại để bổ sung (1)"
    assert label not in tasks(actors["member"])
    return_application(actor=actors["secretary"], initiative=filed, note="Bổ sung số liệu.")
    assert tasks(actors["member"])[label] == "/sang-kien/?trang-thai=returned"
    assert label not in tasks(actors["head"])


def test_an_open_vote_waits_for_who_is_present_and_not_barred(world: Any, actors: dict[str, Any]) -> None:
    meeting = Meeting(actors)
    first, second = meeting.item(1), meeting.item(2, conflicted=(1,))
    meeting.open(present=9)
    member, label = actors["member"], "Phiên họp đang lấy biểu quyết của bạn"
    assert not any(task.startswith(label) for task in tasks(member))
    for item in (first, second):
        open_vote(actor=meeting.by, item=item)
    assert tasks(member)[f"{label} (1)"] == f"/hoi-dong/phien/{meeting.session.pk}/"
    assert f"{label} (2)" in tasks(actors["director"])
    cast(actor=member, item=first, choice=Choice.YES)
    assert not any(task.startswith(label) for task in tasks(member))


def test_an_answer_to_an_objection_is_news_for_a_while(world: Any, actors: dict[str, Any]) -> None:
    member, day = actors["member"], datetime.date(2021, 1, 4)
    fact = Rating.objects.current().get(person_id=member.person_id, year=2020)
    objection = object_to_fact(actor=member, fact=fact, reason="Quyết định ghi HTT", on=day)
    label = "Phản ánh dữ kiện của bạn đã được trả lời (1)"
    assert label not in tasks(member, on=day)
    turn_down_objection(actor=actors["secretary"], objection=objection, answer="Đúng như quyết định.", on=day)
    assert tasks(member, on=day)[label] == f"/ho-so/2020/nguoi/{member.person_id}/"
    assert label not in tasks(actors["head"], on=day)
    assert label not in tasks(member, on=day + datetime.timedelta(days=NEWS_DAYS))


def test_a_registration_that_came_back_waits_for_the_person_and_its_sheet_for_the_unit(
    world: Any, actors: dict[str, Any]
) -> None:
    own, unit = actors["member"].person_id, actors["member"].unit_id
    row, _new = Registration.objects.get_or_create(
        agency=world.agency, campaign=world.campaign, person_id=own, superseded_at=None, defaults={"registered": True}
    )
    sheet, _new = UnitSheet.objects.update_or_create(
        agency=world.agency, campaign=world.campaign, unit_id=unit, defaults={"state": SheetState.RETURNED}
    )
    mark = Mark.objects.create(agency=world.agency, sheet=sheet, registration=row, note="Ghi rõ", marked_by="user:1")
    label = "Đăng ký của bạn được trả lại để sửa (1)"
    assert tasks(actors["member"])[label] == f"/phong-trao/{world.campaign.pk}/dang-ky/"
    assert "Bảng đăng ký đã trả lại, chờ nộp lại (1)" in tasks(actors["secretary"])
    Mark.objects.filter(pk=mark.pk).update(settled_at=timezone.now())
    assert label not in tasks(actors["member"])


def test_a_decision_out_for_signature_waits_for_the_director(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    assert "Quyết định chờ bạn ký (1)" in tasks(actors["director"])
    assert "Quyết định chờ bản ký trở về (1)" in tasks(actors["secretary"])


def test_a_proposal_waits_until_it_is_answered(world: Any, actors: dict[str, Any]) -> None:
    proposal = proposed(world, actors["secretary"])
    label = "Tờ trình đã gửi, chờ kết quả của cấp trên (1)"
    assert label not in tasks(actors["secretary"])
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.SENT)
    assert tasks(actors["secretary"])[label] == "/quyet-dinh/"
    assert label not in tasks(actors["member"])


def test_everything_that_is_counted_is_counted_in_one_query(world: Any, actors: dict[str, Any]) -> None:
    for role in ("director", "member"):
        cards = home_cards(actors[role])
        with CaptureQueriesContext(connection) as queries:
            tasks_of(actors[role], cards, on=DAY)
        assert sum("UNION" in query["sql"] for query in queries) == 1
