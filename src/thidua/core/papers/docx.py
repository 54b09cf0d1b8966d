"""Papers as editable Word documents in the same layout."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from thidua.core.papers.form import Letter, Section

FONT = "Times New Roman"
NO_INSET = Mm(0)
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def letter_docx(letter: Letter) -> bytes:
    """A document with running text, A4 portrait, every text editable."""
    word = Document()
    _page(word)
    _head(word, letter)
    for text in letter.opening:
        _body(word, text)
    for section in letter.sections:
        _section(word, section, depth=0)
    _foot(word, letter)
    word.core_properties.title = f"{letter.head.kind} {letter.head.subject}"
    word.core_properties.author = letter.head.issuer
    word.core_properties.comments = ""
    word.core_properties.language = "vi-VN"
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _page_number(number)
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(6)


def _page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _head(word: WordDocument, letter: Letter) -> None:
    head = letter.head
    table = _two_columns(word, 2, (Mm(62), Mm(103)))
    _lines(
        table.cell(0, 0),
        [(head.parent.upper(), 12, False, False), (head.issuer.upper(), 12, True, False)],
        rule=True,
        inset=Mm(20),
    )
    motto = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
    ]
    _lines(table.cell(0, 1), motto, rule=True, inset=Mm(24))
    _lines(table.cell(1, 0), [(head.number_line, 13, False, False)])
    _lines(table.cell(1, 1), [(head.place_line, 13, False, True)])
    kind = word.add_paragraph()
    kind.paragraph_format.space_before = Pt(14)
    kind.paragraph_format.space_after = Pt(0)
    _line(kind, head.kind.upper(), bold=True)
    subject = word.add_paragraph()
    subject.paragraph_format.space_after = Pt(2)
    _line(subject, head.subject, bold=True)
    _underline(word.add_paragraph(), Mm(65))
    if letter.note:
        _line(word.add_paragraph(), f"({letter.note})", size=12, italic=True)


def _two_columns(word: WordDocument, rows: int, widths: tuple[Mm, Mm]) -> Table:
    """A table without borders; Word follows the cells' widths, other programs the columns'."""
    table = word.add_table(rows=rows, cols=2)
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, width in enumerate(widths):
        table.columns[place].width = width
        for cell in table.columns[place].cells:
            cell.width = width
    return table


def _lines(cell: _Cell, lines: list[tuple[str, int, bool, bool]], *, rule: bool = False, inset: Mm = NO_INSET) -> None:
    for place, (text, size, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _line(paragraph, text, size=size, bold=bold, italic=italic)
    if rule:
        _underline(cell.add_paragraph(), inset)


def _underline(paragraph: Paragraph, inset: Mm) -> None:
    """A solid line, narrower than the cell by ``inset`` on both sides."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.line_spacing = Pt(2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _line(paragraph: Paragraph, text: str, *, size: int = 14, bold: bool = False, italic: bool = False) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _body(word: WordDocument, text: str, *, bold: bool = False) -> None:
    paragraph = word.add_paragraph()
    paragraph.alignment = JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.keep_with_next = bold
    paragraph.add_run(text).bold = bold


def _section(word: WordDocument, section: Section, *, depth: int) -> None:
    mark = f"{section.mark})" if depth == 2 else f"{section.mark}."
    if section.title:
        _body(word, f"{mark} {section.title.upper() if depth == 0 else section.title}", bold=True)
    for place, text in enumerate(section.paragraphs):
        _body(word, f"{mark} {text}" if place == 0 and not section.title else text)
    for inner in section.sections:
        _section(word, inner, depth=depth + 1)


def _foot(word: WordDocument, letter: Letter) -> None:
    left, right = _two_columns(word, 1, (Mm(80), Mm(85))).rows[0].cells
    title = left.paragraphs[0]
    run = title.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    title.paragraph_format.space_after = Pt(0)
    for receiver in letter.receivers:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"- {receiver}").font.size = Pt(11)
    post = f"{letter.signer.prefix} {letter.signer.post}".strip().upper()
    _line(right.paragraphs[0], post, bold=True)
    for _ in range(3):
        right.add_paragraph()
    _line(right.add_paragraph(), letter.signer.name, bold=True)
