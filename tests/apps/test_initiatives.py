"""Initiatives: applying in time, assessing what is not one's own, the vote, recognition, use once."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.actions import open_account
from thidua.apps.accounts.queries import Actor, actor_for, operator
from thidua.apps.audit.models import Entry
from thidua.apps.councils.actions import (
    add_member,
    close_session,
    found_council,
    mark_attendance,
    open_session,
    plan_session,
    vote_together,
    withdraw_item,
)
from thidua.apps.councils.models import Item, Session
from thidua.apps.councils.states import Choice, CouncilKind, MemberRole, Presence
from thidua.apps.files.models import TakenNumber
from thidua.apps.files.queries import content
from thidua.apps.initiatives.access import may_read_assessment, may_read_comments
from thidua.apps.initiatives.actions import (
    accept_application,
    apply_for,
    assess,
    draft,
    recognise,
    redraft,
    refuse,
    return_application,
    schedule,
    take_vote,
    use_achievement,
    withdraw,
)
from thidua.apps.initiatives.models import Assessment, Initiative, Recognition, Remark, Use
from thidua.apps.initiatives.queries import (
    application_problems,
    averages,
    cautions,
    certificates,
    due_of,
    initiatives_seen,
    recognition_paper,
    register_paper,
    scales,
    scheduling_problems,
    similar,
    unused_for,
)
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.policy.queries import ruleset_on
from thidua.apps.records.actions import supersede_fact
from thidua.apps.records.models import Achievement
from thidua.apps.records.states import Scope
from thidua.apps.units.models import Person
from thidua.core.lifecycle import MoveRefused

NAME = "Bảng theo dõi tạm ứng quá hạn cho các đơn vị dự toán"
FILED = datetime.date(2020, 9, 30)
ACCEPTED = datetime.date(2020, 10, 15)
ASSESSED = datetime.date(2020, 11, 10)
MEETS = datetime.date(2020, 11, 20)
DECIDED = datetime.date(2020, 12, 1)
FOUNDED = datetime.date(2020, 1, 15)


def someone(*codes: str) -> list[Person]:
    return [Person.objects.get(code=code) for code in codes]


def drafted(actor: Actor, **changes: Any) -> Initiative:
    given: dict[str, Any] = {
        "year": 2020,
        "name": NAME,
        "authors": {actor.person_id: 100},
        "essence": "Một bảng chung, mỗi đơn vị một dòng, tô màu khoản quá hạn.",
        "benefit": "Số khoản tạm ứng quá hạn giảm từ 14 xuống 3.",
        "first_applied_on": datetime.date(2020, 3, 2),
    }
    return draft(actor=actor, **(given | changes))


def accepted(actors: dict[str, Any], **changes: Any) -> Initiative:
    initiative = apply_for(actor=actors["member"], initiative=drafted(actors["member"], **changes), on=FILED)
    return accept_application(actor=actors["secretary"], initiative=initiative, on=ACCEPTED)


def account(world: Any, person: Person) -> Actor:
    user = open_account(
        actor=operator(world.agency),
        username=f"hd-{person.code.lower()}",
        password="mot-mat-khau-rat-dai",
        person=person,
    )
    return actor_for(user, on=timezone.localdate())


@pytest.fixture
def council(world: Any, actors: dict[str, Any]) -> dict[str, Any]:
    """An initiative council of three people with accounts; the director is none of them."""
    taken = [actors[name].person_id for name in ("member", "head", "director")]
    people = list(Person.objects.exclude(pk__in=taken).filter(user=None).order_by("code")[1:4])
    run = actors["secretary"]
    body = found_council(actor=run, kind=CouncilKind.INITIATIVE, name="Hội đồng sáng kiến Sở", since=FOUNDED)
    roles = (MemberRole.CHAIR, MemberRole.CLERK, MemberRole.MEMBER)
    seats = [
        add_member(actor=run, council=body, person=person, role=role, since=FOUNDED)
        for person, role in zip(people, roles, strict=True)
    ]
    session = plan_session(
        actor=run,
        council=body,
        year=2020,
        title="Họp xét sáng kiến năm 2020",
        held_on=MEETS,
        place="Phòng họp tầng 2",
        chair=seats[0],
        clerk=seats[1],
    )
    return {"body": body, "seats": seats, "session": session, "actors": [account(world, person) for person in people]}


def judged(initiative: Initiative, council: dict[str, Any], points: int = 3) -> None:
    for actor in council["actors"][:2]:
        assess(
            actor=actor,
            initiative=initiative,
            novelty=points,
            application=points,
            effect=points,
            comment="Có số liệu trước và sau.",
            on=ASSESSED,
        )


def voted(council: dict[str, Any], actors: dict[str, Any], choice: Choice) -> None:
    run, session = actors["secretary"], council["session"]
    for seat in council["seats"]:
        mark_attendance(actor=run, session=session, member=seat, presence=Presence.PRESENT)
    session = open_session(actor=run, session=session, at=datetime.time(8, 0)) or Session.objects.get(pk=session.pk)
    items = list(Item.objects.filter(session=session))
    vote_together(actor=run, items=items, choices={seat.pk: choice for seat in council["seats"]})
    close_session(actor=run, session=Session.objects.get(pk=session.pk), at=datetime.time(10, 0))


def passed(actors: dict[str, Any], council: dict[str, Any], **changes: Any) -> Initiative:
    initiative = accepted(actors, **changes)
    judged(initiative, council)
    schedule(actor=actors["secretary"], initiative=initiative, session=council["session"])
    voted(council, actors, Choice.YES)
    return take_vote(actor=actors["secretary"], initiative=initiative)


def refused(error: type[Exception], act: Callable[[], object], says: str = "") -> None:
    """The act is refused with these words and wrote nothing to the record."""
    before = Entry.objects.count()
    with pytest.raises(error, match=says or None):
        act()
    assert Entry.objects.count() == before


def test_draft_by_an_author_or_by_the_secretary_for_paper(world: Any, actors: dict[str, Any]) -> None:
    own = drafted(actors["member"])
    assert [(row.person_id, row.share) for row in own.authors.all()] == [(actors["member"].person_id, 100)]
    other, third = someone("TC020", "TC021")
    paper = drafted(actors["secretary"], authors={other.pk: 60, third.pk: 40})
    assert [(row.person, row.share) for row in paper.authors.all()] == [(other, 60), (third, 40)]
    refused(Refused, lambda: drafted(actors["member"], authors={other.pk: 100}), "tác giả")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "x" * 301}, "quá 300 chữ"),
        ({"field": "x" * 201}, "quá 200 chữ"),
        ({"scope_asked": "huyen"}, "Không có phạm vi"),
        ({"kind": "bao_cao"}, "Không có loại"),
        ({"share": 0}, "từ 1 đến 100"),
        ({"share": 101}, "từ 1 đến 100"),
    ],
)
def test_draft_refuses_what_cannot_be(world: Any, actors: dict[str, Any], changes: dict[str, Any], says: str) -> None:
    if "share" in changes:
        changes = {"authors": {actors["member"].person_id: changes["share"]}}
    refused(CannotDo, lambda: drafted(actors["member"], **changes), says)
    assert Initiative.objects.filter(name=NAME).count() == 0


def test_draft_refuses_a_person_of_another_agency(world: Any, actors: dict[str, Any]) -> None:
    with scope(agency=world.other.pk):
        stranger = Person.objects.create(agency=world.other, code="X1", full_name="Người ngoài")
    authors = {actors["member"].person_id: 50, stranger.pk: 50}
    refused(Refused, lambda: drafted(actors["member"], authors=authors), "chính cơ quan")


def test_application_problems_are_all_said(world: Any, actors: dict[str, Any]) -> None:
    bare = drafted(actors["secretary"], name=" ", essence="", benefit="", authors={})
    assert application_problems(bare) == [
        "Chưa ghi tên sáng kiến.",
        "Chưa mô tả bản chất của sáng kiến: nội dung, các bước thực hiện, điểm mới.",
        "Chưa nêu lợi ích thu được hoặc dự kiến thu được khi áp dụng.",
        "Chưa có tác giả: chọn ít nhất một người và ghi tỷ lệ đóng góp.",
    ]
    refused(StillOpen, lambda: apply_for(actor=actors["secretary"], initiative=bare, on=FILED))
    assert Initiative.objects.get(pk=bare.pk).applied_on is None


@pytest.mark.parametrize("shares", [(60, 30), (60, 41)])
def test_shares_must_sum_to_exactly_100(world: Any, actors: dict[str, Any], shares: tuple[int, int]) -> None:
    (other,) = someone("TC020")
    authors = {actors["member"].person_id: shares[0], other.pk: shares[1]}
    initiative = drafted(actors["member"], authors=authors)
    refused(
        StillOpen,
        lambda: apply_for(actor=actors["member"], initiative=initiative, on=FILED),
        f"là {sum(shares)}%, phải đúng 100%",
    )


def test_apply_sets_the_day_of_the_answer_at_the_end_of_a_short_month(world: Any, actors: dict[str, Any]) -> None:
    filed = datetime.date(2020, 1, 31)
    initiative = drafted(actors["member"], first_applied_on=None)
    done = apply_for(actor=actors["member"], initiative=initiative, on=filed)
    assert (done.state, done.applied_on, done.answer_due) == (
        InitiativeState.APPLIED,
        filed,
        datetime.date(2020, 2, 29),
    )
    due = due_of(done, today=datetime.date(2020, 3, 1))
    assert due is not None
    assert (due.day, due.overdue) == (datetime.date(2020, 2, 29), True)
    took = accept_application(actor=actors["secretary"], initiative=done, on=datetime.date(2020, 11, 30))
    assert took.decision_due == datetime.date(2021, 2, 28)


def test_apply_before_first_use_is_refused(world: Any, actors: dict[str, Any]) -> None:
    initiative = drafted(actors["member"], first_applied_on=FILED + datetime.timedelta(days=1))
    refused(
        StillOpen, lambda: apply_for(actor=actors["member"], initiative=initiative, on=FILED), "01/10/2020 sau ngày nộp"
    )


def test_apply_on_the_last_day_of_the_year_after_first_use(world: Any, actors: dict[str, Any]) -> None:
    initiative = drafted(actors["member"], first_applied_on=datetime.date(2019, 9, 30))
    assert apply_for(actor=actors["member"], initiative=initiative, on=FILED).state == InitiativeState.APPLIED
    assert Remark.objects.count() == 0


def test_apply_a_day_too_late_needs_a_reason_and_keeps_it(world: Any, actors: dict[str, Any]) -> None:
    initiative = drafted(actors["member"], first_applied_on=datetime.date(2019, 9, 29))
    member = actors["member"]
    refused(StillOpen, lambda: apply_for(actor=member, initiative=initiative, on=FILED), "Điều 5 khoản 2")
    done = apply_for(actor=member, initiative=initiative, on=FILED, because="Chờ số liệu cả năm")
    late = (
        "Nộp đơn ngày 30/09/2020, sau hạn 29/09/2020 (12 tháng kể từ ngày áp dụng lần đầu 29/09/2019; "
        "Nghị định 13/2012/NĐ-CP (Điều lệ Sáng kiến), Điều 5 khoản 2 (01 năm))."
    )
    assert done.state == InitiativeState.APPLIED
    assert [row.note for row in done.remarks.all()] == [f"{late} Lý do nộp muộn: Chờ số liệu cả năm"]
    assert late in cautions(done, on=FILED)


def test_apply_on_a_day_without_law_says_so(world: Any, actors: dict[str, Any]) -> None:
    initiative = drafted(actors["member"], first_applied_on=None)
    early = datetime.date(2019, 12, 31)
    refused(StillOpen, lambda: apply_for(actor=actors["member"], initiative=initiative, on=early), "Chưa có quy định")


def test_apply_for_anothers_application_is_refused(world: Any, actors: dict[str, Any]) -> None:
    initiative = drafted(actors["member"])
    for name in ("head", "director", "secretary", "other_agency"):
        refused(Refused, lambda name=name: apply_for(actor=actors[name], initiative=initiative, on=FILED))  # type: ignore[misc]
        refused(Refused, lambda name=name: withdraw(actor=actors[name], initiative=initiative))  # type: ignore[misc]
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.DRAFT


def test_return_keeps_the_words_and_redraft_needs_the_author(world: Any, actors: dict[str, Any]) -> None:
    member, run = actors["member"], actors["secretary"]
    initiative = apply_for(actor=member, initiative=drafted(member), on=FILED)
    changes: dict[str, Any] = {"name": "Tên khác", "authors": {member.person_id: 100}, "essence": "e", "benefit": "b"}
    refused(MoveRefused, lambda: redraft(actor=member, initiative=initiative, **changes))
    refused(CannotDo, lambda: return_application(actor=run, initiative=initiative, note=" "))
    refused(Refused, lambda: return_application(actor=member, initiative=initiative, note="Thiếu số liệu"))
    long = "Thiếu số liệu. " * 60
    returned = return_application(actor=run, initiative=initiative, note=long)
    assert (returned.state, returned.answer_due) == (InitiativeState.RETURNED, None)
    refused(Refused, lambda: redraft(actor=run, initiative=returned, **changes))
    again = redraft(actor=member, initiative=returned, **changes)
    assert (again.name, again.year, again.remarks.get().note) == ("Tên khác", 2020, long.strip())
    assert apply_for(actor=member, initiative=again, on=FILED).state == InitiativeState.APPLIED


def test_withdraw_only_before_it_is_accepted(world: Any, actors: dict[str, Any]) -> None:
    initiative = accepted(actors)
    refused(MoveRefused, lambda: withdraw(actor=actors["member"], initiative=initiative))
    assert withdraw(actor=actors["member"], initiative=drafted(actors["member"])).state == InitiativeState.WITHDRAWN


def test_accept_before_filing_is_refused(world: Any, actors: dict[str, Any]) -> None:
    initiative = apply_for(actor=actors["member"], initiative=drafted(actors["member"]), on=FILED)
    before = FILED - datetime.timedelta(days=1)
    refused(
        CannotDo,
        lambda: accept_application(actor=actors["secretary"], initiative=initiative, on=before),
        "trước ngày nộp",
    )


def test_similar_names_are_shown_accent_blind(world: Any, actors: dict[str, Any]) -> None:
    first = apply_for(actor=actors["member"], initiative=drafted(actors["member"]), on=FILED)
    second = drafted(actors["member"], name="BANG THEO DOI TAM UNG QUA HAN CHO CAC DON VI DU TOAN")
    third = drafted(actors["member"], name="Bảng theo dõi tạm ứng quá hạn của các đơn vị")
    assert [(row.name, row.year, row.share, row.same) for row in similar(second)] == [(NAME, 2020, Fraction(1), True)]
    assert [(row.share, row.same) for row in similar(third)] == [(Fraction(5, 7), False)]
    assert similar(first) == []
    assert cautions(second, on=FILED)[0].startswith("Trùng tên")
    assert apply_for(actor=actors["member"], initiative=second, on=FILED).state == InitiativeState.APPLIED


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
        "Điểm trung bình về hiệu quả chưa đạt mức 2 (Quy chế thi đua, khen thưởng của Sở (minh họa), "
        "Điều 12 khoản 4 (minh họa)): không công nhận và nêu lý do cho tác giả."
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
    assert "0 phiếu đồng ý, cần 2" in done.refusal
    director = actors["director"]
    refused(MoveRefused, lambda: recognise(actor=director, initiatives=[done], scope=Scope.BASE, on=DECIDED))


def test_recognise_several_under_one_number_and_write_every_authors_achievement(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    (other,) = someone("TC020")
    member, director, run = actors["member"], actors["director"], actors["secretary"]
    rows = [
        accepted(actors),
        accepted(actors, name="Mẫu đối chiếu công nợ", authors={member.person_id: 70, other.pk: 30}),
    ]
    for row in rows:
        judged(row, council)
        schedule(actor=run, initiative=row, session=council["session"])
    voted(council, actors, Choice.YES)
    for row in rows:
        take_vote(actor=run, initiative=row)
    refused(Refused, lambda: recognise(actor=run, initiatives=rows, scope=Scope.BASE, on=DECIDED), "giám đốc")
    refused(CannotDo, lambda: recognise(actor=director, initiatives=[], scope=Scope.BASE, on=DECIDED), "Chưa chọn")
    refused(
        CannotDo,
        lambda: recognise(actor=director, initiatives=[rows[0], rows[0]], scope=Scope.BASE, on=DECIDED),
        "hai lần",
    )
    refused(CannotDo, lambda: recognise(actor=director, initiatives=rows, scope=Scope.PROVINCE, on=DECIDED), "cấp trên")
    refused(
        CannotDo, lambda: recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=ASSESSED), "trước ngày Hội"
    )
    assert (Recognition.objects.count(), TakenNumber.objects.filter(series="QĐ-STC").count()) == (0, 0)
    found = recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=DECIDED, number=5)
    assert [(row.initiative_id, row.decision, row.scope, row.on) for row in found] == [
        (row.pk, "05/QĐ-STC", Scope.BASE, DECIDED) for row in rows
    ]
    facts = Achievement.objects.current().filter(decision="05/QĐ-STC")
    assert sorted((fact.person_id, fact.name, fact.scope, fact.year, fact.recognised_on) for fact in facts) == sorted(
        [
            (member.person_id, NAME, Scope.BASE, 2020, DECIDED),
            (member.person_id, "Mẫu đối chiếu công nợ", Scope.BASE, 2020, DECIDED),
            (other.pk, "Mẫu đối chiếu công nợ", Scope.BASE, 2020, DECIDED),
        ]
    )
    documents = {row.document for row in found}
    assert len(documents) == 1
    assert content(documents.pop()).startswith(b"%PDF")
    refused(MoveRefused, lambda: recognise(actor=director, initiatives=rows, scope=Scope.BASE, on=DECIDED))


def test_recognise_with_a_number_that_is_taken_changes_nothing(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    director = actors["director"]
    TakenNumber.objects.create(
        agency=world.agency, year=2020, series="QĐ-STC", number=7, dated=DECIDED, taken_for="x", label="Văn bản khác"
    )
    refused(
        CannotDo,
        lambda: recognise(actor=director, initiatives=[initiative], scope=Scope.BASE, on=DECIDED, number=7),
        "Văn bản khác",
    )
    assert Initiative.objects.get(pk=initiative.pk).state == InitiativeState.PASSED


def test_a_wider_scope_keeps_the_higher_levels_number(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    (found,) = recognise(
        actor=actors["director"], initiatives=[initiative], scope=Scope.PROVINCE, on=DECIDED, decision="88/QĐ-UBND"
    )
    assert (found.decision, found.document, TakenNumber.objects.filter(series="QĐ-STC").count()) == (
        "88/QĐ-UBND",
        None,
        0,
    )
    assert Achievement.objects.current().get(name=NAME).scope == Scope.PROVINCE


def test_papers_of_recognition(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    (other,) = someone("TC020")
    initiative = passed(actors, council, authors={actors["member"].person_id: 70, other.pk: 30})
    found = recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    letter = recognition_paper(found)
    assert (letter.head.number_line, letter.head.kind) == ("Số: 01/QĐ-STC", "Quyết định")
    assert letter.bases == (
        "Căn cứ Nghị định 13/2012/NĐ-CP (Điều lệ Sáng kiến)",
        "Căn cứ Quy chế thi đua, khen thưởng của Sở (minh họa)",
        "Căn cứ Biên bản họp Hội đồng sáng kiến Sở ngày 20/11/2020",
    )
    assert [list(row)[:3] for row in letter.annexes[0].tables[0].rows] == [  # type: ignore[arg-type]
        ["1", NAME, actors["member"].name],
        ["", "", other.full_name],
    ]
    assert [(one.recipient, one.achievement) for one in certificates(found).certificates] == [
        (
            actors["member"].name,
            f"Đồng tác giả của sáng kiến “{NAME}” (tỷ lệ đóng góp 70%), phạm vi ảnh hưởng cấp cơ sở",
        ),
        (other.full_name, f"Đồng tác giả của sáng kiến “{NAME}” (tỷ lệ đóng góp 30%), phạm vi ảnh hưởng cấp cơ sở"),
    ]
    register = register_paper(Initiative.objects.filter(year=2020), agency=world.agency, year=2020)
    assert [row[-1] for row in register.rows] == ["01/QĐ-STC, 01/12/2020"]  # type: ignore[index]


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


def test_an_achievement_is_used_once_for_a_title_even_after_a_correction(
    world: Any, actors: dict[str, Any], council: dict[str, Any]
) -> None:
    initiative = passed(actors, council)
    member, run = actors["member"], actors["secretary"]
    before = [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)]
    recognise(actor=actors["director"], initiatives=[initiative], scope=Scope.BASE, on=DECIDED)
    assert [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)] == [NAME, *before]
    assert NAME not in [row.name for row in unused_for(member.person_id, "CSTDT", 2020)]
    assert NAME not in [row.name for row in unused_for(member.person_id, "CSTDCS", 2021)]
    fact = Achievement.objects.current().get(name=NAME)
    given: dict[str, Any] = {"title": "CSTDCS", "year": 2020, "used_for": "decisions.line:1"}
    refused(Refused, lambda: use_achievement(actor=member, achievement=fact, **given))
    use = use_achievement(actor=run, achievement=fact, **given)
    assert use is not None
    assert (use.title, use.year) == ("CSTDCS", 2020)
    refused(CannotDo, lambda: use_achievement(actor=run, achievement=fact, **given), "CSTDCS năm 2020")
    corrected = supersede_fact(actor=run, fact=fact, because="Sửa số quyết định", decision="06/QĐ-STC")
    assert [row.name for row in unused_for(member.person_id, "CSTDCS", 2020)] == before
    later = given | {"year": 2021}
    refused(CannotDo, lambda: use_achievement(actor=run, achievement=corrected, **later), "CSTDCS năm 2020")
    refused(CannotDo, lambda: use_achievement(actor=run, achievement=fact, **later), "bản mới nhất")
    assert use_achievement(actor=run, achievement=corrected, **(given | {"title": "CSTDT"})) is None
    assert Use.objects.count() == 1


def test_the_list_shows_own_or_all_by_role(world: Any, actors: dict[str, Any], council: dict[str, Any]) -> None:
    mine = drafted(actors["member"])
    filed = apply_for(actor=actors["member"], initiative=drafted(actors["member"], name="Sổ giao ca"), on=FILED)
    today = timezone.localdate()

    def seen(actor: Actor, **options: Any) -> list[int]:
        return [row.pk for row in initiatives_seen(actor, on=today, **options)]

    assert seen(actors["member"]) == [filed.pk, mine.pk]
    assert seen(actors["head"]) == []
    assert seen(actors["secretary"]) == [filed.pk]
    assert seen(council["actors"][0]) == [filed.pk]
    assert seen(actors["member"], words="so giao") == [filed.pk]
    assert seen(actors["member"], state="draft") == [mine.pk]
    assert seen(actors["member"], year=2019) == []


def test_an_actor_without_the_right_role_runs_nothing(world: Any, actors: dict[str, Any]) -> None:
    initiative = apply_for(actor=actors["member"], initiative=drafted(actors["member"]), on=FILED)
    bare = replace(actors["secretary"], roles=frozenset({"member"}))
    refused(Refused, lambda: accept_application(actor=bare, initiative=initiative, on=ACCEPTED))
    refused(Refused, lambda: accept_application(actor=actors["other_agency"], initiative=initiative, on=ACCEPTED))
