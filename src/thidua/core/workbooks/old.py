"""Tables of .xls and .ods files, which cannot be measured before they are unpacked: run in a process of its own.

``tables`` is a task of ``confined``: bytes go in, values of JSON come out. What a cell cannot say in JSON is an object
of one pair: {"date": "2020-07-01"}, {"datetime": …}, {"failed": "#N/A"}, {"text": …}.
"""

import datetime
import io
import struct
import zipfile
from collections.abc import Iterator

import python_calamine

from thidua.core.workbooks.package import NO_RESULT, local_name, walk

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
BOF, FORMULA, BOOL_OR_ERROR, WORKSHEET = 0x0809, 0x0006, 0x0205, 0x0010
END_OF_CHAIN = 0xFFFFFFFA  # this and above are no sectors
Failed = dict[tuple[int, int], str]


def tables(data: bytes, *, cells: int, sheets: int) -> dict[str, object]:
    """{"sheets": [[name, rows], …]}, or {"refused": "locked" | "damaged" | "oversized"}. Limits in cells and sheets."""
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            named = [one.name for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
            found = [book.get_sheet_by_name(name) for name in named]
            if len(named) > sheets or sum(map(_size, found)) > cells:
                return {"refused": "oversized"}
            failed = list(_failed(data))
            return {
                "sheets": [
                    [sheet.name, _rows(sheet, failed[place] if place < len(failed) else {})]
                    for place, sheet in enumerate(found)
                ]
            }
    except python_calamine.PasswordError:
        return {"refused": "locked"}
    except (python_calamine.CalamineError, OSError, ValueError, struct.error):
        return {"refused": "damaged"}


def _size(sheet: python_calamine.CalamineSheet) -> int:
    """Cells from A1 to the far corner."""
    row, column = sheet.end or (-1, -1)
    return int((row + 1) * (column + 1))


def _rows(sheet: python_calamine.CalamineSheet, failed: Failed) -> list[list[object]]:
    rows = [[_told(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in failed.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] in ("", text):
            rows[row][column] = {"failed": text}
    return rows


def _told(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    return {"text": str(value)}


def _failed(data: bytes) -> Iterator[Failed]:
    """Cells of each sheet, in order, whose formula gave an error or has no result; the reader shows them as empty."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _failed_in_ods(archive.read("content.xml"))
        return
    sheet: Failed | None = None
    for kind, body in _records(_stream(data)):
        if kind == BOF:
            if sheet is not None:
                yield sheet
            sheet = {} if body[2:4] == struct.pack("<H", WORKSHEET) else None
        elif sheet is not None and kind == BOOL_OR_ERROR and body[7:8] == b"\1":
            row, column = struct.unpack_from("<HH", body)
            sheet[row, column] = ERRORS.get(body[6], "#?")
        elif sheet is not None and kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            row, column = struct.unpack_from("<HH", body)
            sheet[row, column] = ERRORS.get(body[8], "#?")
    if sheet is not None:
        yield sheet


def _failed_in_ods(content: bytes) -> Iterator[Failed]:
    failed: Failed = {}
    row = column = repeated = 0
    formula = False
    for event, element in walk(content, kept=("table-cell", "p")):
        tag = local_name(element)
        named = {key.rsplit("}", 1)[-1]: value for key, value in element.items()}
        if (event, tag) == ("start", "table"):
            failed, row = {}, 0
        elif (event, tag) == ("start", "table-row"):
            column, repeated = 0, int(named.get("number-rows-repeated", 1))
        elif (event, tag) == ("end", "table-row"):
            row += repeated
        elif event == "end" and tag in ("table-cell", "covered-table-cell"):
            text = "".join(element.itertext()).strip()
            formula = "formula" in named
            if formula and (not text or text.startswith(("#", "Err:"))):
                failed[row, column] = text or NO_RESULT
            column += int(named.get("number-columns-repeated", 1))
        elif (event, tag) == ("end", "table"):
            yield failed


def _stream(data: bytes) -> bytes:
    """The stream “Workbook” of a compound file ([MS-CFB]); b"" if it has none of the usual size."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    heads = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < END_OF_CHAIN]
    more = struct.unpack_from("<I", data, 68)[0]
    while more < END_OF_CHAIN and len(heads) * size < len(data):
        *sectors, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        heads += [sector for sector in sectors if sector < END_OF_CHAIN]
    table = [entry for head in heads for entry in struct.unpack_from(f"<{size // 4}I", data, (head + 1) * size)]

    def chain(first: int) -> bytes:
        parts, steps = [], 0
        while first < END_OF_CHAIN and steps <= len(table):
            parts.append(data[(first + 1) * size : (first + 2) * size])
            first, steps = table[first], steps + 1
        return b"".join(parts)

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    for place in range(0, len(directory) - 127, 128):
        entry = directory[place : place + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        first, length = struct.unpack_from("<IQ", entry, 116)
        if name in ("Workbook", "Book") and length >= 4096:
            return chain(first)[:length]
    return b""


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length
