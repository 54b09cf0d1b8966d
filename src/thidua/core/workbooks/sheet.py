"""Bytes of a workbook → its sheets as plain cells, after the caps and with clear refusals.

Read: .xlsx, .xlsm and delimited text (comma, semicolon or tab; UTF-8, or UTF-16 with its mark), and .xls and .ods in
a process of its own, since their tables cannot be measured before they are unpacked. The content tells what a file
is; its name only gives a text file's sheet a name. .xlsb is recognised and refused. Text in TCVN3 and VNI fonts
becomes Unicode, by what most texts of the sheet show where one alone does not tell.
"""

import csv
import datetime
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

import python_calamine

from thidua.core.confined import MIB, BrokeDown, ConfinedError, confined
from thidua.core.vietnamese import of_legacy_fonts
from thidua.core.workbooks.errors import EmptyWorkbook, LockedWorkbook, NotAWorkbook
from thidua.core.workbooks.package import Limits, damaged, measure, oversized, pack, sheet_parts, unpack
from thidua.core.workbooks.words import tidy

CHECK_FILE = "Kiểm tra lại đã chọn đúng tệp, và tệp đã được lưu."
SAVE_AS = "Mở bằng Excel và lưu lại thành tệp .xlsx."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .xls, .doc, or a locked .xlsx
SECONDS, MEMORY = 60, 384 * MIB  # for one old workbook; 30,000 rows of twenty columns need less than 250


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

    Text is Unicode, tidied (NFC, no invisible characters, single spaces); empty text is None; whole floats are int.
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
    if data.startswith(OLD) or _is_open_document(data):
        sheets = _old(data, limits)
    elif data.startswith(b"PK\x03\x04"):
        sheets = _xlsx(data, limits)
    else:
        sheets = (_delimited(data, filename, limits),)
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
    if data.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked()
        if "WordDocument".encode("utf-16-le") in data:
            raise NotAWorkbook("Đây là tệp Word đời cũ, không phải bảng tính.", "Chép bảng sang Excel rồi nộp lại.")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        raise NotAWorkbook("Đây là tệp PDF, không phải bảng tính.", "Nộp tệp Excel (.xlsx) gốc.")
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise NotAWorkbook("Đây là trang web hoặc XML mang tên bảng tính.", SAVE_AS)


def _locked() -> LockedWorkbook:
    return LockedWorkbook("Tệp có mật khẩu.", "Bỏ mật khẩu trong Excel rồi lưu lại.")


def _is_open_document(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as kind:
            return kind.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet")
    # What zipfile raises on a broken archive; the last two for a way of packing or a password it does not know.
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return False


def _old(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    try:
        told = confined(
            "thidua.core.workbooks.old:tables",
            data,
            seconds=SECONDS,
            memory=MEMORY,
            cells=limits.cells,
            sheets=limits.sheets,
        )
    except BrokeDown as error:
        raise damaged() from error
    except ConfinedError as error:
        raise oversized() from error
    assert isinstance(told, dict)  # as the task answers
    if "refused" in told:
        raise {"locked": _locked, "oversized": oversized}.get(told["refused"], damaged)()
    return tuple(_whole(name, [[_untold(cell) for cell in row] for row in rows]) for name, rows in told["sheets"])


def _untold(cell: object) -> Cell:
    """A cell as ``old.py`` tells it."""
    if not isinstance(cell, dict):
        return cell  # type: ignore[return-value]  # JSON's plain values are cells
    ((kind, text),) = cell.items()
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind == "datetime":
        return datetime.datetime.fromisoformat(text)
    return FailedCell(text) if kind == "failed" else str(text)


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
    rows = source.to_python(skip_empty_area=False)
    width = max((len(row) for row in rows), default=0)
    width = max([width, *(column for _, column, _ in failed)])
    rows += [[] for _ in range(max([0, *(row for row, _, _ in failed)]) - len(rows))]
    for row in rows:
        row += [None] * (width - len(row))
    for row_number, column_number, text in failed:
        rows[row_number - 1][column_number - 1] = FailedCell(text)
    return _whole(source.name, rows)


def _whole(name: str, rows: list[list[Cell]]) -> Sheet:
    """A sheet of cells as they came: texts in Unicode and tidied, rows of one length."""
    texts = list({cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()})
    unicode = {text: new for text, new in zip(texts, of_legacy_fonts(texts), strict=True) if text != new}
    width = max((len(row) for row in rows), default=0)
    return Sheet(
        name, _trimmed([[_plain(cell, unicode) for cell in row] + [None] * (width - len(row)) for row in rows])
    )


def _plain(value: Cell, unicode: Mapping[str, str]) -> Cell:
    if isinstance(value, str):
        return tidy(unicode.get(value, value)) or None
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
    return _whole(PurePath(filename.replace("\\", "/")).stem or "CSV", [list(record) for record in records])


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
