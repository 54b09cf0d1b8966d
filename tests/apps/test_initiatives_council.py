"""Judging initiatives: worded anchors, never one's own, the agenda, the vote, refusals."""

import datetime
from fractions import Fraction
from typing import Any

from apps.initiatives_world import (
    ACCEPTED,
    ASSESSED,
    DECIDED,
    FILED,
    FOUNDED,
    MEETS,
    NAME,
    accepted,
    council,
    drafted,
    judged,
    passed,
    refused,
    voted,
)

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.queries import Actor
from thidua.apps.councils.actions import (
    withdraw_item,
)
from thidua.apps.councils.states import Choice
from thidua.apps.initiatives.access import may_read_assessment, may_read_comments
from thidua.apps.initiatives.actions import (
    assess,
    recognise,
    refuse,
    schedule,
    take_vote,
)
from thidua.apps.initiatives.models import Assessment, Initiative
from thidua.apps.initiatives.queries import (
    averages,
    cautions,
    scales,
    scheduling_problems,
)
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.states import Scope
from thidua.core.lifecycle import MoveRefused

__all__ = ["council"]


def test_scales_have_words_for_every_level_of_the_pack(world: Any) -> None:
    ruleset = ruleset_on(ACCEPTED)
    assert [(scale.anchor.value, len(scale.levels)) for scale in scales(ruleset)] == [
        ("novelty", 5),
        ("application", 5),
        ("effect", 5),
    ]


