"""A paper as a run of lines, tables and signatures with their type: what Word and PDF set alike.

Sizes, cases and places of every component are those of Decree 30/2020, Annex I, part I; both setters only draw.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from thidua.core.papers.form import (
    Annex,
    Article,
    Block,
    Column,
    Group,
    Head,
    Letter,
    Minutes,
    Row,
    Section,
    Signer,
    Size,
    Table,
    TablePaper,
    Total,
)
from thidua.core.papers.form.parts import annex_marks, closed_list
from thidua.core.papers.measure import CELL_INSET_MM, Layout, breakable, even_width, table_layout, width_mm

TEXT_PT, INDENT_MM, GAP_PT = 14, 10, 6
SHEET_MM: dict[Size, tuple[int, int]] = {"a4": (210, 297), "a3": (297, 420)}
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
MOTTO_MM = 92
LIST_LEFT_MM = 58
SUBJECT_INSET_MM = 12
RULE_SHARE = 0.4
LAST_ROWS = 2
TALL_LINES = 18
# Other cuts of the face are set a little wider than the one measured.
SPARE_MM = 3


@dataclass(frozen=True)
class Run:
    """Words in one cut of the type."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph. ``rule_mm`` draws a line of that length under it; ``stays`` keeps it with what follows."""

    runs: tuple[Run, ...]
    align: Literal["justify", "center", "left"] = "justify"
    size: int = TEXT_PT
    indent_mm: int = INDENT_MM
    left_mm: float = 0
    right_mm: float = 0
    before_pt: int = GAP_PT
    rule_mm: float = 0
    stays: bool = False


@dataclass(frozen=True)
class Grid:
    """A table laid out: every cell's words fit its column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    layout: Layout

    def is_tall(self, row: Row) -> bool:
        """Whether a row may need more than a page, so that it has to be cut after all."""
        cells = () if isinstance(row, Group) else row.cells if isinstance(row, Total) else row
        widths = self.layout.widths[len(self.layout.widths) - len(cells) :]
        return any(
            cell.count("\n") + width_mm(cell, self.layout.size) / width > TALL_LINES
            for cell, width in zip(cells, widths, strict=True)
        )

    def parted(self) -> tuple["Grid", "Grid"]:
        """The table in two: all but the last rows, and those that a signature takes along to a new page."""
        cut = max(0, len(self.rows) - LAST_ROWS)
        while cut < len(self.rows) and any(self.is_tall(row) for row in self.rows[cut:]):
            cut += 1
        while cut and cut < len(self.rows) and isinstance(self.rows[cut - 1], Group):
            cut -= 1
        return replace(self, rows=self.rows[:cut]), replace(self, rows=self.rows[cut:])


@dataclass(frozen=True)
class Top:
    """The upper part in two columns; each line with its size and cut, rules in millimetres."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    number: tuple[Line, ...]
    place: Line | None
    left_mm: float
    right_mm: float


@dataclass(frozen=True)
class Close:
    """Signatures from left to right, receivers, and the square code; one signer stands right of the receivers."""

    signers: tuple[Signer, ...]
    receivers: tuple[str, ...]
    reference: str = ""
    qr: str = ""


FlowBlock: TypeAlias = Line | Grid


@dataclass(frozen=True)
class Sheet:
    """Pages of one size that are numbered on their own: the paper itself, or one annex."""

    blocks: tuple[FlowBlock, ...]
    top: Top | None = None
    close: Close | None = None
    size: Size = "a4"
    landscape: bool = False

    @property
    def page_mm(self) -> tuple[int, int]:
        """Width and height."""
        short, long = SHEET_MM[self.size]
        return (long, short) if self.landscape else (short, long)

    @property
    def ending(self) -> int:
        """The place in ``blocks`` from which everything stays with the signature: a table, then kept lines."""
        place = len(self.blocks)
        while place and isinstance(block := self.blocks[place - 1], Line) and block.stays:
            place -= 1
        return place - 1 if place and isinstance(self.blocks[place - 1], Grid) else len(self.blocks)

    @property
    def text_mm(self) -> int:
        """Width between the margins."""
        return self.page_mm[0] - LEFT_MM - RIGHT_MM


@dataclass(frozen=True)
class Flow:
    """The whole paper: its sheets, its title and author for the file, the line at the foot of each page."""

    sheets: tuple[Sheet, ...]
    head: Head
    reference: str = ""


