"""Accents that an engine with Vietnamese letters gets wrong ("thị đua", "tỉnh thần") → the words meant.

Such an engine writes real syllables, so only the words beside one tell. A word is a slip when it was seen with
neither neighbour in the papers of agencies, and exactly one word of the same letters was seen with both. People
slip too, but a few times in a long paper: only a text with many slips is an engine's, and only there they are mended.
A heading in capitals is mended anywhere, for its words are set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from thidua.core.plans.language import language
from thidua.core.plans.markers import in_capitals
from thidua.core.vietnamese import fold, place_tones

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\w\s]|\d")
_FEWEST = 2
_WORDS_A_SLIP = 400
WHY = "sai dấu khi nhận dạng chữ; đọc theo cụm từ thường gặp"
CONFIDENCE = 0.9


def find_slips(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return start, end and the word meant of each slip; headings' alone where too few are in the text."""
    found: list[tuple[int, int, str]] = []
    in_headings: list[tuple[int, int, str]] = []
    words = 0
    for start, end in spans:
        heading = in_capitals(text[start:end])
        for stretch in _stretches(text, start, end):
            words += len(stretch)
            (in_headings if heading else found).extend(_of_stretch(text, stretch, heading=heading))
    total = len(found) + len(in_headings)
    many = total >= _FEWEST and total * _WORDS_A_SLIP >= words
    return sorted(found + in_headings) if many else in_headings


def _stretches(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the words between two signs or numbers."""
    here: list[tuple[int, int]] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        if here and _BREAK.search(text, last, match.start()):
            yield here
            here = []
        here.append(match.span())
        last = match.end()
    if here:
        yield here


def _of_stretch(text: str, stretch: Sequence[tuple[int, int]], *, heading: bool) -> Iterator[tuple[int, int, str]]:
    seen = language().phrases
    low = [place_tones(text[start:end]).lower() for start, end in stretch]
    for at, word in enumerate(low):
        before = low[at - 1] if at else None
        after, later = (*low[at + 1 : at + 3], None, None)[:2]
        if (before, word) in seen or (word, after) in seen or after is None:
            continue
        if before is None and not (heading and (after, later) in seen):
            continue  # the first word has one neighbour only, too few but in a heading
        meant = [
            other
            for other in _same_letters().get(fold(word), ())
            if other != word and (other, after) in seen and (before is None or (before, other) in seen)
        ]
        if len(meant) == 1:
            start, end = stretch[at]
            yield start, end, _cased(meant[0], text[start:end])


def _cased(word: str, written: str) -> str:
    if written.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if written[0].isupper() else word


@lru_cache(maxsize=1)
def _same_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in language().alone:
        found.setdefault(fold(word), []).append(word)
    return found
