"""Lines of a page → paragraphs: wrapped lines joined with one space, page numbers left out.

Blank lines, list marks, indents, capitals and unfinished sentences decide where a paragraph ends; a
paragraph cut by a page break is joined again when its next line goes on in lower case. A text with lines longer
than any page is wide, or whose long lines nearly all end in a mark, was never wrapped: there every line is a
paragraph. The joined text remembers where each of its characters stood in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.core.plans.head import is_type_line
from thidua.core.plans.markers import find_marker, in_capitals
from thidua.core.plans.names import OFFICE
from thidua.core.plans.references import KIND
from thidua.core.plans.sections import opens_section
from thidua.core.vietnamese import fold

_LINE = re.compile(r"[^\n\f]*")
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*[-–]?\Z", re.IGNORECASE)
_COLUMN_GAP = re.compile(r"\S(\s{5,})\S")
_OPENER = re.compile(
    r"(?:can cu|thuc hien|trien khai|theo de nghi|xet de nghi|noi nhan|tren day la|ke hoach|quyet dinh)\b"
)
# A ground of the plan, however damaged: "Căn cứ …", "Thực hiện Kế hoạch số 09/KH-UBND …".
_GROUND = re.compile(
    r"c[\w&]n\s+c\w{1,3}\s|(?:th\w{2}\s+hi\w{2,3}|tr\w{2}\s+c\w\s+s\w|theo|thi\s+hanh|trien\s+khai)"
    rf"\s+(?:\w+\s+){{0,3}}?(?:{KIND}|.{{0,40}}\d\s?[-/]\s?[a-z]{{2}})"
)
_HANGING = {
    "cua",
    "va",
    "cho",
    "voi",
    "so",
    "cac",
    "nhung",
    "trong",
    "nam",
    "ngay",
    "la",
    "tai",
    "ve",
    "theo",
    "de",
    "tu",
    "den",
    "thang",
    "lan",
    "thu",
    "khoa",
    "bo",
    "ban",
    "so:",
    "≥",
    "co",
    "dat",
    "cong",
}
_HEAD_LINES = 14
_PAGE_WIDTH = 160
_LONG_LINE = 60
_HEAD_END = re.compile(r".*\b(?:viet\.?\s*nam|hanh\s+ph\w+|ngay\s+\d+\s+thang\s+\d+\s+n\w+\s+\d{4})\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    gap: bool


@dataclass(frozen=True)
class Joined:
    """Paragraphs joined from lines; `paragraphs` are spans of `text`, divided by one line feed."""

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, int], ...]

    def source(self, offset: int) -> int:
        """Return where a character of the joined text stood in the text of the file."""
        index = bisect_right(self.pieces, (offset, 1 << 60)) - 1
        start, origin = self.pieces[max(index, 0)] if self.pieces else (0, 0)
        return origin + offset - start

    def joined(self, origin: int) -> int | None:
        """Return where a character of the file's text stands in the joined text; None where it was left out."""
        ends = (*self.pieces[1:], (len(self.text), 0))
        for (start, first), (end, _) in zip(self.pieces, ends, strict=True):
            if first <= origin < first + end - start:
                return start + origin - first
        return None


