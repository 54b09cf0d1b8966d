"""Papers as PDF: archived form, fonts inside, the Decree's parts in their places, nothing over the edge."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest

from thidua.core.papers.errors import BadPaper
from thidua.core.papers.form import (
    Annex,
    Certificate,
    Certificates,
    Column,
    Group,
    Letter,
    Minutes,
    Paper,
    Row,
    Signer,
    Stock,
    Table,
    TablePaper,
    Total,
)
from thidua.core.papers.pdf import paper_pdf, square_svg

ReadPages = Callable[[bytes], list[str]]
KINDS = ("decision", "proposal", "minutes", "payments", "certificates")
POINTS_PER_MM = 72 / 25.4
NAME = "Nguyễn Phước Hoàng Bảo Trân Công Tằng Tôn Nữ Thị Diễm Khuê Thục Đoan Trang Anh Đài"


def in_order(text: str, parts: tuple[str, ...]) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, (part, text[place : place + 300])
        place = found + len(part)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_an_archived_pdf_with_its_fonts_and_equal_bytes(
    kind: str, request: pytest.FixtureRequest
) -> None:
    paper: Paper = request.getfixturevalue(kind)
    data = paper_pdf(paper)
    assert data == paper_pdf(paper)
    assert b"pdfaid:part>2</pdfaid:part" in data
    assert b"pdfaid:conformance>B</pdfaid:conformance" in data
    assert data.count(b"/FontFile3") == data.count(b"/Type/FontDescriptor") > 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_leaves_the_margins(kind: str, request: pytest.FixtureRequest) -> None:
    paper: Paper = request.getfixturevalue(kind)
    left, right = (10, 10) if isinstance(paper, Certificates) else (30, 15)
    for page in pypdfium2.PdfDocument(paper_pdf(paper)):
        width, height = page.get_size()
        for x0, y0, x1, y1 in letters(page):
            assert x0 >= left * POINTS_PER_MM - 1
            assert x1 <= width - right * POINTS_PER_MM + 1
            assert 0 < y0 < y1 < height


def test_a_decision_has_its_parts_in_the_order_of_form_1_2(decision: Letter, read_pages: ReadPages) -> None:
    in_order(
        read_pages(paper_pdf(decision))[0],
        (
            "ỦY BAN NHÂN DÂN TỈNH",
            "SỞ TÀI CHÍNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 07/QĐ-STC",
            "Tỉnh lỵ, ngày 03 tháng 02 năm 2021",
            "QUYẾT ĐỊNH",
            "Về việc công nhận danh hiệu",
            "GIÁM ĐỐC SỞ TÀI CHÍNH",
            "Căn cứ Luật Thi đua, Khen thưởng;",
            "Theo đề nghị của Hội đồng.",
            "QUYẾT ĐỊNH:",
            "Điều 1. Công nhận danh hiệu cho 02 cá nhân.",
            "Điều 2. Mức thưởng như sau:",
            "Lao động tiên tiến 450.000",
            "Cộng 900.000",
            "Điều 3. Các phòng chịu trách nhiệm thi hành./.",
            "Nơi nhận:",
            "- Như Điều 3;",
            "- Lưu: VT, VP.",
        ),
    )


def test_annexes_begin_new_pages_with_numbers_of_their_own(decision: Letter, read_pages: ReadPages) -> None:
    data = paper_pdf(decision)
    texts = read_pages(data)
    starts = [place for place, text in enumerate(texts) if text.startswith("Phụ lục")]
    assert len(starts) == 2
    assert starts[0] == 1
    first, second = starts
    assert [texts[first + step].split()[0] for step in range(1, second - first)] == [
        str(number) for number in range(2, second - first + 1)
    ]
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(data)]
    assert all(size == pytest.approx((595.28, 841.89), abs=0.5) for size in sizes[:second])
    assert sizes[second] == pytest.approx((841.89, 595.28), abs=0.5)
    assert all("Mã kiểm tra: 7F3A-91C2-0B4D-E6A8" in text for text in texts)
    assert all("Họ và tên" in text for text in texts[first:])


def test_the_first_page_has_no_number_and_the_second_has_it_on_top(proposal: Letter, read_pages: ReadPages) -> None:
    long = replace(proposal, opening=("Một đoạn văn dài. " * 30,) * 8)
    texts = read_pages(paper_pdf(long))
    assert len(texts) >= 2
    assert texts[0].startswith("ỦY BAN NHÂN DÂN TỈNH")
    assert texts[1].startswith("2 ")


def test_a_proposal_names_its_receivers_sections_and_deputy(proposal: Letter, read_pages: ReadPages) -> None:
    in_order(
        " ".join(read_pages(paper_pdf(proposal))),
        (
            "TỜ TRÌNH",
            "Kính gửi:",
            "- Ủy ban nhân dân tỉnh;",
            "- Ban Thi đua - Khen thưởng tỉnh.",
            "I. KẾT QUẢ",
            "1. Thực hiện tốt.",
            "a) Một điểm.",
            "II. KIẾN NGHỊ",
        ),
    )
    text = " ".join(read_pages(paper_pdf(proposal)))
    assert "KT. GIÁM ĐỐC" in text
    assert "PHÓ GIÁM ĐỐC" in text
    assert NAME in text


def test_an_official_letter_has_its_subject_under_the_number(proposal: Letter, read_pages: ReadPages) -> None:
    letter = replace(proposal, head=replace(proposal.head, kind="", subject="lấy ý kiến", symbol="STC-VP"))
    text = read_pages(paper_pdf(letter))[0]
    in_order(text, ("Số: 07/STC-VP", "V/v lấy ý kiến", "Kính gửi:"))
    assert "TỜ TRÌNH" not in text


def test_minutes_have_no_place_line_and_the_secretary_signs_left(minutes: Minutes, read_pages: ReadPages) -> None:
    data = paper_pdf(minutes)
    text = " ".join(read_pages(data))
    assert "Tỉnh lỵ, ngày" not in text
    in_order(
        text,
        (
            "BIÊN BẢN",
            "Thời gian bắt đầu: 14 giờ 00 phút, ngày 05 tháng 01 năm 2021",
            "Địa điểm: Phòng họp số 1",
            "Thành phần tham dự:",
            "Vắng mặt:",
            "Chủ trì: Ông A",
            "Thư ký: Bà B",
            "1. Kết quả bỏ phiếu",
            "Cuộc họp kết thúc vào 16 giờ 30 phút",
            "- Lưu: VT, Hồ sơ.",
        ),
    )
    places = {word: left_of(data, word) for word in ("THƯ KÝ", "CHỦ TỊCH HỘI ĐỒNG", "GIÁM ĐỐC SỞ TÀI CHÍNH")}
    assert places["THƯ KÝ"] < 300 < places["CHỦ TỊCH HỘI ĐỒNG"]
    assert places["GIÁM ĐỐC SỞ TÀI CHÍNH"] > 300


def letters(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """The boxes of all letters of a page; a space at the end of a line may hang over."""
    text = page.get_textpage()
    signs = text.get_text_range()
    places = [place for place in range(text.count_chars()) if not signs[place : place + 1].isspace()]
    return [box for box in map(text.get_charbox, places) if box[2] > box[0]]


def left_of(data: bytes, words: str) -> float:
    """Where the words begin, in points from the left, on the last page that has them."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        hit = text.search(words, match_case=True).get_next()
        if hit:
            found.append(text.get_charbox(hit[0])[0])
    return found[-1]


