"""The words that compare a number: từ … trở lên, ít nhất, không quá, dưới, khoảng."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.core.plans.plan import Op
from thidua.core.plans.tokens import Token

_SYMBOLS: dict[str, Op] = {
    "≥": ">=",
    ">=": ">=",
    "=>": ">=",
    "≤": "<=",
    "<=": "<=",
    "=<": "<=",
    ">": ">",
    "<": "<",
    "=": "=",
}
_WORD_OPS: tuple[tuple[str, Op], ...] = (("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<"), ("eq", "="))


def ends_at(tokens: Sequence[Token], tag: str, end: int, *, reach: int = 7) -> int | None:
    """Return where a phrase with the tag begins that ends just before `end`, the longest one, or None."""
    for start in range(max(0, end - reach), end):
        if start + tokens[start].tags.get(tag, -99) == end:
            return start
    return None


def comparison_before(tokens: Sequence[Token], index: int) -> tuple[Op | None, int, bool, bool]:
    """Return the comparison before a number, where its words begin, whether it is strong, and "khoảng"."""
    approximate, position = False, index
    while position and (ends_at(tokens, "approx", position) is not None):
        position, approximate = ends_at(tokens, "approx", position) or 0, True
    if position and tokens[position - 1].kind == "op":
        return _SYMBOLS[tokens[position - 1].raw], position - 1, True, approximate
    near = word_op(tokens, position)
    if near:
        return near[0], near[1], is_strong(tokens, near[1]), approximate
    return _far_op(tokens, position, approximate, index)


def _far_op(tokens: Sequence[Token], position: int, approximate: bool, index: int) -> tuple[Op | None, int, bool, bool]:
    """Look past the words that may stand between a comparison and its number ("ít nhất mỗi tổ có 01 …")."""
    at = position
    glued = True
    while at > max(0, position - 6):
        token = tokens[at - 1]
        if token.kind != "word":
            break
        glued = glued and any(ends_at(tokens, "glue", at) == start for start in range(max(0, at - 3), at))
        at -= 1
        op = word_op(tokens, at)
        if op and is_strong(tokens, op[1]):
            return op[0], op[1], True, approximate
        if op and glued and at == position - 1 and not tokens[at].is_("có", "được", "cho", "về", "tổ chức", "lên"):
            return op[0], op[1], False, approximate
    return None, position if approximate else index, False, approximate


def word_op(tokens: Sequence[Token], end: int) -> tuple[Op, int] | None:
    best: tuple[Op, int] | None = None
    for tag, op in _WORD_OPS:
        start = ends_at(tokens, tag, end)
        if start is not None and (best is None or start < best[1]):
            best = op, start
    return best


def is_strong(tokens: Sequence[Token], start: int) -> bool:
    return "strong_op" in tokens[start].tags
