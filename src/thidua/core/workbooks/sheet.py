"""Bytes of a workbook → its sheets as plain cells, after the caps and with clear refusals.

Read: .xlsx, .xlsm and delimited text (comma, semicolon or tab; UTF-8, or UTF-16 with its mark). The content
tells what a file is; its name only gives a text file's sheet a name. Older .xls, .xlsb and .ods are
recognised and refused: their tables cannot be measured before they are unpacked.
"""

import csv
import datetime
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

import python_calamine

from thidua.core.workbooks.errors import EmptyWorkbook, LockedWorkbook, NotAWorkbook
from thidua.core.workbooks.package import Limits, damaged, measure, oversized, pack, sheet_parts, unpack
from thidua.core.workbooks.words import tidy

CHECK_FILE = "Kiểm tra lại đã chọn đúng tệp, và tệp đã được lưu."
SAVE_AS = "Mở bằng Excel và lưu lại thành tệp .xlsx."


@dataclass(frozen=True)
class FailedCell:
    """A cell whose formula gave an error ("#N/A") or has no stored result: never to be taken for empty."""

    text: str


Cell: TypeAlias = (
    bool
    | int
    | float
    | str
    | datetime.date
    | datetime.datetime
    | datetime.time
    | datetime.timedelta
    | FailedCell
    | None
)


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows[0]`` is row 1 of the file, ``rows[0][0]`` its cell A1; all rows have one length.

    Text is tidied (NFC, no invisible characters, single spaces); an empty text is None; whole floats are int.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Workbook:
    """Sheets in the order of the file; at least one has something in it."""

    sheets: tuple[Sheet, ...]


def read_workbook(data: bytes, *, filename: str, limits: Limits | None = None) -> Workbook:
    """Open a workbook, whatever its name says.

    Raises EmptyWorkbook, NotAWorkbook, LockedWorkbook or OversizedWorkbook (all UnreadableWorkbook).
    """
    limits = limits or Limits()
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptyWorkbook("Tệp trống.", CHECK_FILE)
    if len(data) > limits.file_bytes:
        raise oversized()
    _refuse_strangers(data)
    sheets = _xlsx(data, limits) if data.startswith(b"PK\x03\x04") else (_delimited(data, filename, limits),)
    if not any(sheet.rows for sheet in sheets):
        raise EmptyWorkbook("Tệp không có ô nào có dữ liệu.", CHECK_FILE)
    return Workbook(sheets)


def address(row: int, column: int) -> str:
    """Excel's name of a cell, from 0-based row and column: (6, 2) → "C7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _refuse_strangers(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise LockedWorkbook("Tệp có mật khẩu.", "Bỏ mật khẩu trong Excel rồi lưu lại.")
        raise NotAWorkbook("Đây là tệp Office đời cũ (.xls, .doc).", SAVE_AS)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise NotAWorkbook("Đây là tệp PDF, không phải bảng tính.", "Nộp tệp Excel (.xlsx) gốc.")
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise NotAWorkbook("Đây là trang web hoặc XML mang tên bảng tính.", SAVE_AS)


def _xlsx(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    parts = unpack(data, limits)
    grids = {name: measure(content, limits) for name, content in parts.items()}
    where = sheet_parts(parts)
    if len(where) > limits.sheets or sum(grid.rows * grid.columns for grid in grids.values()) > limits.cells:
        raise oversized()
    failed = {name: grids[part].failed for name, part in where.items() if part in grids}
    try:
        with python_calamine.load_workbook(io.BytesIO(pack(parts))) as book:
            tables = [one for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
            return tuple(_sheet(book.get_sheet_by_name(one.name), failed.get(one.name, ())) for one in tables)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise damaged() from error


def _sheet(source: python_calamine.CalamineSheet, failed: tuple[tuple[int, int, str], ...]) -> Sheet:
    rows = [[_plain(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    width = max((len(row) for row in rows), default=0)
    width = max([width, *(column for _, column, _ in failed)])
    rows += [[] for _ in range(max([0, *(row for row, _, _ in failed)]) - len(rows))]
    for row in rows:
        row += [None] * (width - len(row))
    for row_number, column_number, text in failed:
        rows[row_number - 1][column_number - 1] = FailedCell(text)
    return Sheet(source.name, _trimmed(rows))


def _plain(value: Cell) -> Cell:
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _trimmed(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return tuple(tuple(row) for row in rows)


def _delimited(data: bytes, filename: str, limits: Limits) -> Sheet:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE)
    records = [[], *_records(rest, told[1])] if told else _records(text, _delimiter(text))
    width = max((len(record) for record in records), default=0)
    if len(records) * width > limits.cells:
        raise oversized()
    rows = [[_plain(field) for field in record] + [None] * (width - len(record)) for record in records]
    return Sheet(PurePath(filename.replace("\\", "/")).stem or "CSV", _trimmed(rows))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAWorkbook(
            "Tệp không phải Excel (.xlsx), cũng không phải văn bản Unicode.",
            "Trong Excel chọn Lưu thành “Excel (.xlsx)” hoặc “CSV UTF-8”.",
        ) from error
    if re.search("[\x00-\x08\x0e-\x1f]", text):
        raise NotAWorkbook("Tệp không phải bảng tính.", "Nộp tệp Excel (.xlsx) hoặc CSV UTF-8.")
    return text


def _records(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise NotAWorkbook("Tệp CSV bị hỏng.", SAVE_AS) from error


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the steadiest width; ties go to ; then tab then comma."""
    sample = "\n".join(text.splitlines()[:50])
    scores = {}
    for sign in ";\t,":
        widths = Counter(len(record) for record in _records(sample, sign) if len(record) > 1)
        scores[sign] = max(((count, width) for width, count in widths.items()), default=(0, 0))
    return max(scores, key=lambda sign: scores[sign])
