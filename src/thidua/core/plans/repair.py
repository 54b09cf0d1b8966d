"""Text damaged by character recognition without Vietnamese letters → the text most likely meant.

A paragraph is touched only when it is plainly damaged: not one letter in it that only Vietnamese has (an engine
without them cannot write one), words that no Vietnamese syllable can be, and yet most of its words have the
skeleton of Vietnamese. In a text that otherwise has its letters only a long such paragraph is touched, never a
line of names; there slips of accents are mended apart (slips.py). Then every word gets the
syllables it may stand for (candidates.py), and the cheapest path through them under the language model
(language.py) is taken; a word may also stand for itself. Numbers, signs, names of offices in capitals
and words without a likely reading stay as they are. Every change is listed with its probability, judged
by how much worse the best path without it is.

Text that is clean is returned byte for byte.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from thidua.core.plans.candidates import candidates, joined
from thidua.core.plans.language import NUMBER, UNKNOWN, Language, language
from thidua.core.plans.signs import WHY as SIGNS_WHY
from thidua.core.plans.signs import code_edits, find_signs
from thidua.core.plans.slips import CONFIDENCE, WHY, WHY_SPECK, find_slips, find_specks
from thidua.core.vietnamese import fold, is_syllable, place_tones

_Edit = tuple[int, int, str, str, float]
_CHUNK = re.compile(r"\S+")
# A word as an engine writes it: letters, digits standing for letters, and signs standing for marked letters.
_SIGNS = "¢€¥@$&£"
_CORE = re.compile(
    rf"[^\W\d_][\w{_SIGNS}‘’']*[\w{_SIGNS}]|[\d{_SIGNS}][\w{_SIGNS}‘’']*[^\W\d_]+[\w{_SIGNS}]*|[^\W\d_]|[¢€¥]\w+"
)
_OWN_LETTERS = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_ROMAN = re.compile(r"[IVXL]+\Z")
_CAPITAL_RUN = re.compile(r"(?<!\w)[A-Z]*[AEIOUY][A-Z]*(?:\s+[A-Z]*[AEIOUY][A-Z]*){2,}(?!\w)")
_MEASURED = re.compile(r"\d+(?:[ghkm]|[ck]m|kg|ha)\Z", re.IGNORECASE)
_CONSONANTS = re.compile(r"[BCDGHKLMNPQRSTVX]+\Z")
_ADDRESS = re.compile(r"://|\bwww\.|\w\.(?:vn|com|net|org|gov|edu)\b")
_LIST_MARK = re.compile(r"\s*(?:(?:[IVXLl1|v]{1,5}[.)]|[IL1|]{2,3})\s|[IVX]{1,4}-(?=[A-Z]{2,}\s))")
_CODE = re.compile(r"\d+[A-Z]?\s?[-/]|/[A-ZĐ]|[A-ZĐ]-[A-ZĐ]")
_BREAK = re.compile(r"[.;:!?“”\"()\[\]…/]")
_DIGIT_SHAPES = str.maketrans("60141", "ooial")

_STRAY = 0.02
_LONG = 12
_FAR = 2.0
_UNKNOWN_NAME = 13.0


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement: where in the old and the new text, what by what, why, and how likely."""

    start: int
    end: int
    new_start: int
    new_end: int
    before: str
    after: str
    why: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word to decide: its place, what was read, the words it may stand for with the channel's cost."""

    start: int
    end: int
    raw: str
    options: tuple[tuple[str, float], ...]
    fresh: bool
    spaced: bool = False


def repair(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[Change]]:
    """Return the repaired text and the changes, in order; spans are the paragraphs of the text."""
    shares = [_measure(text[start:end]) for start, end in spans]
    words = sum(share.words for share in shares)
    marked = sum(share.marked for share in shares)
    whole = words > 0 and marked / words < _STRAY and _damaged(_sum(shares), whole=False)
    lettered = marked / max(words, 1) >= _STRAY
    edits: list[_Edit] = []
    for (start, end), share in zip(spans, shares, strict=True):
        if lettered and (share.words < _LONG or share.impossible < 0.3 * share.words):
            continue
        if _damaged(share, whole=whole):
            edits += _decode(text, start, end)
    if lettered and not edits:
        edits = [(start, end, word, WHY, CONFIDENCE) for start, end, word in find_slips(text, spans)]
    specks = find_specks(text, spans) if edits else ()
    signs = [(*sign, SIGNS_WHY, CONFIDENCE) for sign in find_signs(text, spans)]
    edits = signs + _apart(edits, signs)
    edits += _apart([(*speck, WHY_SPECK, CONFIDENCE) for speck in specks], edits)
    return _apply(text, sorted(edits))


