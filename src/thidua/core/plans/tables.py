"""Rows of tables flattened to lines: "2 | Tỷ lệ hộ nghèo | % | 1,5".

A row names what is measured, perhaps its unit, and one or more values; each value is a target. A row without
a label or without a value (a heading, a row of years) has none. The unit stands in its own cell, in the label
("Tỷ lệ hài lòng (%)") or beside the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thidua.core.plans.numerals import parse_number, plain
from thidua.core.plans.plan import Op, Unit
from thidua.core.plans.quantities import Quantity, find_quantities
from thidua.core.plans.titles import TitleMention, find_titles
from thidua.core.plans.tokens import Token
from thidua.core.plans.units import is_round, named_unit, unit_in_label

_BAR = "|"
_LONGEST = 14  # tokens of a cell with more than one value
Cell = list[Token]


@dataclass(frozen=True, slots=True)
class RowValue:
    """One value of a row: the quantity, the words it is quoted with, the label and the title it names."""

    quantity: Quantity
    first: Token
    last: Token
    label: tuple[Token, Token]
    title: TitleMention | None


def read_row(tokens: Sequence[Token]) -> list[RowValue] | None:
    """Return the values of a row, none for a heading; None when the tokens are no row of a table."""
    cells = _cells(tokens)
    if len(cells) < 2:
        return None
    if any("price_table" in token.tags for token in tokens):
        return []
    rows: list[RowValue] = []
    for part in _rows(cells):
        rows += _read_one(part)
    return rows if rows or len(cells) > 2 else None


def _rows(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a line: after values a number and a label open another ("… | 120 | 4 | Chăm sóc rừng | …")."""
    start = 0
    for place in range(2, len(cells) - 1):
        numbered = len(cells[place]) == 1 and cells[place][0].raw.isdigit() and _is_label(cells[place + 1])
        if numbered and any(_value(cell) for cell in cells[start + 1 : place]):
            yield cells[start:place]
            start = place
    yield cells[start:]


def _read_one(cells: Sequence[Cell]) -> list[RowValue]:
    place = next((place for place, cell in enumerate(cells) if _is_label(cell)), None)
    if place is None:
        return []
    values = [(cell, value) for cell in cells[place + 1 :] for value in _values(cell)]
    label = cells[place]
    unit = next((found for cell in cells[place + 1 :] if (found := named_unit(cell))), None)
    unit = unit or unit_in_label(label, len(label)) or _unit_of(label)
    titles = find_titles(label)
    rows: list[RowValue] = []
    for cell, (value, start, last) in values:
        first = label[0] if not rows else start
        quantity = _with_unit(value, unit, label, by=cell[0].is_("giảm") and not cell[1].is_("còn", "xuống"))
        rows.append(RowValue(quantity, first, last, (label[0], label[-1]), titles[0] if titles else None))
    return rows


def _cells(tokens: Sequence[Token]) -> list[Cell]:
    cells: list[Cell] = [[]]
    for token in tokens:
        if token.raw == _BAR:
            cells.append([])
        else:
            cells[-1].append(token)
    return [cell for cell in cells if cell]


def _is_label(cell: Cell) -> bool:
    """A label has words; a cell that only names a unit, or the number of the row, has not."""
    words = sum(token.kind == "word" and len(token.raw) > 1 for token in cell)
    return words > 0 and named_unit(cell) is None and _value(cell) is None and not cell[0].raw.isdigit()


def _value(cell: Cell) -> Quantity | None:
    """Return the quantity of a cell that holds nothing else, or only the year it is planned for."""
    colon = next((place for place, token in enumerate(cell) if token.raw == ":"), None)
    if colon is not None and 0 < colon <= 4 and cell[0].is_("kế", "chỉ", "mục", "năm", "phấn"):
        cell = cell[colon + 1 :]  # "Kế hoạch 2026: 1,80"
    if any(token.kind in ("year", "date") for token in cell):
        return None
    found = find_quantities(cell)
    return found[0] if len(found) == 1 and found[0].first == 0 and found[0].last == len(cell) else None


def _values(cell: Cell) -> list[tuple[Quantity, Token, Token]]:
    """Return the quantities of a cell and the words of each: of one that opens with a number or what it does
    ("6,5-7%, phấn đấu 7-7,5%") all shares, else the only one it holds."""
    alone = _value(cell)
    if alone is not None:
        return [(alone, cell[0], cell[-1])]
    opens = cell[0].kind == "num" or cell[0].is_("giảm", "tăng", "đạt", "còn", "phấn", "khoảng")
    dated = any(token.kind in ("year", "date") for token in cell)
    found = find_quantities(cell) if opens and not dated and len(cell) <= _LONGEST else []
    shares = found if all(one.unit == "percent" for one in found) else []
    return [(one, cell[one.first], cell[one.last - 1]) for one in shares]


def _unit_of(label: Cell) -> tuple[Unit | None, str | None, int] | None:
    """A share is a percentage though no unit says so; so much "per …" is no count."""
    slash = next((place for place, token in enumerate(label) if token.raw == "/"), None)
    if slash:
        return None, "trên " + " ".join(token.raw for token in label[slash + 1 :]), 1
    per = next(
        (place for place in range(2, len(label) - 1) if label[place - 1].is_("trên") and is_round(label[place])), 0
    )
    if per and parse_number(label[per].raw) >= 1000:
        return None, " ".join(token.raw for token in label[per - 1 :]), 1
    return ("percent", None, 1) if "share_indicator" in label[0].tags and label[0].is_("tỷ", "tỉ") else None


def _with_unit(value: Quantity, unit: tuple[Unit | None, str | None, int] | None, label: Cell, *, by: bool) -> Quantity:
    """Give a value the unit of its row, and the comparison of its label unless it says by how much to lower it."""
    op: Op = value.op
    if not value.explicit and not by and any("less_is_better" in token.tags for token in label):
        op = "<="
    if value.unit not in ("count", None) or value.unit_text or unit is None:
        return replace(value, op=op)
    kind, words, factor = unit
    return replace(value, op=op, value=plain(Decimal(value.value) * factor), unit=kind, unit_text=words)