def flow(paper: Letter | Minutes | TablePaper) -> Flow:
    """The paper laid out, annexes after it, each on sheets of its own."""
    if isinstance(paper, TablePaper):
        return Flow((_table_sheet(paper),), paper.head, paper.reference)
    width = Sheet(()).text_mm
    letter = isinstance(paper, Letter)
    blocks = _letter(paper, width) if isinstance(paper, Letter) else _minutes(paper, width)
    signers = (paper.signer,) if isinstance(paper, Letter) else tuple(paper.signers)
    body = Sheet(
        _held(tuple(blocks)),
        _top(paper.head, width, dated=letter),
        Close(signers, closed_list(paper.receivers), paper.reference, paper.qr),
    )
    annexes = zip(paper.annexes, annex_marks(paper.annexes), strict=True) if paper.annexes else ()
    return Flow((body, *(_annex(annex, mark) for annex, mark in annexes)), paper.head, paper.reference)


def _top(head: Head, width: float, *, dated: bool) -> Top:
    left_mm = width - MOTTO_MM - 3 if width < 200 else width * 0.45
    right_mm = width - left_mm - 3
    issuer, motto = head.issuer.upper(), "Độc lập - Tự do - Hạnh phúc"
    number: tuple[Line, ...] = (_centred(head.number_line, size=13),)
    if not head.kind and head.subject:
        number += (_centred(f"V/v {head.subject}", size=12, before_pt=GAP_PT),)
    left = (_even(head.parent.upper(), left_mm, size=12, bold=False),) if head.parent else ()
    return Top(
        left=(*left, _ruled(_even(issuer, left_mm, size=12), left_mm)),
        right=(
            _centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True),
            replace(_centred(motto, size=13, bold=True), rule_mm=width_mm(motto, 13)),
        ),
        number=number,
        place=_centred(head.place_line, size=13, italic=True) if dated else None,
        left_mm=left_mm,
        right_mm=right_mm,
    )


def _title(head: Head, note: str, width: float) -> Iterator[Line]:
    """Type and subject in the middle; an official letter has neither: its subject stands under the number."""
    if head.kind:
        yield _centred(head.kind.upper(), bold=True, before_pt=14)
        yield _ruled(_even(head.subject, width, inset=SUBJECT_INSET_MM), width)
    if note:
        yield _centred(f"({note})", size=12, italic=True, before_pt=4)


def _letter(paper: Letter, width: float) -> Iterator[FlowBlock]:
    yield from _title(paper.head, paper.note, width)
    if paper.authority:
        yield _centred(paper.authority.upper(), bold=True, before_pt=10)
    yield from _addressed(paper.addressed_to)
    for basis in paper.basis_lines:
        yield Line((Run(basis, italic=True),))
    yield from _blocks(paper.opening, width)
    if paper.resolves:
        yield _centred(paper.resolves.upper(), bold=True, before_pt=10, stays=True)
    for article in paper.articles:
        yield from _article(article, width)
    for section in paper.sections:
        yield from _section(section, width, depth=0)


def _addressed(names: Sequence[str]) -> Iterator[Line]:
    """“Kính gửi: …”; from two on each on its own line after a dash."""
    if len(names) == 1:
        yield _centred(f"Kính gửi: {names[0]}", before_pt=10)
    elif names:
        yield Line((Run("Kính gửi:"),), align="left", indent_mm=0, left_mm=LIST_LEFT_MM - 24, before_pt=10, stays=True)
        for name in closed_list(names):
            yield Line((Run(f"- {name}"),), align="left", indent_mm=0, left_mm=LIST_LEFT_MM, before_pt=2)


def _article(article: Article, width: float) -> Iterator[FlowBlock]:
    first, *rest = article.paragraphs or ("",)
    mark = Run(f"{article.mark} {article.title}".strip() + ("" if article.title else " "), bold=True)
    if article.title or not isinstance(first, str):
        yield Line((mark,), stays=True)
        yield from _blocks((first, *rest), width)
        return
    yield Line((mark, Run(first)), stays=bool(rest))
    yield from _blocks(rest, width)


def _section(section: Section, width: float, *, depth: int) -> Iterator[FlowBlock]:
    stop = ")" if depth == 2 or section.mark.islower() else "."
    mark = f"{section.mark}{stop} " if section.mark else ""
    paragraphs = list(section.paragraphs)
    if section.title:
        # Roman parts have upper-case titles; numbered clauses do not.
        title = section.title.upper() if depth == 0 and section.mark.isupper() else section.title
        yield Line((Run(mark + title, bold=True),), stays=True)
    elif paragraphs and isinstance(paragraphs[0], str):
        paragraphs[0] = mark + paragraphs[0]
    yield from _blocks(paragraphs, width)
    for inner in section.sections:
        yield from _section(inner, width, depth=depth + 1)


