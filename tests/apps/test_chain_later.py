"""After the signed paper: the same title again, annulment, supplement, a late rating, an objection that comes late."""

import datetime
from typing import Any

import pytest
from apps.chain_story import DAY, FIGHTER, SUPPLEMENTED, Chain

from thidua.apps.accounts.access import StillOpen
from thidua.apps.accounts.queries import visitor
from thidua.apps.councils import actions as councils
from thidua.apps.councils.models import Council, Session
from thidua.apps.councils.states import CouncilKind
from thidua.apps.decisions import actions as decisions
from thidua.apps.decisions.models import Decision, GoldenBook
from thidua.apps.decisions.queries import awards_of_year, candidates, decision_file, open_problems
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.evaluations.actions import evaluate_year
from thidua.apps.honours.actions import answer_objection, close_posting, object_to
from thidua.apps.honours.models import Objection, Posting
from thidua.apps.honours.queries import by_unit, honour_lines
from thidua.apps.nominations import actions as nominations
from thidua.apps.nominations.models import Nomination
from thidua.apps.records.actions import withdraw_fact, write_fact
from thidua.apps.records.models import Award, Rating
from thidua.core.lifecycle import MoveRefused

LAW = "Luật Thi đua, khen thưởng, Điều 96"
MIDDLE = datetime.date(2021, 1, 12)
LATEST = datetime.date(2021, 2, 1)
WORDS = {"name": "Người Dân", "contact": "0900 000 000", "text": "Đề nghị xem lại thành tích", "about": ""}


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


def supplement(
    chain: Chain, rows: list[Nomination], first: Decision, *, dated: datetime.date = SUPPLEMENTED
) -> Decision:
    return chain.drafted(rows, kind=DecisionKind.SUPPLEMENT, amends=first, because="Xét muộn", dated=dated)


def annulled(chain: Chain, decision: Decision, codes: tuple[str, ...], *, title: str = "LDTT") -> Decision:
    """A signed annulment of some people's lines."""
    lines = list(decision.lines.filter(person__code__in=codes, title=title))
    draft = decisions.draft_annulment(
        actor=chain.by, lines=lines, dated=SUPPLEMENTED, because="Kê khai không đúng", article=LAW
    )
    return chain.sign(draft, on=SUPPLEMENTED)


def another_session(chain: Chain, *, on: datetime.date) -> Session:
    """A further session of the council, planned."""
    council = Council.objects.get(kind=CouncilKind.EMULATION)
    seats = list(council.members.all())
    return councils.plan_session(
        actor=chain.by,
        council=council,
        year=2020,
        title="Phiên họp bổ sung",
        held_on=on,
        place="Hội trường",
        chair=seats[0],
        clerk=seats[1],
    )


def in_force() -> set[tuple[str, str]]:
    return {(line.person.code, line.title) for line in awards_of_year(2020) if line.person}


# The same title again


def test_a_second_decision_over_the_same_nominations(chain: Chain) -> None:
    rows = chain.passed()
    first = chain.drafted(rows)
    with chain.refused("đã có trong Quyết định số …/QĐ-STC"):
        chain.drafted(rows[:1])
    first = chain.sign(first)
    with chain.refused("đã có trong Quyết định số 01/QĐ-STC"):
        chain.drafted(rows)
    with chain.refused("đã có trong Quyết định số 01/QĐ-STC"):
        supplement(chain, rows[:1], first)
    with chain.refused("Quyết định lần đầu không sửa quyết định nào"):
        chain.drafted(rows, amends=first)
    with chain.refused("đã được đề nghị"):
        chain.draft(chain.people[0], "LDTT")


def test_an_award_that_is_on_record_already_is_said_before_the_paper_goes_out(chain: Chain) -> None:
    decision = chain.drafted()
    line = decision.lines.all()[0]
    write_fact(
        actor=chain.by,
        model=Award,
        source="Sổ khen thưởng cũ",
        person=line.person,
        year=2020,
        title="LDTT",
        decision="77/QĐ-STC",
        decided_on=DAY,
    )
    words = f"{line.person} – Lao động tiên tiến: hồ sơ đã ghi danh hiệu này năm 2020 theo 77/QĐ-STC"
    with chain.refused(words, StillOpen):
        chain.send(decision)
    assert open_problems(decision) == []  # nothing that the director could set aside
    decisions.drop_line(actor=chain.by, line=line, because="Đã được tặng trước đó")
    decision = chain.sign(decision)
    facts = Award.objects.current().filter(person=line.person, year=2020, title="LDTT")
    assert list(facts.values_list("decision", flat=True)) == ["77/QĐ-STC"]


