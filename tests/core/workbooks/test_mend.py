"""One's own workbook back: wrong cells marked where they stood, nothing in it computes."""

import io
from typing import Any

import openpyxl
import pytest
from core.workbooks.old_formats import ods

from thidua.core.workbooks import mend
from thidua.core.workbooks.errors import Problem
from thidua.core.workbooks.mend import SUGGESTION, mended
from thidua.core.workbooks.sheet import read_workbook

PROBLEMS = (
    Problem("Xếp loại", "C3", "“Tốt lắm” không có trong danh sách.", "Có phải “Hoàn thành tốt nhiệm vụ”?"),
    Problem("Xếp loại", "B3", "“hai nghìn” không phải là số nguyên.", "Ghi 2020."),
)
SAID_OF_ROW = (
    "C3: “Tốt lắm” không có trong danh sách. Có phải “Hoàn thành tốt nhiệm vụ”?\n"
    "B3: “hai nghìn” không phải là số nguyên. Ghi 2020."
)
ROWS: list[list[object]] = [
    ["BẢNG XẾP LOẠI"],
    ["Mã", "Năm", "Loại"],
    ["TC1", "hai nghìn", "Tốt lắm"],
    ["TC2", 2020, "HT"],
]


def own_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Xếp loại"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["A1"].font = openpyxl.styles.Font(name="Times New Roman", size=20)
    sheet["A5"], sheet["B5"] = '=HYPERLINK("http://example.com")', "=1+1"
    book.create_sheet("Khác").append(["=A1"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_own_workbook_keeps_its_looks_and_bears_the_marks() -> None:
    book = opened(mended(own_book(), filename="so.xlsx", problems=PROBLEMS, headers={"Xếp loại": 1}))
    sheet = book["Xếp loại"]
    assert (sheet["A1"].font.size, str(sheet.merged_cells), book.sheetnames) == (20, "A1:C1", ["Xếp loại", "Khác"])
    assert [sheet[name].value for name in ("C3", "B3", "D2", "D3", "D4")] == [
        "Tốt lắm",
        "hai nghìn",
        SUGGESTION,
        SAID_OF_ROW,
        None,
    ]
    assert "Có phải" in sheet["C3"].comment.text
    assert [sheet[name].fill.fill_type for name in ("C3", "B3", "C4")] == ["solid", "solid", None]


@pytest.mark.parametrize("kept", [60_000, 0], ids=["own looks", "anew"])
def test_nothing_in_what_is_written_computes(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(mend, "KEPT_CELLS", kept)
    problem = Problem("Xếp loại", "A4", "=cmd|' /C calc'!A0", "")
    book = opened(mended(own_book(), filename="so.xlsx", problems=[problem], headers={"Xếp loại": 1}))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize(
    "data", [ods(ROWS, name="Xếp loại"), own_book()], ids=["ods", "more cells than are kept as they look"]
)
def test_other_files_come_back_with_the_same_cells(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(mend, "KEPT_CELLS", 0)
    back = mended(data, filename="so.ods", problems=PROBLEMS, headers={"Xếp loại": 1})
    sheet = opened(back)["Xếp loại"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(max_row=4)] == [
        ["BẢNG XẾP LOẠI", None, None],
        *ROWS[1:],
    ]
    assert (sheet["D2"].value, sheet["D3"].value) == (SUGGESTION, SAID_OF_ROW)
    assert sheet["C3"].comment is not None
    assert read_workbook(back, filename="so.xlsx").sheets[0].rows[3][:3] == ("TC2", 2020, "HT")


def test_a_problem_of_the_whole_sheet_stands_at_its_header() -> None:
    problem = Problem("Xếp loại", "", "Thiếu cột “Ngày”.", "Thêm cột này.")
    sheet = opened(mended(own_book(), filename="so.xlsx", problems=[problem], headers={"Xếp loại": 1}))["Xếp loại"]
    assert sheet["D2"].value == "Thiếu cột “Ngày”. Thêm cột này."


def test_a_mark_in_a_merged_range_stands_on_the_cell_that_shows() -> None:
    problem = Problem("Xếp loại", "B1", "Sai.", "Sửa.")
    sheet = opened(mended(own_book(), filename="so.xlsx", problems=[problem], headers={"Xếp loại": 1}))["Xếp loại"]
    assert sheet["A1"].comment.text == "Sai. Sửa."
