"""A word as it was written → the known syllables that it may stand for, and at what cost of the channel."""

from __future__ import annotations

from functools import lru_cache

from thidua.core.plans.confusion import readings
from thidua.core.plans.language import Node, language

_MAX_COST = 7.5
_KEPT = 7
_EDIT = 4.0
_CLEAR = 2.4
_JOINED = 2.0
_LONGEST_PAIR = 16  # letters; "nghiêng" is the longest syllable, some stand for two

# For each place of a word: how far signs reach that may be one letter, and the cost of each letter.
_Shapes = list[list[tuple[int, dict[str, float]]]]


@lru_cache(maxsize=65536)
def candidates(word: str) -> tuple[tuple[str, float], ...]:
    """Return the known syllables a written word may stand for, cheapest first with unigram cost in mind."""
    model = language()
    found: dict[str, float] = {}
    shapes = _shapes(word)
    _walk(shapes, 0, model.tree, 0.0, 0, found)
    if not found or min(found.values()) > _CLEAR:
        _walk(shapes, 0, model.tree, 0.0, 1, found)
    best = sorted(found.items(), key=lambda item: (item[1] + 0.55 * model.alone[item[0]], item[0]))
    return tuple(best[:_KEPT])


@lru_cache(maxsize=16384)
def joined(word: str) -> tuple[tuple[str, float], ...]:
    """Return the pairs of syllables, seen together in papers, that a word without the space between may stand for."""
    if not 4 <= len(word) <= _LONGEST_PAIR or not word.isalpha() or any(cost <= _CLEAR for _, cost in candidates(word)):
        return ()
    model = language()
    found: dict[str, float] = {}
    for at in range(2, len(word) - 1):
        for left, first in candidates(word[:at]):
            for right, second in candidates(word[at:]):
                if (left, right) in model.phrases:
                    cost = first + second + model.after[left][right] + _JOINED
                    found[f"{left} {right}"] = min(cost, found.get(f"{left} {right}", 99.0))
    best = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return tuple(pair for pair in best[:2] if pair[1] <= 2 * _MAX_COST)


def _shapes(word: str) -> _Shapes:
    table = readings()
    return [
        [
            (at + width, dict(table[word[at : at + width]]))
            for width in (1, 2, 3)
            if at + width <= len(word) and word[at : at + width] in table
        ]
        for at in range(len(word))
    ]


def _walk(shapes: _Shapes, at: int, node: Node, cost: float, edits: int, found: dict[str, float]) -> None:
    """Go down the tree of syllables by each letter that may stand here; so many letters may be missing or too much."""
    if at == len(shapes):
        if node.word is not None and cost < found.get(node.word, 99.0):
            found[node.word] = cost
    elif node.children:
        for after, prices in shapes[at]:
            fewer = node.children if len(node.children) < len(prices) else prices
            for letter in fewer:
                if letter in node.children and letter in prices and cost + prices[letter] <= _MAX_COST:
                    _walk(shapes, after, node.children[letter], cost + prices[letter], edits, found)
    if not edits or cost + _EDIT > _MAX_COST:
        return
    if at < len(shapes):
        _walk(shapes, at + 1, node, cost + _EDIT, 0, found)
    for child in node.children.values():
        _walk(shapes, at, child, cost + _EDIT, 0, found)
