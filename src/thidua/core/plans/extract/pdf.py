"""PDF → words with their places on each page, and which pages are pictures only. Runs confined.

A page is rendered or read only after its size, its objects and its pictures' dimensions were looked at.
Places are in points from the upper left corner of the page as it is seen.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from thidua.core.plans.errors import DamagedFile, OversizedPlan, PlanError, ProtectedFile
from thidua.core.plans.extract.pictures import MAX_DOTS, too_many_dots
from thidua.core.plans.extract.source import share_of_marks, share_of_syllables

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
MAX_OBJECTS = 200_000
MAX_RULES = 2_000
# The longest side of a page that is read: A0.
MAX_SIDE = 3400.0
_COVERED = 0.6
_FEW = 20
# The narrowest space between words, in ems; letters of one word touch.
_SPACE = 0.1
# What PDFium gives for a hyphen at the end of a line.
_HYPHEN = 2

Word = tuple[float, float, float, float, str, float]


def words_of_pdf(data: bytes) -> dict[str, object]:
    """Return each page's width, height, words [left, top, right, bottom, text, size], and whether to look at it.

    "look" is "must" for a page without letters but with something drawn, "may" for one whose letters stand under
    a scan and read badly. Faults come back by name, as the task runs in a process of its own.
    """
    try:
        with _opened(data) as document:
            return {"pages": [_page(document, number) for number in range(len(document))]}
    except PlanError as error:
        return {"fault": type(error).__name__, "said": str(error)}


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise ProtectedFile(
                "tệp PDF khóa bằng mật khẩu; hãy mở tệp, in lại hoặc lưu lại thành PDF không mật khẩu rồi nộp lại."
            ) from error
        raise DamagedFile("tệp PDF bị hỏng hoặc tải về chưa hết; hãy tải lại hoặc xuất lại PDF rồi nộp lại.") from error
    if len(document) > MAX_PAGES:
        raise OversizedPlan(
            f"tệp PDF có {len(document)} trang, quá giới hạn {MAX_PAGES} trang; hãy tách riêng phần kế "
            "hoạch rồi nộp lại."
        )
    return document


def _page(document: pypdfium2.PdfDocument, number: int) -> dict[str, object]:
    page = _loaded(document, number)
    width, height = page.get_size()
    words = _words(page)
    text = " ".join(word[4] for word in words)
    look, rules = _look(page, number, text)
    return {"width": width, "height": height, "words": words, "look": look, "rules": rules}


def _loaded(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(f"trang {number + 1} của tệp PDF bị hỏng; hãy xuất lại PDF rồi nộp lại.") from error
    if max(page.get_size()) > MAX_SIDE or min(page.get_size()) <= 0:
        size = " × ".join(f"{side * 25.4 / 72:.0f}" for side in page.get_size())
        raise OversizedPlan(f"trang {number + 1} khổ {size} mm, lớn hơn khổ A0; hãy xuất lại PDF khổ A4 rồi nộp lại.")
    return page


def _look(page: pypdfium2.PdfPage, number: int, text: str) -> tuple[str, list[tuple[float, float, float]]]:
    """Tell whether a page is to be read as a picture, and give the lines drawn across it [height, left, right].

    Raises OversizedPlan for pictures of too many dots and for pages drawn of too many strokes.
    """
    width, height = page.get_size()
    turn = _Turn(page)
    rules: list[tuple[float, float, float]] = []
    covered, count = 0.0, 0
    for count, drawn in enumerate(page.get_objects(max_depth=3), 1):
        if count > MAX_OBJECTS:
            raise OversizedPlan(
                f"trang {number + 1} có quá nhiều nét vẽ (trên {MAX_OBJECTS}); hãy in lại thành PDF đơn "
                "giản rồi nộp lại."
            )
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            dots = drawn.get_px_size()
            if dots[0] * dots[1] > MAX_DOTS:
                raise too_many_dots(*dots, page=number + 1)
            left, bottom, right, top = drawn.get_bounds()
            covered += abs(right - left) * abs(top - bottom) / (width * height)
        elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH and drawn.level == 0 and len(rules) < MAX_RULES:
            left, bottom, right, top = drawn.get_bounds()
            left, high, right, low = turn.seen(left, top, right, bottom)
            if right - left > 20:
                rules += [(round(height, 2), left, right) for height in sorted({high, low}) if low - high < 4]
    letters = sum(map(str.isalpha, text))
    if letters < _FEW:
        return "must" if count and (covered > 0.1 or letters == 0) else "", rules
    garbled = share_of_syllables(text) < 0.2
    hidden = covered > _COVERED and (share_of_syllables(text) < 0.6 or share_of_marks(text) < 0.4)
    return "may" if garbled or hidden else "", rules


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter with the signs on it: where it stands on its base line, and the size it is set in."""

    left: float
    right: float
    base: float
    text: str
    size: float