@pytest.mark.parametrize("rows", range(1, 60, 6))
def test_a_signature_never_stands_without_the_last_row(rows: int, payments: TablePaper, read_pages: ReadPages) -> None:
    row = ("1", "Người Nhận", "Văn phòng", "Lao động tiên tiến", "0,3", "450.000", "")
    paper = replace(payments, rows=(*[row] * rows, payments.rows[-1]))
    texts = read_pages(paper_pdf(paper))
    assert sum(text.count("Người Nhận") for text in texts) == rows
    last = texts[-1]
    in_order(last, ("Người Nhận", "Tổng cộng", "Bằng chữ:", "NGƯỜI LẬP", "GIÁM ĐỐC", "Nơi nhận:"))
    assert all(text.count("Họ và tên") == 1 for text in texts)


@pytest.mark.parametrize("lines", range(20, 34, 2))
def test_a_letters_signature_takes_its_last_line_along(lines: int, proposal: Letter, read_pages: ReadPages) -> None:
    letter = replace(proposal, opening=("Dòng.",) * lines, sections=(), articles=(), head=replace(proposal.head))
    last = read_pages(paper_pdf(letter))[-1]
    assert "Dòng." in last
    assert "PHÓ GIÁM ĐỐC" in last


def test_a3_tables_are_a3_and_say_their_groups(payments: TablePaper, read_pages: ReadPages) -> None:
    data = paper_pdf(replace(payments, size="a3"))
    assert pypdfium2.PdfDocument(data)[0].get_size() == pytest.approx((1190.55, 841.89), abs=0.5)
    assert " ".join(read_pages(data)).count("Văn phòng") >= 1
    upright = paper_pdf(replace(payments, landscape=False))
    assert pypdfium2.PdfDocument(upright)[0].get_size() == pytest.approx((595.28, 841.89), abs=0.5)


