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
from xml.parsers import expat

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
    found = _Measure(limits)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = found.text, _no_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error
    return Grid(found.rows, found.columns, tuple(found.failed))


class _Measure:
    """What the parser tells of rows and cells, as it goes."""

    def __init__(self, limits: Limits) -> None:
        self.most = limits.cells
        self.row = self.column = self.rows = self.columns = 0
        self.failed: list[tuple[int, int, str]] = []
        self.kind, self.value, self.parts = "", "", set[str]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit("}", 1)[-1]
        if tag == "row":
            self.row, self.column = _number(attributes.get("r"), MAX_ROW) or self.row + 1, 0
        elif tag == "c":
            self.row, self.column = _position(attributes.get("r")) or (self.row, self.column + 1)
            self.kind, self.value, self.parts = attributes.get("t", ""), "", set()
        elif tag in ("v", "f", "is"):
            self.parts.add(tag)
            self.parts.add("in " + tag)

    def end(self, name: str) -> None:
        tag = name.rsplit("}", 1)[-1]
        self.parts.discard("in " + tag)
        if tag != "c":
            return
        state = self._state()
        if state is not None:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if state:
            self.failed.append((self.row, self.column, state))
        if self.rows * self.columns > self.most:
            raise oversized()

    def text(self, text: str) -> None:
        if "in v" in self.parts:
            self.value += text

    def _state(self) -> str | None:
        """None for an empty cell, "" for one with a value, else why its formula has none."""
        if self.kind == "e":
            return self.value or NO_RESULT
        if "f" in self.parts and not self.value and self.kind != "str":
            return NO_RESULT
        return "" if self.value or self.parts & {"is", "f"} else None


def _no_doctype(*_said: object) -> None:
    raise damaged()


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
