"""Tables out: real days and numbers, texts that never run, the same bytes each time, and read back value by value."""

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from thidua.core.workbooks.match import read_tables
from thidua.core.workbooks.spec import Column, Kind, TableSpec
from thidua.core.workbooks.write import MOST_ROWS, Written, defused, sheet_names, write_workbook

RUNNING = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a";"b")', "-2+3+cmd|' /C calc'!A0")


def opened(sheet: Written) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_workbook([sheet]))).active


def test_a_text_that_would_run_is_a_text_and_stays_one() -> None:
    page = opened(Written("Trang", ("=A1", "Tên"), tuple((text, text) for text in RUNNING)))
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    # A lone carriage return is written as Excel writes it.
    written = [page.cell(line, 1).value.replace("_x000D_", "\r") for line in range(2, 10)]
    assert written == list(RUNNING)
    assert all(page.cell(line, 1).quotePrefix for line in range(2, 10))


def test_days_numbers_codes_and_blanks_keep_their_kind() -> None:
    day = datetime.date(2020, 7, 1)
    page = opened(Written("Trang", ("a", "b", "c", "d", "e", "f"), ((day, 12, Decimal("3.5"), "007", None, True),)))
    cells = list(page[2])
    assert [cell.value for cell in cells] == [datetime.datetime(2020, 7, 1), 12, 3.5, "007", None, "Có"]
    assert (cells[0].number_format, cells[3].data_type, cells[3].number_format) == ("dd/mm/yyyy", "s", "@")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (datetime.date(1899, 12, 31), "31/12/1899"),
        (datetime.date(1, 1, 1), "01/01/0001"),
        (12345678901234567890, "12345678901234567890"),
        (float("inf"), "inf"),
    ],
)
def test_what_a_cell_cannot_hold_is_written_as_text(value: Any, kept: str) -> None:
    assert opened(Written("Trang", ("a",), ((value,),)))["A2"].value == kept


def test_a_text_past_the_cell_says_that_it_was_cut() -> None:
    text = opened(Written("Trang", ("a",), (("ấ" * 40_000,),)))["A2"].value
    assert len(text) <= 32_767
    assert text.endswith("… (đã cắt bớt)")


def test_the_header_stays_in_sight_and_money_is_grouped() -> None:
    page = opened(Written("Trang", ("Năm", "Tiền"), ((2020, 1_490_000), (2021, 5))))
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert [page.cell(2, column).number_format for column in (1, 2)] == ["General", "#,##0"]


def test_the_same_table_makes_the_same_bytes() -> None:
    sheet = Written("Trang", ("a", "b"), (("x", 1), (datetime.date(2020, 1, 1), None)))
    assert write_workbook([sheet]) == write_workbook([sheet])


def test_names_of_sheets_are_what_excel_takes() -> None:
    names = ["Đơn vị", "đơn VỊ", "a/b:c*?[d]", "", "x" * 40, "x" * 40, "'q'", "History"]
    assert sheet_names(names) == [
        "Đơn vị",
        "đơn VỊ 2",
        "a b c d",
        "Bảng 4",
        "x" * 31,
        f"{'x' * 29} 6",
        "q",
        "History 8",
    ]


def test_a_table_past_the_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="past Excel's grid"):
        write_workbook([Written("Trang", ("a",), ((1,),) * (MOST_ROWS + 1))])
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook([])


def test_a_written_table_is_read_back_value_by_value() -> None:
    spec = TableSpec(
        "people",
        ("Nhân sự",),
        (
            Column("code", ("Mã",), Kind.CODE, required=True),
            Column("name", ("Họ và tên",)),
            Column("born", ("Ngày sinh",), Kind.DATE),
            Column("count", ("Số",), Kind.INT),
            Column("kept", ("Giữ",), Kind.YES_NO),
        ),
    )
    rows = (
        ("007", "=Đặng Thị Ứng", datetime.date(1975, 2, 28), 1_490_000, True),
        ("1.5", "@ai", None, None, False),
    )
    data = write_workbook([Written("Nhân sự", ("Mã", "Họ và tên", "Ngày sinh", "Số", "Giữ"), rows)])
    read = read_tables(data, filename="a.xlsx", specs=(spec,))
    assert [tuple(row.values.values()) for row in read.rows("people")] == list(rows)


@pytest.mark.parametrize("text", RUNNING)
def test_a_text_for_a_csv_file_gets_a_quote_before_it(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert defused(f"a{text}") == f"a{text}"
