"""Plain text: bytes → text, in UTF-8, UTF-16, Windows-1258 or one of the two fonts of before Unicode."""

from __future__ import annotations

import codecs
import contextlib

from thidua.core.plans.errors import UnknownEncoding
from thidua.core.plans.extract.kinds import not_a_text
from thidua.core.plans.extract.legacy import modern
from thidua.core.plans.extract.source import Source, clean, share_of_syllables

# The words of a text are Vietnamese at least in this share once its encoding is guessed rightly.
_CERTAIN = 0.6
_ONE_BYTE = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}


def read_text(data: bytes) -> Source:
    """Return the text of a file of plain text. Raises UnknownEncoding, BinaryContent."""
    text = _decode(data)
    odd = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    if odd * 200 > len(text):
        raise not_a_text()
    return Source(clean(modern(text)).replace("\u00ad", ""))


def _decode(data: bytes) -> str:
    encoding = _unicode(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnknownEncoding(
                f"byte thứ {error.start + 1} không phải mã UTF-16; hãy mở bằng trình soạn thảo, chọn Lưu thành với mã "
                "UTF-8 rồi nộp lại."
            ) from error
        if b"\x00" in data:
            raise not_a_text() from error
        return _of_one_byte(data, error.start)


def _unicode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    sample = data[:4000]
    if len(sample) >= 4 and sample.count(0) * 8 > len(sample):
        low, high = sample[0::2].count(0), sample[1::2].count(0)
        return "utf-16-be" if low > 4 * high else "utf-16-le" if high > 4 * low else "utf-8"
    return "utf-8"


def _of_one_byte(data: bytes, first: int) -> str:
    """Return text of one byte a letter: what Windows-1258 says, or the codes of an old font to be read later."""
    plain = data.decode("latin-1").translate(_ONE_BYTE)
    readings = [plain, modern(plain)]
    with contextlib.suppress(UnicodeDecodeError):
        readings.append(clean(data.decode("cp1258")))
    best = max(readings, key=_sense)
    if _sense(best) < _CERTAIN:
        raise UnknownEncoding(
            f"byte thứ {first + 1} không thuộc mã nào đọc được (UTF-8, UTF-16, Windows-1258, TCVN3, VNI); hãy mở bằng "
            "trình soạn thảo, chọn Lưu thành với mã UTF-8 rồi nộp lại."
        )
    return best


def _sense(text: str) -> float:
    """How much of the words that are not plain Latin can be Vietnamese."""
    return share_of_syllables(" ".join(word for word in text.split() if not word.isascii()))
