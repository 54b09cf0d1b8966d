import io
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from thidua.core.workbooks.errors import (
    EmptyWorkbook,
    LockedWorkbook,
    NotAWorkbook,
    OversizedWorkbook,
    UnreadableWorkbook,
)
from thidua.core.workbooks.package import Limits
from thidua.core.workbooks.sheet import FailedCell, Sheet, Workbook, address, read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _replaced(data: bytes, part: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*(name for name in old.namelist() if name != part), part]:
            new.writestr(name, content if name == part else old.read(name))
    return target.getvalue()


def _with_rows(data: bytes, rows: str) -> bytes:
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}'
    return _replaced(data, "xl/worksheets/sheet1.xml", (xml + "</sheetData></worksheet>").encode())


def _zip(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def test_xlsx_is_read_with_its_gaps(xlsx: Callable[..., bytes]) -> None:
    rows = [
        [],
        [None, "\u00a0Họ  tên ", 1.0],
        [
            None,
            unicodedata.normalize("NFD", "Đặng Thị Ứng"),
            2.5,
            True,
            date(2020, 7, 1),
            datetime(2020, 7, 1, 8, 30),
        ],
    ]
    assert read_workbook(xlsx({"Một": rows, "Hai": []}), filename="a.bin") == Workbook(
        (
            Sheet(
                "Một",
                (
                    (None,) * 6,
                    (None, "Họ tên", 1, None, None, None),
                    (None, "Đặng Thị Ứng", 2.5, True, date(2020, 7, 1), datetime(2020, 7, 1, 8, 30)),
                ),
            ),
            Sheet("Hai", ()),
        )
    )


def test_failed_formulas_are_not_taken_for_empty_cells(xlsx: Callable[..., bytes]) -> None:
    data = _with_rows(
        xlsx({"Trang": [["a"]]}),
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>A1</f><v/></c><c r="C2"><f>2</f><v>2</v></c>'
        '<c r="D2" t="str"><f>IF(1,"")</f><v></v></c></row><row><c t="inlineStr"><is><t>x</t></is></c></row>',
    )
    assert read_workbook(data, filename="a.xlsx").sheets == (
        Sheet(
            "Trang",
            (
                (None,) * 4,
                (FailedCell("#N/A"), FailedCell("công thức chưa có kết quả"), 2, None),
                ("x", None, None, None),
            ),
        ),
    )


@pytest.mark.parametrize(
    "data",
    [
        '\ufeffMã;Số\r\nVP;1,5\r\n\r\n"a;b";2\r\n'.encode(),
        'sep=;\nMã;Số\nVP;1,5\n\n"a;b";2'.encode(),
        'Mã,Số\nVP,"1,5"\n\na;b,2\n'.encode(),
        "Mã\tSố\r\nVP\t1,5\r\n\r\na;b\t2\r\n".encode("utf-16"),
    ],
)
def test_delimited_text_is_read_by_its_content(data: bytes) -> None:
    sheet = read_workbook(data, filename="C:\\Thư mục\\đơn vị.xlsx").sheets[0]
    rows = sheet.rows[1:] if data.startswith(b"sep") else sheet.rows
    assert (sheet.name, rows) == (
        "đơn vị",
        (("Mã", "Số"), ("VP", "1,5"), (None, None), ("a;b", "2")),
    )


WORD = _zip(word__document=b"<w/>", mimetype=b"")
XLSB = _zip(**{"xl__workbook.bin": b"b"})
ODS = _zip(**{"content.xml": b"<office/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", EmptyWorkbook, "Tệp trống."),
        (b"\xef\xbb\xbf\r\n \0", EmptyWorkbook, "Tệp trống."),
        (b";;\n;;\n", EmptyWorkbook, "Tệp không có ô nào có dữ liệu."),
        (b"%PDF-1.7 ...", NotAWorkbook, "Đây là tệp PDF, không phải bảng tính."),
        (b"<html><table>", NotAWorkbook, "Đây là trang web hoặc XML mang tên bảng tính."),
        (OLE, NotAWorkbook, "Tệp Excel bị hỏng, không mở được."),
        (OLE + "WordDocument".encode("utf-16-le"), NotAWorkbook, "Đây là tệp Word đời cũ, không phải bảng tính."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LockedWorkbook, "Tệp có mật khẩu."),
        (WORD, NotAWorkbook, "Đây là tệp Word, không phải bảng tính."),
        (ODS, NotAWorkbook, "Tệp Excel bị hỏng, không mở được."),
        (
            _zip(xl__workbook_bin=b"b").replace(b"workbook_bin", b"workbook.bin"),
            NotAWorkbook,
            "Chưa nhận bảng tính .xlsb.",
        ),
        (_zip(a=b"b"), NotAWorkbook, "Đây là tệp nén, không phải bảng tính."),
        (b"PK\x03\x04 broken", NotAWorkbook, "Tệp Excel bị hỏng, không mở được."),
        (b"a\x00\x01\x02b", NotAWorkbook, "Tệp không phải bảng tính."),
        (b"M\xe3 \x96", NotAWorkbook, "Tệp không phải Excel (.xlsx), cũng không phải văn bản Unicode."),
        (
            b"a,b\n" * 20,
            OversizedWorkbook,
            "Tệp quá lớn hoặc bung ra quá lớn so với một bảng dữ liệu của cơ quan.",
        ),
    ],
)
def test_stranger_is_refused_in_a_clear_sentence(data: bytes, error: type[UnreadableWorkbook], message: str) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, filename="a.xlsx", limits=Limits(cells=30))
    assert (type(caught.value), caught.value.problems[0].message) == (error, message)


