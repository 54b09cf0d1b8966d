"""Papers as editable Word documents in the same layout as the PDF: both draw the same flow."""

import datetime
import io
import itertools
from collections.abc import Callable, Iterator, Sequence

import segno
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from thidua.core.papers import word
from thidua.core.papers.diploma import PAGE_MM, LaidOut, Page, Spot, laid_out
from thidua.core.papers.errors import BadPaper
from thidua.core.papers.flow import (
    BOTTOM_MM,
    LEFT_MM,
    RIGHT_MM,
    TOP_MM,
    Close,
    Flow,
    FlowBlock,
    Grid,
    Line,
    Top,
    flow,
)
from thidua.core.papers.form import Certificates, Group, Paper, Row, Signer, Total
from thidua.core.papers.measure import CELL_INSET_MM, line_height_mm

FONT = "Times New Roman"
LINES = 1.1
SIGNING_LINES = 4
CODE_MM = 20
NO_DATE = datetime.datetime(*word.NO_MOMENT)
GOLD = '<w:{side} w:val="thinThickSmallGap" w:sz="24" w:space="22" w:color="A8842C"/>'
RED = "B3122B"

Picture = Callable[[str, str], str]


def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word document, every text editable; equal papers give equal bytes. Raises BadPaper."""
    document = Document()
    _set_type(document)
    if isinstance(paper, Certificates):
        laid = laid_out(paper)
        _describe(document, title=laid.title, author=laid.author, date=paper.date or paper.decided_on)
        body = _certificates(laid, _pictures(document))
    else:
        run = flow(paper)
        _describe(document, title=run.head.title, author=run.head.issuer, date=run.head.date)
        body = "".join(_sheets(run, _parts(document, run.reference), _pictures(document)))
    _replace_body(document, body)
    stream = io.BytesIO()
    document.save(stream)
    return word.timeless(stream.getvalue())


def _set_type(document: WordDocument) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    # Word 2013 and later: tables begin at the margin itself, whatever their cells' insets.
    settings = document.settings.element
    settings.replace(settings.find(qn("w:compat")), parse_xml(word.MODERN))


def _describe(document: WordDocument, *, title: str, author: str, date: datetime.date | None) -> None:
    moment = datetime.datetime.combine(date, datetime.time()) if date else NO_DATE
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], author[:255], ""
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = moment


def _parts(document: WordDocument, reference: str) -> str:
    """Page number above from the second page on, reference below on every page: references for all sections."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for place, content in (
        (section.header, word.paragraph(word.page_number(13), align="center")),
        (section.first_page_header, word.paragraph("")),
        (section.footer, word.paragraph(word.run(reference, size=9), align="right")),
        (section.first_page_footer, word.paragraph(word.run(reference, size=9), align="right")),
    ):
        place.is_linked_to_previous = False
        element = place._element
        element.remove(element[0])
        element.extend(_parsed(content))
    marks = [child for child in section._sectPr if child.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    return "".join(
        f'<w:{mark.tag.rpartition("}")[2]} w:type="{mark.get(qn("w:type"))}" r:id="{mark.get(qn("r:id"))}"/>'
        for mark in marks
    )


def _pictures(document: WordDocument) -> Picture:
    """Put a square code into the document and give its run; each picture has a number of its own."""
    numbers = itertools.count(1)

    def picture(content: str, alt: str) -> str:
        stream = io.BytesIO()
        try:
            segno.make(content, error="m", micro=False).save(stream, kind="png", scale=8, border=0)
        except segno.DataOverflowError as error:
            raise BadPaper(f"Mã vuông không chứa hết {len(content)} ký tự. Rút ngắn nội dung mã.") from error
        stream.seek(0)
        inline = document.part.new_pic_inline(stream, Mm(CODE_MM), Mm(CODE_MM))
        inline.docPr.id = next(numbers)
        inline.docPr.set("descr", alt)
        return word.run("", xml=f"<w:drawing>{inline.xml}</w:drawing>")

    return picture


def _sheets(run: Flow, parts: str, picture: Picture) -> Iterator[str]:
    for number, sheet in enumerate(run.sheets, start=1):
        if sheet.top:
            yield _top(sheet.top)
        for place, block in enumerate(sheet.blocks):
            yield _block(block, sheet.text_mm, kept=sheet.close is not None and place >= sheet.ending)
        if sheet.close:
            yield word.paragraph("", before_pt=4, exact_pt=4, stays=True)
            yield _close(sheet.close, sheet.text_mm, picture)
        pages = word.section(sheet.page_mm, (TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM), parts=parts)
        # The last section's properties end the body; the others stand in a paragraph too low to see.
        low = word.paragraph("", exact_pt=1)
        yield low + pages if number == len(run.sheets) else low.replace("</w:pPr>", f"{pages}</w:pPr>")


def _block(block: FlowBlock, width_mm: float, *, kept: bool) -> str:
    return _line(block, width_mm) if isinstance(block, Line) else _grid(block, kept=kept)


def _line(line: Line, width_mm: float) -> str:
    words = "".join(word.run(run.text, size=line.size, bold=run.bold, italic=run.italic) for run in line.runs)
    text = word.paragraph(
        words,
        align=line.align,
        before_pt=line.before_pt,
        left_mm=line.left_mm,
        right_mm=line.right_mm,
        first_mm=line.indent_mm,
        stays=line.stays,
        lines=LINES,
    )
    return text + word.rule(line.rule_mm, width_mm) if line.rule_mm else text


def _top(top: Top) -> str:
    widths = (top.left_mm, top.right_mm)
    sides = (
        (top.left, top.right),
        (top.number, (top.place,) if top.place else ()),
    )
    rows = "".join(
        word.row(
            "".join(
                word.cell("".join(_line(line, width) for line in lines) or word.paragraph(""), width)
                for lines, width in zip(row, widths, strict=True)
            )
        )
        for row in sides
    )
    return word.table(widths, rows)


def _grid(grid: Grid, *, kept: bool) -> str:
    """A table; ``kept``: its last rows stay with what follows."""
    size, widths = grid.layout.size, grid.layout.widths
    heading = word.row(
        "".join(
            word.cell(_cell_text(column.title, size, "center", bold=True, stays=True), width, middle=True)
            for column, width in zip(grid.columns, widths, strict=True)
        ),
        heading=True,
    )
    upper, last = grid.parted()
    rows = [_row(row, grid, stays=isinstance(row, Group)) for row in upper.rows]
    rows += [_row(row, grid, stays=kept or isinstance(row, Group)) for row in last.rows]
    drawn = word.table(widths, heading + "".join(rows), borders=word.ALL_BORDERS, inset_mm=CELL_INSET_MM - 0.1)
    gap = word.paragraph("", exact_pt=6, stays=True)
    return gap + drawn + word.paragraph("", exact_pt=2, stays=kept)


def _row(row: Row, grid: Grid, *, stays: bool) -> str:
    size, widths = grid.layout.size, grid.layout.widths
    if isinstance(row, Group):
        text = _cell_text(row.text, size, "left", bold=True, stays=True)
        return word.row(word.cell(text, sum(widths), span=len(widths)))
    bold = isinstance(row, Total)
    cells = row.cells if isinstance(row, Total) else row
    first = len(widths) - len(cells)
    label = ""
    if isinstance(row, Total):
        text = _cell_text(row.label, size, "center", bold=True, stays=stays)
        label = word.cell(text, sum(widths[:first]), span=first, middle=True)
    return word.row(
        label
        + "".join(
            word.cell(_cell_text(text, size, column.align, bold=bold, stays=stays), width, middle=True)
            for text, column, width in zip(cells, grid.columns[first:], widths[first:], strict=True)
        )
    )


def _cell_text(text: str, size: float, align: str, *, bold: bool, stays: bool) -> str:
    return word.paragraph(word.run(text, size=size, bold=bold), align=align, before_pt=1, stays=stays)


def _close(close: Close, width_mm: float, picture: Picture) -> str:
    """One signer stands right of the receivers; several stand side by side above them."""
    receivers = _receivers(close, picture)
    if len(close.signers) == 1:
        half = width_mm / 2
        left = word.cell(receivers or word.paragraph(""), half)
        return word.table((half, half), word.row(left + word.cell(_signature(close.signers[0], close.signers), half)))
    widths = [width_mm / len(close.signers)] * len(close.signers)
    cells = "".join(
        word.cell(_signature(signer, close.signers), width) for signer, width in zip(close.signers, widths, strict=True)
    )
    gap = word.paragraph("", exact_pt=6, stays=True)
    return word.table(widths, word.row(cells)) + (gap + receivers if receivers else "")


def _signature(signer: Signer, beside: Sequence[Signer]) -> str:
    """Post, room to sign, name; names stand level whatever the length of the posts."""
    heights = [len(other.lines) + bool(other.hint) for other in beside]
    room = SIGNING_LINES + max(heights) - len(signer.lines) - bool(signer.hint)
    lines = [word.run(text, bold=True) for text in signer.lines]
    lines += [word.run(f"({signer.hint})", size=12, italic=True)] if signer.hint else []
    lines += [""] * room + [word.run(signer.name, bold=True)]
    return "".join(word.paragraph(line, align="center", stays=True) for line in lines)


def _receivers(close: Close, picture: Picture) -> str:
    lines = [word.run(f"- {receiver}", size=11) for receiver in close.receivers]
    if lines:
        lines.insert(0, word.run("Nơi nhận:", size=12, bold=True, italic=True))
    text = "".join(word.paragraph(line, stays=True) for line in lines)
    if close.qr:
        text += word.paragraph(picture(close.qr, close.reference), before_pt=6, stays=True)
        text += word.paragraph(word.run(close.reference, size=9))
    return text


def _certificates(laid: LaidOut, picture: Picture) -> str:
    """Every text in a frame at its place of the page, so that it prints where the stock wants it."""
    breaks = word.paragraph(word.run("", xml='<w:br w:type="page"/>'), exact_pt=1)
    pages = breaks.join(_certificate(page, laid, picture) for page in laid.pages)
    borders = "".join(GOLD.format(side=side) for side in ("top", "left", "bottom", "right"))
    border = f'<w:pgBorders w:offsetFrom="page">{borders}</w:pgBorders>' if laid.fixed else ""
    return pages + word.paragraph("", exact_pt=1) + word.section(PAGE_MM, (10, 10, 10, 10), borders=border)


def _certificate(page: Page, laid: LaidOut, picture: Picture) -> str:
    texts = [_spot(spot, laid.offset_mm) for spot in page.spots]
    if laid.fixed:
        texts.append(word.paragraph("", exact_pt=2, rule=True, frame=word.frame(114.5, 34.4, 68)))
    if page.qr:
        code = picture(page.qr, page.reference)
        texts.append(word.paragraph(code, frame=word.frame(34, 168, CODE_MM)))
    if page.reference:
        texts.append(word.paragraph(word.run(page.reference, size=9), frame=word.frame(34, 190, 80)))
    if laid.note:
        note = word.run(laid.note, size=9, italic=True)
        texts.append(word.paragraph(note, align="center", frame=word.frame(34, 194, PAGE_MM[0] - 68)))
    return "".join(texts)


def _spot(spot: Spot, offset_mm: tuple[float, float]) -> str:
    size, lines = spot.text.size, spot.text.lines
    free = spot.height - len(lines) * line_height_mm(size)
    color = RED if spot.red else ""
    return word.paragraph(
        word.run("\n".join(lines), size=size, bold=spot.bold, italic=spot.italic, color=color),
        align="center",
        frame=word.frame(spot.left + offset_mm[0], spot.top + offset_mm[1] + max(0, free / 2), spot.width),
    )


def _replace_body(document: WordDocument, content: str) -> None:
    body = document.element.body
    for child in list(body):
        body.remove(child)
    body.extend(_parsed(content))


def _parsed(content: str) -> list[object]:
    return list(parse_xml(f"<w:body {word.NAMESPACES}>{content}</w:body>"))
