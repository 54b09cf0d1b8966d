"""Which sheet is which table and which column which, by names, memory and the look of values."""

from datetime import date

from thidua.core.workbooks.layout import guess_layout
from thidua.core.workbooks.sheet import Cell, Sheet, Workbook
from thidua.core.workbooks.spec import Choice, Column, Kind, TableSpec
from thidua.core.workbooks.words import header_key

GRADES = (Choice("HTT", ("Hoàn thành tốt nhiệm vụ",)), Choice("HT", ("Hoàn thành nhiệm vụ",)))
RATINGS = TableSpec(
    "ratings",
    ("Xếp loại",),
    (
        Column("person", ("Mã CBCCVC",), Kind.CODE),
        Column("full_name", ("Họ và tên",)),
        Column("year", ("Năm",), Kind.INT, required=True),
        Column("grade", ("Xếp loại",), Kind.CHOICE, required=True, choices=GRADES),
        Column("dated", ("Ngày văn bản",), Kind.DATE),
    ),
)
AWARDS = TableSpec(
    "awards",
    ("Danh hiệu",),
    (
        Column("person", ("Mã CBCCVC",), Kind.CODE),
        Column("year", ("Năm",), Kind.INT, required=True),
        Column("title", ("Danh hiệu",), required=True),
    ),
)
BY_WORDS: tuple[tuple[Cell, ...], ...] = (
    ("DANH SÁCH", None, None, None),
    ("Mã CBCCVC", "Năm", "Danh hiệu", "Ghi chú"),
    ("TC01", 2019, "LĐTT", None),
)
BY_LOOK: tuple[tuple[Cell, ...], ...] = (
    ("Ký hiệu", "Tên gọi", "Niên độ", "Mức", "Lúc"),
    ("TC01", "An", "2020", "hoan thanh tot nhiem vu", date(2020, 12, 1)),
    ("TC02", "Bình", 2020, "HT", "01/12/2020"),
)


def columns(workbook: Workbook, **more: object) -> list[tuple[str, dict[str, int]]]:
    return [(found.table, dict(found.columns)) for found in guess_layout(workbook, (RATINGS, AWARDS), **more)]  # type: ignore[arg-type]


def test_sheets_and_columns_by_words() -> None:
    workbook = Workbook((Sheet("Trang 1", BY_WORDS), Sheet("Trống", ())))
    (found,) = guess_layout(workbook, (RATINGS, AWARDS))
    assert (found.table, found.row, found.data, dict(found.columns), found.headers, found.rows) == (
        "awards",
        1,
        2,
        {"person": 0, "year": 1, "title": 2},
        ("Mã CBCCVC", "Năm", "Danh hiệu", "Ghi chú"),
        1,
    )
    assert found.header().unknown == ((3, "Ghi chú"),)


def test_a_sheet_like_no_table_has_none() -> None:
    workbook = Workbook((Sheet("Thực đơn", (("Món", "Giá"), ("Phở", 40000))),))
    assert columns(workbook) == [("", {})]


def test_what_was_matched_before_wins_over_words_and_look() -> None:
    memory = {"awards": {header_key("Ghi chú"): "title", header_key("Danh hiệu"): ""}}
    assert columns(Workbook((Sheet("Danh hiệu", BY_WORDS),)), memory=memory) == [
        ("awards", {"person": 0, "year": 1, "title": 3})
    ]


def test_columns_by_the_look_of_their_values() -> None:
    workbook = Workbook((Sheet("Xếp loại", BY_LOOK),))
    (found,) = guess_layout(workbook, (RATINGS,), known={"person": ["tc01", "tc02", "tc03"]})
    assert dict(found.columns) == {"person": 0, "year": 2, "grade": 3, "dated": 4}
    assert found.samples[3] == ("hoan thanh tot nhiem vu", "HT")


def test_two_columns_that_look_alike_are_left_to_the_person() -> None:
    rows = tuple((*row[:4], row[4], row[4]) for row in BY_LOOK)
    (found,) = guess_layout(Workbook((Sheet("Xếp loại", rows),)), (RATINGS,))
    assert "dated" not in found.columns


def test_a_sheet_without_a_needed_column_is_no_table_unless_it_is_named_so() -> None:
    rated: tuple[tuple[Cell, ...], ...] = (("Mã CBCCVC", "Xếp loại", "Ngày văn bản"), ("P1", "HT", date(2010, 1, 1)))
    assert columns(Workbook((Sheet("Trang 1", rated),))) == [("", {})]
    assert columns(Workbook((Sheet("Xếp loại", rated),))) == [("ratings", {"person": 0, "grade": 1, "dated": 2})]