def test_certificates_are_one_page_each_with_all_they_say(certificates: Certificates, read_pages: ReadPages) -> None:
    first, second = read_pages(paper_pdf(certificates))
    in_order(
        first,
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "GIÁM ĐỐC SỞ TÀI CHÍNH",
            "TẶNG",
            "DANH HIỆU LAO ĐỘNG TIÊN TIẾN",
            "Bà B",
            "Văn phòng",
            "Hoàn thành tốt nhiệm vụ",
        ),
    )
    for part in ("Quyết định số 07/QĐ-STC ngày 03 tháng 02 năm 2021", "Vào sổ số: 1/2021", "DỮ LIỆU MINH HỌA"):
        assert part in first
    assert "Vào sổ số: 2/2021" in second
    assert second.count("Diễm Khuê") == 3


def test_texts_of_a_certificate_do_not_touch_each_other(certificates: Certificates) -> None:
    # The reader's boxes hold the room for tones above and tails below, which lines may share.
    room = 5
    for page in pypdfium2.PdfDocument(paper_pdf(certificates)):
        text = page.get_textpage()
        boxes = [text.get_rect(place) for place in range(text.count_rects())]
        for place, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = other[0] >= right or other[2] <= left or other[1] >= top - room or other[3] <= bottom + room
                assert apart, (boxes[place], other)


def test_preprinted_stock_carries_only_what_differs_moved_by_its_offsets(
    certificates: Certificates, read_pages: ReadPages
) -> None:
    stock = replace(certificates, stock=Stock(preprinted=True, offset_x_mm=5, offset_y_mm=-3))
    plain, moved = paper_pdf(certificates), paper_pdf(stock)
    first = read_pages(moved)[0]
    for printed in ("CỘNG HÒA", "TẶNG", "DANH HIỆU", "SỞ TÀI CHÍNH"):
        assert printed not in first
    for own in ("Bà B", "Văn phòng", "Vào sổ số: 1/2021", "Quyết định số 07/QĐ-STC", "Tỉnh lỵ, ngày"):
        assert own in first
    assert left_of(moved, "Hoàn thành") - left_of(plain, "Hoàn thành") == pytest.approx(5 * POINTS_PER_MM, abs=0.2)


def test_words_wider_than_their_column_are_broken_and_kept(proposal: Letter, read_pages: ReadPages) -> None:
    address = "https://mot-dia-chi-rat-dai.example.invalid/" + "x" * 120
    table = Table((Column("STT", 1), Column("Địa chỉ", 1), Column("C", 1)), (("1", address, "c"),))
    letter = replace(proposal, annexes=(Annex("Bảng", tables=(table,)),))
    data = paper_pdf(letter)
    assert "x" * 120 in "".join(read_pages(data)).replace(" ", "").replace("\u200b", "").replace("\ufffe", "")
    page = pypdfium2.PdfDocument(data)[1]
    text = page.get_textpage()
    assert max(text.get_rect(place)[2] for place in range(text.count_rects())) <= 580


@pytest.mark.parametrize(("text", "sign"), [("Lỗi 😀", "😀"), ("漢字", "漢")])
def test_a_sign_without_a_letter_in_the_face_is_refused_by_name(text: str, sign: str, proposal: Letter) -> None:
    with pytest.raises(BadPaper, match=f"“{sign}.*” không có trong phông chữ"):
        paper_pdf(replace(proposal, opening=(text,)))


