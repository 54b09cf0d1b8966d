"""A workbook and what it should hold → typed rows, or every problem of the file at once.

The way: sheets are paired with specs by name, headers found and columns matched by meaning, cells typed, then
keys and references checked over the whole file. Nothing is guessed into a value: a likely meaning is said in
the remedy.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thidua.core.workbooks.cells import convert
from thidua.core.workbooks.checks import Draft, Known, Table, dangling_references, repeated_keys
from thidua.core.workbooks.errors import BadCell, Problem, WorkbookErrors
from thidua.core.workbooks.header import ALIKE, Header, find_header, header_problems
from thidua.core.workbooks.package import Limits
from thidua.core.workbooks.sheet import Cell, Sheet, Workbook, address, read_workbook
from thidua.core.workbooks.spec import Column, TableSpec
from thidua.core.workbooks.words import likeness, plain_words

TOTALS = frozenset({"cong", "tong", "tong cong", "tong so", "cong chung"})


@dataclass(frozen=True)
class Ignored:
    """Something of the file that was not read: a sheet (``cell`` is ""), a column or a row of totals."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row, numbered as in Excel. ``values`` has every column key of the spec.

    A value is None where the cell is empty or the file has no such column.
    """

    values: Mapping[str, object]
    sheet: str
    row: int
    columns: Mapping[str, int] = field(repr=False, compare=False)

    def cell(self, key: str) -> str:
        """Where the value stands, "Nhân sự!C7"; the row alone, "Nhân sự!7", if there is no such column."""
        if key not in self.columns:
            return f"{self.sheet}!{self.row}"
        return f"{self.sheet}!{address(self.row - 1, self.columns[key])}"


@dataclass(frozen=True)
class Tables:
    """All tables of a file. ``sheets``: name of the sheet by table key, for tables the file has."""

    tables: Mapping[str, tuple[Row, ...]]
    sheets: Mapping[str, str]
    ignored: tuple[Ignored, ...]

    def rows(self, key: str) -> tuple[Row, ...]:
        """Rows in the order of the file; none if the table is optional and absent.

        Raises KeyError if no spec has the key.
        """
        return self.tables[key]


def read_tables(
    data: bytes,
    *,
    filename: str,
    specs: Sequence[TableSpec],
    known: Known | None = None,
    limits: Limits | None = None,
) -> Tables:
    """Read a workbook by its specs.

    ``known``: values that references may also name because they are kept elsewhere, by (table, column).
    Raises UnreadableWorkbook (the file does not open) or WorkbookErrors (all problems, in the file's order).
    """
    workbook = read_workbook(data, filename=filename, limits=limits)
    pairs = pair_sheets(workbook, specs)
    problems = [_missing_sheet(spec, workbook) for spec in specs if spec.required and spec.key not in pairs]
    paired = {sheet.name for sheet in pairs.values()}
    ignored = [Ignored(sheet.name, "", sheet.name) for sheet in workbook.sheets if sheet.name not in paired]
    there = [spec for spec in specs if spec.key in pairs]
    tables = {}
    for spec in there:
        sheet = pairs[spec.key]
        tables[spec.key] = read_table(sheet, spec, find_header(sheet, spec), problems=problems, ignored=ignored)
    names = {spec.key: pairs[spec.key].name if spec.key in pairs else spec.sheet_name for spec in specs}
    for table in tables.values():
        problems += repeated_keys(table)
    problems += dangling_references(tables, names, known or {})
    if problems:
        order = [sheet.name for sheet in workbook.sheets]
        raise WorkbookErrors(tuple(sorted(problems, key=lambda problem: _place(problem, order))))
    return Tables(
        {spec.key: _rows(tables[spec.key]) if spec.key in tables else () for spec in specs},
        {key: table.sheet for key, table in tables.items()},
        tuple(ignored),
    )


def pair_sheets(workbook: Workbook, specs: Sequence[TableSpec]) -> dict[str, Sheet]:
    """Sheet by table key: the names most alike first.

    If no name fits and one sheet alone has something in it, it goes to the table whose columns it has best.
    """
    scores = [
        (max(likeness(sheet.name, name) for name in spec.sheet_names), spec.key, sheet)
        for spec in specs
        for sheet in workbook.sheets
    ]
    pairs: dict[str, Sheet] = {}
    for score, key, sheet in sorted(scores, key=lambda item: -item[0]):
        if score >= ALIKE and key not in pairs and sheet not in pairs.values():
            pairs[key] = sheet
    filled = [sheet for sheet in workbook.sheets if sheet.rows]
    if not pairs and len(filled) == 1:
        headers = {spec.key: _whole_header(filled[0], spec) for spec in specs}
        fits = {key: len(header.columns) for key, header in headers.items() if header}
        if fits or len(specs) == 1:
            pairs[max(fits, key=lambda key: fits[key]) if fits else specs[0].key] = filled[0]
    return pairs


def _whole_header(sheet: Sheet, spec: TableSpec) -> Header | None:
    header = find_header(sheet, spec)
    return header if header and not header_problems(sheet, spec, header) else None


def _missing_sheet(spec: TableSpec, workbook: Workbook) -> Problem:
    there = ", ".join(f"“{sheet.name}”" for sheet in workbook.sheets)
    remedy = f"Thêm trang này. Tệp đang có các trang: {there}."
    return Problem("", "", f"Thiếu trang “{spec.sheet_name}”.", remedy)


def read_table(
    sheet: Sheet, spec: TableSpec, header: Header | None, *, problems: list[Problem], ignored: list[Ignored]
) -> Table:
    """The rows under a header, typed; what is wrong and what was not read is added to the two lists."""
    faults = header_problems(sheet, spec, header)
    problems += faults
    if header is None:
        return Table(spec, sheet.name, {}, sound=False)
    ignored += [Ignored(sheet.name, address(header.row, column), text) for column, text in header.unknown]
    table = Table(spec, sheet.name, header.columns, sound=not faults)
    for row in range(header.data, len(sheet.rows)):
        cells = sheet.rows[row]
        if all(cells[column] is None for column in header.columns.values()):
            continue
        total = _total(cells)
        if total is not None:
            ignored.append(Ignored(sheet.name, address(row, total), str(cells[total])))
            continue
        table.drafts.append(_draft(table, row, cells, problems))
    return table


def _total(cells: tuple[Cell, ...]) -> int | None:
    """Where the row says it is a total, if it does."""
    first = next(i for i, cell in enumerate(cells) if cell is not None)
    return first if isinstance(cells[first], str) and plain_words(str(cells[first])) in TOTALS else None


def _draft(table: Table, row: int, cells: tuple[Cell, ...], problems: list[Problem]) -> Draft:
    draft = Draft(row, {column.key: None for column in table.spec.columns})
    for column in table.spec.columns:
        if column.key not in table.columns:
            continue
        try:
            draft.values[column.key] = _value(cells[table.columns[column.key]], column)
        except BadCell as bad:
            problems.append(table.problem(draft, column.key, bad.message, bad.remedy))
    return draft


def _value(cell: Cell, column: Column) -> object:
    value = convert(cell, column)
    if value is None and column.required and not column.may_be_blank:
        remedy = column.help or "Ghi giá trị vào ô này, hoặc xóa cả dòng nếu thừa."
        raise BadCell(f"Chưa ghi “{column.header}”.", remedy)
    return value


def _rows(table: Table) -> tuple[Row, ...]:
    return tuple(Row(draft.values, table.sheet, draft.row + 1, table.columns) for draft in table.drafts)


def _place(problem: Problem, order: list[str]) -> tuple[int, int, int, str]:
    """Order of the file: whole-file problems first, then by sheet, row and column."""
    sheet = order.index(problem.sheet) if problem.sheet in order else -1
    parts = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell)
    return (sheet, int(parts[2]), len(parts[1]), parts[1]) if parts else (sheet, 0, 0, "")
