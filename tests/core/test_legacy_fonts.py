"""Text typed in the fonts of before Unicode: what it is coded in, and what it says."""

import unicodedata

import pytest

from thidua.core.vietnamese import font_of, is_syllable, of_legacy_fonts, of_tcvn3, of_vni

LETTERS = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"


@pytest.mark.parametrize(
    ("typed", "font", "said"),
    [
        ("NguyÔn V¨n An", "tcvn3", "Nguyễn Văn An"),
        ("Hoµn thµnh xuÊt s¾c nhiÖm vô", "tcvn3", "Hoàn thành xuất sắc nhiệm vụ"),
        ("Së Tµi chÝnh", "tcvn3", "Sở Tài chính"),
        ("L\u00ad¬ng ThÞ Th\u00ad", "tcvn3", "Lương Thị Thư"),
        ("Nguyeãn Vaên An", "vni", "Nguyễn Văn An"),
        ("Ñaëng Thò Öùng", "vni", "Đặng Thị Ứng"),
        ("TRAÀN QUOÁC TUAÁN", "vni", "TRẦN QUỐC TUẤN"),
    ],
)
def test_old_fonts_are_read(typed: str, font: str, said: str) -> None:
    assert (font_of(typed), of_legacy_fonts([typed])) == (font, [said])


@pytest.mark.parametrize(
    "text", ["Nguyễn Văn An", "Hà", "Lê Hoàng Tú", "Tân", "QLNS", "", "12 – 14", "Müller", "§ 5", "Đặng Thị Ửng"]
)
def test_unicode_is_left_alone(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert of_legacy_fonts([text, decomposed]) == [text, decomposed]


def test_a_text_that_tells_nothing_follows_its_neighbours() -> None:
    assert of_legacy_fonts(["Tó", "NguyÔn V¨n An", "TC017"]) == ["Tú", "Nguyễn Văn An", "TC017"]
    assert of_legacy_fonts(["Tó", "Nguyễn Văn An", "TC017"]) == ["Tó", "Nguyễn Văn An", "TC017"]


def test_a_table_may_be_typed_in_two_fonts() -> None:
    assert of_legacy_fonts(["Trần Thị Bình", "Phoøng Haønh chính"]) == ["Trần Thị Bình", "Phòng Hành chính"]


def test_every_vietnamese_letter_has_a_place_in_both_fonts() -> None:
    low = {chr(code) for code in range(0xA1, 0x100)}
    assert {of_tcvn3(sign) for sign in low} >= set(LETTERS)
    pairs = {of_vni(base + sign) for base in "aeouyôö" for sign in low} | {of_vni(sign) for sign in low}
    assert pairs >= set(LETTERS)


def test_shapes_that_can_be_syllables() -> None:
    words = ("nguyễn", "khuỷu", "xuất", "quý", "nhgu", "bac", "bác", "tìc")
    assert [is_syllable(word) for word in words] == [True, True, True, True, False, False, True, False]