def test_assess_is_for_members_who_are_no_authors_once(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    judge, author = council["actors"][0], council["actors"][1]
    initiative = accepted(actors, authors={actors["member"].person_id: 50, author.person_id: 50})
    points: dict[str, Any] = {"novelty": 0, "application": 4, "effect": 2, "comment": "Tốt.", "on": ASSESSED}

    def given(actor: Actor, **changes: Any) -> Assessment:
        return assess(actor=actor, initiative=initiative, **(points | changes))

    refused(Refused, lambda: given(author), "không phải là tác giả")
    refused(Refused, lambda: given(actors["head"]), "thành viên Hội đồng sáng kiến")
    refused(Refused, lambda: given(actors["secretary"]), "thành viên Hội đồng sáng kiến")
    refused(Refused, lambda: given(judge, on=FOUNDED - datetime.timedelta(days=1)), "14/01/2020")
    refused(CannotDo, lambda: given(judge, on=ACCEPTED - datetime.timedelta(days=1)), "trước ngày nhận đơn")
    refused(CannotDo, lambda: given(judge, novelty=5), "Tính mới: điểm 5 ngoài thang 0 đến 4")
    refused(CannotDo, lambda: given(judge, effect=-1), "ngoài thang")
    refused(CannotDo, lambda: given(judge, comment=" "), "nhận xét")
    assert Assessment.objects.count() == 0
    given(judge)
    refused(CannotDo, lambda: given(judge), "một lần")
    assert Assessment.objects.count() == 1


def test_averages_are_exact(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    initiative = accepted(actors)
    for actor, points in zip(council["actors"], (4, 3, 3), strict=True):
        assess(
            actor=actor,
            initiative=initiative,
            novelty=points,
            application=2,
            effect=0,
            comment="Ghi nhận.",
            on=ASSESSED,
        )
    assert averages(initiative) == {"novelty": Fraction(10, 3), "application": Fraction(2), "effect": Fraction(0)}
    assert scheduling_problems(initiative) == [
        "Điểm trung bình về hiệu quả chưa đạt mức 2 (Điều 12 khoản 4 (minh họa), "
        "Quy chế thi đua, khen thưởng của Sở (minh họa)): không công nhận và nêu lý do cho tác giả."
    ]


def test_schedule_needs_enough_assessments_and_the_right_council(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    run, initiative = actors["secretary"], accepted(actors)
    session = council["session"]
    refused(StillOpen, lambda: schedule(actor=run, initiative=initiative, session=session), "Mới có 0 phiếu")
    judged(initiative, council)
    refused(Refused, lambda: schedule(actor=actors["head"], initiative=initiative, session=session))
    item = schedule(actor=run, initiative=initiative, session=session)
    assert (item.subject_kind, item.subject_id, item.title, item.label) == (
        "initiative",
        initiative.pk,
        "SANG_KIEN",
        NAME,
    )
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.SCHEDULED
    refused(
        StillOpen, lambda: schedule(actor=run, initiative=initiative, session=session), "đang có trong chương trình"
    )
    refused(StillOpen, lambda: take_vote(actor=run, initiative=initiative), "chưa có kết quả")
    withdraw_item(actor=run, item=item, because="Tác giả vắng")
    refused(StillOpen, lambda: take_vote(actor=run, initiative=initiative), "đã rút khỏi chương trình")
    again = schedule(actor=run, initiative=initiative, session=session)
    assert again.pk != item.pk


def test_authors_on_the_council_are_in_conflict(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    chair = council["actors"][0]
    initiative = accepted(actors, authors={actors["member"].person_id: 50, chair.person_id: 50})
    for actor in council["actors"][1:]:
        assess(actor=actor, initiative=initiative, novelty=3, application=3, effect=3, comment="Được.", on=ASSESSED)
    item = schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    assert [(row.member.person_id, row.reason) for row in item.conflicts.all()] == [(chair.person_id, "tác giả")]
    assert [text for text in cautions(initiative, on=MEETS) if "Chủ tịch Hội đồng" in text] != []


def test_the_head_of_the_agency_as_author_is_said(world: Any, actors: dict[str, Any]) -> None:
    director = actors["director"]
    own = drafted(director)
    assert [text for text in cautions(own, on=FILED) if "cơ quan quản lý trực tiếp" in text] != []


def test_a_vote_that_fails_refuses_with_the_count(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    initiative = accepted(actors)
    judged(initiative, council)
    schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    voted(council, actors, Choice.NO)
    done = take_vote(actor=actors["secretary"], initiative=initiative)
    assert done.state == InitiativeState.REFUSED
    assert "0/3 đồng ý (0%), cần 2 (từ 2/3 trở lên" in done.refusal
    director = actors["director"]
    refused(MoveRefused, lambda: recognise(actor=director, initiatives=[done], scope=Scope.BASE, on=DECIDED))


def test_points_are_hidden_before_the_vote_and_names_always_from_authors(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = accepted(actors)
    judged(initiative, council)
    first = initiative.assessments.order_by("pk")[0]
    one, two, three = council["actors"]
    today = ASSESSED
    readers = {"own": one, "peer": two, "silent": three, "member": actors["member"], "run": actors["secretary"]}

    def reads() -> set[str]:
        row = Assessment.objects.get(pk=first.pk)
        return {name for name, actor in readers.items() if may_read_assessment(actor, row, on=today)}

    assert reads() == {"own"}
    schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    assert reads() == {"own"}
    voted(council, actors, Choice.YES)
    initiative = take_vote(actor=actors["secretary"], initiative=initiative)
    assert reads() == {"own", "peer", "silent", "run"}
    assert may_read_comments(actors["member"], initiative) is False
    recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    assert may_read_comments(actors["member"], Initiative.objects.get(pk=initiative.pk)) is True


def test_refuse_needs_a_reason_and_after_the_vote_the_director(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    run = actors["secretary"]
    first = accepted(actors, name="Sổ giao ca")
    refused(CannotDo, lambda: refuse(actor=run, initiative=first, reason=" "), "lý do")
    assert refuse(actor=run, initiative=first, reason="Trùng với quy trình đã ban hành.").state == "refused"
    second = passed(actors, council)
    refused(Refused, lambda: refuse(actor=run, initiative=second, reason="Chưa rõ"), "giám đốc")
    assert refuse(actor=actors["director"], initiative=second, reason="Chưa rõ hiệu quả.").state == "refused"


def test_refuse_what_is_on_an_agenda_is_refused(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    initiative = accepted(actors)
    judged(initiative, council)
    schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    refused(
        CannotDo, lambda: refuse(actor=actors["secretary"], initiative=initiative, reason="Trùng"), "trong chương trình"
    )
