"""Text typed in a font of before Unicode (TCVN3, VNI), wherever it comes from: recognised by what it says."""

from __future__ import annotations

import re
from collections import Counter

from thidua.core.vietnamese import LEGACY, font_of, is_syllable

_WORD = re.compile(r"[^\s\x00-\x2f:;<=>?@\[\]{|}“”‘’–—…]+")
_PLAIN_CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z\u00c0-\u1ef9]{3,}\b")
_ENOUGH = 3
_DAMAGED = 0.15
# TCVN3 writes đ, â, ơ, ư and many tones as signs (®, ©, ¬, soft hyphen, ¸ …); an engine that knows no Vietnamese
# writes its letters (é, à, ö), which TCVN3 would turn into syllables too ("vé viéc" into "vộ viộc").
_SIGNS = {"tcvn3": 0.2}


def modern(text: str) -> str:
    """Return a text in Unicode: the lines that are typed in the text's old font are read by it, others stay.

    The font shows by words that are no syllables until they are read in it. Text that a scan damaged has such words
    too, but few of them become syllables in any font; less than three tell nothing.
    """
    if text.isascii():
        return text
    lines = re.split(r"(\n)", text)
    fonts = {line: font_of(line) for line in lines if not line.isascii()}
    shown = Counter(font for font in fonts.values() if font in LEGACY)
    usual = shown.most_common(1)[0][0] if shown else ""
    typed = " ".join(line for line, font in fonts.items() if font == usual)
    said = LEGACY[usual](typed) if usual else ""
    if not usual or _odd_words(typed) < _ENOUGH or _odd_words(said) > _DAMAGED * len(_marked_words(typed)):
        return text
    if _signed_words(typed) < _SIGNS.get(usual, 0) * len(_marked_words(typed)):
        return text
    return "".join(_read(line, usual) if line in fonts else line for line in lines)


def _marked_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _signed_words(text: str) -> int:
    return sum(not word.isalnum() for word in _marked_words(text))


def _odd_words(text: str) -> int:
    return sum(not is_syllable(word.lower()) for word in _marked_words(text))


def _read(line: str, usual: str) -> str:
    font = font_of(line) or usual
    if font not in LEGACY:
        return line
    said = LEGACY[font](line)
    return _capitals(line, said) if font == "tcvn3" else said


def _capitals(typed: str, said: str) -> str:
    """Give capitals their signs: TCVN3 has most marked letters only as small ones (HO¹CH is HOẠCH).

    One letter before a sign tells nothing (VÒ is Về and VỀ): there the rest of the line decides.
    """
    plain = [letter for letter in typed if letter.isascii() and letter.isalpha()]
    if plain and sum(map(str.isupper, plain)) > 0.8 * len(plain):
        return said.upper()
    return _PLAIN_CAPITALS.sub(lambda found: found[0].upper(), said)
