"""Bytes of a file → the text in it, with the page and line of every character.

Read: plain text in UTF-8, UTF-16, Windows-1258, TCVN3 and VNI; Word (.docx, .docm); PDF with letters, scanned, or
both page by page; pictures of pages (PNG, JPEG, TIFF). The content tells the kind, not the name. Word files, PDFs
and pictures are taken apart in a process of their own with bounded memory and time (core/confined.py).

kinds.py      what a file is, and the refusal of what is not read
plain.py      text and its encodings          legacy.py   fonts of before Unicode
word.py       Word files                      numbering.py  their automatic numbers
pdf.py        words and places in a PDF       scan.py     the same from pictures, by Tesseract
recogniser.py  whether Tesseract is here      pictures.py  sizes of pictures, from their headers
page.py       words → lines, columns, tables  layout.py   → paragraphs
source.py     the text, and where it stood
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from thidua.core.confined import MIB, BrokeDown, TooLong, TooMuch, confined
from thidua.core.plans import errors
from thidua.core.plans.errors import DamagedFile, EmptyPlan, ManyScans, OversizedPlan, PlanError
from thidua.core.plans.extract.kinds import MEDIA_TYPES, SUFFIXES, Kind, kind_of
from thidua.core.plans.extract.layout import read_pages
from thidua.core.plans.extract.page import Page, Word
from thidua.core.plans.extract.pictures import MAX_SCANS, pages_of, too_many_scans
from thidua.core.plans.extract.plain import read_text
from thidua.core.plans.extract.recogniser import no_recogniser, recogniser_is_here
from thidua.core.plans.extract.source import Piece, Source, clean, source_of

__all__ = ["SUFFIXES", "Report", "Source", "extract", "media_type", "silent"]

# What takes a file apart, and each process that recognises a page; the caller has some hundred more.
MEMORY, MEMORY_A_PAGE = 360 * MIB, 500 * MIB
SECONDS = 10
# A page takes two to five seconds, and two are read at once; the rest is for machines that are busy.
SECONDS_A_SCAN = 10
AT_ONCE = 4  # pages that one process recognises: few, so that it is seen how far the work is
MAX_LETTERS = 300_000  # six times the longest plan seen; what is all damaged takes its time
_TASKS = "thidua.core.plans.extract"


Report = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """A report to nobody."""


def extract(data: bytes, *, filename: str, most_scans: int | None = None, report: Report = silent) -> Source:
    """Return the text of a file; raise a PlanError whose message says what to do instead.

    `report` is told how many pages are recognised and how many there are to recognise; ManyScans is raised before the
    first when they are more than `most_scans`.
    """
    try:
        source = _source(data, kind_of(data), _Recognising(most_scans, report))
        if not any(character.isalpha() for character in source.text):
            raise EmptyPlan("tệp không có chữ nào; hãy kiểm tra lại tệp đã chọn.")
        if len(source.text) > MAX_LETTERS:
            raise OversizedPlan(
                f"tệp có trên {MAX_LETTERS // 1000} nghìn ký tự (chừng 110 trang), quá giới hạn của một bản kế hoạch; "
                "hãy tách riêng phần kế hoạch rồi nộp lại."
            )
    except PlanError as error:
        raise type(error)(f"{filename}: {error}") from error
    return source


def media_type(data: bytes) -> str:
    """Return what a file that was read is to be stored as."""
    return MEDIA_TYPES[kind_of(data)]


@dataclass(frozen=True)
class _Recognising:
    """How many pages may be recognised at most, and whom to tell how many are."""

    most: int | None
    report: Report

    def pages(self, task: str, data: bytes, pages: list[int], **options: object) -> list[dict[str, Any]]:
        """Recognise pages, by number from 0, some at a time."""
        if pages and not recogniser_is_here():
            raise no_recogniser()
        if self.most is not None and len(pages) > self.most:
            raise ManyScans(f"tệp có {len(pages)} trang phải nhận dạng; việc ấy mất vài phút.")
        found: list[dict[str, Any]] = []
        for place in range(0, len(pages), AT_ONCE):
            self.report(place, len(pages))
            some = pages[place : place + AT_ONCE]
            seconds = SECONDS + SECONDS_A_SCAN * len(some)
            found += _apart(task, data, seconds=seconds, pages=some, **options)["pages"]
        return found


def _source(data: bytes, kind: Kind, recognising: _Recognising) -> Source:
    if kind == "text":
        return read_text(data)
    if kind == "word":
        return _of_word(data)
    if kind == "pdf":
        return _of_pdf(data, recognising)
    count = pages_of(data, kind)
    return _of_pages(recognising.pages("scan:words_of_picture", data, list(range(count)), several=count > 1))


def _of_word(data: bytes) -> Source:
    found = _apart("word:paragraphs_of_word", data, seconds=SECONDS)
    return source_of([Piece(clean(text), page, line)] for text, page, line in found["paragraphs"])


def _of_pdf(data: bytes, recognising: _Recognising) -> Source:
    """Return the text of a PDF: its own letters, and what is recognised on pages that have none or bad ones."""
    pages = _apart("pdf:words_of_pdf", data, seconds=SECONDS)["pages"]
    scans = [number for number, page in enumerate(pages) if page["look"]]
    if scans:
        if all(pages[number]["look"] == "may" for number in scans) and not recogniser_is_here():
            scans = []  # bad letters are better than none
        if len(scans) > MAX_SCANS:
            raise too_many_scans(len(scans))
    for number, page in zip(scans, recognising.pages("scan:words_of_scans", data, scans), strict=True):
        pages[number] = page
    return _of_pages(pages)


def _of_pages(pages: list[dict[str, Any]]) -> Source:
    return read_pages(
        [
            Page(
                number,
                page["width"],
                page["height"],
                tuple(Word(*word) for word in page["words"]),
                tuple((height, left, right) for height, left, right in page["rules"]),
                page.get("recognised", False),
            )
            for number, page in enumerate(pages, 1)
        ]
    )


def _apart(task: str, data: bytes, *, seconds: int, **options: object) -> dict[str, Any]:
    """Run a task of this folder in a process of its own; its faults and ends become a PlanError."""
    memory = MEMORY_A_PAGE if task.startswith("scan:") else MEMORY
    try:
        found: Any = confined(f"{_TASKS}.{task}", data, seconds=seconds, memory=memory, **options)
    except TooLong as error:
        raise OversizedPlan(
            f"tệp không đọc xong trong {seconds} giây; hãy lưu lại tệp cho gọn, hoặc tách riêng phần kế "
            "hoạch rồi nộp lại."
        ) from error
    except TooMuch as error:
        raise OversizedPlan(
            f"tệp đòi quá {memory // MIB} MB bộ nhớ để đọc; hãy lưu lại tệp cho gọn, hoặc tách riêng phần "
            "kế hoạch rồi nộp "
            "lại."
        ) from error
    except BrokeDown as error:
        raise DamagedFile("tệp bị hỏng, không đọc được; hãy mở ra, lưu thành tệp mới rồi nộp lại.") from error
    answer: dict[str, Any] = found
    if "fault" in answer:
        raise getattr(errors, answer["fault"])(answer["said"])
    return answer
