import unicodedata

import pytest

from thidua.core.workbooks.words import likeness, nearest, plain_words, tidy


def test_plain_words_drop_accents_case_and_signs() -> None:
    assert plain_words(unicodedata.normalize("NFD", " Mã  ĐƠN-vị: (1) ")) == "ma don vi 1"


def test_tidy_removes_what_cannot_be_seen() -> None:
    assert tidy("\ufeff Nguye\u0302\u0303n\u00a0Thị\u200b \n Hương ") == "Nguyễn Thị Hương"


@pytest.mark.parametrize(
    ("text", "header", "score"),
    [
        ("HỌ TÊN", "Họ và tên", 100.0),
        ("Mã ĐV", "Mã đơn vị", 100.0),
        ("Nơi đến", "Nơi đến (nếu biệt phái)", 97.0),
        ("Từ ngày", "Đến ngày", 0.0),
        ("Mã đơn vị", "Tên đơn vị", 0.0),
        ("Năm 1", "Năm 2", 0.0),
        ("…", "Năm", 0.0),
    ],
)
def test_likeness_of_headers(text: str, header: str, score: float) -> None:
    assert likeness(text, header) == score


def test_likeness_forgives_a_slip_of_the_hand() -> None:
    assert 84.0 <= likeness("Ngày tuyển dungj", "Ngày tuyển dụng") < 97.0


def test_nearest_takes_the_closest_and_nothing_far() -> None:
    assert (nearest("QLN", ["HCSN", "QLNS"]), nearest("zzz", ["HCSN", "QLNS"])) == ("QLNS", None)


def test_a_text_longer_than_any_header_is_like_none() -> None:
    assert likeness("Họ và tên " * 40, "Họ và tên " * 40) == 0.0
