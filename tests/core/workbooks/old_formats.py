"""Small .xls and .ods workbooks, made from their published formats so that no office program is needed."""

import datetime
import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ERROR, NOTHING_YET = "#DIV/0!", "="  # cells that stand for a formula with an error, and for one never computed
ERROR_CODES = {ERROR: 0x07}
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def xls(rows: Sequence[Sequence[object]], *, name: str = "Trang 1", from_1904: bool = False) -> bytes:
    """One sheet in the format of Excel 97–2003 ([MS-XLS], [MS-CFB])."""
    start = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    before = _record(0x0809, start) + _record(0x0042, struct.pack("<H", 1200))
    before += _record(0x0022, struct.pack("<H", from_1904))
    before += b"".join(_record(0x00E0, struct.pack("<HHHHHHIIH", 0, number, 0, 0, 0, 0, 0, 0, 0)) for number in (0, 14))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    place = len(before) + 4 + 6 + len(title) + 4
    book = before + _record(0x0085, struct.pack("<IBB", place, 0, 0) + title) + _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    day_zero = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30)
    for row, cells in enumerate(rows):
        sheet += b"".join(_biff(row, column, cell, day_zero) for column, cell in enumerate(cells))
    return _compound(book + sheet + _record(0x000A, b""))


def ods(rows: Sequence[Sequence[object]], *, name: str = "Trang 1") -> bytes:
    """One sheet as an OpenDocument spreadsheet."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(name)}">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"/>')
    return target.getvalue()


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff(row: int, column: int, cell: object, day_zero: datetime.date) -> bytes:
    if cell is None:
        return b""
    if isinstance(cell, datetime.date):
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, (cell - day_zero).days))
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    text = str(cell)
    if text in ERROR_CODES:
        return _record(0x0205, struct.pack("<HHHBB", row, column, 0, ERROR_CODES[text], 1))
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """A compound file with the one stream “Workbook”, long enough to need no short sectors."""
    stream += b"\0" * (max(4096, -(-len(stream) // SECTOR) * SECTOR) - len(stream))
    count = len(stream) // SECTOR
    table = [FAT, END, *range(3, count + 2), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    root = _entry("Root Entry", 5, child=1, start=END, size=0)
    entries = root + _entry("Workbook", 2, child=FREE, start=2, size=len(stream)) + b"\0" * 256
    return head + struct.pack(f"<{SECTOR // 4}I", *table) + entries + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    body = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return body + b"\0" * 36 + struct.pack("<IQ", start, size)


def _ods_cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if cell == NOTHING_YET:
        return '<table:table-cell table:formula="of:=[.A1]"/>'
    if cell == ERROR:
        return (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
            f"<text:p>{ERROR}</text:p></table:table-cell>"
        )
    if isinstance(cell, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell:%Y-%m-%d}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
