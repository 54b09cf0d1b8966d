"""WordprocessingML in the few shapes that papers need, as text: a table of 500 rows is one parse, not 5,000 objects.

Lengths are millimetres and points; Word counts in twentieths of a point and in half points.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NO_BORDERS = ""
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
ALL_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MODERN = (
    f'<w:compat {NAMESPACES}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_ALIGN = {"justify": "both", "center": "center", "left": "left", "right": "right"}
# Signs that XML cannot hold: control signs and halves of surrogate pairs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm / 25.4 * 1440)


def run(text: str, *, size: float = 0, bold: bool = False, italic: bool = False, color: str = "", xml: str = "") -> str:
    """Words in one cut; without a size that of the document. ``xml`` is set in place of words (a picture, a field)."""
    marks = "<w:b/>" * bold + "<w:i/>" * italic
    marks += f'<w:color w:val="{color}"/>' if color else ""
    marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{xml or _words(text)}</w:r>"


def paragraph(
    content: str,
    *,
    align: str = "left",
    before_pt: float = 0,
    left_mm: float = 0,
    right_mm: float = 0,
    first_mm: float = 0,
    stays: bool = False,
    lines: float = 1.0,
    exact_pt: float = 0,
    rule: bool = False,
    frame: str = "",
) -> str:
    """A paragraph of runs. ``exact_pt`` fixes its line height; ``rule`` draws a line over it."""
    indent = "".join(
        f' w:{name}="{twips(mm)}"'
        for name, mm in (("left", left_mm), ("right", right_mm), ("firstLine", first_mm))
        if mm
    )
    height = (
        f'w:line="{round(exact_pt * 20)}" w:lineRule="exact"'
        if exact_pt
        else f'w:line="{round(lines * 240)}" w:lineRule="auto"'
    )
    marks = (
        "<w:keepNext/>" * stays
        + frame
        + ('<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>' if rule else "")
        + f'<w:spacing w:before="{round(before_pt * 20)}" w:after="0" {height}/>'
        + (f"<w:ind{indent}/>" if indent else "")
        + f'<w:jc w:val="{_ALIGN[align]}"/>'
    )
    return f"<w:p><w:pPr>{marks}</w:pPr>{content}</w:p>"


def rule(length_mm: float, width_mm: float, *, stays: bool = True) -> str:
    """A solid line in the middle of ``width_mm``: the upper border of a low paragraph."""
    side = max(0.0, (width_mm - length_mm) / 2)
    return paragraph("", before_pt=1, left_mm=side, right_mm=side, exact_pt=4, rule=True, stays=stays)


def table(widths: Sequence[float], rows: str, *, borders: str = NO_BORDERS, inset_mm: float = 0) -> str:
    """A table of fixed column widths. Word follows the cells' widths, other programs the columns'."""
    inset = twips(inset_mm)
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/>'
        + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
        + f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{inset}" w:type="dxa"/>'
        f'<w:right w:w="{inset}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: str, *, heading: bool = False) -> str:
    """A row that is not cut by a page's end; a heading comes again on each page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * heading}</w:trPr>{cells}</w:tr>"


def cell(content: str, width_mm: float, *, span: int = 1, middle: bool = False) -> str:
    """A cell with its paragraphs."""
    marks = f'<w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>'
    marks += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    marks += '<w:vAlign w:val="center"/>' if middle else ""
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{content}</w:tc>"


def frame(left_mm: float, top_mm: float, width_mm: float) -> str:
    """The place of a paragraph that stands at a fixed spot of the page."""
    return (
        f'<w:framePr w:w="{twips(width_mm)}" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
        f'w:x="{twips(left_mm)}" w:y="{twips(top_mm)}"/>'
    )


def page_number(size: float) -> str:
    """The number of the page, renewed by the program that shows it."""
    return "".join(
        run("", size=size, xml=xml)
        for xml in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )


def section(
    page_mm: tuple[int, int], margins_mm: tuple[float, float, float, float], *, parts: str = "", borders: str = ""
) -> str:
    """Properties of pages: size, margins (top, right, bottom, left), page numbers from 1, none shown on the first."""
    width, height = page_mm
    top, right, bottom, left = map(twips, margins_mm)
    turned = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:sectPr>{parts}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{twips(10)}" w:footer="{twips(10)}" w:gutter="0"/>{borders}'
        f'<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def writable(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n"))


def timeless(data: bytes) -> bytes:
    """The same file without the moment of packing: equal papers give equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as stable:
        for item in packed.infolist():
            entry = zipfile.ZipInfo(item.filename, NO_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            stable.writestr(entry, packed.read(item))
    return stream.getvalue()


def _words(text: str) -> str:
    """Text with line breaks as Word's own."""
    lines = writable(text).split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