def test_control_signs_are_left_out(proposal: Letter, read_pages: ReadPages) -> None:
    letter = replace(proposal, opening=("Tiếng\x07 chuông\x00 và \ud800nửa ký tự",))
    assert "Tiếng chuông và nửa ký tự" in read_pages(paper_pdf(letter))[0]


def test_markup_in_a_text_stays_text(proposal: Letter, read_pages: ReadPages) -> None:
    letter = replace(proposal, opening=('#panic("x") $a$ *b* @c <d> \\e',), signer=Signer("Giám đốc", '#read("/etc")'))
    text = " ".join(read_pages(paper_pdf(letter)))
    assert '#panic("x") $a$ *b* @c <d> \\e' in text
    assert '#read("/etc")' in text


def test_a_square_code_that_holds_too_much_is_refused() -> None:
    assert square_svg("") == ""
    with pytest.raises(BadPaper, match="Mã vuông không chứa hết 5000 ký tự"):
        square_svg("x" * 5000)


def test_an_empty_batch_of_certificates_is_refused(certificates: Certificates) -> None:
    with pytest.raises(BadPaper, match="không có giấy nào"):
        replace(certificates, certificates=())


def test_a_certificate_with_blank_parts_sets_the_others(certificates: Certificates, read_pages: ReadPages) -> None:
    (text,) = read_pages(paper_pdf(replace(certificates, certificates=(Certificate("Bà B", "Giấy khen"),))))
    assert "GIẤY KHEN" in text
    assert "Vào sổ" not in text


def test_two_threads_set_their_own_papers(decision: Letter, minutes: Minutes) -> None:
    alone = {"decision": paper_pdf(decision), "minutes": paper_pdf(minutes)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(paper_pdf, [decision, minutes] * 6))
    assert together == [alone["decision"], alone["minutes"]] * 6


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (Group("Chỉ có nhóm"),),
        (Group("Nhóm một"), Group("Nhóm hai"), ("1", "Người Nhận", "", "", "", "", "")),
        (Total("Chỉ có tổng", ("0", "")),),
    ],
    ids=["none", "group", "groups", "total"],
)
def test_tables_with_hardly_a_row_are_set(rows: tuple[Row, ...], payments: TablePaper, read_pages: ReadPages) -> None:
    (text,) = read_pages(paper_pdf(replace(payments, rows=rows)))
    said = [row.text if isinstance(row, Group) else row.label if isinstance(row, Total) else row[1] for row in rows]
    in_order(text, ("Ký nhận", *said, "Bằng chữ:", "GIÁM ĐỐC"))


def test_a_group_is_not_left_alone_at_the_foot_of_a_page(payments: TablePaper, read_pages: ReadPages) -> None:
    row = ("1", "Người Nhận", "Văn phòng", "", "", "", "")
    for count in range(8, 24):
        rows = (*[row] * count, Group("Nhóm sau"), *[row] * 20)
        texts = read_pages(paper_pdf(replace(payments, rows=rows)))
        (page,) = [text for text in texts if "Nhóm sau" in text]
        assert "Người Nhận" in page.split("Nhóm sau")[1]


@pytest.mark.parametrize("place", [0, 10, 19])
def test_a_row_taller_than_a_page_is_cut_rather_than_lost(
    place: int, payments: TablePaper, read_pages: ReadPages
) -> None:
    words = [f"từ{number}" for number in range(1500)]
    rows = [("1", "Người Nhận", "Văn phòng", "", "", "", "")] * 20
    rows[place] = ("1", "Người Nhận", " ".join(words), "", "", "", "")
    text = " ".join(read_pages(paper_pdf(replace(payments, rows=rows))))
    assert [word for word in text.split() if word.startswith("từ")] == words
    assert "GIÁM ĐỐC" in text


def test_many_receivers_go_on_to_the_next_page(proposal: Letter, read_pages: ReadPages) -> None:
    receivers = tuple(f"Đơn vị số {number}" for number in range(1, 101))
    text = " ".join(read_pages(paper_pdf(replace(proposal, receivers=receivers))))
    in_order(text, ("- Đơn vị số 1;", "- Đơn vị số 50;", "- Đơn vị số 100."))


def test_a_rows_last_letters_are_on_the_page(payments: TablePaper) -> None:
    for page in pypdfium2.PdfDocument(paper_pdf(payments)):
        assert min(box[1] for box in letters(page)) > 10 * POINTS_PER_MM
