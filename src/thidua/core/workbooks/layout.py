"""How an agency's own workbook is laid out: which sheet is which table, which column which.

A guess that a person checks: by the names of sheets, by the words of headers, by what people matched before (which
wins), and by the look of the values where words say nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thidua.core.workbooks.cells import convert
from thidua.core.workbooks.errors import BadCell
from thidua.core.workbooks.header import ALIKE, SEARCHED_ROWS, Header, Memory, find_header
from thidua.core.workbooks.sheet import Cell, Sheet, Workbook
from thidua.core.workbooks.spec import Column, Kind, TableSpec
from thidua.core.workbooks.words import code_key, header_key, likeness

SAMPLED = 60
MOST_LIKE = 0.8
ORDINARY_YEARS = range(1945, 2101)
SHOWN_SAMPLES = 3


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: the table it is ("" for none), its header's last row and first row of data (0-based), its columns.

    ``columns`` is 0-based column by key; ``headers`` the text over each column of the sheet ("" where there is none);
    ``samples`` a few values under each.
    """

    sheet: str
    table: str
    row: int
    data: int
    columns: Mapping[str, int]
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...] = field(default=(), compare=False)
    rows: int = 0

    def header(self) -> Header:
        """The layout as the reader of tables takes it."""
        meant = set(self.columns.values())
        unknown = tuple((place, text) for place, text in enumerate(self.headers) if text and place not in meant)
        return Header(self.row, self.data, dict(self.columns), unknown)


def guess_layout(
    workbook: Workbook,
    specs: Sequence[TableSpec],
    *,
    memory: Mapping[str, Memory] | None = None,
    known: Mapping[str, Collection[str]] | None = None,
) -> tuple[SheetLayout, ...]:
    """A layout for every sheet with something in it.

    ``memory`` is what people matched before, by table key; ``known`` the values by which a column of codes or names is
    told, by column key. A sheet that lacks a column which a table needs, and has not its name, is none of the tables.
    """
    found = (guess_sheet(sheet, specs, memory=memory, known=known) for sheet in workbook.sheets if sheet.rows)
    return tuple(layout if _may_be(layout, specs) else replace(layout, table="", columns={}) for layout in found)


def _may_be(layout: SheetLayout, specs: Sequence[TableSpec]) -> bool:
    spec = next((spec for spec in specs if spec.key == layout.table), None)
    if spec is None or any(likeness(layout.sheet, name) >= ALIKE for name in spec.sheet_names):
        return True
    return {column.key for column in spec.columns if column.required} <= layout.columns.keys()


def guess_sheet(
    sheet: Sheet,
    specs: Sequence[TableSpec],
    *,
    memory: Mapping[str, Memory] | None = None,
    known: Mapping[str, Collection[str]] | None = None,
    row: int | None = None,
) -> SheetLayout:
    """The table that a sheet is most like, and its columns; with one spec, that table whatever the sheet is like.

    ``row`` (0-based) is where a person said that the header stands.
    """
    best, best_score = _blank(sheet, specs, row, known=known or {}), 0.0
    for spec in specs:
        meant = (memory or {}).get(spec.key) or {}
        header = find_header(sheet, spec, memory=meant, row=row)
        if header is None:
            continue
        found = _laid_out(sheet, spec.key, header)
        found = replace(found, columns=_by_look(sheet, spec, found, meant=meant, known=known or {}))
        named = max(likeness(sheet.name, name) for name in spec.sheet_names) >= ALIKE
        if len(specs) > 1 and not named and not _is_whole(spec, found):
            continue
        score = len(header.columns) + 0.5 * len(header.columns) / len(spec.columns) + (3 if named else 0)
        if score > best_score:
            best, best_score = found, score
    return best


def _is_whole(spec: TableSpec, layout: SheetLayout) -> bool:
    """Whether a sheet has what the table needs, so that it can be taken for one whatever its name is."""
    needed = {column.key for column in spec.columns if column.required}
    one_of = not spec.one_of or bool(layout.columns.keys() & set(spec.one_of))
    return needed <= layout.columns.keys() and one_of and len(layout.columns) >= min(3, len(spec.columns))