def _apart(edits: Sequence[_Edit], others: Sequence[_Edit]) -> list[_Edit]:
    """Return the edits that touch none of the others."""
    taken = sorted((start, end) for start, end, *_ in others)
    kept: list[_Edit] = []
    for edit in edits:
        place = bisect_right(taken, edit[0], key=lambda span: span[0])
        near = taken[max(place - 1, 0) : place + 1]
        if all(edit[1] <= start or end <= edit[0] for start, end in near):
            kept.append(edit)
    return kept


@dataclass(frozen=True, slots=True)
class _Share:
    words: int
    marked: int
    impossible: int
    plausible: int
    unlikely: int
    titled: int


def _sum(shares: Sequence[_Share]) -> _Share:
    return _Share(*(sum(getattr(share, name) for share in shares) for name in _Share.__slots__))


def _measure(text: str) -> _Share:
    """Count words, words with letters only Vietnamese has, impossible syllables, Vietnamese skeletons, and
    words far less likely than one with other accents ("khong" beside "không")."""
    model = language()
    words = marked = impossible = plausible = unlikely = titled = 0
    capitals = _mostly_capital(text)
    for match in _CORE.finditer(text):
        raw = match.group()
        named = _is_abbreviation(raw) and not capitals and not _in_run(text, match)
        if named or _ROMAN.match(raw) or len(raw) == 1:
            continue
        low = place_tones(raw).lower()
        words += 1
        titled += raw[0].isupper() and not capitals
        marked += bool(_OWN_LETTERS.search(raw))
        impossible += not is_syllable(low)
        unlikely += model.alone.get(low, 20.0) - model.skeletons.get(fold(low), 20.0) > _FAR
        plausible += fold(low).translate(_DIGIT_SHAPES) in model.skeletons
    return _Share(words, marked, impossible, plausible, unlikely, titled)


def _damaged(share: _Share, *, whole: bool) -> bool:
    if not share.words or share.marked > _STRAY * share.words:
        return False
    if whole:
        return share.plausible >= 0.4 * share.words
    if share.words < 4 or share.plausible < 0.62 * share.words or share.titled > 0.7 * share.words:
        return False
    if share.impossible >= 0.12 * share.words:
        return True
    return share.words >= 6 and share.marked == 0 and share.unlikely >= 0.5 * share.words


