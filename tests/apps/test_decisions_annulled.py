"""What an annulment changes beside the awards: the payment list, the ledger of initiatives, who is offered again."""

import datetime
from typing import Any

import pytest
from apps.deciding import LATER, drafted, seven, signed

from thidua.apps.accounts.access import CannotDo, StillOpen
from thidua.apps.audit.models import Entry
from thidua.apps.decisions.actions import draft_annulment
from thidua.apps.decisions.models import Decision, Line
from thidua.apps.decisions.queries import payment_paper, payment_values
from thidua.apps.decisions.states import DecisionKind, DecisionState
from thidua.apps.initiatives.actions import use_achievement
from thidua.apps.initiatives.models import Use, UseRelease
from thidua.apps.initiatives.queries import unused_for
from thidua.apps.nominations.models import Claim, Nomination
from thidua.apps.records.actions import supersede_fact, withdraw_fact, write_fact
from thidua.apps.records.models import Achievement, Award
from thidua.apps.records.queries import address_of
from thidua.apps.units.models import Person
from thidua.core.papers.form import Group, Total

LAW = "Luật Thi đua, khen thưởng, Điều 96"


def annulled(world: Any, actors: dict[str, Any], lines: list[Line]) -> Decision:
    """The signed annulment of lines."""
    draft = draft_annulment(
        actor=actors["secretary"], lines=lines, dated=LATER, because="Kê khai gian dối thành tích", article=LAW
    )
    return signed(world, actors["secretary"], draft, on=LATER)


def paid(decision: Decision) -> dict[tuple[str, str], tuple[str, str]]:
    """Money and remark on the payment list, by name and title."""
    rows = [row for row in payment_paper(decision).rows if not isinstance(row, Group | Total)]
    return {(row[1], row[2]): (row[5], row[7]) for row in rows}