def _minutes(paper: Minutes, width: float) -> Iterator[FlowBlock]:
    yield from _title(paper.head, paper.note, width)
    yield from _blocks(paper.opening, width)
    for label, lines in paper.facts:
        if len(lines) == 1 and label not in ("Thành phần tham dự", "Vắng mặt"):
            yield Line((Run(f"{label}: {lines[0]}"),))
            continue
        yield Line((Run(f"{label}:"),), stays=True)
        for line in lines:
            yield Line((Run(line),), before_pt=3)
    for section in paper.sections:
        yield from _section(section, width, depth=0)
    yield Line((Run(paper.ending),))


def _annex(annex: Annex, mark: str) -> Sheet:
    sheet = Sheet((), landscape=annex.landscape)
    lines = [_centred(mark, bold=True), _even(annex.title.upper(), sheet.text_mm)]
    if annex.note:
        lines.append(_even(f"({annex.note})", sheet.text_mm, bold=False, italic=True))
    lines[-1] = _ruled(lines[-1], sheet.text_mm)
    return replace(sheet, blocks=(*lines, *_blocks(annex.blocks, sheet.text_mm)))


def _table_sheet(paper: TablePaper) -> Sheet:
    sheet = Sheet((), size=paper.size, landscape=paper.landscape)
    width = sheet.text_mm
    table = Table(paper.columns, paper.rows)
    blocks: tuple[FlowBlock, ...] = (
        *_title(paper.head, paper.note, width),
        *(Line((Run(text),), size=13) for text in paper.summary),
        _grid(table, width),
        *(Line((Run(text, italic=True),), size=13, stays=True) for text in paper.closing),
    )
    close = Close((*paper.cosigners, paper.signer), closed_list(paper.receivers), paper.reference, paper.qr)
    return replace(sheet, blocks=blocks, top=_top(paper.head, width, dated=True), close=close)


def _blocks(blocks: Iterable[Block], width: float) -> Iterator[FlowBlock]:
    for block in blocks:
        if isinstance(block, str):
            yield Line((Run(block),))
            continue
        if block.title:
            yield _centred(block.title, bold=True, stays=True)
        yield _grid(block, width)


def _grid(table: Table, width: float) -> Grid:
    layout = table_layout(table.columns, table.rows, width=width)
    inner = [column - 2 * CELL_INSET_MM for column in layout.widths]
    return Grid(tuple(table.columns), tuple(_fitted(row, inner, layout.size) for row in table.rows), layout)


def _fitted(row: Row, widths: Sequence[float], size: float) -> Row:
    if isinstance(row, Group):
        return row
    cells = row.cells if isinstance(row, Total) else row
    fitted = [
        breakable(cell, width=width, size=size)
        for cell, width in zip(cells, widths[len(widths) - len(cells) :], strict=True)
    ]
    return replace(row, cells=fitted) if isinstance(row, Total) else fitted


def _held(blocks: tuple[FlowBlock, ...]) -> tuple[FlowBlock, ...]:
    """The last line stays with the signature: a signature never stands alone on a page."""
    if blocks and isinstance(blocks[-1], Line):
        return (*blocks[:-1], replace(blocks[-1], stays=True))
    return blocks


def _even(
    text: str, width: float, *, inset: float = 0, size: int = TEXT_PT, bold: bool = True, italic: bool = False
) -> Line:
    """A centred line that breaks into even lines within ``width`` millimetres less ``inset`` on both sides."""
    line = _centred(text, size=size, bold=bold, italic=italic)
    room = width - 2 * inset
    if width_mm(text, size) <= room:
        return line
    side = max(inset, (width - even_width(text, width=room, size=size)) / 2 - SPARE_MM)
    return replace(line, left_mm=side, right_mm=side)


def _ruled(line: Line, width: float) -> Line:
    """The line with a rule under it, between a third and a half of its own length."""
    length = width_mm("".join(run.text for run in line.runs), line.size)
    longest = min(length, width - line.left_mm - line.right_mm)
    return replace(line, rule_mm=longest * RULE_SHARE, stays=True)


def _centred(
    text: str,
    *,
    size: int = TEXT_PT,
    bold: bool = False,
    italic: bool = False,
    before_pt: int = 0,
    stays: bool = False,
) -> Line:
    return Line(
        (Run(text, bold, italic),),
        align="center",
        size=size,
        indent_mm=0,
        before_pt=before_pt,
        stays=stays,
    )