def _in_run(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word in capitals stands in a line of them, so that it is no abbreviation."""
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 160)
    return any(
        run.start() <= match.start() and match.end() <= run.end()
        for run in _CAPITAL_RUN.finditer(text, start, min(len(text), match.end() + 160))
    )


def _is_abbreviation(raw: str) -> bool:
    letters = [c for c in raw if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def _decode(text: str, start: int, end: int) -> list[_Edit]:
    """Return the edits of one damaged paragraph: start, end, new text, reason, confidence."""
    model = language()
    slots: list[_Slot] = []
    edits: list[_Edit] = []
    capitals = _mostly_capital(text[start:end])
    fresh = True
    mark = _LIST_MARK.match(text, start, end)
    for chunk in _CHUNK.finditer(text, mark.end() if mark else start, end):
        if _CODE.search(chunk.group()) or _is_plain_code(chunk.group()):
            edits += code_edits(text, chunk.start(), chunk.end(), model)
            if any(c.isdigit() for c in chunk.group()):
                slots.append(_number(chunk, fresh))
                fresh = chunk.group()[-1] in ".;:"
            else:
                fresh = fresh or chunk.group() not in "-–,"
            continue
        position = chunk.start()
        for match in _CORE.finditer(text, chunk.start(), chunk.end()):
            fresh = fresh or bool(_BREAK.search(text, position, match.start()))
            slot = _slot(text, match, capitals, fresh)
            position = match.end()
            if slot is None:
                edits += code_edits(text, match.start(), match.end(), model)
                if _ROMAN.match(match.group()):
                    slots.append(_number(match, fresh))
                fresh = not _ROMAN.match(match.group())
            else:
                slots.append(slot)
                fresh = False
        fresh = fresh or bool(_BREAK.search(text, position, chunk.end())) or position == chunk.start()
    edits += _choose(slots, model, capitals=capitals)
    return sorted(edits)


def _number(match: re.Match[str], fresh: bool) -> _Slot:
    """A number is one fixed word to the language model: what stands beside it tells năm from nắm."""
    return _Slot(match.start(), match.end(), NUMBER, ((NUMBER, 0.0),), fresh)


def _mostly_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _is_plain_code(chunk: str) -> bool:
    return not any(c.isalpha() for c in chunk) or ("@" in chunk and "." in chunk) or bool(_ADDRESS.search(chunk))


def _slot(text: str, match: re.Match[str], capitals: bool, fresh: bool) -> _Slot | None:
    raw = match.group()
    if _ROMAN.match(raw) and (len(raw) > 1 or capitals):
        return None
    if len(raw) > 1 and _CONSONANTS.match(raw):
        return None  # TM., KT.
    if _MEASURED.match(raw):
        return None  # 5G, 30m
    if _is_abbreviation(raw) and not capitals and len(raw) > 1 and not _in_run(text, match):
        return None
    follows = text[match.end() : match.end() + 1]
    if len(raw) == 1 and ((follows in ").]" and follows) or raw.lower() not in "yoai"):
        return None
    if any(c.isdigit() for c in raw) and not _wordlike(raw):
        return None
    low = place_tones(raw).lower()
    options = dict(candidates(low)) | dict(joined(low))
    named = raw[0].isupper() and not fresh and not capitals
    if low not in options:
        options[low] = _UNKNOWN_NAME if named else UNKNOWN
    spaced = text[match.start() - 1 : match.start()] == " "
    return _Slot(match.start(), match.end(), raw, tuple(options.items()), fresh, spaced)


def _wordlike(raw: str) -> bool:
    """Tell whether the digits in a word can stand for letters (s6, 1én) and are no number (5G, KTD5)."""
    digits = [c for c in raw if c.isdigit()]
    letters = [c for c in raw if c.isalpha() or c in "¢€¥"]
    if any(c in "27" for c in digits) or raw in ("m3", "h3", "km3") or (len(digits) > 2 and len(letters) < 2):
        return False
    if any(c.islower() for c in letters) or raw[0] in "¢€":
        return True
    return len(raw) == 2 and digits[0] in "60" and raw[0].isalpha()


def _choose(slots: Sequence[_Slot], model: Language, *, capitals: bool) -> list[_Edit]:
    """Return the edits of the cheapest path through the slots, joined where they make one known phrase."""
    if not slots:
        return []
    links = _links(slots, model)
    forward, backward = _forward(slots, links, model), _backward(slots, links, model)
    picked: list[tuple[_Slot, str, float]] = []
    for place, slot in enumerate(slots):
        totals = sorted(
            (there + onwards, word)
            for there, onwards, (word, _) in zip(forward[place], backward[place], slot.options, strict=True)
        )
        margin = totals[1][0] - totals[0][0] if len(totals) > 1 else 9.0
        picked.append((slot, totals[0][1], 1 / (1 + math.exp(-min(margin, 20.0)))))
    return _merge(picked, model, capitals=capitals)


def _links(slots: Sequence[_Slot], model: Language) -> list[list[list[float]]]:
    """Return for each slot the cost of each of its words (inner) after each word of the slot before (outer).

    Nothing is weighed at a break. Any number may follow nearly any word: its pairs weigh half.
    """
    links: list[list[list[float]]] = [[]]
    for before, slot in itertools.pairwise(slots):
        if slot.fresh:
            links.append([])
            continue
        rights = [(word, model.alone.get(word)) for word in (word.partition(" ")[0] for word, _ in slot.options)]
        table: list[list[float]] = []
        for left, _ in before.options:
            left = left.rpartition(" ")[2]
            known, backoff = model.after.get(left, {}), model.backoff.get(left, 0.0)
            row = [0.0 if alone is None else known.get(word, backoff + alone) for word, alone in rights]
            if left == NUMBER:
                row = [0.5 * cost for cost in row]
            elif rights[0][0] == NUMBER:
                row[0] *= 0.5
            table.append(row)
        links.append(table)
    return links


def _forward(slots: Sequence[_Slot], links: Sequence[list[list[float]]], model: Language) -> list[list[float]]:
    rows: list[list[float]] = []
    for place, slot in enumerate(slots):
        if place == 0 or slot.fresh:
            base = min(rows[-1]) if rows else 0.0
            rows.append([base + model.alone.get(word.partition(" ")[0], 0.0) + price for word, price in slot.options])
        else:
            last = rows[-1]
            columns = zip(*links[place], strict=True)
            best = [min(map(add, last, column)) for column in columns]
            rows.append([cost + price for cost, (_, price) in zip(best, slot.options, strict=True)])
    return rows


def _backward(slots: Sequence[_Slot], links: Sequence[list[list[float]]], model: Language) -> list[list[float]]:
    rows: list[list[float]] = [[] for _ in slots]
    rows[-1] = [0.0 for _ in slots[-1].options]
    for place in range(len(slots) - 2, -1, -1):
        following = slots[place + 1]
        ahead = [cost + price for cost, (_, price) in zip(rows[place + 1], following.options, strict=True)]
        if following.fresh:
            best = min(
                cost + model.alone.get(word.partition(" ")[0], 0.0)
                for cost, (word, _) in zip(ahead, following.options, strict=True)
            )
            rows[place] = [best for _ in slots[place].options]
        else:
            rows[place] = [min(map(add, ahead, row)) for row in links[place + 1]]
    return rows


def _merge(picked: Sequence[tuple[_Slot, str, float]], model: Language, *, capitals: bool) -> list[_Edit]:
    edits: list[_Edit] = []
    previous: tuple[_Slot, str] | None = None
    for slot, word, confidence in picked:
        if word == place_tones(slot.raw).lower():
            previous = None
            continue
        written = word.upper() if capitals and slot.raw[:1].isupper() else _cased(word, slot.raw)
        why = _reason(slot.raw, written)
        if (
            previous
            and not slot.fresh
            and slot.start == edits[-1][1] + 1
            and edits[-1][3] == why
            and slot.spaced
            and (previous[1], word) in model.phrases
            and edits[-1][2].count(" ") < 3
        ):
            start, _, before, _, sure = edits.pop()
            edits.append((start, slot.end, f"{before} {written}", why, min(sure, confidence)))
        else:
            edits.append((slot.start, slot.end, written, why, confidence))
        previous = slot, word
    return edits


def _reason(before: str, after: str) -> str:
    if fold(before) == fold(after):
        return "mất hoặc sai dấu tiếng Việt khi nhận dạng chữ; đọc theo từ thường đi cùng trong văn bản"
    return "chữ bị nhận dạng nhầm; đọc theo hình chữ và từ thường đi cùng trong văn bản"


def _cased(word: str, raw: str) -> str:
    letters = [c for c in raw if c.isalpha()]
    capital = sum(c.isupper() for c in letters)
    if len(letters) > 1 and capital > 0.6 * len(letters):
        return word.upper()
    if (letters and raw[0].isupper()) or (letters and letters[0].isupper() and not raw[0].isalpha()):
        return word[0].upper() + word[1:]
    return word


def _apply(text: str, edits: Sequence[_Edit]) -> tuple[str, list[Change]]:
    parts: list[str] = []
    changes: list[Change] = []
    position = length = 0
    for start, end, written, why, confidence in edits:
        parts += [text[position:start], written]
        length += start - position
        changes.append(
            Change(start, end, length, length + len(written), text[start:end], written, why, round(confidence, 2))
        )
        length += len(written)
        position = end
    parts.append(text[position:])
    return "".join(parts), changes
