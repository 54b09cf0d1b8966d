"""Pages of words → paragraphs: running heads, page numbers and contents left out, notes after their paragraph."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rapidfuzz.fuzz import ratio

from thidua.core.plans.extract.mending import mended
from thidua.core.plans.extract.page import Block, Page, Row, blocks_of, rows_of
from thidua.core.plans.extract.source import Piece, Source, clean, source_of
from thidua.core.plans.head import is_type_line
from thidua.core.plans.markers import find_marker
from thidua.core.vietnamese import fold

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?", re.IGNORECASE)
_CONTENTS = re.compile(r"[^.…]{3,}?\s*(?:[.…]\s?){4,}\s*\d{1,3}")
_END = ".;:!?…"
# Where running heads and feet stand: this share of the page's height from either edge.
_MARGIN = 0.13
_SHARE = 0.6
_ALIKE = 85.0
_NOTE = re.compile(r"(\d{1,2}|\*{1,3})\s*(?=\D)")


@dataclass(frozen=True)
class _Shape:
    """How the text of a document is set: letter size, distance of lines, whether first lines are set in."""

    size: float
    pitch: float
    indented: bool


@dataclass(frozen=True)
class _Line:
    """A line that flows, and the edges of the text on its page."""

    row: Row
    left: float
    right: float


def read_pages(pages: Sequence[Page]) -> Source:
    """Return the text of pages of words in reading order; a pure function of the words."""
    rows = [rows_of(page) for page in pages]
    rows = _without_contents(_without_running(rows, pages))
    blocks = [list(blocks_of(own, page)) for own, page in zip(rows, pages, strict=True)]
    recognised = frozenset(page.number for page in pages if page.recognised)
    source = source_of(mended(list(_paragraphs(blocks)), recognised))
    return replace(source, recognised=tuple(sorted(recognised)))


def _without_running(rows: list[list[Row]], pages: Sequence[Page]) -> list[list[Row]]:
    """Leave out page numbers and what most pages have alike at their upper or lower edge."""
    edges = [[row for row in own if _at_edge(row, page)] for own, page in zip(rows, pages, strict=True)]
    texts = [[re.sub(r"\d+", "", fold(row.text)).strip() for row in own] for own in edges]
    needed = max(2, round(_SHARE * len(pages)))
    running: set[tuple[int, int]] = set()
    for number, own in enumerate(edges):
        for row, text in zip(own, texts[number], strict=True):
            if _PAGE_NUMBER.fullmatch(row.text.strip()) or (len(text) > 2 and _pages_with(text, texts) >= needed):
                running.add((row.page, row.line))
    return [[row for row in own if (row.page, row.line) not in running] for own in rows]


def _pages_with(text: str, texts: Sequence[Sequence[str]]) -> int:
    return sum(any(ratio(text, other) >= _ALIKE for other in page) for page in texts)


def _at_edge(row: Row, page: Page) -> bool:
    return row.middle < _MARGIN * page.height or row.middle > (1 - _MARGIN) * page.height


def _without_contents(rows: list[list[Row]]) -> list[list[Row]]:
    """Leave out a table of contents: three lines or more that end in dots and a page number."""
    listed = [[bool(_CONTENTS.fullmatch(row.text)) for row in own] for own in rows]
    if sum(map(sum, listed)) < 3:
        return rows
    return [
        [row for row, drop in zip(own, drops, strict=True) if not drop] for own, drops in zip(rows, listed, strict=True)
    ]


def _paragraphs(pages: Sequence[Sequence[Block]]) -> Iterator[list[Piece]]:
    shape = _shape(pages)
    open_: list[_Line] = []
    notes: list[list[Piece]] = []
    for blocks in pages:
        edges = _edges(blocks)
        first_note = _first_note(blocks, shape)
        for place, block in enumerate(blocks):
            if place >= first_note:
                notes += _note(notes, block)
                continue
            if block.kind == "text":
                line = _Line(block.rows[0], *edges)
                if open_ and not _breaks(open_, line, shape):
                    open_.append(line)
                    continue
            if open_:
                yield _pieces(line.row for line in open_)
                yield from notes
                open_, notes = [], []
            if block.kind == "text":
                open_ = [line]
            elif block.kind == "alone":
                yield _pieces(block.rows)
            else:
                yield _table_row(block)
    if open_:
        yield _pieces(line.row for line in open_)
    yield from notes


def _pieces(rows: Iterable[Row]) -> list[Piece]:
    return [Piece(clean(row.text), row.page, row.line) for row in rows]


def _table_row(block: Block) -> list[Piece]:
    cells = [" ".join(row.text for row in cell) for cell in block.cells]
    first = block.cells[0][0]
    return [Piece(clean(" | ".join(cells)), first.page, min(cell[0].line for cell in block.cells))]


def _first_note(blocks: Sequence[Block], shape: _Shape) -> int:
    """Return where the notes at the foot of a page begin: small letters down to its end, the first one numbered."""
    place = len(blocks)
    while place and blocks[place - 1].kind == "text" and blocks[place - 1].rows[0].size < 0.88 * shape.size:
        place -= 1
    while place < len(blocks) and not _NOTE.match(blocks[place].rows[0].text):
        place += 1
    return place


def _note(notes: list[list[Piece]], block: Block) -> list[list[Piece]]:
    row = block.rows[0]
    mark = _NOTE.match(row.text)
    if mark is None and notes:
        notes[-1] += _pieces([row])
        return []
    text = row.text[mark.end() :] if mark else row.text
    return [[Piece(clean(f"[{mark.group(1) if mark else '*'}] {text}"), row.page, row.line)]]


def _edges(blocks: Sequence[Block]) -> tuple[float, float]:
    rows = [row for block in blocks for row in block.rows if block.kind == "text"]
    if not rows:
        return 0.0, 0.0
    lefts = Counter(round(row.left / max(row.size, 1) * 2) for row in rows if len(row.words) > 4)
    # the leftmost edge that several lines share: first lines may be set in more often than not
    shared = [place for place, count in lefts.items() if count >= max(2, 0.1 * len(rows))]
    near = min(shared, default=None)
    left = (
        median(row.left for row in rows if round(row.left / max(row.size, 1) * 2) == near)
        if near is not None
        else min(row.left for row in rows)
    )
    rights = sorted(row.right for row in rows)
    return left, rights[int(0.9 * (len(rights) - 1))]


def _shape(pages: Sequence[Sequence[Block]]) -> _Shape:
    rows = [block.rows[0] for blocks in pages for block in blocks if block.kind == "text"]
    if not rows:
        return _Shape(1.0, 1.0, indented=False)
    size = median(row.size for row in rows for _ in row.words)
    pitches = [
        after.middle - before.middle
        for before, after in itertools.pairwise(rows)
        if before.page == after.page and 0 < after.middle - before.middle < 2.6 * size
    ]
    # the closer half of the distances are those inside paragraphs
    pitch = median(sorted(pitches)[: max(1, (len(pitches) + 1) // 2)]) if pitches else 1.3 * size
    inset = full = 0
    for blocks in pages:
        left, right = _edges(blocks)
        flowing = [block.rows[0] for block in blocks if block.kind == "text"]
        for before, after in itertools.pairwise(flowing):
            if before.right > right - 2 * size and after.left < left + 0.5 * size:
                full += 1
                inset += before.left > left + 0.8 * size
    return _Shape(size, pitch, indented=inset >= 3 and inset > 0.15 * full)


def _breaks(paragraph: Sequence[_Line], line: _Line, shape: _Shape) -> bool:
    """Tell whether a line begins a new paragraph."""
    before = paragraph[-1]
    a, b = before.row, line.row
    same_page = a.page == b.page
    distance = b.middle - a.middle
    if abs(a.size - b.size) > 0.15 * shape.size or (same_page and distance > 1.8 * shape.pitch):
        return True
    if is_type_line(a.text) or is_type_line(b.text):
        return True
    marker = find_marker(b.text)
    centred = _is_centred(before) and _is_centred(line)
    if a.text.isupper() and b.text.isupper() and marker is None and distance < 1.3 * shape.pitch:
        return _has_room(before, b, shape) and not centred
    if same_page and distance > 1.28 * shape.pitch:
        return True
    if a.text.isupper() != b.text.isupper() and min(len(a.text), len(b.text)) > 6:
        return True
    if _has_room(before, b, shape):
        return not (centred and marker is None and a.text[-1] not in _END and b.text[:1].islower())
    if _hangs(paragraph, line, shape):
        return marker is not None and a.text[-1] in _END
    if b.left - line.left > 0.8 * shape.size and b.left - line.left - (a.left - before.left) > 0.5 * shape.size:
        return True
    if not shape.indented and a.text[-1] in ";:" and b.text[:1].isupper():
        return True
    if marker is not None:
        return a.text[-1] in _END or marker.kind in ("roman", "part", "article", "letter", "paren")
    if a.text[-1] in ".!?…" and shape.indented:
        return b.left - line.left > 0.8 * shape.size
    return False


def _has_room(before: _Line, b: Row, shape: _Shape) -> bool:
    """Tell whether the next line's first word would still have found room at the end of the line before."""
    first = b.words[0]
    return before.right - before.row.right > (first.right - first.left) + 0.6 * shape.size


def _is_centred(line: _Line) -> bool:
    row = line.row
    inset = (row.left - line.left, line.right - row.right)
    return min(inset) > row.size and abs(inset[0] - inset[1]) < 2.5 * row.size


def _hangs(paragraph: Sequence[_Line], line: _Line, shape: _Shape) -> bool:
    """Tell whether a line stands below the words of a list item, its mark hanging out to the left."""
    first = paragraph[0].row
    if find_marker(first.text) is None or len(first.words) < 2:
        return False
    inset = first.words[1].left - first.left
    begins = line.row.left - line.left - (first.left - paragraph[0].left)
    return abs(begins - inset) < 0.4 * shape.size
