import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from thidua.core.workbooks.errors import NotAWorkbook, Problem, SpecError, WorkbookErrors
from thidua.core.workbooks.match import Ignored, Tables, read_tables
from thidua.core.workbooks.spec import Choice, Column, Kind, TableSpec

UNITS = TableSpec(
    "units",
    ("Đơn vị",),
    (
        Column("code", ("Mã đơn vị",), Kind.CODE, required=True),
        Column("name", ("Tên đơn vị",), required=True),
        Column("parent", ("Đơn vị cấp trên",), Kind.CODE, refers_to=("units", "code"), also_known=("STC",)),
    ),
    unique=("code",),
)
PEOPLE = TableSpec(
    "people",
    ("Nhân sự", "Danh sách CBCCVC"),
    (
        Column("code", ("Mã CBCCVC", "Mã nhân viên"), Kind.CODE, required=True),
        Column("full_name", ("Họ và tên",), required=True),
        Column("unit", ("Mã đơn vị", "Đơn vị"), Kind.CODE, required=True, refers_to=("units", "code")),
        Column("from", ("Từ ngày",), Kind.DATE),
        Column("to", ("Đến ngày",), Kind.DATE),
        Column("salary", ("Hệ số lương",), Kind.DECIMAL),
        Column("children", ("Số con",), Kind.INT),
        Column("member", ("Đảng viên",), Kind.YES_NO),
        Column(
            "grade",
            ("Xếp loại",),
            Kind.CHOICE,
            choices=(Choice("HTT", ("Hoàn thành tốt nhiệm vụ",)), Choice("HT", ("Hoàn thành nhiệm vụ",))),
        ),
    ),
    unique=("code",),
    required=False,
)
SPECS = (UNITS, PEOPLE)
UNIT_ROWS = [["Mã đơn vị", "Tên đơn vị"], ["VP", "Văn phòng"], ["QLNS", "Phòng Quản lý ngân sách"]]
HEAD = [
    "Mã CBCCVC",
    "Họ và tên",
    "Mã đơn vị",
    "Từ ngày",
    "Đến ngày",
    "Hệ số lương",
    "Số con",
    "Đảng viên",
    "Xếp loại",
]


def _read(data: bytes, filename: str = "so.xlsx", specs: tuple[TableSpec, ...] = SPECS, **more: object) -> Tables:
    return read_tables(data, filename=filename, specs=specs, **more)  # type: ignore[arg-type]  # passed on


def _values(tables: Tables, key: str) -> list[dict[str, object]]:
    return [dict(row.values) for row in tables.rows(key)]


def _problems(data: bytes, specs: tuple[TableSpec, ...] = SPECS, **more: object) -> list[Problem]:
    with pytest.raises(WorkbookErrors) as caught:
        _read(data, specs=specs, **more)
    return list(caught.value.problems)


def _person(code: object, **values: object) -> dict[str, object]:
    return dict.fromkeys((column.key for column in PEOPLE.columns), None) | {"code": code} | values


def test_office_workbook_is_read_with_titles_numbers_totals_and_strange_spelling(
    xlsx: Callable[..., bytes],
) -> None:
    people = [
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC NĂM 2020"],
        ["(kèm theo báo cáo)"],
        [],
        [
            unicodedata.normalize("NFD", "  MÃ\u00a0CBCCVC"),
            "HỌ TÊN:",
            "STT",
            "Đơn vị",
            "Tu ngay",
            "hệ số lươngg",
        ],
        ["A", "B", 1, 2, 3, 4],
        [101, unicodedata.normalize("NFD", "Đặng Thị\u00a0 Ứng"), 1, "qlns ", "1/7/20", "1.234,5"],
        [],
        ["TC2", "Lý Văn Tám", 2, "VP", date(2020, 2, 29), 2.34],
        ["Tổng cộng", None, 2],
    ]
    data = xlsx({"Đọc trước": [["Xin chào"]], "nhan su": people, "ĐƠN VỊ": UNIT_ROWS}, {"nhan su": ["A1:F1"]})
    tables = _read(data)
    assert {key: _values(tables, key) for key in ("units", "people")} == {
        "units": [
            {"code": "VP", "name": "Văn phòng", "parent": None},
            {"code": "QLNS", "name": "Phòng Quản lý ngân sách", "parent": None},
        ],
        "people": [
            _person(
                "101",
                full_name="Đặng Thị Ứng",
                unit="QLNS",
                salary=Decimal("1234.5"),
                **{"from": date(2020, 7, 1)},
            ),
            _person(
                "TC2",
                full_name="Lý Văn Tám",
                unit="VP",
                salary=Decimal("2.34"),
                **{"from": date(2020, 2, 29)},
            ),
        ],
    }
    assert (dict(tables.sheets), set(tables.ignored)) == (
        {"units": "ĐƠN VỊ", "people": "nhan su"},
        {
            Ignored("Đọc trước", "", "Đọc trước"),
            Ignored("nhan su", "C4", "STT"),
            Ignored("nhan su", "A9", "Tổng cộng"),
        },
    )
    row = tables.rows("people")[1]
    assert (row.sheet, row.row, row.cell("unit"), row.cell("grade")) == (
        "nhan su",
        8,
        "nhan su!D8",
        "nhan su!8",
    )


