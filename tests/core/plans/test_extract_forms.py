"""The 2020 plan in five forms, typed, Word, PDF, scan and damaged text, gives the same twenty targets."""

from __future__ import annotations

import io
from functools import lru_cache

import pypdfium2
import pytest
from core.plans.files import (
    HEAD,
    PLAIN_PAGE,
    ROOT,
    RUNNING,
    TYPED,
    dots,
    pdf_file,
    pictures_of,
    scan_file,
    tiff,
    word_file,
)

from thidua.core.plans import Plan, read_plan
from thidua.core.plans.extract import extract
from thidua.core.plans.extract.recogniser import recogniser_is_here
from thidua.core.plans.outline import clauses_in_order

needs_tesseract = pytest.mark.skipif(
    not recogniser_is_here(),
    reason="no Tesseract with Vietnamese data here; as root “make setup” installs tesseract-ocr and tesseract-ocr-vie",
)


@lru_cache(maxsize=1)
def paper() -> bytes:
    return pdf_file()


def targets(plan: Plan) -> list[tuple[object, ...]]:
    return [(t.clause, t.op, t.value, t.unit, t.title_code, t.deadline) for t in plan.targets]


def marks(plan: Plan) -> list[str]:
    return [clause.id for clause in clauses_in_order(plan.outline)]


@pytest.fixture(scope="module")
def typed() -> Plan:
    return read_plan(TYPED.encode(), filename="ke-hoach.txt")


def test_word_file_reads_as_the_typed_text_does(typed: Plan) -> None:
    plan = read_plan(word_file(), filename="ke-hoach.docx")
    assert (len(plan.targets), targets(plan), plan.outline) == (20, targets(typed), plan.outline)
    assert [clause.to_json() for clause in plan.outline] == [clause.to_json() for clause in typed.outline]
    assert (plan.bases, plan.repairs) == (typed.bases, ())


def test_pdf_reads_as_the_typed_text_does(typed: Plan) -> None:
    plan = read_plan(paper(), filename="ke-hoach.pdf")
    assert [clause.to_json() for clause in plan.outline] == [clause.to_json() for clause in typed.outline]
    assert (len(plan.targets), targets(plan), plan.bases, plan.repairs) == (20, targets(typed), typed.bases, ())


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_head_is_read_column_by_column(form: str) -> None:
    data = word_file() if form == "docx" else paper()
    plan = read_plan(data, filename=f"ke-hoach.{form}")
    lines = tuple(line for column in HEAD for line in column)
    assert tuple(plan.text.split("\n")[: len(lines)]) == lines
    head = plan.document
    assert (head.number, head.date, head.place) == ("12/KH-STC", "2020-05-12", "Minh Họa")
    assert head.issuer == "Sở Tài chính tỉnh Minh Họa"
    assert RUNNING not in plan.text


@needs_tesseract
def test_scan_gives_the_same_targets(typed: Plan) -> None:
    plan = read_plan(scan_file(paper()), filename="ke-hoach.pdf")
    assert (len(plan.targets), targets(plan), marks(plan)) == (20, targets(typed), marks(typed))
    assert (plan.document.number, plan.document.date, plan.bases) == ("12/KH-STC", "2020-05-12", typed.bases)


def test_damaged_text_gives_the_same_targets(typed: Plan) -> None:
    data = (ROOT / "sample" / "ke-hoach-2020.ocr.txt").read_bytes()
    assert targets(read_plan(data, filename="ke-hoach.txt")) == targets(typed)


@needs_tesseract
@pytest.mark.parametrize("form", ["png", "tif"])
def test_pictures_are_read_and_say_page_and_line(form: str) -> None:
    drawn = pdf_file(PLAIN_PAGE, head=False)
    before = pdf_file("Mọi người cùng tham gia.\nCơ quan tạo điều kiện.\n", head=False)
    data = pictures_of(drawn)[0] if form == "png" else tiff([dots(before)[0], dots(drawn)[0]])
    source = extract(data, filename=f"a.{form}")
    last = source.text.rindex("Phấn đấu 90%")
    assert source.place(last) == ((1, 5) if form == "png" else (2, 5))  # the running head is a line too
    plan = read_plan(data, filename=f"a.{form}")
    assert [(t.op, t.value, t.title_code) for t in plan.targets] == [(">=", "90", "LDTT")]


@needs_tesseract
def test_pages_of_letters_and_scanned_pages_are_read_in_order() -> None:
    whole = pypdfium2.PdfDocument(pdf_file(PLAIN_PAGE, head=False))
    whole.import_pages(
        pypdfium2.PdfDocument(scan_file(pdf_file("II. YÊU CẦU\n\nMọi người cùng tham gia.\n", head=False)))
    )
    stream = io.BytesIO()
    whole.save(stream)
    source = extract(stream.getvalue(), filename="a.pdf")
    assert [source.place(source.text.index(words))[0] for words in ("CHỈ TIÊU", "YÊU CẦU", "cùng tham gia")] == [
        1,
        2,
        2,
    ]
