"""The Roman numerals of a plan's sections, read together: as they stand, or as what an engine made of them.

An engine reads I. as L, 1. or T, II. as IL, H. or 11., III. as II. or HI, and the words after it tell little. What
tells is the row they make: I, II, III … So all paragraphs that open with such a mark are weighed together, and the row
is taken that needs the fewest slips (Viterbi over places and numbers). A numeral may be missing or come twice; the row
begins again below a mark of a higher kind (A., Phần I).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from thidua.core.plans.markers import Marker, find_marker, in_capitals
from thidua.core.vietnamese import fold

# How most sections are called.
_USUAL = re.compile(
    r"(?:muc dich|yeu cau|muc tieu|chi tieu|noi dung|nhiem vu|giai phap|bien phap|doi tuong|thoi gian|kinh phi"
    r"|khen thuong|to chuc|hinh thuc|tieu chuan|dac diem|ket qua|quan diem|phan cong|cac chi tieu|danh gia)\b"
)
_MARK = re.compile(
    r"(?P<speck>[\s.,:'‘`·~_-]{0,3})(?P<read>[IVXLHTUYÍỊÌĨíịìĩlv1|!]{1,6})(?P<sign>\s?[.,:;)/_’'–-]{1,2})?(?P<gap>\s*)"
    r"(?=[“\"]?(?P<first>[^\W\d_]))"
)
_MARRED = re.compile(r"[.'`‘]?\d{1,2}(?:[:,]|\.\.)\s|[.'`‘]\d")  # marks as an engine leaves them: "1..", ".2.", "3:"
_STROKES = dict.fromkeys("1l|!ÍỊÌĨíịìĩ", 0.2) | {"L": 0.1, "T": 0.4}
_UPRIGHT = set("IVXL1l|!ÍỊÌĨ")  # other letters may be a word: "THI ĐUA"
_LOST, _LOST_DAMAGED, _TOO_MANY, _OTHER = 1.5, 0.4, 1.5, 3.0
_GAP, _WIDEST_GAP, _AGAIN, _AGAIN_DAMAGED = 0.5, 1.5, 0.6, 1.2
_FOOT = 0.5  # a full stop read as the foot of an L
_MOST = 20
_MOST_PLACES = 80
_TITLE_WORDS = 40


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph that may open a section: what stands for its numeral, and how much it looks like a heading."""

    index: int
    read: str
    length: int
    worth: float
    clean: bool
    shouted: bool
    usual: bool


