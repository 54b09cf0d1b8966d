"""What papers say: lines of number and date, lists, tables that fit."""

import datetime

import pytest

from thidua.core.papers.errors import BadPaper
from thidua.core.papers.form import Annex, Column, Group, Head, Minutes, Signer, Stock, Table, Total
from thidua.core.papers.form.parts import annex_marks, closed_list, date_words, moment_words
from thidua.core.papers.money import dong, money_words

TWO = (Column("A", 1), Column("B", 1))


def test_number_and_place_lines_follow_the_decree() -> None:
    head = Head("", "", "KH-STC", "Kế hoạch", "", "7", "Tỉnh lỵ", datetime.date(2020, 2, 3))
    assert (head.number_line, head.place_line) == ("Số: 07/KH-STC", "Tỉnh lỵ, ngày 03 tháng 02 năm 2020")
    blank = Head("", "", "KH-STC", "Kế hoạch", "")
    assert blank.number_line == "Số:        /KH-STC"
    assert blank.place_line == "……………, ngày …… tháng …… năm ………"


def test_only_days_below_ten_and_the_first_months_have_a_leading_zero() -> None:
    assert date_words(datetime.date(2020, 10, 9)) == "ngày 09 tháng 10 năm 2020"
    assert date_words(datetime.date(2020, 3, 31)) == "ngày 31 tháng 3 năm 2020"
    assert moment_words(datetime.datetime(2020, 1, 2, 7, 5)) == "07 giờ 05 phút, ngày 02 tháng 01 năm 2020"
    assert moment_words(None) == "…… giờ …… phút, ngày …… tháng …… năm ………"


def test_lists_close_with_semicolons_and_one_stop_whatever_was_given() -> None:
    assert closed_list(("Như trên;", "Ban A.", " Lưu: VT ")) == ("Như trên;", "Ban A;", "Lưu: VT.")
    assert closed_list(()) == ()


def test_annexes_have_roman_numbers_only_from_two_on() -> None:
    assert annex_marks((Annex("A"),)) == ("Phụ lục",)
    assert annex_marks([Annex("A")] * 4) == ("Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV")


def test_a_signer_shows_right_post_and_agency_post() -> None:
    signer = Signer("Chủ tịch Hội đồng", authority="TM. Hội đồng", agency_post="Giám đốc Sở Tài chính")
    assert signer.lines == ("TM. HỘI ĐỒNG", "CHỦ TỊCH HỘI ĐỒNG", "GIÁM ĐỐC SỞ TÀI CHÍNH")
    assert Signer("Giám đốc", prefix="KT.").lines == ("KT. GIÁM ĐỐC",)


def test_minutes_give_their_facts_in_the_order_of_the_form(minutes: Minutes) -> None:
    assert minutes.facts == (
        ("Thời gian bắt đầu", ("14 giờ 00 phút, ngày 05 tháng 01 năm 2021",)),
        ("Địa điểm", ("Phòng họp số 1",)),
        ("Thành phần tham dự", ("1. Ông A, Giám đốc Sở, Chủ tịch Hội đồng;", "2. Bà B.")),
        ("Vắng mặt", ("1. Ông C, Chánh Thanh tra (lý do: đi công tác).",)),
        ("Chủ trì", ("Ông A",)),
        ("Thư ký", ("Bà B",)),
    )
    assert minutes.ending == "Cuộc họp kết thúc vào 16 giờ 30 phút, ngày 05 tháng 01 năm 2021./."


@pytest.mark.parametrize("row", [("một",), ("một", "hai", "ba"), Total("Cộng", ("1", "2"))])
def test_a_row_that_does_not_fit_its_columns_is_refused(row: object) -> None:
    with pytest.raises(BadPaper, match=r"Bảng “T”, dòng 2: có \d ô, bảng có 2 cột"):
        Table(TWO, (Group("g"), row), title="T")  # type: ignore[arg-type]  # wrong on purpose


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(BadPaper, match="không có cột nào"):
        Table((), ())


def test_an_offset_that_leaves_the_sheet_is_refused() -> None:
    with pytest.raises(BadPaper, match="vượt quá 60 mm"):
        Stock(preprinted=True, offset_x_mm=61)


def test_money_is_written_in_words_with_a_capital() -> None:
    assert money_words(45_000_000) == "Bốn mươi lăm triệu đồng"
    assert money_words(1_490_000) == "Một triệu bốn trăm chín mươi nghìn đồng"
    assert money_words(0) == "Không đồng"
    assert [dong(amount) for amount in (0, 450_000, 1_490_000, -1_040_000)] == [
        "0",
        "450.000",
        "1.490.000",
        "−1.040.000",
    ]
    for amount in (-1, 10**12):
        with pytest.raises(BadPaper, match="không viết được bằng chữ"):
            money_words(amount)
