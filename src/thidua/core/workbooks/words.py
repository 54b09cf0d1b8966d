"""How two pieces of text are compared: blind to accents, case, punctuation and small slips."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from thidua.core.vietnamese import fold, nfc

LONGEST_HEADER = 300  # a longer text is no header, and is not compared with one

# Words that people put into a header or leave out without changing what it means.
FILLERS = frozenset({"va", "cua", "cac"})

# Abbreviations seen in the headers of offices' own workbooks.
ABBREVIATIONS = {
    "dv": "don vi",
    "qd": "quyet dinh",
    "nv": "nhiem vu",
    "vb": "van ban",
    "ns": "nhan su",
    "ccvc": "cbccvc",
    "cbcc": "cbccvc",
    "hoten": "ho ten",
    "madv": "ma don vi",
}


def tidy(text: str) -> str:
    """Text in NFC, without invisible characters, runs of white space as one space, trimmed."""
    text = re.sub("[\u200b-\u200d\u2060\ufeff\u00ad]", "", nfc(text))
    return " ".join(text.split())


def plain_words(text: str) -> str:
    """Words of the text in plain lower-case letters and digits: “Mã Đơn-vị:” → "ma don vi"."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """A header reduced to what it means: plain words, abbreviations spelled out, fillers dropped."""
    words = (ABBREVIATIONS.get(word, word) for word in plain_words(text).split())
    return " ".join(word for word in " ".join(words).split() if word not in FILLERS)


def likeness(text: str, header: str) -> float:
    """How far a header found in a file means an accepted one: 100 the same, 0 not at all.

    97: the same but for words in brackets. Below 97 and from 84: a slip of the hand in a long enough header.
    """
    if len(text) > LONGEST_HEADER:
        return 0.0
    found, wanted = header_key(text), header_key(header)
    if not found or not wanted:
        return 0.0
    if found == wanted:
        return 100.0
    if _bare(text) == _bare(header) != "":
        return 97.0
    if min(len(found), len(wanted)) < 6 or re.findall(r"\d+", found) != re.findall(r"\d+", wanted):
        return 0.0
    score = fuzz.ratio(found, wanted)
    return score * 0.96 if score >= 88 else 0.0


def nearest(text: str, among: Iterable[str]) -> str | None:
    """The candidate most like the text, or None if none is at all close. Ties go to the first."""
    folded = plain_words(text)
    scored = [(fuzz.ratio(folded, plain_words(candidate)), candidate) for candidate in among]
    best = max((score for score, _ in scored), default=0.0)
    return next(candidate for score, candidate in scored if score == best) if best >= 60 else None


def code_key(value: str) -> str:
    """A code as compared: blind to case and white space, not to accents or signs."""
    return "".join(nfc(value).casefold().split())


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return header_key(re.sub(r"\([^)]*\)", " ", text))
