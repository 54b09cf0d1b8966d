"""Checks across rows and tables: keys used twice, and references to what is not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.sheet import address
from thidua.core.workbooks.spec import Column, Reference, TableSpec
from thidua.core.workbooks.words import code_key, nearest

Known = Mapping[Reference, Collection[str]]


@dataclass
class Draft:
    """A row being read: values may still be replaced by the spelling of what they refer to."""

    row: int
    values: dict[str, object]


@dataclass
class Table:
    """A table being read. ``columns``: 0-based column by key; ``sound``: its header was whole."""

    spec: TableSpec
    sheet: str
    columns: dict[str, int]
    sound: bool = True
    drafts: list[Draft] = field(default_factory=list)

    def problem(self, draft: Draft, key: str, message: str, remedy: str) -> Problem:
        """A problem of one cell of this table."""
        return Problem(self.sheet, address(draft.row, self.columns[key]), message, remedy)


def repeated_keys(table: Table) -> list[Problem]:
    """A problem for each row whose key an earlier row has; a key with a blank in it is not compared."""
    keys = table.spec.unique
    if not keys or not set(keys) <= table.columns.keys():
        return []
    seen: dict[tuple[str, ...], int] = {}
    problems = []
    for draft in table.drafts:
        values = [draft.values.get(key) for key in keys]
        if None in values:
            continue
        row = seen.setdefault(tuple(code_key(str(value)) for value in values), draft.row)
        if row != draft.row:
            said = ", ".join(f"“{value}”" for value in values)
            remedy = "Sửa lại cho đúng hoặc xóa một dòng."
            problems.append(table.problem(draft, keys[0], f"{said} đã có ở dòng {row + 1}.", remedy))
    return problems


def dangling_references(tables: Mapping[str, Table], names: Mapping[str, str], known: Known) -> list[Problem]:
    """A problem for each value that none of the places it may refer to has.

    Sound values take that place's spelling. ``names``: sheet name by table key, for messages. A column is not
    checked if a place it refers to could not be read.
    """
    problems = []
    for table in tables.values():
        for column in table.spec.columns:
            places = _places(column, tables, known)
            if column.references and column.key in table.columns and places is not None:
                problems += _dangling(table, column, places, names)
    return problems


def _places(column: Column, tables: Mapping[str, Table], known: Known) -> dict[str, str] | None:
    """Values that may be referred to, by how they compare; None if not all can be known."""
    places = {code_key(value): value for value in column.also_known}
    for reference in column.references:
        table = tables.get(reference[0])
        if (table is None and reference not in known) or (table and not table.sound):
            return None
        values = [draft.values.get(reference[1]) for draft in table.drafts] if table else []
        for value in [*known.get(reference, ()), *(value for value in values if value is not None)]:
            places.setdefault(code_key(str(value)), str(value))
    return places


def _dangling(table: Table, column: Column, places: dict[str, str], names: Mapping[str, str]) -> list[Problem]:
    problems = []
    sheets = " hay ".join(f"“{names[key]}”" for key, _ in column.references if key in names)
    place = f"không có trong trang {sheets}" if sheets else "chưa có trong dữ liệu đã lưu"
    for draft in table.drafts:
        value = draft.values.get(column.key)
        if value is None:
            continue
        if code_key(str(value)) in places:
            draft.values[column.key] = places[code_key(str(value))]
            continue
        like = nearest(str(value), places.values())
        remedy = f"Có phải “{like}”? " if like else ""
        remedy += "Sửa lại mã hoặc thêm dòng còn thiếu."
        message = f"{column.header} “{value}” {place}."
        problems.append(table.problem(draft, column.key, message, remedy))
    return problems