def test_header_of_two_rows_is_read_together(xlsx: Callable[..., bytes]) -> None:
    people = [
        ["Mã CBCCVC", "Họ và tên", "Mã đơn vị", "Thời gian công tác", None],
        [None, None, None, "Từ ngày", "Đến ngày"],
        ["TC1", "Lý Văn Tám", "VP", "01/01/2019", "31/12/2020"],
    ]
    merged = {"Nhân sự": ["A1:A2", "B1:B2", "C1:C2", "D1:E1"]}
    tables = _read(xlsx({"Đơn vị": UNIT_ROWS, "Nhân sự": people}, merged))
    assert _values(tables, "people") == [
        _person(
            "TC1",
            full_name="Lý Văn Tám",
            unit="VP",
            **{"from": date(2019, 1, 1), "to": date(2020, 12, 31)},
        )
    ]


def test_all_problems_of_the_file_are_told_at_once_in_its_order(xlsx: Callable[..., bytes]) -> None:
    people = [
        HEAD,
        ["TC1", "Lý Văn Tám", "QLN", "31/02/2020", None, "cao", "hai", "có lẽ", "Hoàn thành tôt nhiệm vụu"],
        ["TC2", None, "VP"],
        ["tc1", "Mai Xuân Trường", "VP"],
    ]
    units = [
        [*UNIT_ROWS[0], "Đơn vị cấp trên"],
        *UNIT_ROWS[1:],
        ["KT", "Phòng Kế toán", "XYZ"],
        ["GC", "Phòng Giá", "STC"],
    ]
    dates = "Ghi ngày/tháng/năm, ví dụ 01/07/2020."
    fix = "Sửa lại mã hoặc thêm dòng còn thiếu."
    people_problems = [
        ("C2", "Mã đơn vị “QLN” không có trong trang “Đơn vị”.", f"Có phải “QLNS”? {fix}"),
        ("D2", "Không có ngày “31/02/2020” trên lịch.", dates),
        ("F2", "“cao” không phải là số.", "Ghi một số, ví dụ 1.234,5."),
        ("G2", "“hai” không phải là số nguyên.", "Ghi một số nguyên, ví dụ 12."),
        ("H2", "“có lẽ” không phải là Có hay Không.", "Ghi Có hoặc Không."),
        (
            "I2",
            "“Hoàn thành tôt nhiệm vụu” không có trong các giá trị của cột “Xếp loại”.",
            "Có phải “Hoàn thành tốt nhiệm vụ”? Chọn một trong: Hoàn thành tốt nhiệm vụ; Hoàn thành nhiệm vụ.",
        ),
        ("B3", "Chưa ghi “Họ và tên”.", "Ghi giá trị vào ô này, hoặc xóa cả dòng nếu thừa."),
        ("A4", "“tc1” đã có ở dòng 2.", "Sửa lại cho đúng hoặc xóa một dòng."),
    ]
    assert _problems(xlsx({"Đơn vị": units, "Nhân sự": people})) == [
        Problem("Đơn vị", "C4", "Đơn vị cấp trên “XYZ” không có trong trang “Đơn vị”.", fix),
        *(Problem("Nhân sự", *problem) for problem in people_problems),
    ]


def test_missing_sheet_column_and_double_column_are_told(xlsx: Callable[..., bytes]) -> None:
    people = [["Mã CBCCVC", "Họ và tên", "Ghi chú", "Họ tên"], ["TC1", "Lý Văn Tám", "x", "Lý Văn Tám"]]
    assert _problems(xlsx({"Nhân sự": people, "Khác": [["x"]]})) == [
        Problem(
            "",
            "",
            "Thiếu trang “Đơn vị”.",
            "Thêm trang này. Tệp đang có các trang: “Nhân sự”, “Khác”.",
        ),
        Problem("Nhân sự", "", "Thiếu cột “Mã đơn vị”.", "Thêm cột này. Các cột chưa nhận ra: “Ghi chú”."),
        Problem(
            "Nhân sự",
            "D1",
            "Cột “Họ và tên” có hai lần (cột kia ở B1).",
            "Xóa hoặc đổi tên một trong hai cột.",
        ),
    ]