def test_the_payment_list_pays_no_annulled_line(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    assert payment_paper(first).closing == (
        "Tổng số tiền: 4.190.000 đồng. Bằng chữ: Bốn triệu một trăm chín mươi nghìn đồng.",
    )
    fighter = first.lines.get(title="CSTDCS")
    other = first.lines.get(title="LDTT", person=rows[1].person)
    annulment = annulled(world, actors, [fighter, other])
    assert annulment.number_text == "01/QĐ-STC"
    money = paid(first)
    gone = "đã hủy bỏ bởi Quyết định số 01/QĐ-STC ngày 18/01/2021"
    assert money[str(other.person), "Lao động tiên tiến"] == (
        "0",
        f"{gone}; nếu đã chi 450.000 đồng thì thu hồi 450.000 đồng",
    )
    # who loses the higher title keeps the lower one, and its money
    assert money[str(fighter.person), "Chiến sĩ thi đua cơ sở"] == (
        "450.000",
        f"{gone}; chỉ chi 450.000 đồng cho danh hiệu còn giữ; nếu đã chi 1.490.000 đồng thì thu hồi 1.040.000 đồng",
    )
    paper = payment_paper(first)
    assert [row.cells for row in paper.rows if isinstance(row, Total)] == [("2.700.000", "", "")]
    assert paper.closing == (
        "Tổng số tiền: 2.700.000 đồng. Bằng chữ: Hai triệu bảy trăm nghìn đồng.",
        "Không chi phần đã hủy bỏ bởi Quyết định số 01/QĐ-STC ngày 18/01/2021; nếu đã chi thì thu hồi 1.490.000 đồng "
        "(bằng chữ: Một triệu bốn trăm chín mươi nghìn đồng).",
    )
    values = payment_values(first)
    assert (values["tong_tien"], values["tong_tien_bang_chu"]) == ("2.700.000", "Hai triệu bảy trăm nghìn đồng")
    assert payment_paper(annulment).closing == (
        "Tổng số tiền: 1.490.000 đồng. Bằng chữ: Một triệu bốn trăm chín mươi nghìn đồng.",
    )


def initiative(actors: dict[str, Any], person: Person, name: str, *, on: datetime.date) -> Achievement:
    """An initiative of 2020, recognised on a day."""
    return write_fact(
        actor=actors["secretary"],
        model=Achievement,
        source="Quyết định công nhận sáng kiến",
        person=person,
        name=name,
        kind="sang_kien",
        scope="co_so",
        year=2020,
        recognised_on=on,
    )


def claim(row: Nomination, number: int, fact: str) -> Claim:
    return Claim.objects.create(
        agency=row.agency,
        nomination=row,
        number=number,
        text="Có sáng kiến",
        fact=fact,
        source="Quyết định",
    )


def used(decision: Decision) -> list[tuple[int, str]]:
    """The achievements that a decision used up, with the reason, by the record."""
    entry = Entry.objects.get(verb="take_signed_copy", target=f"decisions.decision:{decision.pk}")
    return [(row["achievement"], row["because"]) for row in entry.payload.body["used"]]


def test_the_initiative_that_the_dossier_claims_is_used_up(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    person, fighter = rows[0].person, rows[7]
    assert person is not None
    initiative(actors, person, "Sớm nhất", on=datetime.date(2020, 3, 1))
    second = initiative(actors, person, "Hồ sơ dẫn", on=datetime.date(2020, 6, 1))
    claim(fighter, 1, "records.rating:1")
    claim(fighter, 2, address_of(second))
    claim(fighter, 3, address_of(initiative(actors, person, "Hồ sơ dẫn sau", on=datetime.date(2020, 2, 1))))
    # corrected twice since the dossier was drafted: it is still the one that the dossier points at
    for paper in ("06/QĐ-STC", "07/QĐ-STC"):
        second = supersede_fact(actor=actors["secretary"], fact=second, because="Sửa số quyết định", decision=paper)
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    use = Use.objects.get()
    assert (use.achievement_id, use.because) == (second.pk, "hồ sơ đề nghị dẫn sáng kiến, đề tài này")
    assert used(decision) == [(second.pk, use.because)]


def test_without_a_claim_the_earliest_initiative_is_used_up(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    assert rows[0].person is not None
    first = initiative(actors, rows[0].person, "Sớm nhất", on=datetime.date(2020, 1, 2))
    initiative(actors, rows[0].person, "Sau", on=datetime.date(2020, 6, 1))
    decision = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    assert used(decision) == [
        (first.pk, "hồ sơ đề nghị không dẫn sáng kiến, đề tài nào còn dùng được: lấy cái được công nhận sớm nhất")
    ]


def test_an_annulled_title_frees_its_initiative(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    person = rows[0].person
    assert person is not None
    fact = initiative(actors, person, "Sớm nhất", on=datetime.date(2020, 1, 2))
    free = [item.pk for item in unused_for(person.pk, "CSTDCS", 2020)]
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    assert fact.pk in free
    assert fact.pk not in [item.pk for item in unused_for(person.pk, "CSTDCS", 2020)]
    annulled(world, actors, [first.lines.get(title="LDTT", person=rows[1].person)])
    assert UseRelease.objects.count() == 0
    annulment = annulled(world, actors, [first.lines.get(title="CSTDCS")])
    assert [item.pk for item in unused_for(person.pk, "CSTDCS", 2020)] == free
    release = UseRelease.objects.get()
    assert (release.use, release.released_for, release.because) == (
        Use.objects.get(),
        f"decisions.decision:{annulment.pk}",
        f"{annulment}: Kê khai gian dối thành tích",
    )
    entry = Entry.objects.get(verb="release_use")
    assert (entry.target, entry.because) == (f"records.achievement:{fact.pk}", release.because)
    again = use_achievement(
        actor=actors["secretary"], achievement=fact, title="CSTDCS", year=2020, used_for="decisions.line:0"
    )
    assert again is not None
    assert (again.turn, Use.objects.count()) == (2, 2)
    with pytest.raises(CannotDo, match="đã dùng để xét Chiến sĩ thi đua cơ sở năm 2020"):
        use_achievement(actor=actors["secretary"], achievement=fact, title="CSTDCS", year=2020, used_for="x")


def award_of(row: Nomination) -> Award:
    return Award.objects.current().get(person=row.person, year=2020, title=row.title)


@pytest.mark.parametrize("changes", [{"decision": "01/QĐ-SoTC"}, {"title": "BKUBND"}, {"year": 2019}])
def test_an_annulment_ends_an_award_that_was_corrected(
    world: Any, actors: dict[str, Any], changes: dict[str, Any]
) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    award = award_of(rows[1])
    for source in ("Sửa lần đầu", "Sửa lần nữa"):
        award = supersede_fact(actor=actors["secretary"], fact=award, because=source, **changes)
    annulment = annulled(world, actors, [first.lines.get(nomination=rows[1])])
    award.refresh_from_db()
    assert award.superseded_at is not None
    entry = Entry.objects.get(verb="take_signed_copy", target=f"decisions.decision:{annulment.pk}")
    assert entry.payload.body["ended"] == [award.pk]
    assert award_of(rows[2]).is_current


def test_an_award_moved_to_somebody_else_by_a_correction_is_ended_too(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    other = Person.objects.exclude(pk__in=[row.person_id for row in rows])[0]
    moved = award_of(rows[1])
    for person in (other, Person.objects.exclude(pk__in=[row.person_id for row in rows])[1]):
        moved = supersede_fact(actor=actors["secretary"], fact=moved, because="Nhầm người", person=person)
    annulled(world, actors, [first.lines.get(nomination=rows[1])])
    moved.refresh_from_db()
    assert moved.superseded_at is not None


def test_an_annulment_that_would_end_nothing_is_refused(world: Any, actors: dict[str, Any]) -> None:
    rows = seven(world)
    first = signed(world, actors["secretary"], drafted(world, actors["secretary"], rows))
    award = award_of(rows[1])
    withdraw_fact(actor=actors["secretary"], fact=award, because="Rút nhầm")
    with pytest.raises(StillOpen, match=r"không còn ghi nhận nào đang có hiệu lực.*01/QĐ-STC.*Ghi lại danh hiệu"):
        annulled(world, actors, [first.lines.get(nomination=rows[1])])
    draft = Decision.objects.get(kind=DecisionKind.ANNULMENT)
    assert (draft.state, Award.objects.current().filter(year=2020).count()) == (DecisionState.DRAFTED, len(rows) - 1)
    again = write_fact(
        actor=actors["secretary"],
        model=Award,
        source="Ghi lại",
        person=rows[1].person,
        year=2020,
        title="LDTT",
        decision="01/QĐ-STC",
    )
    signed(world, actors["secretary"], draft, on=LATER)
    again.refresh_from_db()
    assert again.superseded_at is not None