def join_lines(source: str) -> Joined:
    """Return the paragraphs of a text; a pure function of the text."""
    lines = list(_lines(source))
    groups: list[list[_Line]] = []
    widths = sorted(line.end - line.start for line in lines)
    width = widths[int(len(widths) * 0.85)] if widths else 0
    unwrapped = _unwrapped(source, lines)
    for line in lines:
        if groups and (
            _goes_on(source, groups[-1], line) if unwrapped else _continues(source, groups[-1], line, width)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _assemble(source, groups)


def _lines(source: str) -> Iterator[_Line]:
    """Yield the lines with words, columns of the head apart."""
    gap, count = True, 0
    position = 0
    while position <= len(source):
        match = _LINE.match(source, position)
        end = match.end() if match else len(source)
        words = source[position:end].strip()
        if words and not _PAGE_NUMBER.match(words):
            start = position + source[position:end].index(words[0])
            start += len(words) - len(words.lstrip("#").lstrip()) if words.startswith("#") else 0
            count += 1
            for column, (first, last) in enumerate(
                _columns(source, start, position + len(source[position:end].rstrip()), count <= _HEAD_LINES)
            ):
                yield _Line(first, last, first - position, gap or column > 0)
            gap = words.startswith("#") or (count <= _HEAD_LINES and _COLUMN_GAP.search(words) is not None)
        else:
            gap = True
        position = end + 1


def _columns(source: str, start: int, end: int, split: bool) -> list[tuple[int, int]]:
    if not split:
        return [(start, end)]
    columns: list[tuple[int, int]] = []
    for match in _COLUMN_GAP.finditer(source, start, end):
        if not re.fullmatch(r"S\S{0,2}", source[start : match.start(1)].strip()):  # "Số" before a hand-written number
            columns.append((start, match.start(1)))
            start = match.end(1)
    return [*columns, (start, end)]


def _continues(source: str, group: list[_Line], line: _Line, width: int) -> bool:
    previous = group[-1]
    before, here = source[previous.start : previous.end], source[line.start : line.end]
    mark = find_marker(here)
    first = find_marker(source[group[0].start : previous.end])
    headed = first is not None and first.kind != "bullet"
    heading = headed and in_capitals(before) and in_capitals(here) and before[-1] not in ".:;!?"
    if line.gap:
        lower = here[0].islower() and before[-1] not in ".:;!?" and not before.isupper()
        hangs = fold(before.split()[-1]) in _HANGING and len(before.split()) > 4
        return mark is None and (lower or hangs or (heading and not opens_section(here)))
    if (mark is not None and not _false_mark(before, here)) or opens_section(here):
        return False
    if _starts_title(source, before, here, line.start):
        return False
    if first is not None and first.length >= previous.end - group[0].start and len(group) == 1:
        return True
    if here[0].isupper() and not heading and _GROUND.match(fold(here)):
        return False
    if (
        _OPENER.match(fold(here))
        and not before.isupper()
        and (before[-1] in ".;:" or (here[0].isupper() and previous.end - previous.start < width // 2))
    ):
        return False
    return heading or not _paragraph_ends(before, here, previous, line, width, len(group))


def _unwrapped(source: str, lines: Sequence[_Line]) -> bool:
    long_lines = [line for line in lines if line.end - line.start > _LONG_LINE]
    if any(line.end - line.start > _PAGE_WIDTH for line in long_lines):
        return True
    closed = sum(source[line.end - 1] in ".;:,!?…”)" for line in long_lines)
    return len(long_lines) >= 3 and closed >= 0.85 * len(long_lines)


def _goes_on(source: str, group: list[_Line], line: _Line) -> bool:
    """Tell whether a line of an unwrapped text was cut off from the one before it all the same."""
    before, here = source[group[-1].start : group[-1].end], source[line.start : line.end]
    return here[0].islower() and before[-1] not in ".;:!?" and find_marker(here) is None and not before.isupper()


def _starts_title(source: str, before: str, here: str, start: int) -> bool:
    """Keep the lines of the head apart where no blank line does: names, number and date, type of document."""
    if (here.isupper() and is_type_line(here)) or (before.isupper() and is_type_line(before)):
        return True
    both = before.isupper() and here.isupper() and find_marker(before) is None
    if start < 1500 and both and re.match(rf"(?:{OFFICE})\b", fold(here)):
        return True
    return start < 1500 and here[0].isupper() and len(before) < 110 and bool(_HEAD_END.match(fold(before)))


def _false_mark(before: str, here: str) -> bool:
    """A wrapped line may begin with "- 2025)" or "2020." by chance: then the line before hangs in the air."""
    marker = find_marker(here)
    if marker is None or before[-1] in ".;:":
        return False
    if marker.kind == "bullet":  # 2020 -/- 2025 and Hội đồng Thi đua -/- Khen thưởng are often cut at the dash
        return here[0] in "-–" and (
            (before[-1].isdigit() and here[marker.length : marker.length + 1].isdigit())
            or fold(before).endswith("thi dua")
        )
    last = fold(before.split()[-1])
    return marker.kind in ("number", "roman") and last in _HANGING and len(before.split()) > 4


def _paragraph_ends(before: str, here: str, previous: _Line, line: _Line, width: int, count: int) -> bool:
    capital = here[0].isupper() or here[0] in '“"'
    length = previous.end - previous.start
    if capital and line.indent >= 2 and line.indent == previous.indent and count == 1 and length < 0.7 * width:
        return True  # both begin where paragraphs begin, and the one before had room to go on
    if line.indent - previous.indent >= 3 and count > 1 and capital:
        return True
    shouted, shouts = in_capitals(before), in_capitals(here)
    if shouted != shouts and ((shouted and len(before) > 4) or (shouts and len(here) > 12)):
        return True
    if before[-1] in ".;:!?" and capital:
        return length < 0.8 * width or line.indent - previous.indent >= 2 or before[-1] == ";"
    if not capital or before[-1] in ",-–":
        return False
    last = fold(before.split()[-1])
    fills = len(here) > 0.7 * width or (len(before.split()) > 2 and not here.isupper())
    titled = count == 1 and len(before) < 0.6 * width and fills and ":" not in before
    return titled and last not in _HANGING and find_marker(before) is not None


def _assemble(source: str, groups: list[list[_Line]]) -> Joined:
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    paragraphs: list[tuple[int, int]] = []
    length = 0
    for number, group in enumerate(groups):
        if number:
            parts.append("\n")
            length += 1
        first = length
        for place, (start, end) in enumerate(_runs(source, group)):
            if place:
                parts.append(" ")
                length += 1
            pieces.append((length, start))
            parts.append(source[start:end])
            length += end - start
        paragraphs.append((first, length))
    return Joined("".join(parts), tuple(paragraphs), tuple(pieces))


def _runs(source: str, group: list[_Line]) -> list[tuple[int, int]]:
    """Return the stretches of a paragraph that hold no more than single spaces."""
    runs: list[tuple[int, int]] = []
    for line in group:
        runs += [
            (line.start + match.start(), line.start + match.end())
            for match in re.finditer(r"\S+(?: \S+)*", source[line.start : line.end])
        ]
    return runs
