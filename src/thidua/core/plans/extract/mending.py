"""What the recogniser of letters gets wrong where a plan's structure says better: list marks and stray capitals.

Only recognised pages are mended; letters that a file itself holds are never changed here. Words that are misread
are the task of repair.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.extract.source import Piece
from thidua.core.plans.markers import Marker, find_marker
from thidua.core.plans.sections import section_marks

_NUMBER = re.compile(r"(\d{1,2})[:;,]\s+(?=[^\W\d_])")
# Two dots of a semicolon may both come out round.
_COLON = re.compile(r"([^\W\d_]+):(?=\s+[^\W\d_])")
_OPENS_A_LIST = {"gồm", "sau", "đó", "thể", "là", "rằng", "dung", "theo", "dụ"}
_STRAY = re.compile(r"(?<=[a-zà-ỹ])[À-Ỹ]+\b")


def mended(paragraphs: Sequence[list[Piece]], pages: frozenset[int]) -> list[list[Piece]]:
    """Return the paragraphs with the list marks that are due, where the read ones look like them."""
    marks = section_marks([pieces[0].text for pieces in paragraphs], 0, len(paragraphs))
    result: list[list[Piece]] = []
    for index, pieces in enumerate(paragraphs):
        first, *rest = pieces
        if first.page in pages:
            pieces = _listed([_marked(first, marks.get(index)), *rest])
        result.append(pieces)
    return result


def small_letters(word: str) -> str:
    """Return a word without capitals that follow small letters: đỘ is độ."""
    return _STRAY.sub(lambda found: found[0].lower() if any(map(str.isupper, found[0])) else found[0], word)


def _marked(piece: Piece, due: Marker | None) -> Piece:
    if due is not None:
        read = find_marker(piece.text)
        same = read is not None and read.kind == "roman" and read.label == due.label
        return piece if same else _with_mark(piece, f"{due.label}.", due.length)
    number = _NUMBER.match(piece.text)
    return _with_mark(piece, f"{number.group(1)}.", number.end()) if number else piece


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