def test_damaged_parts_are_refused(xlsx: Callable[..., bytes]) -> None:
    whole = xlsx({"Trang": [["a"]]})
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    damaged = [
        whole[: len(whole) // 2],
        _replaced(whole, "xl/worksheets/sheet1.xml", doctype),
        _replaced(whole, "xl/worksheets/sheet1.xml", b"<worksheet>"),
        _replaced(whole, "xl/workbook.xml", b"<workbook/>"),
        _with_rows(whole, '<row r="1"><c r="A99999999"><v>1</v></c></row>'),
        _with_rows(whole, '<row r="0"><c r="A1"><v>1</v></c></row>'),
    ]
    for data in damaged:
        with pytest.raises(UnreadableWorkbook):
            read_workbook(data, filename="a.xlsx")


def test_zip_bomb_is_refused(xlsx: Callable[..., bytes]) -> None:
    bomb = _replaced(xlsx({"Trang": [["a"]]}), "xl/sharedStrings.xml", b" " * 40_000_000)
    with pytest.raises(OversizedWorkbook):
        read_workbook(bomb, filename="a.xlsx")


def test_part_that_lies_about_its_size_is_refused(xlsx: Callable[..., bytes]) -> None:
    large = _replaced(xlsx({"Trang": [["a"]]}), "xl/sharedStrings.xml", b"<sst>" + b" " * 40_000_000 + b"</sst>")
    size = (40_000_011).to_bytes(4, "little")
    with pytest.raises(NotAWorkbook):
        read_workbook(large.replace(size, (11).to_bytes(4, "little")), filename="a.xlsx")


def test_two_far_off_cells_are_refused_and_far_off_formatting_is_not(xlsx: Callable[..., bytes]) -> None:
    whole = xlsx({"Trang": [["a"]]})
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">{}</c></row>'
    with pytest.raises(OversizedWorkbook):
        read_workbook(_with_rows(whole, corner.format("<v>1</v>")), filename="a.xlsx")
    assert read_workbook(_with_rows(whole, corner.format("")), filename="a.xlsx").sheets[0].rows == ((1,),)


def test_file_over_the_limit_is_refused_unopened() -> None:
    with pytest.raises(OversizedWorkbook):
        read_workbook(b"x" * 11, filename="a.csv", limits=Limits(file_bytes=10))


def test_address_counts_like_excel() -> None:
    assert [address(0, 0), address(6, 2), address(9, 25), address(9, 26), address(0, 16383)] == [
        "A1",
        "C7",
        "Z10",
        "AA10",
        "XFD1",
    ]
