"""The .xlsx container, made safe before the reader sees it.

Every XML part is unpacked under a cap, parsed once (well-formed, no DTD) to measure the table it would
make, and packed again. The reader is given only what was measured: a lying size, a part stored twice, or
two far-off cells that would ask for a table of 17 billion cells never reach it.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from thidua.core.workbooks.errors import NotAWorkbook, OversizedWorkbook

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # the grid of Excel itself
NO_RESULT = "công thức chưa có kết quả"


@dataclass(frozen=True)
class Limits:
    """What is still a table of an office. ``ratio`` is unpacked to packed bytes, watched from 4 MiB on."""

    file_bytes: int = 20 * 2**20
    unpacked_bytes: int = 128 * 2**20
    ratio: int = 120
    parts: int = 2_000
    sheets: int = 60
    cells: int = 1_000_000


@dataclass(frozen=True)
class Grid:
    """What one part would become: the far corner of its table, and cells whose formula failed.

    Rows and columns count from 1; ``failed`` holds (row, column, text).
    """

    rows: int
    columns: int
    failed: tuple[tuple[int, int, str], ...]


def unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """XML parts of the package that matter for tables, by name.

    Raises NotAWorkbook if it is no .xlsx or is damaged, OversizedWorkbook past the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_sizes(infos, limits)
            _check_kind({info.filename.lower() for info in infos})
            return {info.filename: _part(archive, info) for info in infos if _matters(info.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged() from error


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a package again, uncompressed."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def measure(content: bytes, limits: Limits) -> Grid:
    """Walk one XML part and say how large a table it makes. Raises NotAWorkbook, OversizedWorkbook."""
    row = column = rows = columns = 0
    failed = []
    for event, element in walk(content):
        tag = local_name(element)
        if event == "start" and tag == "row":
            row, column = _number(element.get("r"), MAX_ROW) or row + 1, 0
        elif event == "start" and tag == "c":
            row, column = _position(element.get("r")) or (row, column + 1)
        elif event == "end" and tag == "c":
            state = _state(element)
            if state is not None:
                rows, columns = max(rows, row), max(columns, column)
            if state:
                failed.append((row, column, state))
            if rows * columns > limits.cells:
                raise oversized()
    return Grid(rows, columns, tuple(failed))


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Name of each sheet → name of the part that holds it."""
    by_name = {name.lower(): name for name in parts}
    targets: dict[str, str] = {}
    for _, element in walk(parts.get(by_name.get("xl/_rels/workbook.xml.rels", ""), b"<none/>")):
        if local_name(element) == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", element.get("Target") or ""))
            targets[element.get("Id") or ""] = target.lstrip("/").lower()
    found: dict[str, str] = {}
    for _, element in walk(parts[by_name["xl/workbook.xml"]]):
        if local_name(element) == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), "")
            found[element.get("name") or ""] = by_name.get(targets.get(link, ""), "")
    return found


def damaged() -> NotAWorkbook:
    """The error for a package that opens as none."""
    return NotAWorkbook("Tệp Excel bị hỏng, không mở được.", "Mở bằng Excel, lưu thành tệp .xlsx mới rồi nộp lại.")


def oversized() -> OversizedWorkbook:
    """The error for a package past the limits."""
    return OversizedWorkbook(
        "Tệp quá lớn hoặc bung ra quá lớn so với một bảng dữ liệu của cơ quan.",
        "Chỉ giữ các trang và dòng cần nhập, xóa hình ảnh và các ô thừa ở xa bảng rồi lưu lại.",
    )


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(info.file_size for info in infos if _matters(info.filename))
    packed = sum(info.compress_size for info in infos if _matters(info.filename))
    bomb = unpacked > 4 * 2**20 and unpacked > limits.ratio * max(packed, 1)
    if len(infos) > limits.parts or unpacked > limits.unpacked_bytes or bomb:
        raise oversized()


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names and "xl/workbook.bin" not in names:
        return
    if any(name.startswith("word/") for name in names):
        raise NotAWorkbook("Đây là tệp Word, không phải bảng tính.", "Chép bảng sang Excel, lưu thành tệp .xlsx.")
    if "xl/workbook.bin" in names:
        raise NotAWorkbook("Chưa nhận bảng tính .xlsb.", "Lưu lại thành tệp .xlsx.")
    raise NotAWorkbook("Đây là tệp nén, không phải bảng tính.", "Giải nén và nộp tệp .xlsx ở bên trong.")


def _matters(name: str) -> bool:
    name = name.lower()
    kept = name.startswith("xl/") and not name.startswith(("xl/drawings/", "xl/charts/", "xl/diagrams/"))
    return (kept and name.endswith((".xml", ".rels"))) or name in {"[content_types].xml", "_rels/.rels"}


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as part:
        return part.read(info.file_size)


def walk(content: bytes, *, kept: tuple[str, ...] = ("c",)) -> Iterator[tuple[str, Element]]:
    """Start and end of every element; children are dropped once past, but for those of the ``kept`` kinds."""
    above: list[Element] = []
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            yield event, element
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if above and local_name(above[-1]) not in kept:
                del above[-1][:]
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise damaged() from error


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


def _number(text: str | None, most: int) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text) or not 1 <= int(text) <= most:
        raise damaged()
    return int(text)


def _position(reference: str | None) -> tuple[int, int] | None:
    if reference is None:
        return None
    parts = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", reference)
    if parts is None:
        raise damaged()
    column = 0
    for letter in parts[1].upper():
        column = column * 26 + ord(letter) - 64
    row = _number(parts[2], MAX_ROW)
    if row is None or column > MAX_COLUMN:
        raise damaged()
    return row, column


def _state(cell: Element) -> str | None:
    """None for an empty cell, "" for one with a value, else why its formula has none."""
    children = {local_name(child): child for child in cell}
    value = children["v"].text if "v" in children else None
    if cell.get("t") == "e":
        return value or NO_RESULT
    if "f" in children and not value and cell.get("t") != "str":
        return NO_RESULT
    return "" if value or "is" in children or "f" in children else None
