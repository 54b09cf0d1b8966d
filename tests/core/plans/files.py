"""Files of every kind that a plan comes in, made from a text: Word with automatic numbers, PDF, a scan of it."""

from __future__ import annotations

import importlib.util
import io
import math
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import docx
import numpy
import pypdfium2
import pypdfium2.raw as pdfium
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

ROOT = Path(__file__).resolve().parents[3]
TYPED = (ROOT / "sample" / "ke-hoach-2020.txt").read_text(encoding="utf-8")
PLAIN_PAGE = "KẾ HOẠCH\nThi đua năm 2026\nI. CHỈ TIÊU\n1. Phấn đấu 90% công chức đạt Lao động tiên tiến.\n"
HEAD = (
    ("ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA", "SỞ TÀI CHÍNH", "Số: 12/KH-STC"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Minh Họa, ngày 12 tháng 5 năm 2020"),
)
RUNNING = "Phong trào thi đua năm 2020 – lưu hành nội bộ"
_MARKS = ((r"[IVX]+\.\s+", 0), (r"\d+\.\s+", 1), (r"[a-z]\)\s+", 2))
_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))


def paragraphs(text: str = TYPED) -> list[str]:
    """The paragraphs of a text: lines with words."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def numbered(document: docx.document.Document) -> None:
    """Give a document one list of three levels: I. 1. a), each counting anew below the one above."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    numbering.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="3"><w:abstractNumId w:val="7"/></w:num>'))


def number(paragraph: docx.text.paragraph.Paragraph, level: int) -> None:
    """Let a paragraph be numbered by the list."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'))


def word_file(text: str = TYPED) -> bytes:
    """The text as a Word file: head in a table, numbers automatic, a running head and foot."""
    document = docx.Document()
    numbered(document)
    document.sections[0].header.paragraphs[0].text = RUNNING
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = "\n".join(lines)
    for line in paragraphs(text):
        level = next((level for mark, level in _MARKS if re.match(mark, line)), None)
        if level is None:
            document.add_paragraph(line)
        else:
            number(document.add_paragraph(re.sub(_MARKS[level][0], "", line, count=1)), level)
    return saved(document)


def fonts() -> typst.Fonts:
    found = importlib.util.find_spec("rinoh_typeface_texgyretermes")
    assert found is not None
    assert found.origin is not None
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(Path(found.origin).parent)]
    )


def typeset(source: str, pictures: Sequence[bytes] = ()) -> bytes:
    """A PDF by Typst; pictures are called 0.png, 1.png …"""
    with tempfile.TemporaryDirectory() as folder:
        for place, picture in enumerate(pictures):
            (Path(folder) / f"{place}.png").write_bytes(picture)
        (Path(folder) / "page.typ").write_text(source, encoding="utf-8")
        made: bytes = typst.compile(str(Path(folder) / "page.typ"), font_paths=fonts())
    return made


def _quoted(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def pdf_file(text: str = TYPED, *, head: bool = True, note: str = "") -> bytes:
    """The text as a PDF in the layout of a paper: head of two columns, running head, page numbers, justified."""
    columns = ", ".join("[" + " \\ ".join(map(_quoted, lines)) + "]" for lines in HEAD)
    lines = [
        '#set page(paper: "a4", margin: (left: 3cm, right: 2cm, y: 2cm), numbering: "1", '
        f"number-align: center, header: align(right, text(9pt)[{_quoted(RUNNING)}]))",
        '#set text(font: "TeX Gyre Termes", size: 14pt, lang: "vi")',
        "#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), spacing: 0.9em)",
        f"#align(center, grid(columns: (2fr, 3fr), {columns}))" if head else "",
    ]
    for place, line in enumerate(paragraphs(text)):
        own = _quoted(line) + (f"#footnote[{_quoted(note)}]" if note and place == 2 else "")
        lines.append(f"#align(center)[#strong[{own}]]" if place < 2 else own)
    return typeset("\n\n".join(lines))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A grey picture of rows of dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    raw = b"".join(b"\0" + rows[row * width : (row + 1) * width] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b"")


def dots(pdf: bytes, *, dpi: int = 150, askew: float = 0.0) -> list[numpy.ndarray]:
    """Pages as grey dots with the grain of a scanner, turned by some degrees; equal pages give equal dots."""
    grain = numpy.random.default_rng(2020)
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = (round(side * dpi / 72) for side in page.get_size())
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        scale, turn = dpi / 72, math.radians(askew)
        a, b = scale * math.cos(turn), scale * math.sin(turn)
        matrix = pdfium.FS_MATRIX(a, b, -b, a, 0, 0)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, pdfium.FS_RECTF(0, 0, width, height), 0)
        clean = bitmap.to_numpy().reshape(height, -1)[:, :width].astype("int16")
        pages.append((clean + grain.normal(0, 8, clean.shape)).clip(0, 255).astype("uint8"))
    return pages


def pictures_of(pdf: bytes, *, dpi: int = 150, askew: float = 0.0) -> list[bytes]:
    return [png(page.shape[1], page.shape[0], page.tobytes()) for page in dots(pdf, dpi=dpi, askew=askew)]


def scan_file(pdf: bytes, *, dpi: int = 150, askew: float = 0.4) -> bytes:
    """A PDF of pictures only, each page lying a little askew, as a scanner gives it."""
    pictures = pictures_of(pdf, dpi=dpi, askew=askew)
    pages = (f'#image("{place}.png", width: 21cm)' for place in range(len(pictures)))
    return typeset('#set page(paper: "a4", margin: 0cm)\n' + "\n#pagebreak()\n".join(pages), pictures)


def tiff(pages: Sequence[numpy.ndarray]) -> bytes:
    """A TIFF of several grey pages, uncompressed."""
    data = bytearray(b"II*\x00\0\0\0\0")
    link = 4
    for page in pages:
        start = len(data)
        data += page.tobytes()
        data += b"\0" * (len(data) % 2)
        struct.pack_into("<I", data, link, len(data))
        height, width = page.shape
        fields = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, start), (277, 1), (278, height))
        entries = [*fields, (279, width * height)]
        data += struct.pack("<H", len(entries))
        for tag, value in entries:
            data += struct.pack("<HHII", tag, 4, 1, value)
        link = len(data)
        data += b"\0\0\0\0"
    return bytes(data)


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A Word file with some of its parts (word/…) replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            name = entry.filename.removeprefix("word/").removesuffix(".xml")
            new.writestr(entry.filename, parts.pop(name, None) or old.read(entry))
        for name, content in parts.items():
            new.writestr(f"word/{name}.xml", content)
    return stream.getvalue()
