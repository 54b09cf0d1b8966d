"""Quality ratings that bodies named in a sentence are to reach: "Đảng bộ hoàn thành tốt nhiệm vụ trở lên".

A rating is a target of unit `rating`: HTXS > HTT > HT (NĐ 90/2020).
"""

from __future__ import annotations

from collections.abc import Sequence

from thidua.core.plans.comparisons import ends_at
from thidua.core.plans.titles import CLOSE, OPEN, Finding
from thidua.core.plans.tokens import Token

RATINGS = ("HTXS", "HTT", "HT")


def find_rated(tokens: Sequence[Token], first: int, last: int, *, wanted: bool) -> list[Finding]:
    """Return the ratings that bodies named in tokens[first:last] are to reach, one for each body."""
    colon = next((index for index in range(first, min(first + 12, last)) if tokens[index].raw == ":"), last)
    after = colon + 1 + (colon + 1 < last and tokens[colon + 1].raw in OPEN)
    if after < last and any("owner" in token.tags for token in tokens[first:colon]):
        grade = next((tag for tag in RATINGS if tag in tokens[after].tags), None)
        end = _rating_end(tokens, after + tokens[after].tags[grade], last) if grade else None
        if grade and end is not None:
            return [Finding(">=", grade, "rating", first, end, (first, colon), (colon + 1, end))]
    named = _rated_by_name(tokens, first, last)
    if named is not None:
        more = named.last + 1 < last and tokens[named.last].raw == ","
        return [named, *(find_rated(tokens, named.last + 1, last, wanted=wanted) if more else [])]
    led = any("owner" in token.tags for token in tokens[first : min(first + 2, last)])
    tag_name = "rated" if wanted or led else "rated_strict"
    for index in range(first, last):
        length = tokens[index].tags.get(tag_name, 0)
        if not length:
            continue
        for place in range(index + length, min(index + length + 5, last)):
            grade = next((tag for tag in RATINGS if tag in tokens[place].tags), None)
            if grade is None:
                continue
            end = _rating_end(tokens, place + tokens[place].tags[grade], last)
            start = _verb_start(tokens, first, index)
            if any(token.kind == "num" for token in tokens[first:start]):
                return []  # so many of them, not the body itself
            if end is None or not any(tag in t.tags for t in tokens[first:start] for tag in ("owner", "body")):
                return []
            found = [
                Finding(">=", grade, "rating", body, end, (body, stop), (index, end))
                for body, stop in _bodies(tokens, first, start)
            ]
            more = end + 1 < last and tokens[end].raw == ","
            return found + (find_rated(tokens, end + 1, last, wanted=wanted) if more else [])
    return []


def _rated_by_name(tokens: Sequence[Token], first: int, last: int) -> Finding | None:
    """Read "Đảng bộ hoàn thành tốt nhiệm vụ": a body that is rated every year, and nothing but the grade."""
    length = tokens[first].tags.get("rated_body", 0)
    for place in range(first + length, min(first + length + 5, last)) if length else ():
        grade = next((tag for tag in RATINGS if tag in tokens[place].tags), None)
        if grade is not None:
            end = _rating_end(tokens, place + tokens[place].tags[grade], last)
            if end is None or (end < last and tokens[end].kind == "word" and not tokens[end].is_("năm", "hằng")):
                return None
            return Finding(">=", grade, "rating", first, end, (first, place), (place, end))
        if tokens[place].kind != "word" or "predicate" in tokens[place].tags:
            return None
    return None


def _rating_end(tokens: Sequence[Token], end: int, last: int) -> int | None:
    """Return where the rating's words end, or None when they turn out to be a condition."""
    for index in range(end, min(end + 4, last)):
        token = tokens[index]
        if "up" in token.tags:
            stop = index + token.tags["up"]
            return stop + 1 if stop < last and tokens[stop].raw in CLOSE else stop
        if token.is_("thì", "sẽ", "mới", "làm"):
            return None
        if token.kind == "word":
            break
    return end + 1 if end < last and tokens[end].raw in CLOSE else end


def _verb_start(tokens: Sequence[Token], first: int, verb: int) -> int:
    start = verb
    while start > first:
        at = ends_at(tokens, "strive", start) or ends_at(tokens, "rated", start)
        if at is None and not tokens[start - 1].is_("được", "đều", "phải", "có"):
            break
        start = at if at is not None else start - 1
    return start


def _bodies(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Split "tổ chức đảng và các đoàn thể" into the bodies it names; a list of staff stays one."""
    spans: list[tuple[int, int]] = []
    start = first
    for index in range(first + 1, last - 1):
        if (tokens[index].is_("và") or tokens[index].raw == ",") and _is_body(tokens, index + 1):
            spans.append((start, index))
            start = index + 1
    spans.append((start, last))
    return spans


def _is_body(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].is_("các", "những") and index + 1 < len(tokens):
        index += 1
    return "owner" in tokens[index].tags
