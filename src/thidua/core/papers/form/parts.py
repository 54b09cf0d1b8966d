"""The components that papers share: head, headings, articles, tables, annexes, signers (Decree 30/2020, Annex I)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from thidua.core.papers.errors import BadPaper

Align: TypeAlias = Literal["left", "center", "right"]
Size: TypeAlias = Literal["a4", "a3"]
NO_DATE = "ngày …… tháng …… năm ………"
NO_PLACE = "……………"


def date_words(date: datetime.date | None) -> str:
    """“ngày 03 tháng 02 năm 2020”: days below 10 and months 1–2 with a leading zero; dots when not known yet."""
    if date is None:
        return NO_DATE
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def moment_words(moment: datetime.datetime | None) -> str:
    """“14 giờ 05 phút, ngày 03 tháng 02 năm 2020”, by the clock time that the value shows."""
    clock = "…… giờ …… phút" if moment is None else f"{moment:%H} giờ {moment:%M} phút"
    return f"{clock}, {date_words(moment)}"


def closed_list(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a list, each ended by “;” and the last by “.”, whatever they ended with before."""
    bare = [line.strip().rstrip(";.,").rstrip() for line in lines]
    return tuple(f"{line}{'.' if place == len(bare) - 1 else ';'}" for place, line in enumerate(bare))


@dataclass(frozen=True)
class Head:
    """Upper part: parent body, issuer, number and symbol, place and date, type and subject.

    Without a ``kind`` the paper is an official letter (công văn, form 1.5): “V/v …” stands under the number.
    """

    parent: str
    issuer: str
    symbol: str
    kind: str
    subject: str
    number: str = ""
    place: str = ""
    date: datetime.date | None = None

    @property
    def number_line(self) -> str:
        """“Số: 15/KH-STC”; below ten with a leading zero; blank when there is no number yet."""
        number = self.number.zfill(2) if self.number else "       "
        return f"Số: {number}/{self.symbol}"

    @property
    def place_line(self) -> str:
        """Place and date; days below 10 and months 1–2 with a leading zero."""
        return f"{self.place or NO_PLACE}, {date_words(self.date)}"

    @property
    def title(self) -> str:
        """Kind and subject in one line, for the file's own title."""
        return f"{self.kind} {self.subject}".strip()


@dataclass(frozen=True)
class Column:
    """A column: its heading and its share of the table's width."""

    title: str
    share: int
    align: Align = "left"


@dataclass(frozen=True)
class Group:
    """A row across the whole table, for instance the unit whose people follow."""

    text: str


@dataclass(frozen=True)
class Total:
    """A bold row: ``label`` spans the columns left of ``cells``, which fill the last ones."""

    label: str
    cells: Sequence[str]


Row: TypeAlias = "Sequence[str] | Group | Total"


@dataclass(frozen=True)
class Table:
    """A table inside a text; plain rows have as many cells as there are columns. Raises BadPaper when not."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    title: str = ""

    def __post_init__(self) -> None:
        check_rows(self.columns, self.rows, title=self.title)


Block: TypeAlias = "str | Table"


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, tables and inner sections; ``mark`` is “I”, “1”, “a”, or blank."""

    mark: str
    title: str
    paragraphs: Sequence[Block] = ()
    sections: Sequence["Section"] = ()


@dataclass(frozen=True)
class Article:
    """“Điều 1.” of a decision; the first paragraph stands on the line of the number, or under the title."""

    number: int
    paragraphs: Sequence[Block]
    title: str = ""

    @property
    def mark(self) -> str:
        """“Điều 1.”"""
        return f"Điều {self.number}."


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, numbered from 1; ``note`` is “Kèm theo Quyết định số …” without brackets."""

    title: str
    note: str = ""
    paragraphs: Sequence[Block] = ()
    tables: Sequence[Table] = ()
    landscape: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs, then tables."""
        return (*self.paragraphs, *self.tables)


@dataclass(frozen=True)
class Signer:
    """Who signs, and by whose right; the name is blank on a draft.

    ``authority`` stands above the post (“TM. Hội đồng”, “KT. Giám đốc”), ``agency_post`` below it: a council that
    uses the agency's seal shows both (Annex I, part I, II.7 c). ``hint`` is the italic line in brackets under them.
    """

    post: str
    name: str = ""
    prefix: str = ""
    authority: str = ""
    agency_post: str = ""
    hint: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of right and post, upper case."""
        lines = (self.authority, f"{self.prefix} {self.post}", self.agency_post)
        return tuple(line.strip().upper() for line in lines if line.strip())


def check_rows(columns: Sequence[Column], rows: Sequence[Row], *, title: str) -> None:
    """Refuse a table that would be set askew. Raises BadPaper."""
    place = f"Bảng “{title}”" if title else "Bảng"
    if not columns:
        raise BadPaper(f"{place} không có cột nào. Khai báo ít nhất một cột.")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Group):
            continue
        cells = row.cells if isinstance(row, Total) else row
        fits = len(cells) < len(columns) if isinstance(row, Total) else len(cells) == len(columns)
        if not fits:
            raise BadPaper(f"{place}, dòng {number}: có {len(cells)} ô, bảng có {len(columns)} cột. Sửa số ô của dòng.")


def annex_marks(annexes: Sequence[Annex]) -> tuple[str, ...]:
    """“Phụ lục” for a single annex, “Phụ lục I”, “Phụ lục II” … from two on (Annex I, part III)."""
    if len(annexes) == 1:
        return ("Phụ lục",)
    return tuple(f"Phụ lục {_roman(number)}" for number in range(1, len(annexes) + 1))


def _roman(number: int) -> str:
    words = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        words += sign * (number // value)
        number %= value
    return words
