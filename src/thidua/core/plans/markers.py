"""The marks that open a section, clause or point: I., A., Điều 1., 1., 1.1., a), (1), - and their damaged forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from thidua.core.vietnamese import fold, rank_of

Kind = Literal["part", "roman", "upper", "article", "number", "dotted", "letter", "paren", "bullet"]

_PART = re.compile(
    r"(?:Phần|Phan|Chương|PHẦN|CHƯƠNG)\s+(?:thứ\s+|THỨ\s+)?([IVX]+|\d+|nhất|hai|ba|tư|NHẤT|HAI|BA|TƯ)\b\s*[.:]?\s*"
)
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU|Dieu|Diéu)\s+(\d{1,3})\s*[.:]\s*")
_ROMAN = re.compile(r"([IVXlL1|]{1,6})\s?[.)]\s*(?=\S|$)")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3}|\d:\d(?=\.\s[^\W\d_a-z]))(\.?)\s*(?=\D|$)")
_NUMBER = re.compile(r"(\d{1,2})(?:\s?[.)]\s*(?=\D|$|\d{2,3}\s?%)|[:,]\s+(?=[^\W\d_a-z]))")
_PAREN = re.compile(r"\((\d{1,2}|[a-zđ])\)\s*")
_LETTER = re.compile(r"([a-zđ])\s?[.)]\s+(?=\S)|([A-ZĐa-zđ])\)\s*(?=\S)")
_UPPER = re.compile(r"([A-ZĐ])\.(?:\s+(?=\S)|(?=[^\W\d_a-z]{2,}\s[^\W\d_a-z]))")
_BULLET = re.compile(r"[-–—+*•●▪~ˆo](?:\s+|(?=[^\W\d_]|\d))")
_STROKE = re.compile(
    r"([IVX]{1,5}|[A-ZĐ](?=\s?[-–—/]\s+[^\W\d_a-z]{2})|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])"
    r"(\s?)([-–—/])(\s*)(?=(\S+))"
)
_SPECK = re.compile(r"[`'‘·_:.,~]+\s+(?=\S)|[`'‘·:.,]+(?=\d{1,2}[.,:)]+\s|[a-zđ]\)\s)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a paragraph: its kind, label, place in its sequence and length in characters."""

    kind: Kind
    label: str
    order: int
    length: int


def find_marker(text: str) -> Marker | None:
    """Return the mark a paragraph opens with, or None; I11. reads as III., l. as 1., specks before it are passed."""
    speck = _SPECK.match(text)
    if speck:
        marker = find_marker(text[speck.end() :])
        return Marker(marker.kind, marker.label, marker.order, marker.length + speck.end()) if marker else None
    for find in (_part, _roman, _dotted, _number, _letter, _stroke, _bullet):
        marker = find(text)
        if marker is not None:
            return marker
    return None


def in_capitals(words: str) -> bool:
    """Tell whether a heading is in capitals, a letter or two apart that an engine took for small ones ("CHi TIÊU")."""
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _part(text: str) -> Marker | None:
    match = _PART.match(text)
    if match:
        label = match.group(1)
        order = rank_of(label) or _roman_value(label) or (int(label) if label.isdigit() else 0)
        return Marker("part", f"P{order}", order, match.end())
    match = _ARTICLE.match(text)
    return Marker("article", f"Điều {match.group(1)}", int(match.group(1)), match.end()) if match else None


def _roman(text: str) -> Marker | None:
    match = _ROMAN.match(text)
    if not match or not re.search(r"[IVX]", match.group(1)):
        return None
    label = match.group(1).translate(str.maketrans("l1|", "III"))
    value = _roman_value(label)
    return Marker("roman", label, value, match.end()) if value else None


def _roman_value(label: str) -> int:
    total = 0
    for index, letter in enumerate(label):
        value = _VALUES.get(letter, 0)
        later = max((_VALUES.get(other, 0) for other in label[index + 1 : index + 2]), default=0)
        total += -value if value < later else value
    return total if 0 < total < 40 and all(letter in _VALUES for letter in label) else 0


def _dotted(text: str) -> Marker | None:
    match = _DOTTED.match(text)
    if not match:
        return None
    following = text[match.end() : match.end() + 1]
    if (not match.group(2) and not following.isupper()) or following in "%":
        return None
    label = match.group(1).replace(":", ".")
    return Marker("dotted", label, int(label.rpartition(".")[2]), match.end())


def _number(text: str) -> Marker | None:
    match = _NUMBER.match(text)
    if match:
        return Marker("number", str(int(match.group(1))), int(match.group(1)), match.end())
    match = re.match(r"l[.)]\s+(?=\S)", text)
    if match:
        return Marker("number", "1", 1, match.end())
    match = _PAREN.match(text)
    if match:
        label = match.group(1)
        return Marker("paren", label, int(label) if label.isdigit() else LETTERS.find(label) + 1, match.end())
    return None


def _letter(text: str) -> Marker | None:
    match = _LETTER.match(text)
    if match:
        label = (match.group(1) or match.group(2)).lower()
        return Marker("letter", label, LETTERS.find(label) + 1, match.end())
    match = _UPPER.match(text)
    if match:
        return Marker("upper", match.group(1), LETTERS.find(fold(match.group(1))) + 1, match.end())
    return None


def _stroke(text: str) -> Marker | None:
    """Read a mark before a dash or stroke ("I- MỤC ĐÍCH", "2/ Yêu cầu", "a- …"), unlike 05-HD/TW, 1/5 and 2 - 3."""
    match = _STROKE.match(text)
    if not match:
        return None
    label, space, sign, gap, word = match.groups()
    roman = label[0].isupper()
    if word[0].isdigit():
        opens = sign == "/" and not space and bool(gap)
    elif gap or space:
        opens = bool(gap)
    else:  # glued: a word, no code ("14/NQ-HĐND", "đ/c")
        opens = (
            word[0].isupper() and not set(word) & set("-/") and (not word.isupper() if not roman else word.isupper())
        )
    if not opens:
        return None
    if roman and not _roman_value(label):
        return Marker("upper", label, LETTERS.find(fold(label)) + 1, match.end())
    if roman:
        return Marker("roman", label, _roman_value(label), match.end())
    if label.isalpha():
        return Marker("letter", label, LETTERS.find(label) + 1, match.end())
    order = int(label.rpartition(".")[2])
    return Marker("dotted" if "." in label else "number", label if "." in label else str(order), order, match.end())


def _bullet(text: str) -> Marker | None:
    match = _BULLET.match(text)
    if not match or (text[0] == "o" and not text[1:2].isspace()):
        return None
    return Marker("bullet", text[0], 0, match.end())
