"""A table of a page, as its reader sees it → a sheet to write.

What a reader may see, in which words and in which order, is settled by the page; a file made from the page can hold
nothing else. The page marks what is for hands and not for reading: whatever bears the class ``deed`` (a button's
link, a column of them), buttons and fields are left out. A cell's smaller second line is a column of its own.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from thidua.core.workbooks.write import Value, Written

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
NOT_READ = frozenset({"button", "select", "textarea", "script", "style"})
NOT_READ_CLASSES = frozenset({"deed", "sr"})
BREAKS = frozenset({"br", "li", "p", "div", "tr", "dd", "dt"})
NOTHING = frozenset({"", "–", "—", "-"})


@dataclass
class _Cell:
    header: bool
    span: int
    number: bool
    deed: bool
    main: list[str] = field(default_factory=list)
    details: list[list[str]] = field(default_factory=list)

    @property
    def detail(self) -> str:
        return "; ".join(text for text in (_tidy(part) for part in self.details) if text)


@dataclass
class _Found:
    name: str = ""
    heads: list[_Cell] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)


def table_of_page(page: str, *, table: str, more: str) -> Written | None:
    """The table with this id; None if the page has none.

    ``more`` is put in brackets behind a header for the column of its cells' second lines. A cell that is a day
    (dd/mm/yyyy) becomes one; a cell of class ``num`` becomes a number; a dash is an empty cell.
    """
    reader = _Reader(table)
    reader.feed(page)
    reader.close()
    return _written(reader.found, more) if reader.found else None


class _Reader(HTMLParser):
    def __init__(self, table: str) -> None:
        super().__init__(convert_charrefs=True)
        self.table = table
        self.found: _Found | None = None
        self._inside = False
        self._section = ""
        self._cell: _Cell | None = None
        self._caption = False
        self._label = ""
        self._open: list[tuple[str, str]] = []  # tags inside a cell, each with what it does: "", skip or small

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if not self._inside:
            if tag == "div" and "scroll" in classes:
                self._label = given.get("aria-label", "")
            if tag == "table" and given.get("id") == self.table and self.found is None:
                self.found, self._inside = _Found(self._label or self.table), True
        elif self._cell is not None:
            self._start_inside(tag, classes)
        else:
            self._start(tag, given, classes)

    def _start(self, tag: str, given: dict[str, str], classes: set[str]) -> None:
        assert self.found is not None  # called inside the table only
        if tag in ("thead", "tbody", "tfoot"):
            self._section = tag
        elif tag == "caption":
            self._caption = True
        elif tag == "tr" and self._section != "thead":
            self.found.rows.append([])
        elif tag in ("td", "th"):
            span = int(given["colspan"]) if given.get("colspan", "").isdecimal() else 1
            self._cell = _Cell(self._section == "thead", span, "num" in classes, "deed" in classes)
            self._open = []

    def _start_inside(self, tag: str, classes: set[str]) -> None:
        if tag in BREAKS:
            self.handle_data("\n")
        if tag in VOID:
            return
        does = "skip" if tag in NOT_READ or classes & NOT_READ_CLASSES else "small" if tag == "small" else ""
        self._open.append((tag, does))
        if does == "small" and self._cell is not None:
            self._cell.details.append([])

    def handle_endtag(self, tag: str) -> None:
        if not self._inside:
            return
        if tag == "table":
            self._inside = False
        elif tag == "caption":
            self._caption = False
        elif tag in ("td", "th") and self._cell is not None:
            self._keep(self._cell)
            self._cell = None
        elif self._cell is not None and tag in [name for name, _ in self._open]:
            while self._open.pop()[0] != tag:
                continue

    def _keep(self, cell: _Cell) -> None:
        assert self.found is not None  # called inside the table only
        if cell.header:
            self.found.heads.append(cell)
        elif self.found.rows:
            self.found.rows[-1].append(cell)

    def handle_data(self, data: str) -> None:
        if self._caption and self.found is not None:
            self.found.name = " ".join(data.split()) or self.found.name
        elif self._cell is not None:
            does = {what for _, what in self._open}
            if "skip" not in does:
                (self._cell.details[-1] if "small" in does and self._cell.details else self._cell.main).append(data)


def _written(found: _Found, more: str) -> Written:
    heads = _spread(found.heads)
    # A line of one cell across the table says that there is nothing: “Không có ai.”
    lines = [_spread(cells) for cells in found.rows if cells and not (len(cells) == 1 < len(heads))]
    columns = [number for number, head in enumerate(heads) if not head.deed]
    detailed = {number for number in columns if any(line[number].detail for line in lines if number < len(line))}
    headers: list[str] = []
    for number in columns:
        name = " ".join(filter(None, (_tidy(heads[number].main), heads[number].detail)))
        headers += [name, f"{name} ({more})"] if number in detailed else [name]
    rows = tuple(tuple(_values(line, columns, detailed)) for line in lines)
    return Written(found.name, tuple(headers), rows)


def _values(line: list[_Cell], columns: list[int], detailed: set[int]) -> Iterator[Value]:
    for number in columns:
        cell = line[number] if number < len(line) else _Cell(False, 1, False, False)
        yield _value(_tidy(cell.main), number=cell.number)
        if number in detailed:
            yield _value(cell.detail, number=False)


def _spread(cells: list[_Cell]) -> list[_Cell]:
    """Cells with the empty ones that they cover."""
    return [part for cell in cells for part in (cell, *[_Cell(cell.header, 1, False, cell.deed)] * (cell.span - 1))]


def _tidy(parts: list[str]) -> str:
    """Text with single spaces; a line that the page breaks stays a line."""
    lines = ("".join(parts)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _value(text: str, *, number: bool) -> Value:
    if text in NOTHING:
        return None
    if day := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII):
        try:
            return datetime.date(int(day[3]), int(day[2]), int(day[1]))
        except ValueError:
            return text
    if number and re.fullmatch(r"-?(\d+|[1-9]\d{0,2}([.,]\d{3})+)", text, re.ASCII):
        return int(re.sub("[.,]", "", text))
    return text
