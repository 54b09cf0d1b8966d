"""Bad input: each kind gets its own error with a place and a remedy, never an empty plan that looks fine."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from thidua.core.plans import PlanError, read_plan
from thidua.core.plans.errors import (
    BinaryContent,
    EmptyPlan,
    ForeignLanguage,
    NoClauses,
    OversizedPlan,
)
from thidua.core.plans.extract import extract
from thidua.core.vietnamese import _TCVN3, _VNI

PLAN = "KẾ HOẠCH\nThi đua năm 2026\n\nI. CHỈ TIÊU\n\n1. Phấn đấu 90% công chức đạt Lao động tiên tiến.\n"
ENGLISH = "PLAN\n\nI. Purpose\n\nThis document describes the yearly goals of the department and its branches.\n" * 3


@pytest.mark.parametrize(
    ("data", "filename", "error", "words"),
    [
        (b"", "a.txt", EmptyPlan, "không có chữ nào"),
        (b" \n\r\n\t ", "a.txt", EmptyPlan, "không có chữ nào"),
        (b"\xef\xbb\xbf", "a.txt", EmptyPlan, "không có chữ nào"),
        (b"12 34 . 56\n", "a.txt", EmptyPlan, "không có chữ nào"),
        (bytes(range(32)) * 40 + b"abc", "a.txt", BinaryContent, "ký tự điều khiển"),
        (("Một dòng văn bản.\n" * 240_000).encode(), "a.txt", OversizedPlan, "quá giới hạn 2 MB"),
        (("Một dòng văn bản.\n" * 18_000).encode(), "a.txt", OversizedPlan, "trên 300 nghìn ký tự"),
        (ENGLISH.encode(), "a.txt", ForeignLanguage, "tiếng Việt"),
        (
            "Đây là một lá thư ngắn gửi bạn bè, không phải văn bản của cơ quan nào.".encode(),
            "a.txt",
            NoClauses,
            "đánh số",
        ),
    ],
)
def test_bad_file_is_refused_with_place_and_remedy(
    data: bytes, filename: str, error: type[PlanError], words: str
) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan(data, filename=filename)
    message = str(caught.value)
    assert (type(caught.value), message.startswith(f"{filename}: "), words in message) == (error, True, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_plan(encoding: str) -> None:
    assert read_plan(PLAN.encode(encoding), filename="a.txt") == read_plan(PLAN.encode(), filename="a.txt")


def test_decomposed_letters_and_windows_line_ends_give_the_same_targets() -> None:
    other = unicodedata.normalize("NFD", PLAN).replace("\n", "\r\n")
    assert read_plan(other.encode(), filename="a.txt").targets == read_plan(PLAN.encode(), filename="a.txt").targets


TYPED = (Path(__file__).resolve().parents[3] / "sample" / "ke-hoach-2020.txt").read_text(encoding="utf-8")


def of_windows(text: str) -> bytes:
    """As Windows-1258 stores it: letters with their hat or horn, tones as signs after them."""
    marked = (unicodedata.normalize("NFD", letter) for letter in text)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = "".join(
        unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in tones))
        + "".join(sign for sign in signs if sign in tones)
        for signs in marked
    )
    return apart.encode("cp1258")


def in_font(text: str, codes: dict[str, str]) -> str:
    letters: dict[str, str] = {}
    for typed, said in codes.items():
        letters.setdefault(said, typed)
    return "".join(letters.get(letter, letters.get(letter.lower(), letter)) for letter in text)


@pytest.mark.parametrize("stored", ["cp1258", "vni", "vni in unicode", "tcvn3", "tcvn3 in unicode"])
def test_a_plan_of_before_unicode_is_read(stored: str) -> None:
    if stored == "cp1258":
        data = of_windows(TYPED)
    else:
        typed = in_font(TYPED, _VNI if stored.startswith("vni") else _TCVN3)
        data = typed.encode("utf-8" if stored.endswith("unicode") else "cp1252")
    source = extract(data, filename="a.txt")
    # TCVN3 has most marked capitals only in fonts of capitals: "Ủy ban" comes back as "ủy ban"
    expected = TYPED.replace("Ủy ban", "ủy ban") if stored.startswith("tcvn3") else TYPED
    assert source.text == expected
    assert len(read_plan(data, filename="a.txt").targets) == 20


def test_plan_without_targets_says_so() -> None:
    text = "KẾ HOẠCH\nTuyên truyền pháp luật\n\nI. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ.\n"
    plan = read_plan(text.encode(), filename="a.txt")
    assert plan.targets == ()
    assert plan.warnings == (
        "Không xác định được cơ quan ban hành; hãy ghi tay khi xác nhận kế hoạch.",
        "Không tìm thấy chỉ tiêu nào trong văn bản; hãy kiểm tra lại, hoặc ghi chỉ tiêu bằng tay.",
    )


def test_five_megabytes_are_refused() -> None:
    with pytest.raises(OversizedPlan, match=r"5,\d MB"):
        read_plan(("1. Phấn đấu 90% hộ dân dùng nước sạch.\n" * 115_000).encode(), filename="dai.txt")
