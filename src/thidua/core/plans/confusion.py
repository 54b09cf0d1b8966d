"""What a reader without Vietnamese letters makes of Vietnamese: letter → what it was taken for, at what cost.

A cost is about the negative natural logarithm of how often the letter is read so. The table follows from the
shapes: an engine that knows only Western letters drops a mark, takes it for another mark it knows (é for ế,
ể, ệ), or takes letter and mark together for another sign (6 for ó or ơ, ¢ for ệ, g for ợ, ir for ư, D and P
for Đ). It describes the engine's habits in general and was not fitted to any one text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from thidua.core.vietnamese import fold

_LOST = 0.8
_FAMILY: dict[str, dict[str, float]] = {
    # letters with a mark, by the family of their shape
    "a": {
        "a": _LOST,
        "á": 0.9,
        "à": 1.0,
        "â": 1.2,
        "ã": 1.2,
        "ä": 1.8,
        "å": 1.8,
        "é": 1.9,
        "d": 2.0,
        "4": 2.2,
        "3": 2.8,
        "o": 3.2,
        "@": 3.0,
        "f": 3.2,
        "i": 3.5,
        "ð": 3.0,
        "e": 3.0,
        "u": 3.8,
    },
    "â": {
        "a": _LOST,
        "â": 0.6,
        "á": 1.2,
        "é": 2.0,
        "4": 2.4,
        "d": 2.4,
        "f": 2.8,
        "ã": 1.8,
        "à": 1.8,
        "i": 3.0,
        "e": 2.8,
        "o": 3.2,
        "u": 3.5,
    },
    "ă": {
        "a": _LOST,
        "i": 1.8,
        "á": 1.2,
        "ä": 1.6,
        "ã": 1.4,
        "é": 2.0,
        "4": 2.6,
        "d": 2.4,
        "à": 1.6,
        "u": 3.0,
        "â": 1.4,
        "&": 2.6,
        "o": 3.2,
    },
    "e": {"e": _LOST, "é": 0.5, "è": 0.9, "ê": 1.2, "ẽ": 0.5, "c": 3.0, "ë": 1.6},
    "ê": {
        "é": 0.4,
        "e": 1.1,
        "ê": 0.6,
        "è": 1.2,
        "¢": 1.8,
        "€": 2.2,
        "&": 2.4,
        "ë": 1.8,
        "ê£": 2.0,
        "i": 3.0,
        "c": 3.2,
        "6": 3.2,
        "ù": 3.5,
        "u": 3.8,
        "ié": 3.2,
    },
    "o": {
        "o": _LOST,
        "ó": 0.8,
        "6": 1.5,
        "é": 1.7,
        "ò": 1.0,
        "0": 2.0,
        "d": 2.2,
        "õ": 1.2,
        "ö": 1.5,
        "ô": 1.6,
        "e": 3.2,
        "c": 3.4,
        "a": 3.2,
        "¢": 2.8,
        "i": 3.8,
        "u": 3.6,
    },
    "ô": {
        "o": _LOST,
        "6": 1.3,
        "é": 1.4,
        "ô": 0.7,
        "d": 1.8,
        "ó": 1.2,
        "0": 1.9,
        "ö": 1.5,
        "õ": 1.4,
        "ò": 1.6,
        "¢": 2.4,
        "9": 3.2,
        "i": 3.2,
        "@": 3.0,
        "$": 3.2,
        "e": 3.0,
        "a": 3.4,
        "u": 3.6,
        "w": 3.8,
    },
    "ơ": {
        "o": _LOST,
        "6": 1.6,
        "d": 1.7,
        "é": 1.8,
        "g": 2.2,
        "0": 2.0,
        "¢": 2.2,
        "@": 2.4,
        "ó": 1.6,
        "a": 2.3,
        "y": 2.6,
        "i": 3.0,
        "u": 3.0,
        "ò": 1.8,
        "e": 3.2,
        "q": 3.0,
        "w": 3.4,
        "ö": 1.8,
        "o'": 1.6,
        "ơ": 0.5,
        "or": 2.4,
        "c": 3.2,
        "&": 2.6,
    },
    "u": {
        "u": _LOST,
        "ú": 0.8,
        "ù": 0.9,
        "i": 1.9,
        "ti": 1.9,
        "ii": 2.0,
        "it": 2.2,
        "ui": 2.2,
        "y": 2.0,
        "û": 1.2,
        "ü": 1.2,
        "l": 2.8,
        "tt": 2.6,
        "a": 2.8,
        "fi": 2.4,
        "ut": 2.6,
        "n": 2.8,
        "d": 3.0,
        "ul": 2.6,
        "v": 2.8,
        "h": 3.4,
        "t": 3.0,
    },
    "ư": {
        "u": _LOST,
        "w": 1.6,
        "ir": 1.5,
        "it": 1.7,
        "tr": 1.8,
        "i": 1.9,
        "y": 2.0,
        "iv": 2.0,
        "ut": 2.1,
        "ii": 2.1,
        "tt": 2.1,
        "ti": 2.1,
        "if": 2.1,
        "v": 2.2,
        "uw": 2.0,
        "ur": 1.9,
        "wu": 2.4,
        "wo": 3.2,
        "tir": 2.6,
        "irr": 2.6,
        "ú": 1.6,
        "ù": 1.6,
        "r": 2.6,
        "f": 2.8,
        "g": 2.8,
        "o": 2.8,
        "ui": 2.4,
        "u'": 1.4,
        "im": 3.2,
        "t": 2.6,
        "rr": 2.4,
        "trr": 2.8,
        "hr": 2.8,
        "a": 3.2,
        "n": 3.2,
        "ư": 0.4,
        "ul": 2.6,
        "t¢": 2.8,
        "iy": 2.6,
        "d": 3.2,
        "fi": 2.6,
        "utr": 2.6,
        "ue": 3.0,
        "te": 3.0,
    },
    "i": {
        "i": 0.6,
        "í": 0.8,
        "ì": 0.9,
        "1": 2.4,
        "l": 2.4,
        "f": 3.0,
        "j": 2.6,
        "t": 3.2,
        "ï": 1.4,
        "î": 1.4,
        "!": 3.0,
        "d": 3.8,
    },
    "y": {"y": 0.6, "ý": 0.6, "¥": 1.2, "v": 2.4, "ÿ": 1.2, "f": 3.2, "g": 3.4, "w": 3.4},
}
_PLAIN: dict[str, dict[str, float]] = {
    "a": {"á": 2.8, "4": 3.2, "d": 3.4, "é": 3.2, "à": 2.8, "ã": 3.0, "o": 3.8, "u": 4.0},
    "e": {"é": 1.8, "c": 3.2, "ẽ": 2.0},
    "i": {"1": 2.4, "l": 2.4, "!": 3.0, "j": 3.0, "í": 2.0, "t": 3.4, "ï": 2.0},
    "o": {"0": 2.4, "6": 3.0, "ó": 2.6, "é": 3.4, "a": 3.8, "c": 3.6},
    "u": {"ii": 2.6, "n": 3.2, "i": 3.4, "ú": 2.6, "v": 3.4, "w": 3.6},
    "y": {"¥": 2.0, "v": 2.8, "ý": 2.2, "f": 3.8},
    "m": {"rn": 2.2, "in": 3.0, "n": 3.4},
    "n": {"ri": 3.2, "u": 3.4, "r": 3.6, "m": 3.6, "h": 3.8},
    "h": {"b": 3.4, "li": 3.2, "n": 3.6, "k": 3.8},
    "l": {"1": 1.2, "i": 2.2, "j": 1.9, "t": 3.2, "!": 2.6, "|": 2.0, "il": 3.2, "[": 3.0},
    "t": {"l": 3.0, "f": 3.0, "1": 3.4, "i": 3.4, "r": 3.6},
    "c": {"e": 2.6, "é": 3.2, "o": 3.4, "€": 3.4, "¢": 2.2},
    "g": {"q": 2.8, "ø": 3.0, "p": 3.8, "y": 3.8, "s": 3.8},
    "b": {"h": 3.4, "6": 3.2, "8": 3.4, "p": 3.6},
    "s": {"5": 3.0, "$": 3.2, "8": 3.6},
    "v": {"y": 3.0, "u": 3.4},
    "đ": {
        "d": 0.3,
        "p": 2.4,
        "b": 2.4,
        "a": 3.2,
        "ð": 0.8,
        "ä": 2.6,
        "ả": 3.0,
        "đ": 0.0,
        "i": 3.6,
        "đi": 3.0,
        "t": 3.8,
    },
    "d": {"đ": 3.0, "a": 3.6, "i": 3.8},
    "q": {"g": 3.2},
    "r": {"t": 3.6, "i": 3.6},
    "k": {"h": 3.6, "l": 3.8},
    "p": {"d": 3.6, "q": 3.8},
    "x": {"k": 3.8},
}
_EXACT = 0.05
# Tones that sit under the letter are lost more often than taken for another mark; ¢ and g show a dot below.
_BELOW = "\u0323"


@lru_cache(maxsize=1)
def readings() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return, for each string an engine may write, the letters it may stand for and at what cost."""
    inverse: dict[str, dict[str, float]] = {}
    for letter in _letters():
        for written, cost in _written(letter).items():
            known = inverse.setdefault(written, {})
            known[letter] = min(cost, known.get(letter, 99.0))
    return {written: tuple(letters.items()) for written, letters in inverse.items()}


def _letters() -> list[str]:
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    vowels = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones]
    return [*vowels, *"bcdđghklmnpqrstvx"]


def _written(letter: str) -> dict[str, float]:
    base = fold(letter)
    if letter == base or letter == "đ":
        return {letter: _EXACT, **_PLAIN.get(letter, {})} if letter != "đ" else dict(_PLAIN["đ"])
    marks = unicodedata.normalize("NFD", letter)
    shape = unicodedata.normalize(
        "NFC", "".join(mark for mark in marks if mark not in "\u0300\u0301\u0303\u0309\u0323")
    )
    costs = dict(_FAMILY[shape])
    if shape in "aâă" and "\u0301" not in marks and "\u0309" not in marks:
        costs["é"] += 0.8  # é is what is left of a rising stroke
    if _BELOW not in marks:
        for sign in ("¢", "g"):
            if sign in costs:
                costs[sign] += 1.6
    elif "¢" in costs:
        costs["¢"] -= 0.5
    costs[letter] = 0.2
    return costs
