"""The shape of Vietnamese syllables: which letter strings can be one at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_RIME = (
    r"(?:uyê(?:n|t)|uya|uyu|uy(?:nh|ch|n|t|p)?|oa(?:i|y|o|n[gh]?|m|c|ch|t|p)?|oă(?:n|ng|m|c|t)|oe(?:o|n|t|m|ng)?|oo(?:n|ng|c)"
    r"|uâ(?:n|ng|t|y|c)|uê(?:ch|nh|n)?|uơ|iê(?:u|m|n|ng|p|t|c)|yê(?:u|m|n|ng|t)|ươ(?:i|u|m|n|ng|p|t|c)|uô(?:i|m|n|ng|t|c)"
    r"|ia|ya|ua|ưa|a(?:i|y|o|u|n[gh]?|m|c|ch|t|p)?|ă(?:n|ng|m|c|t|p)|â(?:n|ng|m|c|t|p|y|u)|e(?:o|n|ng|m|c|t|p)?"
    r"|ê(?:u|n|nh|m|ch|t|p|nh)?|i(?:u|n|nh|m|ch|t|p)?|o(?:i|n|ng|m|c|t|p)?|ô(?:i|n|ng|m|c|t|p)?|ơ(?:i|n|m|t|p)?"
    r"|u(?:i|n|ng|m|c|t|p|y)?|ư(?:i|u|n|ng|m|c|t)?|y)"
)
_SYLLABLE = re.compile(_ONSET + _RIME + r"\Z")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP = re.compile(r"(?:ch|[cpt])\Z")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word can be a Vietnamese syllable; a stop at the end needs sắc or nặng."""
    marks = unicodedata.normalize("NFD", word)
    tones = [mark for mark in marks if mark in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if not _SYLLABLE.match(bare):
        return False
    return not _STOP.search(bare) or (len(tones) == 1 and tones[0] in "\u0301\u0323")
