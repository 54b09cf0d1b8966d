"""Word files: what a reader of the paper would see, every tracked change accepted."""

from __future__ import annotations

import re

import docx
from core.plans.files import number, numbered, repacked, saved
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from thidua.core.plans.extract import extract

W = nsdecls("w")


def lines(data: bytes) -> list[str]:
    return extract(data, filename="a.docx").text.split("\n\n")


def of_body(*paragraphs: str) -> bytes:
    """A Word file whose body is these pieces of XML."""
    document = docx.Document()
    numbered(document)
    for xml in paragraphs:
        document.element.body.insert(-1, parse_xml(re.sub(r"^<w:(\w+)", rf"<w:\1 {W}", xml, count=1)))
    return saved(document)


def test_tracked_changes_read_as_accepted() -> None:
    data = of_body(
        "<w:p><w:r><w:t>Phấn đấu </w:t></w:r><w:del><w:r><w:delText>90%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>95%</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> mới</w:t></w:r></w:moveTo></w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Hai đoạn </w:t></w:r></w:p>",
        "<w:p><w:r><w:t>thành một</w:t></w:r></w:p>",
    )
    assert lines(data) == ["Phấn đấu 95% mới", "Hai đoạn thành một"]


def test_what_is_not_seen_is_not_read() -> None:
    data = of_body(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>I. MỤC ĐÍCH 3</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:t>Hiện</w:t></w:r></w:p>",
    )
    assert lines(data) == ["Hiện"]


def test_boxes_and_notes_follow_their_paragraph() -> None:
    data = of_body(
        "<w:p><w:r><w:t>Chính</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        "<w:p><w:r><w:t>Sau</w:t></w:r></w:p>",
    )
    notes = f"<w:footnotes {W}><w:footnote w:id='2'><w:p><w:r><w:t>Lời chú</w:t></w:r></w:p></w:footnote></w:footnotes>"
    assert lines(repacked(data, footnotes=notes.encode())) == ["Chính", "Trong khung", "[1] Lời chú", "Sau"]


def test_rows_of_data_are_lines_and_other_tables_are_read_by_cells() -> None:
    document = docx.Document()
    data = document.add_table(3, 3)
    for row, texts in zip(
        data.rows, (("TT", "Chỉ tiêu", "Mức"), ("1", "Tỷ lệ LĐTT", "95%"), ("2", "Tỷ lệ", "15%")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    placed = document.add_table(1, 2)
    placed.cell(0, 0).text, placed.cell(0, 1).text = "Nơi nhận:\n- Như trên;", "GIÁM ĐỐC"
    assert lines(saved(document)) == [
        "TT | Chỉ tiêu | Mức",
        "1 | Tỷ lệ LĐTT | 95%",
        "2 | Tỷ lệ | 15%",
        "Nơi nhận:",
        "- Như trên;",
        "GIÁM ĐỐC",
    ]


def test_automatic_numbers_count_anew_below_each_section() -> None:
    document = docx.Document()
    numbered(document)
    for level, text in ((0, "MỘT"), (1, "a"), (2, "b"), (2, "c"), (1, "d"), (0, "HAI"), (1, "e"), (2, "g")):
        number(document.add_paragraph(text), level)
    assert lines(saved(document)) == ["I. MỘT", "1. a", "a) b", "b) c", "2. d", "II. HAI", "1. e", "a) g"]


def test_places_count_the_pages_that_word_noted() -> None:
    data = of_body(
        "<w:p><w:r><w:t>Một</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Hai</w:t></w:r></w:p>",
        "<w:p><w:r><w:br w:type='page'/><w:t>Ba</w:t></w:r></w:p>",
    )
    source = extract(data, filename="a.docx")
    assert [source.place(source.text.index(word)) for word in ("Một", "Hai", "Ba")] == [(1, 1), (1, 2), (2, 1)]
