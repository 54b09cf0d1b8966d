"""Applying for an initiative: what is missing, the law's time, returns, look-alikes, who reads the list."""

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from apps.initiatives_world import (
    ACCEPTED,
    FILED,
    NAME,
    accepted,
    council,
    drafted,
    refused,
    someone,
)
from django.utils import timezone
from django_scopes import scope

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.accounts.queries import Actor
from thidua.apps.initiatives.actions import (
    accept_application,
    apply_for,
    redraft,
    return_application,
    withdraw,
)
from thidua.apps.initiatives.models import Initiative, Remark
from thidua.apps.initiatives.queries import (
    application_problems,
    cautions,
    due_of,
    initiatives_seen,
    similar,
)
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.units.models import Person
from thidua.core.lifecycle import MoveRefused

__all__ = ["council"]


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
        "Điều 5 khoản 2 (01 năm), Nghị định 13/2012/NĐ-CP (Điều lệ Sáng kiến))."
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
