"""Signs that engines put into numbers of documents, days and sums are mended and listed; typed text is left alone."""

from __future__ import annotations

import pytest

from thidua.core.plans import read_targets
from thidua.core.plans.candidates import joined
from thidua.core.plans.slips import find_slips


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Căn cứ Quyết định số 31/QĐÐ-HĐTV ngày L1/7/2025.", "Căn cứ Quyết định số 31/QĐ-HĐTV ngày 11/7/2025."),
        ("Căn cứ Nghị quyết số 14/NÑQ-HĐND của Hội đồng.", "Căn cứ Nghị quyết số 14/NQ-HĐND của Hội đồng."),
        ("Căn cứ Luật Thi đua; khen thưởng năm 2022.", "Căn cứ Luật Thi đua, khen thưởng năm 2022."),
        ("Báo cáo trước ngày 3 1/3/2026 và ngày 20 tháng L1 năm 2026.", None),
        ("Theo Nghị quyết số 101/2025/UBTVQHI5 của Quốc hội.", "Theo Nghị quyết số 101/2025/UBTVQH15 của Quốc hội."),
        ("Giải nhất được thưởng 12:000.000 đồng.", "Giải nhất được thưởng 12.000.000 đồng."),
        ("Tuyên truyền cho [00% cơ sở kinh doanh.", "Tuyên truyền cho 100% cơ sở kinh doanh."),
    ],
)
def test_misread_signs_are_mended_and_listed(read: str, meant: str | None) -> None:
    fixed, _, repairs = read_targets(read)
    assert fixed == (meant or "Báo cáo trước ngày 31/3/2026 và ngày 20 tháng 11 năm 2026.")
    assert repairs
    assert all("ký hiệu hoặc ngày tháng" in repair.why for repair in repairs)


def test_typed_numbers_and_days_stay() -> None:
    text = (
        "Quyết định số 45/QĐ-UBND ngày 09/01/2026; từ 1/1/2026 đến 30/11/2026; HĐĐG; đạt 100%; lúc 20:30; quý I/2026."
    )
    assert read_targets(text)[0] == text


def test_a_whole_heading_is_mended_by_its_likeliest_words() -> None:
    damaged = "IV. CHỈ TIỂU PHẦN ĐẤU CỦA PHONG TRÀO THỊ ĐUA"
    assert [word for *_, word in find_slips(damaged, [(0, len(damaged))])] == ["TIÊU", "PHẤN", "THI"]
    typed = "IV. CÁC CHỈ TIÊU PHẤN ĐẤU VÀ KHEN THƯỞNG THƯỜNG XUYÊN"
    signed = "TRƯỞNG TIỂU BAN"
    assert find_slips(typed, [(0, len(typed))]) == find_slips(signed, [(0, len(signed))]) == []


def test_a_known_part_of_a_longer_code_is_spelled_rightly() -> None:
    damaged = "Thuc hién Ké hoach s6 16/KH-XTDKTY ngay 31/8/2025 cua H6i d6ng thi dua, khen thuong Trung uong."
    assert "16/KH-XTĐKTY" in read_targets(damaged)[0]


def test_a_word_of_thousands_of_letters_stands_for_no_two_words() -> None:
    assert joined("mucdich")
    assert not joined("mucdich" * 1000)
