"""Word files (.docx, .docm) → paragraphs as they read when every tracked change is accepted. Runs confined.

Kept: automatic numbers, inserted text, text boxes, tables (a row of data as one line, "2 | Tỷ lệ … | 95%"; the
columns of head and signature one after the other), notes after their paragraph. Left out: headers and footers,
deleted text, hidden text, comments, the table of contents. Macros are not looked at. Pages count the breaks that
the writer set and those that Word noted when it last showed the file; lines count paragraphs on a page.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from thidua.core.plans.errors import DamagedFile, OversizedPlan, PlanError, ProtectedFile
from thidua.core.plans.extract.kinds import MIB
from thidua.core.plans.extract.numbering import Numbering, W

MAX_PART = 24 * MIB
MAX_ENTRIES = 5_000
MAX_PARAGRAPHS = 60_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A row of data is one line; these are wide enough to stand between columns of a head set with tabs.
_TAB = "     "
_LEFT_OUT = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "object")
} | {_FALLBACK}
_BREAKS = {f"{W}br", f"{W}cr"}

Paragraph = tuple[str, int, int]


def paragraphs_of_word(data: bytes) -> dict[str, object]:
    """Return the paragraphs in reading order: text, page, line. Faults come back by name."""
    try:
        with _opened(data) as archive:
            return {"paragraphs": _Reader(archive).read()}
    except PlanError as error:
        return {"fault": type(error).__name__, "said": str(error)}


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged() from error
    if len(archive.infolist()) > MAX_ENTRIES:
        raise OversizedPlan("tệp Word có quá nhiều phần bên trong; hãy lưu lại thành .docx mới rồi nộp lại.")
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise ProtectedFile("tệp Word khóa bằng mật khẩu; hãy mở bằng Word, bỏ mật khẩu, lưu rồi nộp lại.")
    return archive


def _damaged() -> DamagedFile:
    return DamagedFile("tệp Word bị hỏng hoặc tải về chưa hết; hãy mở bằng Word, lưu lại thành .docx rồi nộp lại.")


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Return a part of the file as XML, or None where it is not there; never more than MAX_PART of it."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    try:
        if entry.file_size > MAX_PART:
            raise _too_large()
        with archive.open(entry) as stream:
            content = stream.read(MAX_PART + 1)
        if len(content) > MAX_PART:
            raise _too_large()
        found: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DamagedFile(
            "tệp Word chứa khai báo XML mà Word không bao giờ ghi; hãy mở bằng Word, lưu lại thành .docx rồi nộp lại."
        ) from error
    except (zipfile.BadZipFile, ParseError, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, PlanError):
            raise
        raise _damaged() from error
    return found


def _too_large() -> OversizedPlan:
    return OversizedPlan(
        f"tệp Word bung ra quá {MAX_PART // MIB} MB chữ; hãy tách riêng phần kế hoạch, lưu thành .docx mới rồi nộp lại."
    )


class _Reader:
    """Walks through a document once, counting numbers, pages and lines."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._page, self._line = 1, 0
        self._found: list[Paragraph] = []
        main = _main_part(archive)
        document = _part(archive, main)
        if document is None or (body := document.find(f"{W}body")) is None:
            raise _damaged()
        self._body = body
        beside = posixpath.dirname(main)
        styles = _part(archive, posixpath.join(beside, "styles.xml"))
        self._numbering = Numbering(_part(archive, posixpath.join(beside, "numbering.xml")), styles)
        self._contents = _styles_of_contents(styles)
        self._normal = _usual_style(styles)
        self._notes = {
            kind: _notes(_part(archive, posixpath.join(beside, f"{kind}s.xml")), kind)
            for kind in ("footnote", "endnote")
        }
        self._note_count = 0
        # deleted paragraph marks: what stood before joins what comes after
        self._carried = ""

    def read(self) -> list[Paragraph]:
        self._blocks(self._body)
        self._flush()
        return self._found

    def _blocks(self, parent: Element) -> None:
        for element in parent:
            if element.tag == f"{W}p":
                for text in self._paragraph(element):
                    self._add(text)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == f"{W}sdt":
                if not _is_contents(element):
                    self._blocks(_inside(element))
            elif element.tag not in _LEFT_OUT:
                self._blocks(element)

    def _add(self, text: str) -> None:
        if len(self._found) >= MAX_PARAGRAPHS:
            raise OversizedPlan("tệp Word có quá nhiều đoạn; hãy tách riêng phần kế hoạch rồi nộp lại.")
        for line in text.split("\n"):
            self._line += 1
            if line.strip():
                self._found.append((line.strip(), self._page, self._line))

    def _flush(self) -> None:
        if self._carried:
            self._add(self._carried)
            self._carried = ""

    def _paragraph(self, element: Element) -> Iterator[str]:
        """Yield a paragraph, then its text boxes and its notes."""
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = style.get(f"{W}val") if style is not None else self._normal
        if name in self._contents:
            return
        boxes: list[Element] = []
        notes: list[tuple[str, str]] = []
        text = "".join(self._runs(element, boxes, notes)).strip("\n")
        mark_deleted = properties is not None and any(
            properties.find(f"{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom")
        )
        if text.strip() and not (mark_deleted and not self._carried and not text.strip()):
            label = "" if self._carried else self._numbering.label(properties, name)
            text = label + text.lstrip() if label else text
        text, self._carried = self._carried + text, ""
        if mark_deleted:
            self._carried = text
            return
        yield text
        for box in boxes:
            yield from self._inner(box)
        for kind, number in notes:
            words = " ".join("".join(self._runs(part, [], [])).strip() for part in self._notes[kind].get(number, []))
            if words.strip():
                self._note_count += 1
                yield f"[{self._note_count}] {words.strip()}"

    def _inner(self, box: Element) -> Iterator[str]:
        for element in box.iter(f"{W}p"):
            yield from self._paragraph(element)

    def _runs(self, parent: Element, boxes: list[Element], notes: list[tuple[str, str]]) -> Iterator[str]:
        for element in parent:
            tag = element.tag
            if tag in _LEFT_OUT:
                continue
            if tag == f"{W}t" or tag == _MATH:
                yield (element.text or "").replace("\n", " ")
            elif tag == f"{W}tab" or tag == f"{W}ptab":
                yield _TAB
            elif tag in _BREAKS:
                if element.get(f"{W}type") == "page":
                    self._turn_page()
                yield "\n"
            elif tag == f"{W}lastRenderedPageBreak":
                self._turn_page()
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield " "
            elif tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                notes.append((tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", "")))
            elif tag == f"{W}r" and _is_hidden(element):
                continue
            else:
                yield from self._runs(element, boxes, notes)

    def _turn_page(self) -> None:
        self._page, self._line = self._page + 1, 0

    def _table(self, table: Element) -> None:
        rows = [list(_cells(row)) for row in _kin(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        texts = [[list(self._cell(cell)) for cell in row] for row in rows]
        wide = max((len([cell for cell in row if cell]) for row in texts), default=0)
        # Two columns or one row only place things on the page: head, signature, frames.
        placed = wide < 2 or len(texts) < 2 or (wide == 2 and len(texts) < 3)
        for row in texts:
            filled = [cell for cell in row if cell]
            if placed or len(filled) < 2 or any(len(cell) > 3 for cell in filled):
                for line in (line for cell in filled for line in cell):
                    self._add(line)
            else:
                self._add(" | ".join(" ".join(cell) for cell in filled))

    def _cell(self, cell: Element) -> Iterator[str]:
        """Yield the lines of a cell; a table inside a table is read as its lines."""
        for element in cell.iter(f"{W}p"):
            for text in self._paragraph(element):
                yield from (line.strip() for line in text.split("\n") if line.strip())


def _cells(row: Element) -> Iterator[Element]:
    yield from _kin(row, "tc")


def _kin(parent: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name directly below another one, or in wrappers of content between them."""
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _kin(element, name)


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = _part(archive, "_rels/.rels")
    for relation in relations.iter(_RELATIONS) if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _inside(element: Element) -> Element:
    content = element.find(f"{W}sdtContent")
    return content if content is not None else element


def _is_contents(element: Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _styles_of_contents(styles: Element | None) -> set[str]:
    """Return the styles of a table of contents, whatever language they are called in."""
    found = {f"TOC{level}" for level in range(1, 10)}
    for style in styles.findall(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        if name is not None and name.get(f"{W}val", "").lower().startswith("toc "):
            found.add(style.get(f"{W}styleId", ""))
    return found


def _usual_style(styles: Element | None) -> str | None:
    for style in styles.findall(f"{W}style") if styles is not None else ():
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            return style.get(f"{W}styleId")
    return None


def _notes(part: Element | None, kind: str) -> dict[str, list[Element]]:
    if part is None:
        return {}
    return {
        note.get(f"{W}id", ""): list(note.iter(f"{W}p"))
        for note in part.findall(f"{W}{kind}")
        if note.get(f"{W}type") in (None, "normal")
    }


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false")
