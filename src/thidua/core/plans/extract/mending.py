"""What the recogniser of letters gets wrong where a plan's structure says better: list marks and stray capitals.

Only recognised pages are mended; letters that a file itself holds are never changed here. Words that are misread
are the task of repair.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.extract.source import Piece

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_HEADING = re.compile(r"([IVXHLUlT1|]{1,5})(?:\s?[.,:;]\s?|\s+)(?=[^\W\d_a-z]{2})")
_NUMBER = re.compile(r"(\d{1,2})[:;,]\s+(?=[^\W\d_])")
# One upright stroke is I, l, 1 or |; two that touch look like H, U or L with its foot.
_STROKES = str.maketrans({"H": "11", "U": "11", "L": "1", "I": "1", "l": "1", "|": "1", "T": "1"})
# Two dots of a semicolon may both come out round.
_COLON = re.compile(r"([^\W\d_]+):(?=\s+[^\W\d_])")
_OPENS_A_LIST = {"gồm", "sau", "đó", "thể", "là", "rằng", "dung", "theo", "dụ"}
_STRAY = re.compile(r"(?<=[a-zà-ỹ])[À-Ỹ]+\b")


def mended(paragraphs: Sequence[list[Piece]], pages: frozenset[int]) -> list[list[Piece]]:
    """Return the paragraphs with the list marks that are due, where the read ones look like them."""
    due = 1
    result: list[list[Piece]] = []
    for pieces in paragraphs:
        first, *rest = pieces
        if first.page in pages:
            first, due = _marked(first, due)
            pieces = _listed([first, *rest])
        result.append(pieces)
    return result


def small_letters(word: str) -> str:
    """Return a word without capitals that follow small letters: đỘ is độ."""
    return _STRAY.sub(lambda found: found[0].lower() if any(map(str.isupper, found[0])) else found[0], word)


def _marked(piece: Piece, due: int) -> tuple[Piece, int]:
    text = piece.text
    heading = _HEADING.match(text)
    if heading and _is_heading(text[heading.end() :]) and due < len(_ROMANS):
        read = heading.group(1)
        if read in _ROMANS and read != _ROMANS[due - 1] and not _alike(read, _ROMANS[due - 1]):
            return piece, _ROMANS.index(read) + 2
        if _alike(read, _ROMANS[due - 1]):
            return _with_mark(piece, f"{_ROMANS[due - 1]}.", heading.end()), due + 1
    number = _NUMBER.match(text)
    return _with_mark(piece, f"{number.group(1)}.", number.end()) if number else piece, due


def _with_mark(piece: Piece, mark: str, end: int) -> Piece:
    """Return a line with another list mark before its words, which begin at `end`."""
    read = piece.text[:end].strip()
    mends = ((0, len(mark), read),) if read != mark else ()
    return replace(piece, text=f"{mark} {piece.text[end:]}", mends=mends)


def _listed(pieces: Sequence[Piece]) -> list[Piece]:
    """Read a colon inside an enumeration as the semicolon it is, unless the word before it opens a list."""
    listed: list[Piece] = []
    seen = False
    for piece in pieces:
        text, mends = piece.text, list(piece.mends)
        for found in _COLON.finditer(text):
            if not text[found.end() :].lstrip()[:1].islower():
                continue
            if (seen or ";" in text[: found.start()]) and found.group(1).lower() not in _OPENS_A_LIST:
                text = f"{text[: found.end() - 1]};{text[found.end() :]}"
                mends.append((found.end() - 1, found.end(), ":"))
        seen = seen or ";" in text
        listed.append(replace(piece, text=text, mends=tuple(mends)))
    return listed


def _is_heading(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    return len(words.split()) > 1 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _alike(read: str, due: str) -> bool:
    """Tell whether two marks differ by no more than one upright stroke."""
    one, other = read.translate(_STROKES), due.translate(_STROKES)
    return one.replace("1", "") == other.replace("1", "") and abs(one.count("1") - other.count("1")) <= 1
