"""Words of a reading that a person corrects: the text and the repairs that still stand in it.

Repairs beside the corrected words move with the text; those within them give way to one repair that names what stood
in the file and what the person made of it. Words put back as they stood in the file leave no repair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from thidua.core.plans.plan import Repair
from thidua.core.vietnamese import nfc

BY_HAND = "người đối chiếu sửa"
NOWHERE = 0  # page, line and source of words that the reader had not touched: not kept by a reading
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


def repair_from_json(row: Mapping[str, Any]) -> Repair:
    """The repair that a reading's JSON holds."""
    rest = {name: value for name, value in row.items() if name not in ("from", "to")}
    return Repair(before=row["from"], after=row["to"], **rest)


def tidy(words: str) -> str:
    """Typed text as a reading holds it: NFC, one space between words, one line feed between paragraphs."""
    lines = (" ".join(line.split()) for line in nfc(words).replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def correct_words(
    text: str, repairs: Sequence[Repair], *, start: int, end: int, words: str
) -> tuple[str, tuple[Repair, ...]]:
    """Return text and repairs with the words from `start` to `end` (code points, end exclusive) replaced."""
    touched = [one for one in repairs if one.start < end and one.end > start]
    first = min([start, *(one.start for one in touched)])
    last = max([end, *(one.end for one in touched)])
    words = text[first:start] + words + text[end:last]
    shift = len(words) - (last - first)
    kept = [one for one in repairs if one not in touched]
    stand = [one if one.end <= first else replace(one, start=one.start + shift, end=one.end + shift) for one in kept]
    received = _received(text, touched, first, last)
    if received != words:
        stand.append(_by_hand(received, words, first, touched))
    return text[:first] + words + text[last:], tuple(sorted(stand, key=lambda one: (one.start, one.end)))


def correct_passage(
    text: str, repairs: Sequence[Repair], *, start: int, end: int, words: str
) -> tuple[str, tuple[Repair, ...]]:
    """Return text and repairs with a passage typed anew; only the words that differ are replaced."""
    old, new = _WORDS.findall(text[start:end]), _WORDS.findall(words)
    places = [start]
    for token in old:
        places.append(places[-1] + len(token))
    # from the end on, so that the places before stay right
    for kind, low, high, first, last in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if kind != "equal":
            typed = "".join(new[first:last])
            text, repairs = correct_words(text, repairs, start=places[low], end=places[high], words=typed)
    return text, tuple(repairs)


def _received(text: str, touched: Sequence[Repair], first: int, last: int) -> str:
    """A passage with its repairs taken back."""
    parts, place = [], first
    for one in touched:
        parts += [text[place : one.start], one.before]
        place = one.end
    return "".join([*parts, text[place:last]])


def _by_hand(received: str, words: str, start: int, touched: Sequence[Repair]) -> Repair:
    origin = touched[0] if touched else None
    return Repair(
        before=received,
        after=words,
        start=start,
        end=start + len(words),
        source_start=origin.source_start if origin else NOWHERE,
        source_end=touched[-1].source_end if origin else NOWHERE,
        page=origin.page if origin else NOWHERE,
        line=origin.line if origin else NOWHERE,
        why=BY_HAND,
        confidence=1.0,
    )
