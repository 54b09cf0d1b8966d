"""Accents that an engine with Vietnamese letters gets wrong ("thị đua", "tỉnh thần") → the words meant.

Such an engine writes real syllables, so only the words beside one tell. A word is a slip when it was seen with
neither neighbour in the papers of agencies, and exactly one word of the same letters was seen with both. People
slip too, but a few times in a long paper: only a text with many slips is an engine's, and only there they are mended.
A heading in capitals, known by its mark or its first words, is mended anywhere and as a whole, for its words are set:
the likeliest row of words of its letters is taken where it is far likelier than what stands there ("CHỈ TIỂU PHẦN
ĐẤU").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from thidua.core.plans.language import language
from thidua.core.plans.markers import find_marker, in_capitals
from thidua.core.plans.sections import is_usual, opens_section
from thidua.core.vietnamese import fold, place_tones

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\w\s]|\d")
_SPECK = re.compile(r"(?<=[^\W\d_]{3})(?<!\bTHS)([.'’‘:·])(?=\s?[^\W\d_]{2})")
_FEWEST = 2
_WORDS_A_SLIP = 400
_CHANGED, _CLEARLY = 3.0, 4.0
WHY = "sai dấu khi nhận dạng chữ; đọc theo cụm từ thường gặp"
WHY_SPECK = "vết bẩn giữa các từ của đề mục trên ảnh quét"
CONFIDENCE = 0.9


def find_slips(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return start, end and the word meant of each slip; headings' alone where too few are in the text."""
    found: list[tuple[int, int, str]] = []
    in_headings: list[tuple[int, int, str]] = []
    words = 0
    for start, end in spans:
        paragraph = text[start:end]
        marked = find_marker(paragraph) is not None or opens_section(paragraph)
        heading = in_capitals(paragraph) and (marked or is_usual(paragraph))
        for stretch in _stretches(text, start, end):
            words += len(stretch)
            if heading:
                in_headings.extend(_of_heading(text, stretch))
            else:
                found.extend(_of_stretch(text, stretch))
    total = len(found) + len(in_headings)
    many = total >= _FEWEST and total * _WORDS_A_SLIP >= words
    return sorted(found + in_headings) if many else in_headings


def find_specks(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the specks between the words of headings in capitals of a damaged page ("TỔ. CHỨC", "TRỌNG.TÂM")."""
    for start, end in spans:
        if in_capitals(text[start:end]):
            for found in _SPECK.finditer(text, start, end):
                yield found.start(1), found.end(1), "" if text[found.end(1)].isspace() else " "


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


def _of_heading(text: str, stretch: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a heading that the likeliest row of words of the same letters has otherwise."""
    model = language()
    low = [place_tones(text[start:end]).lower() for start, end in stretch]
    rows: list[dict[str, tuple[float, tuple[str, ...]]]] = []
    for at, word in enumerate(low):
        row: dict[str, tuple[float, tuple[str, ...]]] = {}
        for other in {word, *_same_letters().get(fold(word), ())}:
            price = _CHANGED * (other != word)
            ways = [
                (cost + model.cost(other, left), path) for left, (cost, path) in (rows[at - 1] if at else {}).items()
            ]
            cost, path = min(ways, default=(model.cost(other), ()))
            row[other] = (cost + price, (*path, other))
        rows.append(row)
    written = sum(model.cost(word, low[at - 1] if at else None) for at, word in enumerate(low))
    cost, best = min(rows[-1].values())
    if written - cost < _CLEARLY:
        return
    for (start, end), word, meant in zip(stretch, low, best, strict=True):
        if word != meant:
            yield start, end, _cased(meant, text[start:end])


def _of_stretch(text: str, stretch: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    seen = language().phrases
    low = [place_tones(text[start:end]).lower() for start, end in stretch]
    for at, word in enumerate(low):
        before = low[at - 1] if at else None
        after = low[at + 1] if at + 1 < len(low) else None
        if (before, word) in seen or (word, after) in seen or before is None or after is None:
            continue  # the first and the last word have one neighbour only, too few
        meant = [
            other
            for other in _same_letters().get(fold(word), ())
            if other != word and (other, after) in seen and (before, other) in seen
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
