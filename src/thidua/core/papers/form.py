"""What a paper says, apart from how it is set: the components of an administrative document (Decree 30/2020, Annex I).

Texts are final Vietnamese sentences; a part that is not known yet (number, date) stays blank to be filled by hand.
"""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Head:
    """Upper part: parent body, issuer, number and symbol, place and date, type and subject."""

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
        place = self.place or "……………"
        if self.date is None:
            return f"{place}, ngày …… tháng …… năm ………"
        month = f"{self.date.month:02d}" if self.date.month <= 2 else str(self.date.month)
        return f"{place}, ngày {self.date.day:02d} tháng {month} năm {self.date.year}"


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs and inner sections; ``mark`` is “I”, “1”, “a”."""

    mark: str
    title: str
    paragraphs: Sequence[str] = ()
    sections: Sequence["Section"] = ()


@dataclass(frozen=True)
class Signer:
    """Whose authority and post signs; the name is blank on a draft."""

    post: str
    name: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Letter:
    """An administrative document with running text."""

    head: Head
    opening: Sequence[str]
    sections: Sequence[Section]
    signer: Signer
    receivers: Sequence[str]
    note: str = ""

    def to_data(self) -> dict[str, object]:
        """Everything the template needs, as JSON's own types."""
        lines = {"number_line": self.head.number_line, "place_line": self.head.place_line}
        data = asdict(self)
        data["head"] = {**data["head"], **lines, "date": None}
        return data


@dataclass(frozen=True)
class TablePaper:
    """A table to be read on paper: columns with their share of the width, rows of cells, landscape."""

    head: Head
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    signer: Signer
    receivers: Sequence[str]
    summary: Sequence[str] = field(default_factory=tuple)
    note: str = ""

    def to_data(self) -> dict[str, object]:
        """Everything the template needs, as JSON's own types."""
        lines = {"number_line": self.head.number_line, "place_line": self.head.place_line}
        data = asdict(self)
        data["head"] = {**data["head"], **lines, "date": None}
        return data
