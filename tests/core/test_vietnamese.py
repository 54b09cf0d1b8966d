"""One normal form, comparison, name order, number words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.vietnamese import fold, in_words, name_sort_key, nfc, place_tones, rank_of, same_text


def test_nfc_composes() -> None:
    assert nfc(unicodedata.normalize("NFD", "Thi đua yêu nước")) == "Thi đua yêu nước"


def test_fold_drops_every_accent_and_the_bar_of_d() -> None:
    assert fold("Đường Nguyễn Huệ, ĐẶNG Thị Ửng") == "duong nguyen hue, dang thi ung"


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("Uỷ", "Ủy"),
        ("khoẻ", "khỏe"),
        ("HOẠ", "HỌA"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("quỳ", "quỳ"),
        ("tuý", "túy"),
    ],
)
def test_tones_are_placed_the_older_way(newer: str, older: str) -> None:
    assert place_tones(newer) == older


def test_same_text_ignores_case_form_spacing_and_tone_place() -> None:
    assert same_text("UỶ BAN  nhân dân", unicodedata.normalize("NFD", "Ủy ban nhân dân"))
    assert not same_text("tinh", "tỉnh")


def test_names_sort_by_given_name_then_middle_then_family() -> None:
    names = [
        "Trần Văn Ân",
        "Lê Thị Ánh",
        "Đỗ Văn An",
        "Bùi Thị An",
        "Phạm Hạ",
        "Phạm Hà",
        "Nguyễn Đức",
        "Vũ Dũng",
        "Hồ An",
    ]
    assert sorted(names, key=name_sort_key) == [
        "Hồ An",
        "Bùi Thị An",
        "Đỗ Văn An",
        "Lê Thị Ánh",
        "Trần Văn Ân",
        "Vũ Dũng",
        "Nguyễn Đức",
        "Phạm Hà",
        "Phạm Hạ",
    ]


def test_name_key_holds_digits_only_and_is_empty_for_no_name() -> None:
    assert name_sort_key("Nguyễn Thị-Ánh O'Brien").isdigit()
    assert name_sort_key("  ") == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2_530_000, "hai triệu năm trăm ba mươi nghìn"),
        (1_000_000_000, "một tỷ"),
    ],
)
def test_whole_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="nằm ngoài khoảng"):
        in_words(number)


def test_rank_words() -> None:
    assert [rank_of(word) for word in ("nhất", "Nhì", "ba", "mười", "xa")] == [1, 2, 3, 10, None]
