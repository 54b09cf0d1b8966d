"""Rows of tables flattened to lines: "2 | Tỷ lệ hộ nghèo | % | 1,5".

A row names what is measured, perhaps its unit, and one or more values; each value is a target. A row without
a label or without a value (a heading, a row of years) has none. The unit stands in its own cell, in the label
("Tỷ lệ hài lòng (%)") or beside the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thidua.core.plans.numerals import plain
from thidua.core.plans.plan import Op, Unit
from thidua.core.plans.quantities import Quantity, find_quantities
from thidua.core.plans.titles import TitleMention, find_titles
from thidua.core.plans.tokens import Token
from thidua.core.plans.units import named_unit, unit_in_label

_BAR = "|"
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
    place = next((place for place, cell in enumerate(cells) if _is_label(cell)), None)
    values = [(cell, _value(cell)) for cell in cells[place + 1 :]] if place is not None else []
    if place is None or not any(value for _, value in values):
        return None if len(cells) == 2 else []
    label = cells[place]
    unit = next((found for cell in cells[place + 1 :] if (found := named_unit(cell))), None)
    unit = unit or unit_in_label(label, len(label)) or _unit_of(label)
    titles = find_titles(label)
    rows: list[RowValue] = []
    for cell, value in values:
        if value is not None:
            first = label[0] if not rows else cell[0]
            quantity = _with_unit(value, unit, label)
            rows.append(RowValue(quantity, first, cell[-1], (label[0], label[-1]), titles[0] if titles else None))
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
    """Return the quantity of a cell that holds nothing else."""
    if any(token.kind in ("year", "date") for token in cell):
        return None
    found = find_quantities(cell)
    return found[0] if len(found) == 1 and found[0].first == 0 and found[0].last == len(cell) else None


def _unit_of(label: Cell) -> tuple[Unit | None, str | None, int] | None:
    """A share is a percentage though no unit says so; so much "per …" is no count."""
    slash = next((place for place, token in enumerate(label) if token.raw == "/"), None)
    if slash:
        return None, "trên " + " ".join(token.raw for token in label[slash + 1 :]), 1
    return ("percent", None, 1) if "share_indicator" in label[0].tags and label[0].is_("tỷ", "tỉ") else None


def _with_unit(value: Quantity, unit: tuple[Unit | None, str | None, int] | None, label: Cell) -> Quantity:
    op: Op = value.op
    if not value.explicit and any("less_is_better" in token.tags for token in label):
        op = "<="
    if value.unit not in ("count", None) or value.unit_text or unit is None:
        return replace(value, op=op)
    kind, words, factor = unit
    return replace(value, op=op, value=plain(Decimal(value.value) * factor), unit=kind, unit_text=words)
