"""Bytes of a file → the text in it, with the page and line of every character.

Read now: `.txt` and `.md` in UTF-8 (with or without BOM) or UTF-16 (with BOM, or recognisable by its zero
bytes). A form feed begins a new page. At most MAX_BYTES, which is about forty times the longest plan seen:
a larger file is some other document or a mistake, and is refused before anything is read.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from thidua.core.plans.errors import (
    BinaryContent,
    EmptyPlan,
    OversizedPlan,
    UnknownEncoding,
    UnsupportedFormat,
)
from thidua.core.vietnamese import nfc

MAX_BYTES = 2 * 1024 * 1024

_TEXT_SUFFIXES = {".txt", ".md", ".text"}
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word hoặc ZIP"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"\xd0\xcf\x11\xe0", "Word 97"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"GIF8", "ảnh GIF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x7fELF", "chương trình"),
    (b"MZ", "chương trình"),
)


@dataclass(frozen=True)
class Source:
    """The text of a file: NFC, every line end one line feed, form feeds kept as page marks."""

    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c in "\n\f")]

    @cached_property
    def _page_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\f")]

    def place(self, offset: int) -> tuple[int, int]:
        """Return page and line of a character, both from 1; lines count within their page."""
        page = bisect_right(self._page_starts, offset)
        first = bisect_right(self._line_starts, self._page_starts[page - 1])
        return page, bisect_right(self._line_starts, offset) - first + 1


def extract(data: bytes, *, filename: str) -> Source:
    """Return the text of a file; raise a PlanError whose message says what to do instead."""
    suffix = PurePath(filename).suffix.lower()
    if len(data) > MAX_BYTES:
        raise OversizedPlan(
            f"{filename}: tệp nặng {len(data) / 1048576:.1f} MB, quá giới hạn 2 MB của một bản kế hoạch; "
            "hãy tách riêng phần kế hoạch rồi nộp lại."
        )
    if not data.strip(b"\x00\t\n\r\f \xef\xbb\xbf\xff\xfe"):
        raise EmptyPlan(f"{filename}: tệp không có chữ nào; hãy kiểm tra lại tệp đã chọn.")
    if suffix not in _TEXT_SUFFIXES:
        raise UnsupportedFormat(
            f"{filename}: chưa đọc được định dạng “{suffix or 'không có đuôi'}”; hãy mở tệp, lưu nội dung "
            "thành văn bản thuần .txt (mã UTF-8) rồi nộp lại."
        )
    text = nfc(_decode(data, filename))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not any(character.isalpha() for character in text):
        raise EmptyPlan(f"{filename}: tệp không có chữ nào; hãy kiểm tra lại tệp đã chọn.")
    return Source(text)


def _decode(data: bytes, filename: str) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _binary(filename, f"thật ra là tệp {kind}")
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(
            f"{filename}: byte thứ {error.start + 1} không phải mã UTF-8 hay UTF-16 (có thể là TCVN3, VNI); "
            "hãy mở bằng trình soạn thảo, chọn Lưu thành với mã UTF-8 rồi nộp lại."
        ) from error
    odd = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    if odd * 200 > len(text):
        raise _binary(filename, "chứa ký tự điều khiển, không phải văn bản")
    # Stray control characters carry no words but would break JSON viewers and printed reports.
    return "".join(" " if c < " " and c not in "\n\r\f" else c for c in text)


def _binary(filename: str, what: str) -> BinaryContent:
    return BinaryContent(
        f"{filename}: mang tên văn bản nhưng {what}; hãy lưu nội dung thành .txt (mã UTF-8) rồi nộp lại."
    )


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    sample = data[:4000]
    if len(sample) >= 4 and sample.count(0) * 8 > len(sample):
        low, high = sample[0::2].count(0), sample[1::2].count(0)
        return "utf-16-be" if low > 4 * high else "utf-16-le" if high > 4 * low else "utf-8"
    return "utf-8"
