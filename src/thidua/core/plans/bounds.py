"""Which words belong to which number of a sentence, and which comparison a bare number takes from its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thidua.core.plans.comparisons import ends_at
from thidua.core.plans.plan import Op
from thidua.core.plans.quantities import Quantity
from thidua.core.plans.sentences import Sentence
from thidua.core.plans.titles import TITLE_TAGS
from thidua.core.plans.tokens import Token


def inherit(sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Give a bare number the comparison of the one before it in the same list ("từ 02 …, 02 …, 03 …")."""
    result: list[Quantity] = []
    for quantity in quantities:
        op: Op = quantity.op
        if not quantity.explicit:
            previous = result[-1] if result else None
            if _less_is_better(sentence, quantity, previous):
                op = "<="
            elif previous and not quantity.rank and _same_list(sentence.tokens, previous, quantity):
                op = previous.op
        result.append(replace(quantity, op=op))
    return result


def _same_list(tokens: Sequence[Token], previous: Quantity, quantity: Quantity) -> bool:
    if previous.unit != quantity.unit or previous.op == "=" or (quantity.value == "100" and quantity.unit == "percent"):
        return False
    gap = tokens[previous.last : quantity.first]
    if any(token.raw in ":." for token in gap):
        return False
    return not any("plain_act" in token.tags or "predicate" in token.tags for token in gap) and len(gap) <= 14


def _less_is_better(sentence: Sentence, quantity: Quantity, previous: Quantity | None) -> bool:
    """Poverty, deaths and ranks are wanted low, unless the number says by how much to lower them."""
    tokens = sentence.tokens
    start = max(previous.last if previous else 0, last_mark(tokens, 0, quantity.first, ";") + 1)
    stop = quantity.last
    while stop < len(tokens) and tokens[stop].raw not in ",;.":
        stop += 1
    around = [
        *tokens[start : quantity.first],
        *tokens[quantity.last : stop if quantity.unit != "count" else quantity.last],
    ]
    if quantity.value == "100" and quantity.unit == "percent":
        return False
    if _falls_to(tokens, quantity.first):
        return True
    if not any("less_is_better" in token.tags for token in around):
        return False
    left = tokens[start : quantity.first]
    lowered = any(token.is_("giảm", "thêm") for token in left)
    left_at = any(token.is_("còn", "xuống") for token in left)
    return left_at or not lowered


def _falls_to(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether the number is what something is to fall to: "giảm … xuống còn 5%"."""
    return bool(first) and (
        tokens[first - 1].is_("xuống")
        or (tokens[first - 1].is_("còn") and first > 1 and tokens[first - 2].is_("xuống", "giảm"))
    )


def find_bounds(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Return for each quantity the tokens that belong to it: label before, subject and measure after."""
    bounds: list[tuple[int, int]] = []
    start = 0
    for place, quantity in enumerate(quantities):
        following = quantities[place + 1] if place + 1 < len(quantities) else None
        semicolon = first_mark(tokens, quantity.last, len(tokens) if following is None else following.first, ";")
        begin = max(start, last_mark(tokens, start, quantity.first, ";") + 1)
        if semicolon is not None:
            end = semicolon
        elif following is None:
            end = len(tokens)
        else:
            end = _between(tokens, quantity, following)
        bounds.append((begin, max(end, quantity.last)))
        start = max(end, quantity.last)
    return bounds


def _between(tokens: Sequence[Token], quantity: Quantity, following: Quantity) -> int:
    """Return where the words of one number end and the label of the next begins."""
    first_comma = first_mark(tokens, quantity.last, following.first, ",")
    labelled = following.first and (
        tokens[following.first - 1].raw == ":"
        or tokens[following.first - 1].is_("đạt", "còn")
        or any(ends_at(tokens, tag, following.first) is not None for tag in TITLE_TAGS)
    )
    reach = following.first - 4
    while reach >= quantity.last and ("deadline" in tokens[reach + 1].tags or tokens[reach + 1].kind == "year"):
        reach -= 1
    for index in range(following.first - 1, max(quantity.last - 1, reach), -1):
        dated = "deadline" in tokens[index + 1].tags
        if tokens[index].is_("và", "hoặc") and (dated or not labelled):
            return index
    for index in range(quantity.last, following.first - 1):
        if tokens[index].raw == "," and tokens[index + 1].is_("trong") and tokens[index + 2].is_("đó"):
            return index
    if first_comma is not None:
        bare = labelled and first_comma == quantity.last  # "LĐTT: 95%, CSTĐCS: 15%"
        return first_comma if bare else last_mark(tokens, quantity.last, following.first, ",")
    for index in range(following.first - 1, quantity.last, -1):
        if tokens[index].is_("và", "hoặc") or tokens[index].raw in "-+":
            return index
    return following.first


def first_mark(tokens: Sequence[Token], start: int, stop: int, mark: str) -> int | None:
    return next((index for index in range(start, stop) if tokens[index].raw == mark), None)


def last_mark(tokens: Sequence[Token], start: int, stop: int, mark: str) -> int:
    return next((index for index in range(stop - 1, start - 1, -1) if tokens[index].raw == mark), start - 1)
