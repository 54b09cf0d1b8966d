"""Decisions from passed nominations to the signed paper: list, money, number, signature, and what takes effect."""

import datetime
from typing import Any

import pytest
from apps.deciding import (
    DAY,
    IDENTITY,
    LATER,
    MOMENT,
    clean_people,
    drafted,
    passed,
    seven,
    signed,
    signed_copy,
)

from thidua.apps.accounts.access import CannotDo, Refused, StillOpen
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import (
    cancel,
    draft_annulment,
    drop_line,
    override_problem,
    recall,
    send_to_sign,
    take_signed_copy,
)
from thidua.apps.decisions.models import Decision, GoldenBook, Line
from thidua.apps.decisions.queries import (
    awards_of_year,
    candidates,
    certificates,
    decision_file,
    decision_paper,
    open_problems,
    payment_paper,
)
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.files.actions import take_number
from thidua.apps.files.models import TakenNumber
from thidua.apps.files.queries import content
from thidua.apps.initiatives.models import Use
from thidua.apps.nominations.models import Nomination
from thidua.apps.nominations.states import NominationState
from thidua.apps.records.actions import write_fact
from thidua.apps.records.models import Achievement, Award, Discipline
from thidua.apps.units.models import Person, Unit
from thidua.core.lifecycle import MoveRefused
from thidua.core.papers.pdf import paper_pdf
from thidua.core.papers.seal import sign_pdf


def money(decision: Decision) -> dict[tuple[str, str], tuple[int, str]]:
    rows = decision.lines.select_related("person", "unit")
    return {(str(row.subject), row.title): (row.amount, row.why) for row in rows}


