"""Text → tokens with offsets, tagged with the words the target grammar knows.

A tagged word matches in its own accents (either tone placement); a text written without accents is matched
without them. A word with other accents (tư, tự for từ) never matches, nor does an unaccented word in an
accented text (thu is not thứ there); only names of titles, grades and prohibitions of three words and more,
which nothing else can be, match whatever their accents. Specks that a scan leaves between words ("bạo.hành",
"250. doanh nghiệp") are no tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from thidua.core.vietnamese import fold, place_tones

Kind = Literal["word", "num", "ratio", "pct", "date", "year", "code", "op", "punct"]

_TOKEN = re.compile(
    r"""
    (?P<date>\d{4}[./-]\d{1,2}[./-]\d{1,2}(?!\d)|\d{1,2}(?::|h)\d\d(?::\d\d)?(?!\d)|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?!\d)|(?<![\d/.,])\d{1,2}/(?:19|20)\d\d(?![\d/]))
  | (?P<code>\d+[A-Z]?\s?[-/]\s?[A-ZĐ][\w&]*(?:[-/&][\w&]+)*|\d+/\d{4}/[\w&-]+)
  | (?P<ratio>\d+(?:[.,]\d+)*/\d+(?:[.,]\d{3})*(?![\d/]))
  | (?P<ident>\d+[A-Z][A-Za-z]*\b|[^\W\d_]+[-]\d[\w]*(?![.,]\d))
  | (?P<num>\d+(?:[.,]\d+)*)
  | (?P<permille>‰|%\s?[0oO](?!\w))
  | (?P<pct>[%％])
  | (?P<op>>=|=>|<=|=<|[≥≤><=])
  | (?P<word>[^\W\d_]\w*(?:&\w+)*)
  | (?P<punct>\S)
    """,
    re.VERBOSE,
)
_SPECKS = ".:,-·'`"
_LONG = 3
_LOOSE = {
    *("TTLDXS", "TTLDTT", "CSTDTQ", "CSTDT", "CSTDCS", "LDTT", "CO_CP", "CO_TINH", "BK_TTG", "BK_TINH", "HCLD"),
    *("HTXS", "HTT", "HT", "standing", "forbid", "broad_forbid", "verb_only", "deadline"),
}
_NOTHING: Mapping[str, int] = {}
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark; `key` is its form for comparison, `tags` gives phrase lengths by tag.

    `bare` tells that the text around it is written without accents.
    """

    kind: Kind
    raw: str
    key: str
    start: int
    end: int
    tags: Mapping[str, int] = field(default_factory=dict)
    bare: bool = False

    def is_(self, *words: str) -> bool:
        """Tell whether the token is one of the words; in bare text, one of them without accents."""
        return self.key in words or (self.bare and any(self.key == fold(word) for word in words))


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)


@lru_cache(maxsize=4)
def _tree(bare: bool, shortest: int = 1) -> _Node:
    root = _Node()
    for tag, phrase in _phrases():
        words = phrase.split()
        if len(words) < shortest or (shortest > 1 and tag not in _LOOSE):
            continue
        node = root
        for word in words:
            node = node.children.setdefault(fold(word) if bare else word, _Node())
        node.tags.add(tag)
    return root


_folded = lru_cache(maxsize=65536)(fold)


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, str], ...]:
    """Return the tagged phrases of grammar.txt: [tag] heads, then phrases divided by commas."""
    found: list[tuple[str, str]] = []
    tag = ""
    for line in Path(__file__).with_name("grammar.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            tag = line[1:].partition("]")[0]
        elif not line.startswith("#"):
            found += [(tag, phrase.strip()) for phrase in place_tones(line).split(",") if phrase.strip()]
    return tuple(found)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tagged tokens of text[start:end]; offsets count code points of the whole text."""
    stop = len(text) if end is None else end
    bare = _is_bare(text[start:stop])
    plain = _without_specks([_token(match, bare) for match in _TOKEN.finditer(text, start, stop)])
    keys = [token.key for token in plain]
    loose = [_folded(key) for key in keys]
    root, long_phrases = _tree(bare), _tree(True, _LONG)
    return [
        Token(
            token.kind,
            token.raw,
            token.key,
            token.start,
            token.end,
            _tags(loose, index, long_phrases) | _tags(keys, index, root) if token.kind == "word" else _NOTHING,
            bare,
        )
        for index, token in enumerate(plain)
    ]


def _without_specks(tokens: list[Token]) -> list[Token]:
    """Leave out a mark glued between two lower-case words, or between a number and the lower-case word it counts."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        if kept and token.raw in _SPECKS and index + 1 < len(tokens):
            left, right = kept[-1], tokens[index + 1]
            glued = left.end == token.start and right.kind == "word" and right.raw.islower()
            if glued and left.kind == "word" and left.raw.islower() and right.start == token.end:
                continue
            if token.raw == "." and _within(left, token, right):
                continue
            if glued and left.kind == "num" and token.raw == "." and index > 1 and len(right.raw) > 1:
                continue
        kept.append(token)
    return kept


def _within(left: Token, stop: Token, right: Token) -> bool:
    """Tell whether a full stop cannot end a sentence: "860 tỷ. đồng", "trên.42%"."""
    if left.end != stop.start or left.kind != "word" or not left.raw.islower() or len(left.raw) < 2:
        return False
    if right.kind == "num":
        return right.start == stop.end
    return right.kind == "word" and right.raw.islower() and len(right.raw) > 1


def _is_bare(text: str) -> bool:
    """Tell whether the text is Vietnamese written without accents: next to no letter above U+00BF."""
    letters = sum(character.isalpha() for character in text)
    return sum(character >= "À" and character.isalpha() for character in text) * 40 <= letters


def _token(match: re.Match[str], bare: bool) -> Token:
    name = match.lastgroup or "punct"
    raw = match.group()
    if name == "permille":
        return Token("punct", raw, "‰", match.start(), match.end(), bare=bare)
    kind: Kind = "word" if name == "ident" else name  # type: ignore[assignment]  # group names are kinds
    if name == "num" and _YEAR.match(raw):
        kind = "year"
    key = raw if kind != "word" else fold(raw) if bare else place_tones(raw).lower()
    return Token(kind, raw, key, match.start(), match.end(), bare=bare)


def _tags(keys: list[str], index: int, root: _Node) -> dict[str, int]:
    found: dict[str, int] = {}
    node = root
    for position in range(index, min(index + 8, len(keys))):
        step = node.children.get(keys[position])
        if step is None:
            break
        node = step
        for tag in node.tags:
            found[tag] = position - index + 1
    return found