def _words(page: pypdfium2.PdfPage) -> list[Word]:
    """Return the words of a page.

    Letters are put together by where they stand, not by the order they are drawn in: where a font lacks marked
    letters, they are drawn after all others from another one. All words on a line get the same box of one em.
    """
    words: list[Word] = []
    for line in _lines(_letters(page)):
        open_: list[_Letter] = []
        for letter in line:
            space = letter.text == " "
            if open_ and (space or letter.left - open_[-1].right > _SPACE * max(letter.size, open_[-1].size)):
                words.append(_word(open_))
                open_ = []
            if not space:
                open_.append(letter)
        if open_:
            words.append(_word(open_))
    return words


def _lines(letters: Iterable[_Letter]) -> Iterator[list[_Letter]]:
    """Yield the letters that share a base line, from left to right; a letter drawn twice (bold) counts once."""
    lines: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda letter: (letter.base, letter.left)):
        if lines and letter.base - lines[-1][0].base < 0.12 * letter.size:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    for line in lines:
        kept: list[_Letter] = []
        for letter in sorted(line, key=lambda letter: letter.left):
            twice = any(
                letter.text == other.text and letter.left - other.left < 0.15 * letter.size for other in kept[-2:]
            )
            if not twice:
                kept.append(letter)
        yield kept


def _word(letters: Sequence[_Letter]) -> Word:
    size = max(letter.size for letter in letters)
    base = letters[0].base
    text = "".join(letter.text for letter in letters)
    left, right = letters[0].left, max(letter.right for letter in letters)
    return (
        round(left, 2),
        round(base - 0.75 * size, 2),
        round(right, 2),
        round(base + 0.25 * size, 2),
        text,
        round(size, 2),
    )


def _letters(page: pypdfium2.PdfPage) -> list[_Letter]:
    text = page.get_textpage()
    raw, count = text.raw, text.count_chars()
    if count > MAX_CHARACTERS:
        raise OversizedPlan("tệp PDF có quá nhiều chữ; hãy tách riêng phần kế hoạch rồi nộp lại.")
    turn = _Turn(page)
    box, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    letters: list[_Letter] = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 or not _is_letter(code):
            continue
        letter = "-" if code == _HYPHEN else " " if chr(code).isspace() else chr(code)
        if letters and "\u0300" <= letter <= "\u036f":
            letters[-1] = replace(letters[-1], text=letters[-1].text + letter)
            continue
        if not turn.upright(pdfium.FPDFText_GetCharAngle(raw, index)):
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
        pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix))
        left, _, right, _ = turn.seen(box.left, box.top, box.right, box.bottom)
        _, base, _, _ = turn.seen(x.value, y.value, x.value, y.value)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        letters.append(_Letter(left, right, base, letter, size if 1 < size < 500 else max(right - left, 1.0)))
    return letters


def _is_letter(code: int) -> bool:
    if code in (_HYPHEN, 0xAD) or 0xE000 <= code <= 0xF8FF:
        return True
    return 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 and (chr(code).isprintable() or chr(code).isspace())


class _Turn:
    """How the page is turned for its reader: boxes as drawn → boxes as seen, from the upper left corner."""

    def __init__(self, page: Any) -> None:
        self.angle = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    def upright(self, angle: float) -> bool:
        """Tell whether a letter drawn at an angle (radians) stands upright on the page as seen."""
        if angle < 0:
            return True  # unknown
        return math.cos(angle - math.radians(self.angle)) > 0.9

    def seen(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        if self.angle == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.angle == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.angle == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom
