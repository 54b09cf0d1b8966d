"""From the council's vote to the signed paper: what stops it, what it pays, whose signature it takes."""

import io
from typing import Any

import pytest
from apps.chain_story import DAY, FIGHTER, IDENTITY, MOMENT, Chain, signed_copy
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from thidua.apps.accounts.access import Refused, StillOpen
from thidua.apps.councils.models import Minutes
from thidua.apps.decisions import actions as decisions
from thidua.apps.decisions.models import Decision, GoldenBook
from thidua.apps.decisions.queries import (
    certificates,
    decision_paper,
    open_problems,
    payment_paper,
)
from thidua.apps.decisions.states import DecisionState
from thidua.apps.files.actions import take_number
from thidua.apps.files.models import TakenNumber
from thidua.apps.files.queries import content
from thidua.apps.honours.queries import by_unit, honour_lines
from thidua.apps.initiatives.models import Use
from thidua.apps.nominations.queries import appraisal_paper
from thidua.apps.records.models import Award
from thidua.apps.units.models import Person, Unit
from thidua.core.papers.docx import paper_docx
from thidua.core.papers.pdf import paper_pdf
from thidua.core.papers.seal import sign_pdf

ARTICLE = "Quy chế thi đua, khen thưởng của Sở, Điều 6"


@pytest.fixture
def chain(world: Any, actors: dict[str, Any]) -> Chain:
    return Chain(world, actors)


# Discipline between the vote and the signature


def test_a_nominee_disciplined_after_the_vote_is_dropped(chain: Chain) -> None:
    decision = chain.drafted()
    victim = decision.lines.order_by("pk")[2]
    assert open_problems(decision) == []
    chain.discipline(victim.person)
    words = f"{victim.person}: có quyết định kỷ luật ngày 31/12/2020, ghi nhận sau khi Hội đồng biểu quyết"
    with chain.refused(words, StillOpen):
        chain.send(decision)
    with chain.refused("Chưa ghi lý do bỏ dòng"):
        decisions.drop_line(actor=chain.by, line=victim, because=" ")
    decisions.drop_line(actor=chain.by, line=victim, because="Bị kỷ luật sau khi Hội đồng biểu quyết")
    decision = chain.sign(decision)
    awarded = set(Award.objects.current().filter(decision="01/QĐ-STC", year=2020).values_list("person", flat=True))
    assert awarded == {person.pk for person in chain.people} - {victim.person_id}


def test_a_nominee_disciplined_after_the_vote_is_kept_by_the_director_alone(chain: Chain) -> None:
    decision = chain.drafted()
    chain.discipline(decision.lines.all()[0].person)
    (problem,) = open_problems(decision)
    given: dict[str, Any] = {"decision": decision, "problem": problem, "because": "Ngoài thời hạn xét"}
    for role in ("secretary", "head", "member"):
        with chain.refused("giám đốc", Refused):
            decisions.override_problem(actor=chain.actors[role], article=ARTICLE, **given)
    with chain.refused("Chưa ghi căn cứ"):
        decisions.override_problem(actor=chain.director, article="", **given)
    with chain.refused("Vướng mắc này không còn"):
        decisions.override_problem(actor=chain.director, article=ARTICLE, **(given | {"problem": "điều khác"}))
    decision = decisions.override_problem(actor=chain.director, article=ARTICLE, **given)
    with chain.refused("đã được người có thẩm quyền xử lý"):
        decisions.override_problem(actor=chain.director, article=ARTICLE, **given)
    assert chain.sign(decision).state == DecisionState.SIGNED


def test_a_discipline_between_sending_and_signature_stops_the_copy(chain: Chain) -> None:
    decision = chain.send(chain.drafted())
    victim = decision.lines.all()[0]
    copy = signed_copy(decision)
    chain.discipline(victim.person)
    with chain.refused("có quyết định kỷ luật", StillOpen):
        chain.take(decision, copy)
    with chain.refused("không còn là dự thảo"):
        decisions.drop_line(actor=chain.by, line=victim, because="Bị kỷ luật")
    decision = decisions.recall(actor=chain.by, decision=decision, because="Có kỷ luật mới")
    decisions.drop_line(actor=chain.by, line=victim, because="Bị kỷ luật")
    decision = chain.send(decision)
    with chain.refused("không phải bản ký của"):
        chain.take(decision, copy)
    assert chain.take(decision).number_text == "01/QĐ-STC"


# Money


def test_two_titles_of_one_person_in_one_decision_pay_the_higher_and_the_list_adds_up(
    world: Any, actors: dict[str, Any]
) -> None:
    chain = Chain(world, actors, fighters=(FIGHTER,))
    decision = chain.drafted()
    paid = {(line.person.code, line.title): line.amount for line in decision.lines.select_related("person")}
    assert paid == {
        (FIGHTER, "CSTDCS"): 1_490_000,
        (FIGHTER, "LDTT"): 0,
        **{(person.code, "LDTT"): 450_000 for person in chain.people if person.code != FIGHTER},
    }
    assert sum(paid.values()) == 1_490_000 + 7 * 450_000 == 4_640_000
    words = repr(payment_paper(decision))
    assert "4.640.000" in words
    decision = chain.sign(decision)
    assert (sum(line.amount for line in decision.lines.all()), Use.objects.count()) == (4_640_000, 1)


