"""Words with their places on a page → visual lines, columns and rows of tables, in reading order.

Knows nothing of files: a text PDF and a recognised scan both come here as words in boxes. Lengths are compared
with the height of the letters only, so that points and dots serve alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from thidua.core.plans.head import is_type_line
from thidua.core.plans.markers import find_marker

_NOTE_MARK = re.compile(r"[\d*()\[\]]{1,4}")
_SPLIT = 0.8
_WIDE = 3.0
_PITCH = 1.7


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, from the upper left corner of the page; `size` is the height of its letters."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    """A page: number from 1, its words, the lines drawn across it (height, left, right), whether it is a picture."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float], ...] = ()
    recognised: bool = False


@dataclass(frozen=True)
class Row:
    """Words on one visual line, left to right."""

    page: int
    line: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @cached_property
    def middle(self) -> float:
        return median(word.middle for word in self.words)

    def part(self, words: Sequence[Word]) -> Row:
        """Return some of the row's words as a row of their own."""
        return Row(self.page, self.line, tuple(words))


@dataclass
class Block:
    """What is read as one thing: lines that flow ("text"), lines that stand alone, or one row of a table."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    cells: list[list[Row]] = field(default_factory=list)


@dataclass
class _Region:
    """Rows one below the other that leave the same strips of the page free."""

    gaps: list[tuple[float, float]]
    rows: list[Row] = field(default_factory=list)


def rows_of(page: Page) -> list[Row]:
    """Return the visual lines of a page from top to bottom, raised small figures (notes) left out."""
    groups: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: word.middle):
        for group in reversed(groups[-4:]):
            first = max(group, key=lambda other: other.bottom - other.top)
            shared = min(first.bottom, word.bottom) - max(first.top, word.top)
            if shared > 0.5 * min(first.bottom - first.top, word.bottom - word.top):
                group.append(word)
                break
        else:
            groups.append([word])
    ordered = sorted(groups, key=lambda group: median(word.middle for word in group))
    rows = (sorted(group, key=lambda word: word.left) for group in ordered)
    kept = (row for row in map(_without_note_marks, rows) if row)
    return [Row(page.number, line, tuple(row)) for line, row in enumerate(kept, 1)]


def _without_note_marks(words: list[Word]) -> list[Word]:
    size = median(word.size for word in words)
    middle = median(word.middle for word in words)
    return [
        word
        for word in words
        if not (
            word.size < 0.75 * size
            and word.middle < middle - 0.1 * size
            and re.fullmatch(r"[\d*()\[\]]{1,4}", word.text)
        )
    ]


def blocks_of(rows: Sequence[Row], page: Page) -> Iterator[Block]:
    """Yield what stands on a page in reading order: the head's and the signature's columns each from top to
    bottom, tables row by row, the rest as lines that flow."""
    index = 0
    seen_body = page.number > 1
    while index < len(rows):
        region = _region(rows, index)
        if region is None:
            row = rows[index]
            seen_body = seen_body or bool(is_type_line(row.text)) or len(row.words) > 12
            yield Block("text", [row])
            index += 1
            continue
        index += len(region.rows)
        if _is_columns(region, seen_body):
            for column in _columns(region):
                yield from (Block("alone", [row]) for row in column)
        else:
            yield from _table(region, page)


def segments(row: Row) -> list[list[Word]]:
    """Return the words of a row, cut where more than a space is free; a list mark stays with its words."""
    gaps = [right.left - left.right for left, right in zip(row.words, row.words[1:], strict=False)]
    usual = median(gaps) if len(gaps) > 3 else 0.0
    limit = max((_SPLIT if len(gaps) > 3 else 1.2) * row.size, 2.5 * usual)
    parts = [[row.words[0]]]
    for gap, word in zip(gaps, row.words[1:], strict=True):
        marker = find_marker(" ".join(other.text for other in parts[-1]) + " X")
        only_mark = len(parts) == 1 and len(parts[0]) == 1 and marker is not None
        number = re.fullmatch(r"S\S{0,2}", parts[-1][-1].text)  # "Số" before a number written by hand
        if gap > limit and not only_mark and not number and not word.text.startswith("/"):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _gaps(row: Row) -> list[tuple[float, float]]:
    parts = segments(row)
    return [(left[-1].right, right[0].left) for left, right in itertools.pairwise(parts)]


def _region(rows: Sequence[Row], start: int) -> _Region | None:
    """Return the rows from a place on that keep the same strips free, or None where there are none."""
    gaps = _gaps(rows[start])
    if not gaps:
        return None
    region = _Region(gaps, [rows[start]])
    split, last = 1, 0
    for row in rows[start + 1 :]:
        previous = region.rows[-1]
        if row.middle - previous.middle > 3.5 * max(row.size, previous.size):
            break
        left = _kept(region.gaps, row)
        if not left or is_type_line(row.text):
            break
        own = _gaps(row)
        near = row.middle - previous.middle < _PITCH * max(row.size, previous.size)
        region.gaps = left
        region.rows.append(row)
        if own:
            split += 1
            last = len(region.rows) - 1
        elif not near or find_marker(row.text) is not None:
            # a line on one side only goes on where the region goes on below it
            continue
        elif len(region.rows) - 2 == last:
            last = len(region.rows) - 1
    region.rows = region.rows[: last + 1]
    widest = max(right - left for left, right in region.gaps)
    if split == 1 and widest < _WIDE * rows[start].size:
        return None
    return region


def _kept(gaps: Sequence[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """Return what stays free of the strips below one more row."""
    kept: list[tuple[float, float]] = []
    for left, right in gaps:
        for word in row.words:
            if word.right > left and word.left < right:
                if (word.left + word.right) / 2 < (left + right) / 2:
                    left = max(left, word.right)
                else:
                    right = min(right, word.left)
        if right - left > 0.6 * row.size:
            kept.append((left, right))
    return kept


def _columns(region: _Region) -> list[list[Row]]:
    columns: list[list[Row]] = [[] for _ in range(len(region.gaps) + 1)]
    for row in region.rows:
        for place, words in enumerate(_cells(row, region.gaps)):
            if words:
                columns[place].append(row.part(words))
    return columns


def _cells(row: Row, gaps: Sequence[tuple[float, float]]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(gaps) + 1)]
    for word in row.words:
        place = sum((word.left + word.right) / 2 > (left + right) / 2 for left, right in gaps)
        cells[place].append(word)
    return cells


def _is_columns(region: _Region, seen_body: bool) -> bool:
    """Tell columns, read one after the other, from the rows of a table."""
    if len(region.gaps) > 1:
        return not seen_body
    if not seen_body:
        return True
    text = " ".join(row.text for row in region.rows)
    if re.search(r"(?i)nơi\s+nhận", text) or re.search(r"\b(?:TM|KT|TL|TUQ)\s?\.", text):
        return True
    columns = _columns(region)
    edge = (min(row.left for row in region.rows), max(row.right for row in region.rows))
    strip = region.gaps[0]
    widths = (strip[0] - edge[0], edge[1] - strip[1])
    full = [
        sum(row.right - row.left > 0.85 * width for row in column) / max(len(column), 1)
        for column, width in zip(columns, widths, strict=True)
    ]
    return len(region.rows) > 12 and min(full) > 0.5


def _table(region: _Region, page: Page) -> Iterator[Block]:
    """Yield the rows of a table; lines drawn between them part them, else the first column does."""
    rules = sorted(
        height for height, left, right in page.rules if left < region.gaps[0][0] + 1 or right > region.gaps[-1][1] - 1
    )
    groups: list[list[Row]] = []
    for row in region.rows:
        if groups and not _new_row(groups[-1], row, region, rules):
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        cells: list[list[Row]] = [[] for _ in range(len(region.gaps) + 1)]
        for row in group:
            for place, words in enumerate(_cells(row, region.gaps)):
                if words:
                    cells[place].append(row.part(words))
        yield Block("row", cells=[cell for cell in cells if cell])


def _new_row(group: Sequence[Row], row: Row, region: _Region, rules: Sequence[float]) -> bool:
    previous = group[-1]
    if rules:
        return any(previous.middle < height < row.middle for height in rules)
    first = _cells(row, region.gaps)[0]
    if not first:
        return row.middle - previous.middle > _PITCH * row.size * 1.2
    own = sum(bool(cell) for cell in _cells(row, region.gaps))
    return own > 1 or row.middle - previous.middle > _PITCH * row.size
