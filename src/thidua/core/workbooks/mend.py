"""A person's own workbook back, with its wrong cells coloured, commented, and a suggestion at the end of the row.

A new-style workbook of ordinary size keeps its looks; any other file comes back as .xlsx with the same cells in the
same places. Nothing in what is written computes: formulas are replaced by the values they had.
"""

import base64
import datetime
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from thidua.core.confined import MIB, ConfinedError, confined
from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.sheet import FailedCell, Workbook, read_workbook
from thidua.core.workbooks.sheet import address as name_of_cell

SUGGESTION = "Cần sửa"
AUTHOR = "thidua"
FILL = PatternFill("solid", start_color="FFF2B8B5")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
KEPT_CELLS = 60_000  # past this the looks are not kept: opening them takes minutes and gigabytes
WIDEST = 60
SECONDS, MEMORY = 120, 1536 * MIB

# By sheet: problems by row (1-based), each the cell's name ("" for the whole row) and what is said of it.
Marks = Mapping[str, Mapping[int, Sequence[tuple[str, str]]]]


def mended(data: bytes, *, filename: str, problems: Iterable[Problem], headers: Mapping[str, int]) -> bytes:
    """The workbook as .xlsx with every problem marked; ``headers`` is each sheet's header row (0-based).

    Raises UnreadableWorkbook where ``read_workbook`` does.
    """
    marks: dict[str, dict[int, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        place = coordinate_from_string(problem.cell) if problem.cell else None
        row = place[1] if place else headers.get(problem.sheet, 0) + 1
        marks[problem.sheet][row].append((problem.cell, f"{problem.message} {problem.remedy}".strip()))
    workbook = read_workbook(data, filename=filename)
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in workbook.sheets if sheet.rows)
    if data.startswith(b"PK\x03\x04") and cells <= KEPT_CELLS:
        try:
            options = {"marks": json.dumps(marks), "headers": dict(headers)}
            told = confined("thidua.core.workbooks.mend:own", data, seconds=SECONDS, memory=MEMORY, **options)
            return base64.b64decode(str(told))
        except ConfinedError:
            pass  # a workbook whose looks cannot be kept comes back with its cells
    return _anew(workbook, marks, headers)


def own(data: bytes, *, marks: str, headers: Mapping[str, int]) -> str:
    """The person's own workbook marked, in base64: a task of ``confined``."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    values = openpyxl.load_workbook(io.BytesIO(data), keep_links=False, data_only=True)
    told = {sheet: {int(row): said for row, said in rows.items()} for sheet, rows in json.loads(marks).items()}
    for sheet in book.worksheets:
        _settle(sheet, values[sheet.title])
        rows = told.get(sheet.title, {})
        last = sheet.max_column + 1
        for row, said in rows.items():
            for cell, words in said:
                if cell:
                    _mark(_topmost(sheet, cell), words)
            _write(sheet.cell(row, last), "\n".join(_lines(said))).alignment = WRAPPED
        if rows:
            head = sheet.cell(headers.get(sheet.title, 0) + 1, last)
            head.value, head.font = head.value or SUGGESTION, BOLD
            sheet.column_dimensions[head.column_letter].width = WIDEST
    target = io.BytesIO()
    book.save(target)
    return base64.b64encode(target.getvalue()).decode()


def _settle(sheet: Worksheet, values: Worksheet) -> None:
    """Put the values in the place of the formulas; one that had no value stays as text."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and not isinstance(cell, MergedCell):
                value = values[cell.coordinate].value
                _write(cell, value if value is not None else str(cell.value))
            if cell.hyperlink is not None:
                cell.hyperlink = None


def _topmost(sheet: Worksheet, name: str) -> Cell:
    """The cell that shows: of merged ones the first."""
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[name]


def _mark(cell: Cell, words: str) -> None:
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = FILL
    cell.comment = Comment(f"{before}{words}", AUTHOR, width=320, height=120)


def _lines(said: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{cell}: {words}" if cell else words for cell, words in said]


def _write(cell: Cell, value: object) -> Cell:
    """A value that computes nothing: text that begins like a formula stays text."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _anew(workbook: Workbook, marks: Marks, headers: Mapping[str, int]) -> bytes:
    """A new workbook with the cells as they were read, and the marks."""
    book = openpyxl.Workbook(write_only=True)
    for number, sheet in enumerate(workbook.sheets, start=1):
        page = book.create_sheet(_title(sheet.name, number))
        told = marks.get(sheet.name, {})
        if told and sheet.rows:
            page.column_dimensions[name_of_cell(0, len(sheet.rows[0])).rstrip("1")].width = WIDEST
        for row, cells in enumerate(sheet.rows, start=1):
            said = told.get(row, ())
            line: list[object] = [_plain(page, value) for value in cells]
            for name, words in said:
                if name:
                    place = openpyxl.utils.column_index_from_string(coordinate_from_string(name)[0]) - 1
                    marked = line[place] if isinstance(line[place], Cell) else WriteOnlyCell(page, line[place])
                    _mark(marked, words)
                    line[place] = marked
            if said or (told and row == headers.get(sheet.name, 0) + 1):
                line.append(_write(WriteOnlyCell(page), "\n".join(_lines(said)) or SUGGESTION))
            page.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _title(name: str, number: int) -> str:
    kept = "".join(letter for letter in name if letter not in "[]:*?/\\").strip("'")[:31]
    return kept or f"Trang {number}"


def _plain(page: object, value: object) -> object:
    if isinstance(value, FailedCell):
        return _write(WriteOnlyCell(page), value.text)
    if isinstance(value, str):
        return _write(WriteOnlyCell(page), value) if value.startswith("=") else ILLEGAL_CHARACTERS_RE.sub("", value)
    return str(value) if isinstance(value, datetime.timedelta) else value
