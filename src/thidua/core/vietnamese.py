"""Vietnamese as the rest of the house needs it: one normal form, comparison, name order, number words.

Everything here takes and returns plain strings; nothing reads a clock, a file or the network.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

# The newer spelling puts the tone on the last vowel of an open oa, oe, uy (hoà, uỷ); after q the u is
# part of the consonant, so "quý" has only one spelling.
_NEW_TONE_PLACE = re.compile(r"(?<![qQ])([oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\w)")

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_RIME = (
    r"(?:uyê(?:n|t)|uya|uyu|uy(?:nh|ch|n|t|p)?|oa(?:i|y|o|n[gh]?|m|c|ch|t|p)?|oă(?:n|ng|m|c|t)|oe(?:o|n|t|m|ng)?|oo(?:n|ng|c)"
    r"|uâ(?:n|ng|t|y|c)|uê(?:ch|nh|n)?|uơ|iê(?:u|m|n|ng|p|t|c)|yê(?:u|m|n|ng|t)|ươ(?:i|u|m|n|ng|p|t|c)|uô(?:i|m|n|ng|t|c)"
    r"|ia|ya|ua|ưa|a(?:i|y|o|u|n[gh]?|m|c|ch|t|p)?|ă(?:n|ng|m|c|t|p)|â(?:n|ng|m|c|t|p|y|u)|e(?:o|n|ng|m|c|t|p)?"
    r"|ê(?:u|n|nh|m|ch|t|p|nh)?|i(?:u|n|nh|m|ch|t|p)?|o(?:i|n|ng|m|c|t|p)?|ô(?:i|n|ng|m|c|t|p)?|ơ(?:i|n|m|t|p)?"
    r"|u(?:i|n|ng|m|c|t|p|y)?|ư(?:i|u|n|ng|m|c|t)?|y)"
)
_SYLLABLE = re.compile(_ONSET + _RIME + r"\Z")
_STOP = re.compile(r"(?:ch|[cpt])\Z")

# TCVN3 (the .VnTime fonts): one byte a letter; capitals with a tone are the small letters in a font of capitals.
_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢£¤¥¦§",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
# VNI-Windows: a letter and a sign after it; i, y and đ are one sign.
_VNI_SIGNS = {
    "a": ("øùûõïêéèúüëâáàåãä", "àáảãạăắằẳẵặâấầẩẫậ"),
    "e": ("øùûõïâáàåãä", "èéẻẽẹêếềểễệ"),
    "o": ("øùûõïâáàåãä", "òóỏõọôốồổỗộ"),
    "u": ("øùûõï", "ùúủũụ"),
    "y": ("øùûõ", "ỳýỷỹ"),
    "ô": ("øùûõï", "ờớởỡợ"),
    "ö": ("øùûõï", "ừứửữự"),
}
_VNI_ALONE = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
_VNI = {base + sign: letter for base, both in _VNI_SIGNS.items() for sign, letter in zip(*both, strict=True)}
_VNI |= _VNI_ALONE
_VNI |= {written.upper(): letter.upper() for written, letter in _VNI.items()}
_VNI |= {written[0].upper() + written[1]: letter.upper() for written, letter in _VNI.items() if len(written) == 2}
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Đ in abbreviations, which are no syllables: Q§, L§TT; QÑ, LÑTT.
_ABBREVIATED = {"tcvn3": re.compile("[A-Z]§|§[A-Z]"), "vni": re.compile("[A-Z]Ñ(?![a-z])|(?<![A-Za-z])Ñ[A-Z]")}
_FONT_WORD = re.compile(r"[^\s\x00-\x2f:;<=>?@\[\]{|}]+")

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


def plain_fold(text: str) -> str:
    """Return the text folded character by character, so that offsets stay the same."""
    return "".join(fold(c)[:1] or c for c in text)


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


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word can be a Vietnamese syllable; a stop at the end needs sắc or nặng."""
    marks = unicodedata.normalize("NFD", word)
    tones = [mark for mark in marks if mark in TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    if not _SYLLABLE.match(bare):
        return False
    return not _STOP.search(bare) or (len(tones) == 1 and tones[0] in "\u0301\u0323")


def of_tcvn3(text: str) -> str:
    """Return text typed in a TCVN3 (ABC) font as Unicode; the codes are those of Windows-1252."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def of_vni(text: str) -> str:
    """Return text typed in a VNI font as Unicode; the codes are those of Windows-1252."""
    return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], text)


LEGACY: dict[str, Callable[[str], str]] = {"tcvn3": of_tcvn3, "vni": of_vni}


def font_of(text: str) -> str:
    """Return how a text is coded: "tcvn3", "vni", "unicode", or "" where it does not show.

    Unicode shows by a letter that no old font has; an old font by words that are no syllables until they are read
    in it. Words without signs tell nothing.
    """
    letters = {letter for letter in nfc(text) if ord(letter) > 127}
    if not letters:
        return ""
    if any(ord(letter) > 255 and letter.isalpha() for letter in letters):
        return "unicode"
    read = {"unicode": _sound(text), **{font: _sound(convert(text)) for font, convert in LEGACY.items()}}
    best = max(read.values())
    fonts = [font for font, share in read.items() if share == best]
    if len(fonts) == 1 and best > 0:
        return fonts[0]
    return next((font for font, pattern in _ABBREVIATED.items() if pattern.search(text)), "")


def of_legacy_fonts(texts: Sequence[str]) -> list[str]:
    """Return texts of one table in Unicode: each by its own coding, those that do not show it by that of the others.

    Where nothing shows an old font, nothing is changed.
    """
    fonts = [font_of(text) for text in texts]
    shown = Counter(font for font in fonts if font)
    usual = shown.most_common(1)[0][0] if shown else "unicode"
    return [
        LEGACY[font](text) if (font := own or usual) in LEGACY else text for text, own in zip(texts, fonts, strict=True)
    ]


def _sound(text: str) -> float:
    """The share of a text's words with signs that can be syllables."""
    words = [nfc(word).lower() for word in _FONT_WORD.findall(text) if not word.isascii()]
    sounding = [word for word in words if is_syllable(word) and (word[0] != "q" or word[1:2] == "u")]
    return len(sounding) / len(words) if words else 1.0


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