def roman(order: int) -> str:
    """Return a number below 40 as a Roman numeral."""
    return "X" * (order // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[order % 10]


def is_usual(words: str) -> bool:
    """Tell whether a heading begins with what most sections are called: "Mục đích", "Tổ chức thực hiện"."""
    return _USUAL.match(fold(words)) is not None


def opens_section(words: str) -> bool:
    """Tell whether a line in capitals opens with what may be a section's numeral ("1 MỤC TIÊU:", "IL. CHỈ TIÊU")."""
    match = _MARK.match(words)
    if not match or not in_capitals(words[match.end() :]):
        return False
    alone = match.group("gap") and set(match.group("read")) <= _UPRIGHT
    return bool(match.group("sign") or alone) or is_usual(words[match.end() :])


def section_marks(paragraphs: Sequence[str], start: int, end: int) -> dict[int, Marker]:
    """Return the marks of sections with Roman numerals, by number of paragraph; none where no section has one."""
    marks = [find_marker(paragraphs[index]) if start <= index < end else None for index in range(len(paragraphs))]
    places = [place for index in range(start, end) if (place := _place(paragraphs, marks, index))]
    whole = [place for place in places if place.clean]
    if sum(place.shouted for place in whole) < 2:
        places = [place for place in places if place.read]
    if len(places) > _MOST_PLACES:
        return {}  # no plan; its marks stay as they are
    named = any(place.shouted and place.usual for place in places)
    if not named and not any(place.shouted for place in whole) and len(whole) < 2:
        return {}
    higher = [index for index, mark in enumerate(marks) if mark and mark.kind in ("part", "upper", "article")]
    marred = sum(_MARRED.match(words) is not None for words in paragraphs[start:end])
    damaged = marred > 1 or any(one.read and not one.clean and (one.shouted or "L" in one.read) for one in places)
    if sum(place.shouted for place in places) > 1:
        places = [place for place in places if place.shouted or place.clean]
    costs = (_LOST_DAMAGED, _AGAIN_DAMAGED) if damaged else (_LOST, _AGAIN)
    row = _best_row(places, higher, *costs)
    return {place.index: Marker("roman", roman(order), order, place.length) for place, order in row}


def _place(paragraphs: Sequence[str], marks: Sequence[Marker | None], index: int) -> _Place | None:
    words = paragraphs[index]
    if _bare_heading(paragraphs, marks, index):
        return _Place(index, "", 0, 2.0, clean=False, shouted=True, usual=True)
    match = _MARK.match(words)
    if not match or not match.group("first").isupper():
        return None
    read, sign = match.group("read"), (match.group("sign") or "").strip()
    heading = words[match.end() :]
    shouted, usual = in_capitals(heading), is_usual(heading)
    if len(heading.split()) > _TITLE_WORDS or heading.endswith(";"):
        return None
    alone = match.group("gap") and set(read) <= _UPRIGHT and (shouted or read[-1] == "L")
    if not sign and not alone and not (shouted and usual):
        return None
    if not match.group("gap") and not shouted:
        return None
    if set(read) <= set("1l") and not _lonely(marks, index):
        return None
    clean = bool(sign) and _order(read) > 0
    worth = 1.5 * shouted + 1.0 * usual + 1.0 * clean + 0.5 * bool(sign)
    return _Place(index, read + "." * bool(sign), match.end(), worth, clean, shouted, usual) if worth else None


def _bare_heading(paragraphs: Sequence[str], marks: Sequence[Marker | None], index: int) -> bool:
    """Tell whether a heading in capitals stands without its numeral: "TỔ CHỨC THỰC HIỆN" after IV."""
    words = paragraphs[index]
    if marks[index] is not None or not 1 < len(words.split()) <= 12 or not in_capitals(words) or not is_usual(words):
        return False
    before = marks[index - 1] if index else None
    return before is None or before.length < len(paragraphs[index - 1])  # no title below "Phần III"


def _order(read: str) -> int:
    return next((order for order in range(1, _MOST) if roman(order) == read), 0)


def _lonely(marks: Sequence[Marker | None], index: int) -> bool:
    """Tell whether no "2." follows a "1." in its own list: then it may be the numeral I."""
    for mark in marks[index + 1 :]:
        if mark is not None and mark.kind == "number":
            return mark.order != 2
        if mark is not None and mark.kind in ("roman", "part", "upper"):
            return True
    return True


def _best_row(places: Sequence[_Place], higher: Sequence[int], lost: float, again: float) -> list[tuple[_Place, int]]:
    """Return the places and their numbers that together make the likeliest row."""
    best: list[dict[int, tuple[float, tuple[int, int] | None]]] = []
    for at, place in enumerate(places):
        here: dict[int, tuple[float, tuple[int, int] | None]] = {}
        for order in range(1, _MOST):
            own = place.worth - _slips(place.read, roman(order), lost)
            score = own - min(_GAP * (order - 1), _WIDEST_GAP)
            before: tuple[int, int] | None = None
            for back in range(at):
                renewed = any(places[back].index < index < place.index for index in higher)
                for previous, (earlier, _) in best[back].items():
                    found = own + earlier - _step(previous, order, again, renewed=renewed)
                    if found > score:
                        score, before = found, (back, previous)
            if own > -_OTHER:
                here[order] = (score, before)
        best.append(here)
    ends = [(score, at, order) for at, here in enumerate(best) for order, (score, _) in here.items()]
    row: list[tuple[_Place, int]] = []
    score, at, order = max(ends, default=(0.0, 0, 0))
    step = (at, order) if score > 0 else None
    while step is not None:
        row.append((places[step[0]], step[1]))
        step = best[step[0]][step[1]][1]
    return row[::-1]


def _step(last: int, order: int, again: float, *, renewed: bool) -> float:
    if order > last:
        return min(_GAP * (order - last - 1), _WIDEST_GAP)
    if renewed and order == 1:
        return 0.0
    return again if order == last else 2 * _OTHER


@lru_cache(maxsize=4096)
def _slips(read: str, numeral: str, lost: float) -> float:
    """Return what it costs to read a numeral so; a final L may be the full stop itself."""
    if not read:
        return 1.0  # a numeral left out
    letters = read.rstrip(".").replace("Vv", "V")
    cost = _distance(letters, numeral, lost)
    if len(letters) > 1 and letters[-1] == "L":
        return min(cost, _distance(letters[:-1], numeral, lost) + (2 if read[-1] == "." else 1) * _FOOT)
    return cost


def _distance(read: str, numeral: str, lost: float) -> float:
    letters = _letters(read)
    row = [lost * place if set(numeral[:place]) <= {"I"} else _OTHER * place for place in range(len(numeral) + 1)]
    for at, (letter, price) in enumerate(letters, 1):
        following = [_TOO_MANY * at]
        for place, wanted in enumerate(numeral, 1):
            same = price if letter == wanted else _OTHER
            missing = lost if wanted == "I" else _OTHER
            following.append(min(row[place - 1] + same, row[place] + _TOO_MANY, following[place - 1] + missing))
        row = following
    return row[-1]


def _letters(read: str) -> list[tuple[str, float]]:
    """Return the numeral's letters that each sign may be, with what it costs."""
    found: list[tuple[str, float]] = []
    for sign in read:
        if sign in "HU":
            found += [("I", 0.1), ("I", 0.1)]
        elif sign in _STROKES:
            found.append(("I", _STROKES[sign]))
        elif sign in "Yv":
            found.append(("V", 0.3))
        else:
            found.append((sign, 0.0))
    return found
