"""Papers as Word: they open again with the same words, can be edited, and are equal for equal papers."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from thidua.core.papers.docx import paper_docx
from thidua.core.papers.errors import BadPaper
from thidua.core.papers.form import Certificates, Letter, Minutes, Paper, Stock, TablePaper

KINDS = ("decision", "proposal", "minutes", "payments", "certificates")
CODE = "Mã kiểm tra: 7F3A-91C2-0B4D-E6A8"


def opened(paper: Paper) -> WordDocument:
    return Document(io.BytesIO(paper_docx(paper)))


def lines(word: WordDocument) -> Iterator[str]:
    """Every paragraph of the body in order, those of tables too."""
    for paragraph in word.element.body.iter(qn("w:p")):
        text = "".join(part.text or "" if part.tag == qn("w:t") else "\n" for part in text_parts(paragraph))
        if text:
            yield text


def text_parts(paragraph: object) -> list[object]:
    return list(paragraph.iter(qn("w:t"), qn("w:br")))  # type: ignore[attr-defined]  # an element of the file


@pytest.mark.parametrize("kind", KINDS)
def test_equal_papers_give_equal_files(kind: str, request: pytest.FixtureRequest) -> None:
    paper: Paper = request.getfixturevalue(kind)
    assert paper_docx(paper) == paper_docx(paper)


def test_a_decision_opens_with_its_parts_in_order(decision: Letter) -> None:
    said = list(lines(opened(decision)))
    assert said[:20] == [
        "ỦY BAN NHÂN DÂN TỈNH",
        "SỞ TÀI CHÍNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/QĐ-STC",
        "Tỉnh lỵ, ngày 03 tháng 02 năm 2021",
        "QUYẾT ĐỊNH",
        "Về việc công nhận danh hiệu “Lao động tiên tiến” năm 2020",
        "GIÁM ĐỐC SỞ TÀI CHÍNH",
        "Căn cứ Luật Thi đua, Khen thưởng;",
        "Theo đề nghị của Hội đồng.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Công nhận danh hiệu cho 02 cá nhân.",
        "Điều 2. Mức thưởng như sau:",
        "Danh hiệu",
        "Tiền",
        "Lao động tiên tiến",
        "450.000",
        "Cộng",
        "900.000",
    ]
    assert said[20:28] == [
        "Điều 3. Các phòng chịu trách nhiệm thi hành./.",
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT, VP.",
        CODE,
        "GIÁM ĐỐC",
        "Người Ký",
        "Phụ lục I",
    ]


def test_sections_have_their_sizes_margins_and_numbers(decision: Letter) -> None:
    word = opened(decision)
    pages = [
        (round(section.page_width.mm), round(section.page_height.mm), section.orientation) for section in word.sections
    ]
    upright, turned = (210, 297, WD_ORIENT.PORTRAIT), (297, 210, WD_ORIENT.LANDSCAPE)
    assert pages == [upright, upright, turned]
    for section in word.sections:
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(margin.mm) for margin in margins] == [20, 15, 20, 30]
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        assert [p.text for p in section.first_page_footer.paragraphs] == [CODE]
        assert [p.text for p in section.footer.paragraphs] == [CODE]


def test_type_language_and_title_are_set(decision: Letter) -> None:
    word = opened(decision)
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert word.core_properties.title == "Quyết định Về việc công nhận danh hiệu “Lao động tiên tiến” năm 2020"
    assert word.core_properties.author == "Sở Tài chính"
    assert word.core_properties.created.date() == decision.head.date


def test_tables_repeat_their_heading_and_do_not_cut_rows(payments: TablePaper) -> None:
    table = opened(payments).tables[1]
    assert len(table.rows) == 1 + len(payments.rows)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[2].cells] == list(payments.rows[1])  # type: ignore[arg-type]  # a row
    assert {cell.text for cell in table.rows[1].cells} == {"Văn phòng"}
    last = [paragraph for cell in table.rows[-1].cells for paragraph in cell.paragraphs]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in last)


def test_minutes_have_no_place_line_and_two_signatures(minutes: Minutes) -> None:
    word = opened(minutes)
    said = list(lines(word))
    assert not any(line.startswith("Tỉnh lỵ") for line in said)
    assert "Cuộc họp kết thúc vào 16 giờ 30 phút, ngày 05 tháng 01 năm 2021./." in said
    left, right = word.tables[-1].rows[0].cells
    assert [line for line in left.text.split("\n") if line] == ["THƯ KÝ", "Bà B"]
    assert [line for line in right.text.split("\n") if line] == ["CHỦ TỊCH HỘI ĐỒNG", "GIÁM ĐỐC SỞ TÀI CHÍNH", "Ông A"]
    assert len(left.paragraphs) == len(right.paragraphs)


def test_certificates_stand_in_frames_one_page_each(certificates: Certificates) -> None:
    word = opened(certificates)
    said = list(lines(word))
    assert "DANH HIỆU LAO ĐỘNG TIÊN TIẾN" in said
    assert "Vào sổ số: 2/2021" in said
    assert word.element.body.xml.count('w:type="page"') == 1
    assert round(word.sections[0].page_width.mm) == 297
    moved = opened(replace(certificates, stock=Stock(preprinted=True, offset_x_mm=5)))
    assert "TẶNG" not in list(lines(moved))
    places = [
        {p.text: int(p._p.pPr.find(qn("w:framePr")).get(qn("w:x"))) for p in paper.paragraphs if p.text.strip()}
        for paper in (word, moved)
    ]
    assert places[1]["Bà B"] - places[0]["Bà B"] == pytest.approx(5 / 25.4 * 1440, abs=1)


def test_each_square_code_is_a_picture_of_its_own(certificates: Certificates) -> None:
    pair = tuple(replace(item, qr=f"https://example.invalid/{n}") for n, item in enumerate(certificates.certificates))
    word = opened(replace(certificates, certificates=pair))
    drawn = [element.get("id") for element in word.element.body.iter(qn("wp:docPr"))]
    assert drawn == ["1", "2"]
    assert len([part for part in word.part.package.iter_parts() if part.content_type == "image/png"]) == 2


def test_markup_and_control_signs_in_a_text_do_no_harm(proposal: Letter) -> None:
    letter = replace(proposal, opening=("<w:p/> & “x” {{ y }}\x07\ud800",))
    assert "<w:p/> & “x” {{ y }}" in list(lines(opened(letter)))


def test_a_square_code_that_holds_too_much_is_refused(decision: Letter) -> None:
    with pytest.raises(BadPaper, match="Mã vuông"):
        paper_docx(replace(decision, qr="x" * 5000))
