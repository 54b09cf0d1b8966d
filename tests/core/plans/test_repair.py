"""Repair: clean text is left alone byte for byte, damaged text is mended and every change is listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.core.plans import read_plan, read_targets
from thidua.core.vietnamese import fold

ROWS = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))
CLEAN = [row["text"] for row in ROWS if not row["text"].isascii()]
DIGITS = re.compile(r"\d[\d.,/]*\d|\d")


@pytest.mark.parametrize("text", CLEAN)
def test_clean_sentence_is_left_byte_for_byte(text: str) -> None:
    fixed, _, repairs = read_targets(text)
    assert (fixed, repairs) == (text, ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CLEAN), min_size=1, max_size=6), st.sampled_from(["\n", "\n\n", " "]))
def test_clean_sentences_together_are_left_byte_for_byte(sentences: list[str], joint: str) -> None:
    text = joint.join(sentences)
    fixed, _, repairs = read_targets(text)
    assert (fixed, repairs) == (text, ())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(CLEAN), min_size=1, max_size=4))
def test_unaccented_sentences_keep_numbers_and_list_every_change(sentences: list[str]) -> None:
    text = "\n".join(fold(sentence) for sentence in sentences)
    fixed, _, repairs = read_targets(text)
    assert DIGITS.findall(fixed) == DIGITS.findall(text)
    position = 0
    rebuilt = ""
    for repair in repairs:
        rebuilt += text[position : repair.source_start] + repair.after
        assert text[repair.source_start : repair.source_end] == repair.before
        assert fixed[repair.start : repair.end] == repair.after
        position = repair.source_end
    assert rebuilt + text[position:] == fixed


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        (
            "Phan dau 100% can b6, c6ng chirc hoan thanh t6t nhiém vu.",
            "Phấn đấu 100% cán bộ, công chức hoàn thành tốt nhiệm vụ.",
        ),
        (
            "Kh6ng dé xay ra chay n6, mat trom tai san trong co quan.",
            "Không để xảy ra cháy nổ, mất trộm tài sản trong cơ quan.",
        ),
        (
            "Tir 90% dang vién tré 1én dugc xép loai hoan thanh t6t nhiém vu.",
            "Từ 90% đảng viên trở lên được xếp loại hoàn thành tốt nhiệm vụ.",
        ),
        (
            "Uy ban nhan dan tinh phat d6ng phong trao thi dua yéu nudc.",
            "Ủy ban nhân dân tỉnh phát động phong trào thi đua yêu nước.",
        ),
    ],
)
def test_damaged_sentence_is_mended(damaged: str, meant: str) -> None:
    fixed, _, repairs = read_targets(damaged)
    assert fixed == meant
    assert all(repair.why and 0.0 < repair.confidence <= 1.0 for repair in repairs)


def test_abbreviations_and_document_numbers_survive_in_damaged_text() -> None:
    damaged = "Can cu Ké hoach s6 15/KH-UBND cua UBND tinh, CBCCVC va HTX c6 san pham OCOP dugc khen thuong."
    fixed, _, _ = read_targets(damaged)
    assert [name for name in ("15/KH-UBND", "UBND", "CBCCVC", "HTX", "OCOP") if name not in fixed] == []


def test_letter_d_in_a_document_code_is_restored_and_listed() -> None:
    _, _, repairs = read_targets("Thuc hién Quyét dinh s6 12/QD-UBND ngay 5/3/2024 cua Uy ban nhan dan tinh.")
    assert [(repair.before, repair.after) for repair in repairs if repair.before.isupper()] == [("QD", "QĐ")]


def test_unreadable_words_stay_as_they_are() -> None:
    fixed, _, _ = read_targets("Cac don vi thuc hién xqzwk nghiém tuc ké hoach nay.")
    assert fixed == "Các đơn vị thực hiện xqzwk nghiêm túc kế hoạch này."


def test_english_sentence_is_not_taken_for_damaged_vietnamese() -> None:
    text = "The committee shall review every proposal before the end of September."
    assert read_targets(text) == (text, (), ())


def test_page_and_line_of_a_repair_count_form_feeds_and_line_ends() -> None:
    page = "KE HOACH\n\nI. CHI TIEU THI DUA\n\n1. Phan dau 100% can bo dat danh hiéu Lao dong tién tién.\n"
    plan = read_plan((page + "\f2. Khong dé xay ra chay, no trong co quan.\n").encode(), filename="quet.txt")
    assert {(repair.page, repair.line) for repair in plan.repairs} == {(1, 1), (1, 3), (1, 5), (2, 1)}