def test_money_of_two_titles_is_paid_once(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    unit = Unit.objects.exclude(kind="lanh_dao")[0]
    decision = drafted(world, actors["secretary"], [*rows, passed(world, "TTLDTT", unit=unit)])
    first = str(rows[0].person)
    assert money(decision) == {
        (first, "CSTDCS"): (1_490_000, "mức cao nhất của cùng thành tích"),
        (first, "LDTT"): (0, "đã hưởng mức cao nhất (Chiến sĩ thi đua cơ sở) của cùng thành tích"),
        **{(str(row.person), "LDTT"): (450_000, "") for row in rows[1:7]},
        (unit.name, "TTLDTT"): (1_200_000, ""),
    }
    assert (decision.state, decision.number_text, decision.signer_name) == (
        DecisionState.DRAFTED,
        "…/QĐ-STC",
        actors["director"].name,
    )
    assert open_problems(decision) == []


def test_a_title_that_others_decide_is_refused(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "CSTDT", person=clean_people(1)[0])
    with pytest.raises(CannotDo, match=r"Chủ tịch Ủy ban nhân dân tỉnh quyết định.*Lập tờ trình"):
        drafted(world, actors["secretary"], [row])
    assert Decision.objects.count() == 0


def test_a_date_without_amounts_is_refused(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "LDTT", person=clean_people(1)[0])
    with pytest.raises(CannotDo, match="Chưa có quy định"):
        drafted(world, actors["secretary"], [row], dated=datetime.date(2024, 6, 1))
    assert Decision.objects.count() == 0


def test_the_same_nomination_goes_into_one_draft(world: Any, actors: dict[str, Any]) -> None:
    row = passed(world, "LDTT", person=clean_people(1)[0])
    drafted(world, actors["secretary"], [row])
    with pytest.raises(CannotDo, match="đã có trong"):
        drafted(world, actors["secretary"], [row])
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("role", ["member", "head", "other_agency"])
def test_others_draft_nothing(world: Any, actors: dict[str, Any], role: str) -> None:
    row = passed(world, "LDTT", person=clean_people(1)[0])
    with pytest.raises((Refused, CannotDo)):
        drafted(world, actors[role], [row])
    assert Decision.objects.count() == 0


def test_a_dropped_line_gives_the_money_to_the_other(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    line = decision.lines.get(title="CSTDCS")
    drop_line(actor=actors["secretary"], line=line, because="Hồ sơ cần xem lại")
    assert set(money(decision).values()) == {(450_000, "")}
    assert Entry.objects.latest("seq").because == "Hồ sơ cần xem lại"
    with pytest.raises(CannotDo, match="đã được bỏ trước đó"):
        drop_line(actor=actors["secretary"], line=line, because="Lần nữa")


def test_more_fighters_than_the_law_allows(world: Any, actors: dict[str, Any]) -> None:
    people = clean_people(3)
    rows = [passed(world, title, person=person) for person in people for title in ("LDTT", "CSTDCS")]
    decision = drafted(world, actors["secretary"], rows)
    (problem,) = [problem for problem in open_problems(decision) if "lần xét gần nhất" not in problem]
    assert problem.startswith("Chiến sĩ thi đua cơ sở: 3 người, tối đa 0 của 3 người được công nhận Lao động")
    with pytest.raises(StillOpen):
        send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    decision.refresh_from_db()
    assert (decision.state, decision.number, TakenNumber.objects.filter(series="QĐ-STC").count()) == (
        DecisionState.DRAFTED,
        None,
        0,
    )


def test_a_nominee_disciplined_after_the_vote(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    decision = drafted(world, actors["secretary"], rows)
    write_fact(
        actor=actors["secretary"],
        model=Discipline,
        source="Quyết định kỷ luật",
        person=rows[1].person,
        form="khien_trach",
        decision="09/QĐ-STC",
        decided_on=DAY,
    )
    (problem,) = open_problems(decision)
    assert problem.startswith(f"{rows[1].person}: có quyết định kỷ luật ngày 31/12/2020, ghi nhận sau khi")
    with pytest.raises(StillOpen):
        send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    with pytest.raises(Refused):
        override_problem(
            actor=actors["secretary"], decision=decision, problem=problem, because="x", article="QC-SO Điều 6"
        )
    decision = override_problem(
        actor=actors["director"], decision=decision, problem=problem, because="Ngoài thời hạn", article="QC-SO Điều 6"
    )
    assert decision.overrides == [
        {
            "problem": problem,
            "by": actors["director"].name,
            "because": "Ngoài thời hạn",
            "article": "QC-SO Điều 6",
        }
    ]
    assert send_to_sign(actor=actors["secretary"], decision=decision, on=DAY).state == DecisionState.SENT


def test_discipline_between_sending_and_signature_stops_the_signature(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)[:7]
    decision = send_to_sign(actor=actors["secretary"], decision=drafted(world, actors["secretary"], rows), on=DAY)
    write_fact(
        actor=actors["secretary"],
        model=Discipline,
        source="Quyết định kỷ luật",
        person=rows[2].person,
        form="canh_cao",
        decided_on=DAY,
    )
    copy = signed_copy(decision)
    with pytest.raises(StillOpen):
        take_signed_copy(actor=actors["secretary"], decision=decision, data=copy, filename="a.pdf", on=DAY)
    assert Decision.objects.get().state == DecisionState.SENT
    assert (Award.objects.filter(year=2020).count(), GoldenBook.objects.count()) == (0, 0)
    decision = recall(actor=actors["secretary"], decision=decision, because="Có kỷ luật mới")
    drop_line(actor=actors["secretary"], line=decision.lines.get(nomination=rows[2]), because="Bị cảnh cáo")
    decision = send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    assert decision.number_text == "01/QĐ-STC"
    with pytest.raises(CannotDo, match="không phải bản ký"):
        take_signed_copy(actor=actors["secretary"], decision=decision, data=copy, filename="a.pdf", on=DAY)


def test_a_number_that_is_taken_names_its_holder(world: Any, actors: dict[str, Any]) -> None:
    take_number(
        actor=actors["secretary"], series="QĐ-STC", dated=DAY, taken_for="x:1", label="Quyết định khác", number=125
    )
    decision = drafted(world, actors["secretary"], seven(world))
    with pytest.raises(CannotDo, match=r"Quyết định khác.*126/QĐ-STC"):
        send_to_sign(actor=actors["secretary"], decision=decision, on=DAY, number=125)
    assert Decision.objects.get().number is None
    assert send_to_sign(actor=actors["secretary"], decision=decision, on=DAY).number_text == "126/QĐ-STC"


def test_two_tabs_send_once(world: Any, actors: dict[str, Any]) -> None:
    decision = drafted(world, actors["secretary"], seven(world))
    stale = Decision.objects.get()
    send_to_sign(actor=actors["secretary"], decision=decision, on=DAY)
    with pytest.raises(MoveRefused):
        send_to_sign(actor=actors["secretary"], decision=stale, on=DAY)
    assert TakenNumber.objects.filter(series="QĐ-STC").count() == 1


def test_the_signed_copy_makes_it_take_effect(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    old = Achievement.objects.current().filter(person=rows[0].person, year=2020).first() or write_fact(
        actor=actors["secretary"],
        model=Achievement,
        source="Quyết định công nhận sáng kiến",
        person=rows[0].person,
        name="Sáng kiến thử",
        kind="sang_kien",
        scope="co_so",
        year=2020,
        recognised_on=datetime.date(2020, 11, 25),
    )
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    assert (decision.state, decision.number_text, decision.signed_on) == (DecisionState.SIGNED, "01/QĐ-STC", DAY)
    assert sorted(line.book_number or 0 for line in decision.lines.all()) == list(range(1, 9))
    facts = Award.objects.current().filter(year=2020)
    assert {(fact.person_id, fact.title, fact.decision, fact.document_id) for fact in facts} == {
        (row.person_id, row.title, "01/QĐ-STC", decision.signed_id) for row in rows
    }
    use = Use.objects.get()
    assert (use.achievement_id, use.title, use.used_for) == (
        old.pk,
        "CSTDCS",
        f"decisions.line:{decision.lines.get(title='CSTDCS').pk}",
    )
    assert len(awards_of_year(2020)) == 8
    entry = Entry.objects.filter(verb="take_signed_copy").get()
    assert decision_file(decision).entry == entry
    with pytest.raises(MoveRefused):
        take_signed_copy(actor=actors["secretary"], decision=decision, data=b"x", filename="", on=DAY)
    with pytest.raises(CannotDo, match="không còn là dự thảo"):
        drop_line(actor=actors["secretary"], line=decision.lines.first(), because="Muộn rồi")


@pytest.mark.parametrize("case", ["empty", "other", "bare", "garbage", "huge", "tampered", "stranger"])
def test_a_file_that_is_not_the_signed_copy(world: Any, actors: dict[str, Any], case: str) -> None:
    decision = send_to_sign(
        actor=actors["secretary"], decision=drafted(world, actors["secretary"], seven(world)), on=DAY
    )
    assert decision.original is not None
    original = content(decision.original)
    other = paper_pdf(decision_paper(decision).__class__(**(vars(decision_paper(decision)) | {"note": "khác"})))
    good = signed_copy(decision)
    data = {
        "empty": b"",
        "other": sign_pdf(other, key=IDENTITY.key, certificate=IDENTITY.certificate, when=MOMENT),
        "bare": original,
        "garbage": original + b"\n<script>",
        "huge": original + b" " * 21_000_000,
        "tampered": good + b"\n% more",
        "stranger": signed_copy(decision, signers=("Người Khác", "Sở Tài chính")),
    }[case]
    with pytest.raises(CannotDo):
        take_signed_copy(actor=actors["secretary"], decision=decision, data=data, filename="../x.pdf", on=DAY)
    decision.refresh_from_db()
    assert (decision.state, decision.signed, GoldenBook.objects.count()) == (DecisionState.SENT, None, 0)


def test_a_supplement_pays_the_rest(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows[:7]))
    options = {"kind": DecisionKind.SUPPLEMENT, "amends": first, "because": "Xếp loại muộn", "dated": LATER}
    with pytest.raises(CannotDo, match="Chưa ghi lý do bổ sung"):
        drafted(world, actors["secretary"], [rows[7]], **(options | {"because": " "}))
    decision = drafted(world, actors["secretary"], [rows[7]], **options)
    (line,) = decision.lines.all()
    assert (line.amount, line.why.endswith("lần này chi phần còn lại")) == (1_040_000, True)
    decision = signed(world, actors["secretary"], decision, on=LATER)
    assert (decision.number_text, decision.lines.get().book_number) == ("01/QĐ-STC", 8)
    assert decision_file(first).standing == "amended"


def test_a_title_given_twice_is_a_problem(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows[:7]))
    Nomination.objects.filter(pk=rows[0].pk).update(state=NominationState.WITHDRAWN)
    again = passed(world, "LDTT", person=rows[0].person)
    decision = drafted(
        world,
        actors["secretary"],
        [again],
        kind=DecisionKind.SUPPLEMENT,
        amends=first,
        because="Bổ sung",
        dated=LATER,
    )
    (problem,) = open_problems(decision)
    assert "đã có trong Quyết định số 01/QĐ-STC" in problem


def test_an_annulment_is_a_decision_of_its_own(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    line = first.lines.get(title="CSTDCS")
    with pytest.raises(CannotDo, match="Chưa ghi căn cứ"):
        draft_annulment(actor=actors["secretary"], lines=[line], dated=LATER, because="Khai gian", article="")
    given: dict[str, Any] = {
        "actor": actors["secretary"],
        "lines": [line],
        "dated": LATER,
        "because": "Kê khai gian dối thành tích",
        "article": "Luật Thi đua, khen thưởng, Điều 96",
    }
    cancel(actor=actors["secretary"], decision=draft_annulment(**given), because="Ghi nhầm")
    decision = draft_annulment(**given)
    assert decision.lines.get().amount == 1_490_000 - 450_000
    assert len(awards_of_year(2020)) == 8
    with pytest.raises(CannotDo, match="đang có trong dự thảo"):
        draft_annulment(**given)
    decision = signed(world, actors["secretary"], decision, on=LATER)
    assert len(awards_of_year(2020)) == 7
    fact = Award.objects.get(title="CSTDCS", year=2020)
    assert fact.superseded_at is not None
    shown = next(shown for shown in decision_file(first).lines if shown.line.pk == line.pk)
    assert (shown.annulled_by, decision_file(first).standing) == (decision, "amended")
    assert GoldenBook.objects.count() == 8
    with pytest.raises(CannotDo, match="đã bị hủy bỏ bởi"):
        draft_annulment(**given)
    assert len(certificates(first).certificates) == 7
    assert "Hủy bỏ" in decision_paper(decision).articles[0].paragraphs[0]


def test_a_cancelled_draft_frees_its_nominations(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    decision = cancel(actor=actors["secretary"], decision=drafted(world, actors["secretary"], rows), because="Lập lại")
    assert decision.state == DecisionState.CANCELLED
    assert {candidate.nomination.pk for candidate in candidates(2020, on=DAY)} == {row.pk for row in rows}
    drafted(world, actors["secretary"], rows)


def test_papers_of_a_signed_decision(world: Any, actors: dict[str, Any]) -> None:
    person = clean_people(1)[0]
    Person.objects.filter(pk=person.pk).update(full_name="Công Tằng Tôn Nữ " + "Hoàng Nguyễn Phương " * 3 + "Anh")
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], seven(world)))
    letter = decision_paper(decision)
    assert [article.mark for article in letter.articles] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert letter.articles[0].paragraphs[1:] == [
        "- Danh hiệu “Chiến sĩ thi đua cơ sở”: 01 cá nhân;",
        "- Danh hiệu “Lao động tiên tiến”: 07 cá nhân.",
    ]
    assert "4.190.000 đồng (bằng chữ: Bốn triệu một trăm chín mươi nghìn đồng)" in letter.articles[1].paragraphs[0]
    assert [paper_pdf(paper)[:5] for paper in (letter, payment_paper(decision), certificates(decision))] == [
        b"%PDF-"
    ] * 3
    assert Line.objects.count() == 8
