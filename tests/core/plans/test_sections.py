"""The Roman numerals of sections, whole and damaged: read as the likeliest row."""

from __future__ import annotations

import pytest

from thidua.core.plans import read_plan
from thidua.core.plans.markers import find_marker
from thidua.core.plans.sections import opens_section, section_marks


def labels(*lines: str) -> list[str]:
    return [mark.label for _, mark in sorted(section_marks(lines, 0, len(lines)).items())]


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (("I. MỤC ĐÍCH", "II. NỘI DUNG", "III. CHỈ TIÊU"), ["I", "II", "III"]),
        (("L MỤC ĐÍCH", "IL NỘI DUNG", "II. CHỈ TIÊU", "IV. KINH PHÍ"), ["I", "II", "III", "IV"]),
        (("1L MỤC ĐÍCH, YÊU CẦU", "I. NỘI DUNG", "HI- CHỈ TIÊU", "Iv. GIẢI PHÁP"), ["I", "II", "III", "IV"]),
        (
            ("L Đặc điểm tình hình:", "IL Mục đích, yêu cầu:", "II. Nội dung:", "IV. Chỉ tiêu:"),
            ["I", "II", "III", "IV"],
        ),
        (("1 MỤC TIÊU:", "1/ Bảo đảm điện.", "2/ Thi đua.", "II CHỈ TIÊU:", "III/ KHEN THƯỞNG"), ["I", "II", "III"]),
    ],
)
def test_numerals_make_a_row(lines: tuple[str, ...], row: list[str]) -> None:
    assert labels(*lines) == row


def test_a_typed_numeral_that_is_missing_or_comes_twice_stays_as_written() -> None:
    assert labels("I. MỤC ĐÍCH", "III. NỘI DUNG", "VI. CHỈ TIÊU") == ["I", "III", "VI"]
    assert labels("I. MỤC ĐÍCH", "II. NỘI DUNG", "II. CHỈ TIÊU", "III. KINH PHÍ") == ["I", "II", "II", "III"]


def test_the_row_begins_again_below_a_higher_mark() -> None:
    lines = ("A. TÌNH HÌNH", "I. Thuận lợi", "II. Khó khăn", "B. CHỈ TIÊU", "I. Tập thể", "II. Cá nhân")
    assert labels(*lines) == ["I", "II", "I", "II"]


def test_words_made_of_the_letters_of_numerals_open_no_section() -> None:
    assert [line for line in ("THI ĐUA", "LIÊN KẾT", "TỔ CHỨC", "I VÀ II") if opens_section(line)] == ["I VÀ II"]
    plan = read_plan("KẾ HOẠCH\n\nII. NỘI DUNG\nTHI ĐUA\n1. Một việc.\n".encode(), filename="hai-dong.txt")
    assert [clause.title for clause in plan.outline] == ["NỘI DUNG THI ĐUA"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("I- MỤC ĐÍCH, YÊU CẦU", "I"),
        ("II/ CHỈ TIÊU CỤ THỂ:", "II"),
        ("1- Mục đích", "1"),
        ("2.1- Thi đua phát triển kinh tế hộ.", "2.1"),
        ("a/ Điện thương phẩm đạt 412 triệu kWh.", "a"),
        (".1, Mỗi xí nghiệp đăng ký chỉ tiêu.", "1"),
        ("1:1. Mục đích:", "1.1"),
        ("06-NQ/ĐU ngày 05/01/2026", None),
        ("14/NQ-HĐND ngày 24/12/2025", None),
        ("1/5 số hộ thoát nghèo", None),
        ("2 - 3 giờ", None),
        ("20- 25% số hộ", None),
        ("đ/c Nguyễn Văn A", None),
    ],
)
def test_marks_before_a_dash_or_a_stroke(line: str, label: str | None) -> None:
    marker = find_marker(line)
    assert (marker.label if marker else None) == label


def test_headings_in_capitals_are_sections_where_nothing_is_numbered() -> None:
    text = "KẾ HOẠCH\nThi đua năm 2026\n\nMỤC ĐÍCH\n\nThi đua sôi nổi.\n\nCHỈ TIÊU PHẤN ĐẤU\n\n- 95% đạt LĐTT.\n\n"
    plan = read_plan(f"{text}TỔ CHỨC THỰC HIỆN\n\nVăn phòng theo dõi.\n".encode(), filename="khong-so.txt")
    assert [(clause.id, clause.title) for clause in plan.outline] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "CHỈ TIÊU PHẤN ĐẤU"),
        ("III", "TỔ CHỨC THỰC HIỆN"),
    ]
    assert [(target.clause, target.title_code) for target in plan.targets] == [("II", "LDTT")]
