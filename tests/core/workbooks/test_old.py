"""Workbooks of Excel 97–2003 and OpenDocument, dates from 1904, and fonts of before Unicode."""

import datetime
import io
import unicodedata

import openpyxl
import pytest
from core.workbooks.old_formats import ERROR, NOTHING_YET, ods, xls
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from thidua.core.workbooks.errors import NotAWorkbook, OversizedWorkbook
from thidua.core.workbooks.package import NO_RESULT, Limits
from thidua.core.workbooks.sheet import FailedCell, Sheet, read_workbook

DAY = datetime.date(2020, 7, 1)
ROWS = [["Hä vµ tªn", "Ngµy", "Sè"], ["NguyÔn V¨n Tó", DAY, 12.5], ["Tó", ERROR, 3.0], ["TC017", None, "1.234,5"]]
READ = (
    ("Họ và tên", "Ngày", "Số"),
    ("Nguyễn Văn Tú", DAY, 12.5),
    ("Tú", FailedCell(ERROR), 3),
    ("TC017", None, "1.234,5"),
)


@pytest.mark.parametrize("data", [xls(ROWS), xls(ROWS, from_1904=True), ods(ROWS)], ids=["xls", "xls 1904", "ods"])
def test_old_workbooks_read_like_new_ones(data: bytes) -> None:
    assert read_workbook(data, filename="so.xls").sheets == (Sheet("Trang 1", READ),)


def test_a_formula_that_was_never_computed_is_not_empty() -> None:
    sheet = read_workbook(ods([["a", "b"], [1.0, NOTHING_YET]]), filename="so.ods").sheets[0]
    assert sheet.rows == (("a", "b"), (1, FailedCell(NO_RESULT)))


@pytest.mark.parametrize("make", [xls, ods])
def test_a_damaged_old_workbook_is_refused(make: object) -> None:
    whole = make(ROWS)  # type: ignore[operator]
    with pytest.raises(NotAWorkbook):
        read_workbook(whole[: len(whole) // 3] + b"\0" * 600, filename="so.xls")


def test_an_old_workbook_over_the_limit_is_refused() -> None:
    with pytest.raises(OversizedWorkbook):
        read_workbook(ods(ROWS), filename="so.ods", limits=Limits(cells=10))


def test_dates_that_count_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Ngày", DAY])
    target = io.BytesIO()
    book.save(target)
    assert read_workbook(target.getvalue(), filename="so.xlsx").sheets[0].rows == (("Ngày", DAY),)


def test_decomposed_text_is_composed_even_where_the_sheet_is_in_an_old_font() -> None:
    names = ["Nguyễn Văn An", "Đặng Thị Ứng"]
    csv = "\n".join([*(unicodedata.normalize("NFD", name) for name in names), "Hå ThÞ B×nh;x"]).encode()
    rows = read_workbook(csv, filename="a.csv").sheets[0].rows
    assert [row[0] for row in rows] == [*names, "Hồ Thị Bình"]


def test_a_container_damaged_in_its_first_part_is_refused() -> None:
    data = bytearray(ods([["a"], ["b"]]))
    place = data.find(b"mimetype") + len(b"mimetype")
    data[place : place + 12] = b"\xff" * 12
    with pytest.raises(NotAWorkbook):
        read_workbook(bytes(data), filename="so.ods")
