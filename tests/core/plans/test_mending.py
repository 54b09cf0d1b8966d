"""List marks that were put right on recognised pages are repairs like any other: what stood there, where, and why."""

from thidua.core.plans.extract.mending import mended
from thidua.core.plans.extract.source import Piece, source_of
from thidua.core.plans.lines import join_lines
from thidua.core.plans.plan import Repair
from thidua.core.plans.reading import MEND_SURE, MENDED, _repairs
from thidua.core.plans.repair import repair

LINES = (
    ("I. MỤC ĐÍCH, YÊU CẦU", 1, 1),
    ("1: Mục đích: tạo khí thế thi đua; phát huy sáng kiến: nâng cao hiệu quả công việc.", 1, 2),
    ("H. CHỈ TIÊU THI ĐUA", 2, 1),
    ("Phấn đấu 90% cán bộ đạt danh hiệu “Lao động tiên tiến”.", 2, 2),
)


def pieces() -> list[list[Piece]]:
    return [[Piece(text, page, line)] for text, page, line in LINES]


def made(from_: str, to: str, start: int, page: int, line: int, origin: int) -> Repair:
    ends = (start + len(to), origin, origin + len(to))
    return Repair(from_, to, start, *ends, page, line, MENDED, MEND_SURE)


def test_mended_marks_are_listed_with_what_stood_there() -> None:
    source = source_of(mended(pieces(), frozenset({1, 2})))
    joined = join_lines(source.text)
    text, changes = repair(joined.text, joined.paragraphs)
    repairs = _repairs(source, joined, changes)
    assert [text[one.start : one.end] for one in repairs] == ["1.", ";", "II."]
    assert repairs == (
        made("1:", "1.", text.index("1. "), 1, 2, source.text.index("1. ")),
        made(":", ";", text.index("; nâng"), 1, 2, source.text.index("; nâng")),
        made("H.", "II.", text.index("II. "), 2, 1, source.text.index("II. ")),
    )


def test_pages_that_were_not_recognised_are_left_alone() -> None:
    source = source_of(mended(pieces(), frozenset()))
    assert (source.mends, [line for line in source.text.split("\n") if line]) == ((), [text for text, *_ in LINES])
