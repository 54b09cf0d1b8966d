"""Made-up papers of offices, typed and as engines damage them: sections, bases, slips of accents, joined words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from thidua.core.plans import read_plan, read_targets

PAPERS = Path(__file__).with_name("papers")
EXPECTED = yaml.safe_load((PAPERS / "expected.yaml").read_text(encoding="utf-8"))
SCANNED = Path(__file__).with_name("papers") / "truong-hoc.eng.txt"


def outline_and_bases(data: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    plan = read_plan(data, filename="ke-hoach.txt")
    titles = [f"{clause.id}. {clause.title}" for clause in plan.outline]
    bases = [{"type": b.type, "number": b.number, "date": b.date, "role": b.role} for b in plan.bases]
    return titles, bases


@pytest.mark.parametrize("name", EXPECTED)
def test_sections_and_bases_of_a_typed_paper(name: str) -> None:
    found = outline_and_bases((PAPERS / f"{name}.txt").read_bytes())
    assert found == (EXPECTED[name]["sections"], EXPECTED[name]["bases"])


def test_letters_of_an_engine_without_vietnamese_are_not_taken_for_an_old_font() -> None:
    # This page has é, à and ö only, each of which TCVN3 would read as some marked letter of its own.
    titles, bases = outline_and_bases(SCANNED.read_bytes())
    assert titles == EXPECTED["truong-hoc"]["sections"]
    assert bases == EXPECTED["truong-hoc"]["bases"]


def test_damaged_marks_and_letters_of_headings_are_read() -> None:
    text = "KE HOACH\nThi dua nam 2026\nIL MUC DicH, YEU CAU\n1. Muc dich\nTao khi thé thi dua s6i néi trong co quan.\n"
    text += "II. NOI DUNG THI DUA\n1. Thi dua hoan thanh t6t nhiém vu chuyén mon.\nIl. CHi TIEU THI DUA\n"
    text += "1. 100% hé so dugc giai quyét ding han.\nIv. GIAI PHAP\n1. Tang cudng kiém tra.\nVv. TO CHUC THUC HIEN\n"
    titles, _ = outline_and_bases(text.encode())
    assert titles == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG THI ĐUA",
        "III. CHỈ TIÊU THI ĐUA",
        "IV. GIẢI PHÁP",
        "V. TỔ CHỨC THỰC HIỆN",
    ]


def test_words_without_the_space_between_are_parted() -> None:
    text = "B. MUCTIEU VA CHi TIEU\nTy léhé nghéo giam con 0,8%, hé can nghéo con 1,2% theo chuan méi.\n"
    fixed, _, repairs = read_targets(text)
    assert fixed.startswith("B. MỤC TIÊU VÀ CHỈ TIÊU\nTỷ lệ hộ nghèo giảm còn 0,8%")
    assert ("MUCTIEU", "MỤC TIÊU") in {(one.before, one.after) for one in repairs}


SLIPS = (
    "Phát động phong trào thị đua yêu nước trong toàn cơ quan. Nâng cao tỉnh thần trách nhiệm của cán bộ, công chức. "
    "Phát huy tỉnh thần đoàn kết, sáng tạo."
)


def test_slips_of_accents_are_mended_where_there_are_many_and_listed() -> None:
    fixed, _, repairs = read_targets(SLIPS)
    assert fixed == SLIPS.replace("thị đua", "thi đua").replace("tỉnh thần", "tinh thần")
    assert [(one.before, one.after) for one in repairs] == [("thị", "thi"), ("tỉnh", "tinh"), ("tỉnh", "tinh")]


def test_a_single_slip_is_left_to_its_author_but_not_in_a_heading() -> None:
    body = "Phát động phong trào thị đua yêu nước trong toàn cơ quan."
    assert read_targets(body)[0] == body
    assert read_targets(f"IV. TỔ CHÚC THỰC HIỆN\n{body.replace('thị', 'thi')}")[0].startswith("IV. TỔ CHỨC THỰC HIỆN")