def _blank(
    sheet: Sheet, specs: Sequence[TableSpec], row: int | None, *, known: Mapping[str, Collection[str]]
) -> SheetLayout:
    """A sheet whose header says nothing: of no table, or of the only one that it can be, by the look of its values."""
    head = min(row, len(sheet.rows) - 1) if row is not None else _likely_header(sheet)
    found = _laid_out(sheet, "", Header(head, head + 1, {}))
    if len(specs) != 1:
        return found
    return replace(found, table=specs[0].key, columns=_by_look(sheet, specs[0], found, meant={}, known=known))


def _laid_out(sheet: Sheet, table: str, header: Header) -> SheetLayout:
    return SheetLayout(
        sheet=sheet.name,
        table=table,
        row=header.row,
        data=header.data,
        columns=header.columns,
        headers=_headers(sheet, header),
        samples=tuple(_samples(sheet, column, header.data) for column in range(_width(sheet))),
        rows=sum(any(cell is not None for cell in row) for row in sheet.rows[header.data :]),
    )


def _likely_header(sheet: Sheet) -> int:
    """The first row with the most texts among the first rows."""
    rows = sheet.rows[:SEARCHED_ROWS]
    return max(range(len(rows)), key=lambda row: (sum(isinstance(cell, str) for cell in rows[row]), -row))


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)


def _headers(sheet: Sheet, header: Header) -> tuple[str, ...]:
    above = sheet.rows[header.row - 1] if header.row else ()
    own = sheet.rows[header.row] if header.row < len(sheet.rows) else ()
    return tuple(str(cell if cell is not None else (above[i] if above else None) or "") for i, cell in enumerate(own))


def _samples(sheet: Sheet, column: int, data: int) -> tuple[str, ...]:
    values = [row[column] for row in sheet.rows[data : data + SAMPLED] if row[column] is not None]
    return tuple(dict.fromkeys(str(value)[:60] for value in values))[:SHOWN_SAMPLES]


def _by_look(
    sheet: Sheet,
    spec: TableSpec,
    layout: SheetLayout,
    *,
    meant: Memory,
    known: Mapping[str, Collection[str]],
) -> dict[str, int]:
    """The columns found by words, and those that only one column of the sheet can be by its values.

    What a person once said of a header is not guessed at again.
    """
    columns = dict(layout.columns)
    settled = {place for place, text in enumerate(layout.headers) if header_key(text) in meant}
    rows = sheet.rows[layout.data : layout.data + SAMPLED]
    for column in spec.columns:
        if column.key in columns:
            continue
        free = [place for place in range(_width(sheet)) if place not in {*columns.values(), *settled}]
        test = _look(column, known.get(column.key))
        fits = [place for place in free if test and _share([row[place] for row in rows], test) >= MOST_LIKE]
        rivals = [other for other in spec.columns if other.key not in columns and other.kind == column.kind]
        if len(fits) == 1 and (len(rivals) == 1 or column.kind == Kind.CHOICE or column.key in known):
            columns[column.key] = fits[0]
    return columns


def _look(column: Column, known: Collection[str] | None) -> Callable[[Cell], bool] | None:
    """What tells that a value belongs in a column; None where its look says nothing."""
    if known is not None:
        keys = {code_key(value) for value in known}
        return lambda cell: code_key(str(cell)) in keys
    if column.kind == Kind.INT and column.key == "year":
        return lambda cell: _value(cell, column) in ORDINARY_YEARS
    if column.kind in (Kind.DATE, Kind.CHOICE):
        return lambda cell: _value(cell, column) is not None
    return None


def _share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    filled = [cell for cell in cells if cell is not None]
    return sum(map(test, filled)) / len(filled) if len(filled) >= 2 else 0.0


def _value(cell: Cell, column: Column) -> object:
    try:
        return convert(cell, column)
    except BadCell:
        return None