# Annulment, then again


def test_an_annulled_title_is_awarded_again_by_another_decision(chain: Chain) -> None:
    rows = chain.passed()
    first = chain.sign(chain.drafted(rows))
    code = chain.people[2].code
    annulment = annulled(chain, first, (code,))
    assert (annulment.number_text, annulment.lines.get().amount) == ("01/QĐ-STC", 450_000)
    assert (code, "LDTT") not in in_force()
    with chain.refused("đã bị hủy bỏ bởi Quyết định số 01/QĐ-STC"):
        decisions.draft_annulment(
            actor=chain.by,
            lines=[first.lines.get(person__code=code)],
            dated=SUPPLEMENTED,
            because="Lần nữa",
            article=LAW,
        )
    row = next(row for row in rows if row.person_id == chain.people[2].pk)
    assert candidates(2020, on=LATEST) == []
    with chain.refused("kết quả đã bị hủy bỏ bởi Quyết định số 01/QĐ-STC, Hội đồng chưa thông qua lại"):
        supplement(chain, [row], first, dated=LATEST)
    row = nominations.reconsider(actor=chain.by, nomination=row, reason="Kết luận lại", on=SUPPLEMENTED)
    session = another_session(chain, on=SUPPLEMENTED)
    nominations.put_on_agenda(actor=chain.by, nominations=[row], session=session)
    chain.hold_meeting(session)
    nominations.take_results(actor=chain.by, session=session)
    assert [found.nomination for found in candidates(2020, on=LATEST)] == [row]
    again = chain.sign(supplement(chain, [row], first, dated=LATEST), on=LATEST)
    assert (again.lines.get().amount, again.lines.get().why) == (450_000, "")
    assert in_force() == {(person.code, "LDTT") for person in chain.people}
    facts = Award.objects.filter(person=row.person, year=2020, title="LDTT").order_by("pk")
    assert [(fact.decision, fact.decided_on, fact.is_current) for fact in facts] == [
        ("01/QĐ-STC", DAY, False),
        ("02/QĐ-STC", LATEST, True),
    ]
    assert GoldenBook.objects.count() == len(rows) + 1


def test_annulling_the_second_award_leaves_no_fact_of_it(chain: Chain) -> None:
    """Numbers start again each year: an annulment must end the award of its own decision and no other."""
    rows = chain.passed()
    first = chain.sign(chain.drafted(rows[:4]))
    second = chain.sign(supplement(chain, rows[4:], first), on=SUPPLEMENTED)
    assert (first.number_text, second.number_text) == ("01/QĐ-STC", "01/QĐ-STC")
    code = Nomination.objects.get(pk=rows[5].pk).person.code
    draft = decisions.draft_annulment(
        actor=chain.by, lines=list(second.lines.filter(person__code=code)), dated=LATEST, because="Sai", article=LAW
    )
    chain.sign(draft, on=LATEST)
    assert in_force() == {(person.code, "LDTT") for person in chain.people if person.code != code}
    assert Award.objects.current().filter(year=2020, title="LDTT", person__in=chain.people).count() == len(rows) - 1


def test_a_fighter_annulled_keeps_the_lower_title_with_its_money(world: Any, actors: dict[str, Any]) -> None:
    chain = Chain(world, actors, fighters=(FIGHTER,))
    first = chain.sign(chain.drafted())
    annulment = annulled(chain, first, (FIGHTER,), title="CSTDCS")
    line = annulment.lines.get()
    assert (line.amount, line.why) == (1_040_000, "đã trừ mức của danh hiệu còn giữ (Lao động tiên tiến)")
    assert (FIGHTER, "LDTT") in in_force()
    assert (FIGHTER, "CSTDCS") not in in_force()
    assert decision_file(first).standing == "amended"


def test_a_supplement_after_an_annulment_counts_only_what_stands(world: Any, actors: dict[str, Any]) -> None:
    chain = Chain(world, actors, fighters=(FIGHTER, "TC027"))
    rows = chain.passed()
    late = next(row for row in rows if row.title == "CSTDCS" and row.person.code == "TC027")
    first = chain.sign(chain.drafted([row for row in rows if row.pk != late.pk]))
    second = supplement(chain, [late], first)
    with chain.refused("Chiến sĩ thi đua cơ sở: 2 người, tối đa 1", StillOpen):
        chain.send(second, on=SUPPLEMENTED)
    annulled(chain, first, (FIGHTER,), title="CSTDCS")
    assert open_problems(second) == []
    second = chain.sign(second, on=SUPPLEMENTED)
    line = second.lines.get()
    assert (line.amount, line.book_number) == (1_040_000, len(rows))
    assert {code for code, title in in_force() if title == "CSTDCS"} == {"TC027"}


