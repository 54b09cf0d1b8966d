"""Vietnamese as the rest of the house needs it: one normal form, comparison, name order, number words.

Everything here takes and returns plain strings; nothing reads a clock, a file or the network.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

# The newer spelling puts the tone on the last vowel of an open oa, oe, uy (hoà, uỷ); after q the u is
# part of the consonant, so "quý" has only one spelling.
_NEW_TONE_PLACE = re.compile(r"(?<![qQ])([oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\w)")

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
_RANKS = {
    "nhất": 1,
    "nhì": 2,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}


def nfc(text: str) -> str:
    """Return the text in Unicode NFC, the only form the house stores."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text lower-cased without any accent, đ written d: the form for accent-blind search."""
    lowered = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in lowered if not unicodedata.combining(c)).replace("đ", "d")


def place_tones(text: str) -> str:
    """Return the text with every tone where the older spelling puts it (hoà → hòa, uỷ → ủy)."""
    return _NEW_TONE_PLACE.sub(_move_tone, nfc(text))


def same_text(left: str, right: str) -> bool:
    """Tell whether two texts differ at most in case, Unicode form, spacing and tone placement."""
    return _comparable(left) == _comparable(right)


def name_sort_key(name: str) -> str:
    """Return a stored sort key for a person's name: given name, then middle names, then family name.

    The key holds decimal digits only, so every database collation orders it alike. Letters follow the
    Vietnamese alphabet (a ă â b c d đ …); equal letters are ordered by tone: level, huyền, hỏi, ngã,
    sắc, nặng. Characters outside the alphabet are skipped.
    """
    words = place_tones(name).lower().replace("-", " ").split()
    if not words:
        return ""
    ordered = [words[-1], *words[1:-1], *(words[:1] if len(words) > 1 else [])]
    return "000".join(_word_key(word) for word in ordered)


def in_words(number: int) -> str:
    """Return a whole number from 0 to under 10¹² in Vietnamese words, as written on decisions.

    Raises ValueError outside that range.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"số {number} nằm ngoài khoảng viết bằng chữ (0 đến dưới 1.000 tỷ)")
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    parts = [
        f"{_three_digits(group, leading=scale == len(groups) - 1)} {_SCALES[scale]}".strip()
        for scale, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(parts)


def rank_of(word: str) -> int | None:
    """Return the place that an ordinal word names ("nhất" → 1), or None."""
    return _RANKS.get(place_tones(word).lower())


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.group(1)[0], match.group(1)[1]
    marks = unicodedata.normalize("NFD", second)
    return nfc(first + marks[1:]) + marks[0]


def _comparable(text: str) -> str:
    return " ".join(place_tones(text).lower().split())


def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for character in word:
        marks = unicodedata.normalize("NFD", character)
        tone = next((TONES[mark] for mark in marks if mark in TONES), 0)
        bare = nfc("".join(mark for mark in marks if mark not in TONES))
        if bare in ALPHABET:
            letters.append(f"{ALPHABET.index(bare) + 10}")
            tones.append(str(tone))
    return "".join(letters) + "00" + "".join(tones)


def _three_digits(group: int, *, leading: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif units and words:
        words.append("linh")
    if units:
        words.append(_unit_word(units, tens))
    return " ".join(words)


def _unit_word(units: int, tens: int) -> str:
    if units == 5 and tens:
        return "lăm"
    if units == 1 and tens > 1:
        return "mốt"
    return _DIGITS[units]
