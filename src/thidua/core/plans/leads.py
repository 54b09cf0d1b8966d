"""Lead lines of lists: "Không để xảy ra:" or "Phấn đấu đạt ít nhất:" say how every point below is to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua.core.plans.markers import Kind, find_marker
from thidua.core.plans.tokens import Token, tokenize

_SAYS = ("strive", "goal", "forbid", "keep", "past", "quota", "law", "scoring", "ge", "le", "gt", "lt", "wish")
_LONGEST = 30


def with_leads(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[Token, ...]]]:
    """Yield each paragraph with the tokens of the lead line it stands under, none where there is none.

    Points under a lead have one kind of mark; a point may itself lead points of another kind.
    """
    stack: list[tuple[tuple[Token, ...], Kind | None]] = []
    for start, end in spans:
        marker = find_marker(text[start:end])
        while stack and (marker is None or stack[-1][1] not in (None, marker.kind)):
            stack.pop()
        if stack and marker is not None:
            stack[-1] = (stack[-1][0], marker.kind)
        yield start, end, stack[-1][0] if stack else ()
        if text[start:end].rstrip().endswith(":"):
            own = _lead(tokenize(text, start + (marker.length if marker else 0), end))
            stack.append((own or (stack[-1][0] if stack else ()), None))


def _lead(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the last sentence of a lead line without its colon, if it says how to read what follows."""
    words = list(tokens[:-1])
    start = max((index + 1 for index, token in enumerate(words) if token.raw in ".;:"), default=0)
    words = words[start:]
    if len(words) > _LONGEST or not any(tag in token.tags for token in words for tag in _SAYS):
        return ()
    return tuple(words)
