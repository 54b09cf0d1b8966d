from datetime import date, datetime, time
from decimal import Decimal

import pytest

from thidua.core.workbooks.cells import convert
from thidua.core.workbooks.errors import BadCell
from thidua.core.workbooks.sheet import Cell, FailedCell
from thidua.core.workbooks.spec import Choice, Column, Kind

GRADES = (
    Choice("HTT", ("Hoàn thành tốt nhiệm vụ", "HTTNV")),
    Choice("HT", ("Hoàn thành nhiệm vụ", "HTNV")),
)


def _column(kind: Kind) -> Column:
    return Column("c", ("Cột",), kind, choices=GRADES if kind is Kind.CHOICE else ())


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, "Nguyễn", "Nguyễn"),
        (Kind.TEXT, 12, "12"),
        (Kind.TEXT, date(2020, 7, 1), "01/07/2020"),
        (Kind.CODE, 101, "101"),
        (Kind.INT, "1.234", 1234),
        (Kind.INT, "-5", -5),
        (Kind.INT, 12, 12),
        (Kind.INT, "2020", 2020),
        (Kind.DECIMAL, "1.234,5", Decimal("1234.5")),
        (Kind.DECIMAL, "1 234,5", Decimal("1234.5")),
        (Kind.DECIMAL, "1.234.567", Decimal(1234567)),
        (Kind.DECIMAL, "1,234,567.8", Decimal("1234567.8")),
        (Kind.DECIMAL, "3.5", Decimal("3.5")),
        (Kind.DECIMAL, "3,5", Decimal("3.5")),
        (Kind.DECIMAL, "0.125", Decimal("0.125")),
        (Kind.DECIMAL, 0.1, Decimal("0.1")),
        (Kind.DATE, date(2020, 7, 1), date(2020, 7, 1)),
        (Kind.DATE, datetime(2020, 7, 1, 8, 30), date(2020, 7, 1)),
        (Kind.DATE, "01/07/2020", date(2020, 7, 1)),
        (Kind.DATE, "1/7/26", date(2026, 7, 1)),
        (Kind.DATE, "1/7/65", date(1965, 7, 1)),
        (Kind.DATE, "01-07-2020", date(2020, 7, 1)),
        (Kind.DATE, "1.7.2020", date(2020, 7, 1)),
        (Kind.DATE, "1 / 7 / 2020", date(2020, 7, 1)),
        (Kind.DATE, "2020-07-01", date(2020, 7, 1)),
        (Kind.DATE, "ngày 01 tháng 7 năm 2020", date(2020, 7, 1)),
        (Kind.YES_NO, "Có", True),
        (Kind.YES_NO, "x", True),
        (Kind.YES_NO, 1, True),
        (Kind.YES_NO, True, True),
        (Kind.YES_NO, "KHÔNG", False),
        (Kind.YES_NO, 0, False),
        (Kind.CHOICE, "hoan thanh tot nhiem vu", "HTT"),
        (Kind.CHOICE, "HTTNV", "HTT"),
        (Kind.CHOICE, "htt", "HTT"),
        (Kind.CHOICE, "Hoàn thành nhiệm vụ", "HT"),
        *((kind, None, None) for kind in Kind),
    ],
)
def test_cell_is_understood(kind: Kind, cell: Cell, value: object) -> None:
    assert convert(cell, _column(kind)) == value


DATES = "Ghi ngày/tháng/năm, ví dụ 01/07/2020."
LEVELS = "Chọn một trong: Hoàn thành tốt nhiệm vụ; Hoàn thành nhiệm vụ."


@pytest.mark.parametrize(
    ("kind", "cell", "message", "remedy"),
    [
        (Kind.CODE, 1.5, "“1.5” không phải là mã.", "Định dạng ô là văn bản (Text) rồi ghi lại mã."),
        (Kind.INT, "hai", "“hai” không phải là số nguyên.", "Ghi một số nguyên, ví dụ 12."),
        (Kind.INT, 1.5, "“1.5” không phải là số nguyên.", "Ghi một số nguyên, ví dụ 12."),
        (Kind.INT, True, "“True” không phải là số nguyên.", "Ghi một số nguyên, ví dụ 12."),
        (Kind.DECIMAL, "15%", "“15%” không phải là số.", "Ghi một số, ví dụ 1.234,5."),
        (Kind.DECIMAL, "12.34,5", "“12.34,5” không phải là số.", "Ghi một số, ví dụ 1.234,5."),
        (Kind.DATE, "31/02/2020", "Không có ngày “31/02/2020” trên lịch.", DATES),
        (Kind.DATE, "02/13/2020", "Không có ngày “02/13/2020” trên lịch.", "Có phải 13/02/2020? " + DATES),
        (Kind.DATE, "1/7-2020", "“1/7-2020” không phải là ngày.", DATES),
        (Kind.DATE, "7/2020", "“7/2020” không phải là ngày.", DATES),
        (Kind.DATE, 2020, "“2020” là số, không phải ngày.", DATES),
        (
            Kind.DATE,
            44013,
            "“44013” là số, không phải ngày.",
            "Có lẽ là 01/07/2020: định dạng ô là ngày. " + DATES,
        ),
        (Kind.DATE, time(8, 30), "“08:30:00” không phải là ngày.", DATES),
        (
            Kind.DATE,
            "01/07/0202",
            "Năm của ngày “01/07/0202” không hợp lý.",
            "Kiểm tra lại năm, ví dụ 01/07/2020.",
        ),
        (Kind.YES_NO, "có lẽ", "“có lẽ” không phải là Có hay Không.", "Ghi Có hoặc Không."),
        (
            Kind.CHOICE,
            "Hoàn thành tôt nhịem vụ nhé",
            "“Hoàn thành tôt nhịem vụ nhé” không có trong các giá trị của cột “Cột”.",
            "Có phải “Hoàn thành tốt nhiệm vụ”? " + LEVELS,
        ),
        (Kind.CHOICE, "Giỏi", "“Giỏi” không có trong các giá trị của cột “Cột”.", LEVELS),
        (
            Kind.TEXT,
            FailedCell("#N/A"),
            "Ô có công thức lỗi hoặc chưa tính (#N/A).",
            "Thay công thức bằng giá trị.",
        ),
    ],
)
def test_cell_is_refused_with_a_remedy(kind: Kind, cell: Cell, message: str, remedy: str) -> None:
    with pytest.raises(BadCell) as caught:
        convert(cell, _column(kind))
    assert (caught.value.message, caught.value.remedy) == (message, remedy)
