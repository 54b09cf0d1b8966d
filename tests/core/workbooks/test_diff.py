"""Who is meant by a row, and what it changes."""

import datetime

from thidua.core.workbooks.diff import Meant, Register, Somebody, changes

AN1 = Somebody("TC01", "Nguyễn Văn An", datetime.date(1980, 1, 2), ("QLNS", "Phòng Quản lý ngân sách"))
AN2 = Somebody("TC02", "Nguyễn Văn An", datetime.date(1985, 3, 4), ("VP", "Văn phòng"))
AN3 = Somebody("TC03", "Nguyễn Văn Ân", None, ("VP", "Văn phòng"))
REGISTER = Register([AN1, AN2, AN3])


def test_a_code_names_one_person_whatever_its_case() -> None:
    assert REGISTER.meant(code="tc 02") == Meant(AN2)


def test_a_code_with_the_name_of_somebody_else_is_wrong() -> None:
    found = REGISTER.meant(code="TC02", name="Trần Thị Bình")
    assert found == Meant(
        message="Mã TC02 là của Nguyễn Văn An, không phải Trần Thị Bình.", remedy="Sửa mã hoặc họ tên cho khớp."
    )


def test_an_unknown_code_is_wrong_and_the_name_suggests_the_right_one() -> None:
    binh = Somebody("TC05", "Trần Thị Bình")
    assert Register([AN1, AN2, binh]).meant(code="XX", name="Trần Thị Bình") == Meant(
        message="Không có ai mang mã “XX”.", remedy="Có phải “TC05”? Sửa mã."
    )


def test_a_name_with_its_birth_date_names_one_person() -> None:
    assert REGISTER.meant(name="nguyễn văn an", born=datetime.date(1985, 3, 4)) == Meant(AN2)


def test_a_name_with_its_unit_names_one_person() -> None:
    assert REGISTER.meant(name="Nguyễn Văn An", unit="van phong") == Meant(AN2)


def test_namesakes_are_asked_about() -> None:
    assert REGISTER.meant(name="Nguyễn Văn An") == Meant(candidates=(AN1, AN2))
    assert REGISTER.meant(name="NGUYEN VAN AN") == Meant(candidates=(AN1, AN2, AN3))
    assert REGISTER.meant(name="Nguyễn Văn An", unit="Thanh tra") == Meant(candidates=(AN1, AN2))


def test_two_of_one_name_and_birth_date_are_asked_about() -> None:
    twin = Somebody("TC04", "Nguyễn Văn An", AN1.born)
    assert Register([AN1, twin]).meant(name="Nguyễn Văn An", born=AN1.born) == Meant(candidates=(AN1, twin))


def test_somebody_whose_birth_date_is_not_known_is_asked_about() -> None:
    assert REGISTER.meant(name="Nguyễn Văn Ân", born=datetime.date(1990, 1, 1)) == Meant(candidates=(AN3,))


def test_a_birth_date_of_nobody_is_wrong() -> None:
    found = REGISTER.meant(name="Nguyễn Văn An", born=datetime.date(1990, 1, 1))
    assert (found.who, found.candidates) == (None, ())
    assert found.message == "Không có Nguyễn Văn An nào sinh ngày 01/01/1990."


def test_a_name_of_nobody_is_wrong_and_the_nearest_is_said() -> None:
    found = REGISTER.meant(name="Nguyễn Văn Am")
    assert (found.message, found.remedy) == (
        "Không có ai tên “Nguyễn Văn Am”.",
        "Có phải “Nguyễn Văn An”? Sửa họ tên, hoặc ghi mã.",
    )


def test_an_empty_cell_changes_nothing() -> None:
    before = {"grade": "HT", "paper": "12/QĐ", "dated": datetime.date(2020, 1, 1)}
    assert changes(before, {"grade": "HTT", "paper": "", "dated": None}) == {"grade": ("HT", "HTT")}
    assert changes(before, {"grade": "HT", "paper": " 12/QĐ "}) == {}
