"""Papers as files: PDF/A with its fonts inside, Word that opens, the Decree's components in their places."""

import datetime
import io

import pypdfium2
import pytest
from docx import Document

from thidua.core.papers.docx import letter_docx
from thidua.core.papers.form import Head, Letter, Section, Signer, TablePaper
from thidua.core.papers.pdf import letter_pdf, table_pdf

LONG = "Trung tâm Tư vấn, Dịch vụ tài chính, Thẩm định giá và Bán đấu giá tài sản công của tỉnh"
NAME = "Nguyễn Phước Hoàng Bảo Trân Công Tằng Tôn Nữ Thị Diễm Khuê Thục Đoan Trang Anh Đài"


def letter(**changes: object) -> Letter:
    head = Head(
        parent="Ủy ban nhân dân tỉnh",
        issuer=LONG,
        symbol="KH-STC",
        kind="Kế hoạch",
        subject="Phát động phong trào thi đua năm 2020",
        number="7",
        place="Tỉnh lỵ",
        date=datetime.date(2020, 2, 3),
    )
    section = Section(
        "I", "Mục đích", (), (Section("1", "", ("Thực hiện tốt.",), (Section("a", "", ("Một điểm.",)),)),)
    )
    fields: dict[str, object] = {
        "head": head,
        "opening": ("Căn cứ kế hoạch của tỉnh, Sở phát động phong trào thi đua với nội dung sau:",),
        "sections": (section,),
        "signer": Signer("Giám đốc", NAME, "KT."),
        "receivers": ("Các phòng;", "Lưu: VT."),
    }
    return Letter(**(fields | changes))  # type: ignore[arg-type]  # fields of Letter by name


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_number_and_date_lines_follow_the_decree() -> None:
    head = letter().head
    assert (head.number_line, head.place_line) == ("Số: 07/KH-STC", "Tỉnh lỵ, ngày 03 tháng 02 năm 2020")
    blank = Head("", "", "KH-STC", "Kế hoạch", "")
    assert blank.number_line == "Số:        /KH-STC"
    assert blank.place_line == "……………, ngày …… tháng …… năm ………"


def test_letter_pdf_holds_every_component_with_long_names() -> None:
    data = letter_pdf(letter())
    text = " ".join(text_of(data).split())
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/KH-STC",
        "Tỉnh lỵ, ngày 03 tháng 02 năm 2020",
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH",
        "a) Một điểm.",
        "Nơi nhận:",
        "KT. GIÁM ĐỐC",
        NAME,
        LONG.upper(),
    ):
        assert part in text, part
    assert b"pdfaid:part" in data or b"pdfaid" in data
    assert b"/FontFile3" in data


def test_letter_pdf_keeps_everything_inside_the_page() -> None:
    page = pypdfium2.PdfDocument(letter_pdf(letter()))[0]
    width, height = page.get_size()
    for box in page.get_objects():
        left, bottom, right, top = box.get_bounds()
        assert left >= 0
        assert bottom >= 0
        assert right <= width
        assert top <= height


def test_letter_docx_opens_with_the_same_words() -> None:
    word = Document(io.BytesIO(letter_docx(letter())))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert "KẾ HOẠCH" in lines
    assert "I. MỤC ĐÍCH" in lines
    assert "a) Một điểm." in lines
    assert any("Độc lập - Tự do - Hạnh phúc" in cell for cell in cells)
    assert any(NAME in cell for cell in cells)
    assert word.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_table_pdf_repeats_its_head_on_every_page(rows: int) -> None:
    head = Head("Ủy ban nhân dân tỉnh", "Sở Tài chính", "BC-STC", "Bảng", "năm 2020")
    paper = TablePaper(
        head=head,
        columns=(("Mục", 1), ("Chỉ tiêu", 4)),
        rows=[(f"IV.{n}", LONG) for n in range(rows)],
        signer=Signer("Giám đốc"),
        receivers=("Lưu: VT.",),
    )
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(table_pdf(paper))]
    assert all("Chỉ tiêu" in page for page in pages if "Trung tâm" in page)
    assert sum(page.count("Trung tâm Tư vấn") for page in pages) == rows