def test_sheet_without_a_header_is_told_and_breeds_no_further_problems(xlsx: Callable[..., bytes]) -> None:
    sheets = {"Đơn vị": [["VP", "Văn phòng"]], "Nhân sự": [HEAD, ["TC1", "Lý Văn Tám", "VP"]]}
    assert _problems(xlsx(sheets)) == [
        Problem(
            "Đơn vị",
            "",
            "Không tìm thấy dòng tiêu đề cột.",
            "Đặt một dòng có các cột “Mã đơn vị”, “Tên đơn vị”.",
        )
    ]


def test_optional_sheet_may_be_absent_or_have_no_rows(xlsx: Callable[..., bytes]) -> None:
    absent = _read(xlsx({"Đơn vị": UNIT_ROWS}))
    empty = _read(xlsx({"Đơn vị": UNIT_ROWS, "Nhân sự": [HEAD]}))
    assert (absent.rows("people"), dict(absent.sheets)) == ((), {"units": "Đơn vị"})
    assert (empty.rows("people"), dict(empty.sheets)) == ((), {"units": "Đơn vị", "people": "Nhân sự"})


def test_csv_under_any_name_goes_to_the_table_it_fits_and_may_refer_to_what_is_kept() -> None:
    data = "\ufeffMã nhân viên;Họ tên;Đơn vị;Hệ số lương\r\nTC1;Lý Văn Tám;vp;3,66\r\n".encode()
    people = (TableSpec(PEOPLE.key, PEOPLE.sheet_names, PEOPLE.columns, PEOPLE.unique),)
    tables = _read(data, "xuat-tu-phan-mem.csv", people, known={("units", "code"): {"VP"}})
    assert _values(tables, "people") == [_person("TC1", full_name="Lý Văn Tám", unit="VP", salary=Decimal("3.66"))]
    assert _problems(data, people, known={("units", "code"): {"HCSN"}}) == [
        Problem(
            "so",
            "C2",
            "Mã đơn vị “vp” chưa có trong dữ liệu đã lưu.",
            "Sửa lại mã hoặc thêm dòng còn thiếu.",
        )
    ]


def test_failed_formula_is_a_problem_not_a_blank(xlsx: Callable[..., bytes]) -> None:
    people = [HEAD, ["TC1", "Lý Văn Tám", "VP", None, None, "=1/0"]]
    assert _problems(xlsx({"Đơn vị": UNIT_ROWS, "Nhân sự": people})) == [
        Problem(
            "Nhân sự",
            "F2",
            "Ô có công thức lỗi hoặc chưa tính (công thức chưa có kết quả).",
            "Thay công thức bằng giá trị.",
        )
    ]


def test_problems_read_as_lines_for_people(xlsx: Callable[..., bytes]) -> None:
    people = [HEAD, ["TC1", "Lý Văn Tám", "VP", None, None, "cao"]]
    with pytest.raises(WorkbookErrors) as caught:
        _read(xlsx({"Đơn vị": UNIT_ROWS, "Nhân sự": people}))
    assert str(caught.value) == (
        "Tệp có 1 chỗ cần sửa:\nNhân sự!F2: “cao” không phải là số. Ghi một số, ví dụ 1.234,5."
    )


def test_unreadable_file_is_one_problem_of_the_whole_file() -> None:
    with pytest.raises(NotAWorkbook) as caught:
        _read(b"%PDF-1.4")
    assert caught.value.problems == (
        Problem("", "", "Đây là tệp PDF, không phải bảng tính.", "Nộp tệp Excel (.xlsx) gốc."),
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: Column("a", ()),
        lambda: Column("a", ("A",), Kind.CHOICE),
        lambda: Column("a", ("A",), choices=(Choice("x", ()),)),
        lambda: Column("a", ("A",), Kind.CHOICE, choices=(Choice("co", ()), Choice("c", ("Có",)))),
        lambda: TableSpec("t", ("T",), (Column("a", ("A",)), Column("b", ("a",)))),
        lambda: TableSpec("t", ("T",), (Column("a", ("A",)),), unique=("b",)),
        lambda: TableSpec("t", (), (Column("a", ("A",)),)),
    ],
)
def test_spec_that_contradicts_itself_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(SpecError):
        make()
