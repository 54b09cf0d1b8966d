"""Bad input: each kind gets its own error with a place and a remedy, never an empty plan that looks fine."""

from __future__ import annotations

import unicodedata

import pytest

from thidua.core.plans import PlanError, read_plan
from thidua.core.plans.errors import (
    BinaryContent,
    EmptyPlan,
    ForeignLanguage,
    NoClauses,
    OversizedPlan,
    UnknownEncoding,
    UnsupportedFormat,
)

PLAN = "KẾ HOẠCH\nThi đua năm 2026\n\nI. CHỈ TIÊU\n\n1. Phấn đấu 90% công chức đạt Lao động tiên tiến.\n"
ENGLISH = "PLAN\n\nI. Purpose\n\nThis document describes the yearly goals of the department and its branches.\n" * 3


@pytest.mark.parametrize(
    ("data", "filename", "error", "words"),
    [
        (b"", "a.txt", EmptyPlan, "không có chữ nào"),
        (b" \n\r\n\t ", "a.txt", EmptyPlan, "không có chữ nào"),
        (b"\xef\xbb\xbf", "a.txt", EmptyPlan, "không có chữ nào"),
        (b"12 34 . 56\n", "a.txt", EmptyPlan, "không có chữ nào"),
        (b"%PDF-1.7 ...", "a.pdf", UnsupportedFormat, "lưu nội dung thành văn bản thuần .txt"),
        (b"%PDF-1.7 ...", "a.txt", BinaryContent, "thật ra là tệp PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.txt", BinaryContent, "ảnh PNG"),
        (bytes(range(32)) * 40 + b"abc", "a.txt", BinaryContent, "ký tự điều khiển"),
        ("KẾ HOẠCH".encode("cp1258", "replace") + b"\xff\xfe\xd0", "a.txt", UnknownEncoding, "UTF-8"),
        (("Một dòng văn bản.\n" * 240_000).encode(), "a.txt", OversizedPlan, "quá giới hạn 2 MB"),
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


def test_plan_without_targets_says_so() -> None:
    text = "KẾ HOẠCH\nTuyên truyền pháp luật\n\nI. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ.\n"
    plan = read_plan(text.encode(), filename="a.txt")
    assert plan.targets == ()
    assert plan.warnings == (
        "Không xác định được cơ quan ban hành; hãy ghi tay khi xác nhận kế hoạch.",
        "Không tìm thấy chỉ tiêu nào trong văn bản; hãy kiểm tra lại, hoặc ghi chỉ tiêu bằng tay.",
    )


def test_five_megabytes_are_refused() -> None:
    with pytest.raises(OversizedPlan, match=r"5\.\d MB"):
        read_plan(("1. Phấn đấu 90% hộ dân dùng nước sạch.\n" * 115_000).encode(), filename="dai.txt")
