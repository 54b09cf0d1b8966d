"""Tables out: rows of plain values → one .xlsx, the same bytes for the same rows, with nothing in it that runs.

A text is always written as a text: what begins like a formula is no formula in the file, and stays a text when its
reader opens the cell and leaves it again. Days are real days shown as dd/mm/yyyy, numbers are numbers, codes texts.
"""

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeGuard

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | float | Decimal | bool | datetime.date | None

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME, LONGEST_TEXT, MOST_ROWS, MOST_COLUMNS = 31, 32_767, 1_048_575, 16_384  # Excel's own bounds
FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that never was
NARROWEST, WIDEST = 8, 60
MOST_DIGITS = 15  # a longer number would lose its last digits
GROUPED_FROM = 10_000  # a column with such a number is money, not years: shown in thousands
MADE = datetime.datetime(2000, 1, 1)


@dataclass(frozen=True)
class Written:
    """One sheet to write; every row has a value a header."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def runs_as_formula(text: str) -> bool:
    """Whether some spreadsheet program takes a text for a formula when it is typed in or read from a CSV file."""
    return text.startswith(FORMULA_STARTS)


def defused(text: str) -> str:
    """A text for a CSV file: with a quote before it if it would run."""
    return f"'{text}" if runs_as_formula(text) else text


def write_workbook(sheets: Sequence[Written]) -> bytes:
    """The sheets as an .xlsx. Raises ValueError without a sheet, or for a table larger than Excel's grid."""
    if not sheets:
        raise ValueError("A workbook needs a sheet.")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"created": MADE})
    looks = _Looks(
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "bottom": 1}),
        text=book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        inert=book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        number=book.add_format({"valign": "top"}),
        grouped=book.add_format({"num_format": "#,##0", "valign": "top"}),
    )
    for name, sheet in zip(sheet_names([sheet.name for sheet in sheets]), sheets, strict=True):
        _write(book.add_worksheet(name), sheet, looks)
    book.close()
    return target.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes: no sign it refuses, at most 31 characters, none twice whatever the case."""
    given: list[str] = []
    for number, name in enumerate(wanted, 1):
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name)
        plain = " ".join(plain.split()).strip("'")[:LONGEST_NAME].strip() or f"Bảng {number}"
        taken = {one.casefold() for one in given} | {"history"}
        if plain.casefold() in taken:
            plain = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        given.append(plain)
    return given


@dataclass(frozen=True)
class _Looks:
    head: Format
    text: Format
    inert: Format
    day: Format
    number: Format
    grouped: Format


def _write(page: Worksheet, sheet: Written, looks: _Looks) -> None:
    if len(sheet.rows) > MOST_ROWS or len(sheet.headers) > MOST_COLUMNS:
        raise ValueError(f"{sheet.name}: {len(sheet.rows)} rows, {len(sheet.headers)} columns are past Excel's grid.")
    for column, header in enumerate(sheet.headers):
        values = [row[column] for row in sheet.rows]
        page.set_column(column, column, _width(header, values))
        page.write_string(0, column, header, looks.head)
        number = looks.grouped if any(_is_large(value) for value in values) else looks.number
        for line, value in enumerate(values, 1):
            _write_cell(page, line, column, value, looks, number)
    page.freeze_panes(1, 0)
    if sheet.headers:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)


def _write_cell(page: Worksheet, line: int, column: int, value: Value, looks: _Looks, number: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime.date) and value >= FIRST_DAY:
        page.write_datetime(line, column, datetime.datetime.combine(value, datetime.time()), looks.day)
    elif _is_number(value):
        page.write_number(line, column, value, number)
    else:
        text = _shortened(shown(value))
        page.write_string(line, column, text, looks.inert if runs_as_formula(text) else looks.text)


def shown(value: Value) -> str:
    """A value as its reader sees it in the cell."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return "" if value is None else str(value)


def _is_number(value: Value) -> TypeGuard[int | float | Decimal]:
    """Whether a cell can hold a value as a number, to its last digit."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    digits = str(value).removeprefix("-").replace(".", "", 1)
    return digits.isdecimal() and len(digits) <= MOST_DIGITS


def _is_large(value: Value) -> bool:
    return _is_number(value) and not -GROUPED_FROM < value < GROUPED_FROM


def _shortened(text: str) -> str:
    """A text that fits a cell; one that does not says that it was cut."""
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 20]}… (đã cắt bớt)"


def _width(header: str, values: Sequence[Value]) -> int:
    longest = max((len(line) for value in values for line in shown(value).split("\n")), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, min(len(header), 20)) + 2))