# A late rating


def test_a_rating_that_comes_after_the_decision_goes_the_whole_way_to_a_supplement(chain: Chain) -> None:
    late = chain.people[-1]
    rating = Rating.objects.current().get(person=late, year=2020)
    withdraw_fact(actor=chain.by, fact=rating, because="Chưa có kết quả xếp loại")
    evaluate_year(actor=chain.by, year=2020, as_of=DAY)
    rows = chain.passed()
    assert late.pk not in {row.person_id for row in rows}
    first = chain.sign(chain.drafted(rows))
    write_fact(
        actor=chain.by,
        model=Rating,
        source="Thông báo xếp loại muộn",
        person=late,
        year=2020,
        grade=rating.grade,
        dated=MIDDLE,
    )
    assert [row.person_id for row in chain.draft_list()] == []
    evaluate_year(actor=chain.by, year=2020, as_of=DAY)
    (row,) = nominations.draft_list(actor=chain.by, campaign=chain.campaign, unit=chain.unit, on=MIDDLE)
    review = nominations.plan_review(
        actor=chain.by,
        campaign=chain.campaign,
        unit=chain.unit,
        held_on=MIDDLE,
        place="Phòng họp",
        chair=chain.people[0],
        clerk=chain.people[1],
    )
    chain.hold_meeting(review)
    nominations.submit(actor=chain.by, nominations=nominations.take_unit_votes(actor=chain.by, session=review))
    nominations.appraise_all(actor=chain.by, campaign=chain.campaign, on=MIDDLE)
    session = another_session(chain, on=datetime.date(2021, 1, 15))
    nominations.put_on_agenda(actor=chain.by, nominations=[row], session=session)
    chain.hold_meeting(session)
    nominations.take_results(actor=chain.by, session=session)
    second = chain.sign(supplement(chain, [row], first, dated=LATEST), on=LATEST)
    assert (second.lines.get().amount, second.lines.get().book_number) == (450_000, len(rows) + 1)
    assert in_force() == {(person.code, "LDTT") for person in chain.people}
    assert sum(len(group.lines) for unit in by_unit(honour_lines(2020)) for group in unit.groups) == len(chain.people)


# An objection that comes late


def test_a_public_objection_after_the_posting_is_over(chain: Chain) -> None:
    posting = chain.post(chain.sign(chain.drafted()))
    public = visitor(chain.world.agency)
    objection = object_to(actor=public, posting=posting, on=posting.posted_on, **WORDS)
    late = posting.closes_on + datetime.timedelta(days=1)
    with chain.refused(f"đến hết {posting.closes_on:%d/%m/%Y}; ngoài thời gian này, gửi đơn trực tiếp"):
        object_to(actor=public, posting=posting, on=late, **WORDS)
    with chain.refused("chưa được trả lời", StillOpen):
        close_posting(actor=chain.by, posting=posting, on=late)
    answer_objection(actor=chain.by, objection=objection, answer="Đã xem lại, đúng quy định.", on=late)
    with chain.refused("đang ở trạng thái “Đã trả lời”", MoveRefused):
        answer_objection(actor=chain.by, objection=objection, answer="Trả lời khác", on=late)
    with chain.refused("Còn trong thời gian niêm yết"):
        close_posting(actor=chain.by, posting=posting, on=posting.closes_on)
    close_posting(actor=chain.by, posting=posting, on=late)
    with chain.refused("ngoài thời gian này"):
        object_to(actor=public, posting=posting, on=posting.closes_on, **WORDS)
    with chain.refused("đang ở trạng thái", MoveRefused):
        close_posting(actor=chain.by, posting=posting, on=late)
    assert (Posting.objects.filter(kind="decision").count(), Objection.objects.get().answer) == (
        1,
        "Đã xem lại, đúng quy định.",
    )


def test_a_decision_is_posted_once_and_only_when_signed(chain: Chain) -> None:
    decision = chain.send(chain.drafted())
    with chain.refused("chưa có bản ký"):
        chain.post(decision)
    decision = chain.take(decision)
    chain.post(decision)
    with chain.refused("đã niêm yết từ ngày 31/12/2020"):
        chain.post(decision)
    assert decision.state == DecisionState.SIGNED