def test_a_second_fighter_is_more_than_the_law_allows_and_the_council_chooses(
    world: Any, actors: dict[str, Any]
) -> None:
    chain = Chain(world, actors, fighters=(FIGHTER, "TC027"))
    decision = chain.drafted()
    with chain.refused("Chiến sĩ thi đua cơ sở: 2 người, tối đa 1", StillOpen):
        chain.send(decision)
    dropped = decision.lines.get(title="CSTDCS", person__code="TC027")
    decisions.drop_line(actor=chain.by, line=dropped, because="Hội đồng chọn người có thành tích cao hơn")
    assert decision.lines.get(person__code="TC027").amount == 450_000
    assert sum(line.amount for line in chain.sign(decision).lines.all()) == 4_640_000


# Number and paper


def test_a_number_that_another_paper_bears(chain: Chain) -> None:
    decision = chain.drafted()
    take_number(actor=chain.by, series="QĐ-STC", dated=DAY, taken_for="x:1", label="Quyết định nâng lương", number=125)
    with chain.refused("Số 125/QĐ-STC năm 2020 đã cấp cho “Quyết định nâng lương”. Số trống tiếp theo: 126/QĐ-STC"):
        chain.send(decision, number=125)
    with chain.refused("bắt đầu từ 01"):
        chain.send(decision, number=0)
    decision = decisions.recall(actor=chain.by, decision=chain.send(decision), because="Sửa trích yếu")
    with chain.refused("đã lấy số 126/QĐ-STC; số đã lấy không đổi"):
        chain.send(decision, number=127)
    assert chain.send(decision).number_text == "126/QĐ-STC"
    assert TakenNumber.objects.filter(series="QĐ-STC").count() == 2


def long_name(number: int, size: int = 80) -> str:
    """A name of so many characters with words of every length, as the longest in the books."""
    return f"Công Tằng Tôn Nữ Nguyễn Phước Khánh Thượng Nghiêm Đường {number} ".ljust(size, "ờ")[:size]


def test_names_of_eighty_characters_go_through_every_paper(world: Any, actors: dict[str, Any]) -> None:
    for number, person in enumerate(Person.objects.order_by("pk")):
        person.full_name = long_name(number)
        person.save(update_fields=["full_name"])
    unit = Unit.objects.get(code="HCSN")
    unit.name = "Phòng Tài chính hành chính sự nghiệp và quản lý " + "những đơn vị sự nghiệp công lập có thu"
    unit.save(update_fields=["name"])
    chain = Chain(world, actors, fighters=(FIGHTER,))
    decision = chain.drafted()
    table = appraisal_paper(chain.campaign)
    decision = chain.sign(decision)
    chain.post(decision)
    for paper in (table, decision_paper(decision), payment_paper(decision), certificates(decision)):
        assert paper_pdf(paper).startswith(b"%PDF-")
        assert long_name(chain.people[3].pk - Person.objects.order_by("pk")[0].pk)[:40] in repr(paper)
    for paper in (table, decision_paper(decision), payment_paper(decision)):
        assert paper_docx(paper).startswith(b"PK")
    assert sorted(Minutes.objects.values_list("kind", flat=True)) == ["session", "session", "tally"]
    assert sum(len(group.lines) for row in by_unit(honour_lines(2020)) for group in row.groups) == 9


# The signed copy


def sign(data: bytes) -> bytes:
    return sign_pdf(data, key=IDENTITY.key, certificate=IDENTITY.certificate, when=MOMENT)


def overlaid(data: bytes) -> bytes:
    """The file with a white field laid over its first page by an addition at its end."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    words = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 800 re f"))
    writer.add_stream_to_page(0, words)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_only_the_signed_copy_of_what_was_sent_is_taken(chain: Chain) -> None:
    rows = chain.passed()
    decision, other = chain.send(chain.drafted(rows[:4])), chain.send(chain.drafted(rows[4:]))
    assert decision.original is not None
    original = content(decision.original)
    for data, words in (
        (b"", "Tệp trống"),
        (signed_copy(other), "Tệp này không phải bản ký của Quyết định số 01/QĐ-STC: phần đầu khác với tệp đã gửi"),
        (original, "là bản gốc của Quyết định số 01/QĐ-STC, chưa có chữ ký số"),
        (original + b"\n% gan nhu vay", "Không đọc được|không có chữ ký số"),
        (overlaid(original), "không có chữ ký số"),
        (sign(overlaid(original)), "có trang, chữ hoặc hình chèn vào"),
        (overlaid(sign(original)), "không nguyên vẹn"),
        (sign(original)[:-200], "Không đọc được|không nguyên vẹn"),
    ):
        with chain.refused(words):
            chain.take(decision, data)
    twice = sign(signed_copy(decision))
    assert chain.take(decision, twice).state == DecisionState.SIGNED
    assert (GoldenBook.objects.count(), Decision.objects.get(pk=other.pk).state) == (4, DecisionState.SENT)


def test_a_signed_copy_is_taken_once(chain: Chain) -> None:
    decision = chain.sign(chain.drafted())
    again = signed_copy(decision)
    with chain.refused("đang ở trạng thái “Đã ký", Exception):
        chain.take(decision, again)
    with chain.refused("đang ở trạng thái “Đã ký", Exception):
        decisions.recall(actor=chain.by, decision=decision, because="Nhầm")
    with chain.refused("đang ở trạng thái “Đã ký", Exception):
        decisions.cancel(actor=chain.by, decision=decision, because="Nhầm")
