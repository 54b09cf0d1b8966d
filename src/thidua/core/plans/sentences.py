"""Tokens → sentences, and whether a sentence is a rule: one that scores, counts votes or quotes the law."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua.core.plans.tokens import Token

LONGEST = 300  # tokens; what runs on longer is no sentence that anybody wrote
_ABBREVIATIONS = {"tp", "ts", "pgs", "gs", "ths", "tx", "tt", "q", "p", "đ", "st", "stt", "v", "ubnd"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and the numbers of those that stand in parentheses or quotation marks.

    The first `lead` tokens are the lead line the sentence stands under; `goal` tells that a heading above it
    names targets. `places`: by tag, the numbers of the tokens at which a phrase with it begins, asides apart;
    `share_of_plan` tells that it reports how much of a plan was done ("thu 78 tỷ đồng, bằng 24% dự toán").
    """

    tokens: tuple[Token, ...]
    aside: frozenset[int]
    quoted: frozenset[int]
    places: Mapping[str, Sequence[int]]
    share_of_plan: bool
    lead: int = 0
    goal: bool = False

    def has(self, tag: str, first: int = 0, last: int | None = None) -> bool:
        """Tell whether a phrase with the tag begins between two tokens, asides apart."""
        return self.find(tag, first, last) is not None

    def find(self, tag: str, first: int = 0, last: int | None = None) -> int | None:
        """Return the last token at which a phrase with the tag begins, asides apart, or None."""
        stop = len(self.tokens) if last is None else last
        places = self.places.get(tag, ())
        before = bisect_left(places, stop)
        return places[before - 1] if before and places[before - 1] >= first else None

    def item_start(self, stop: int, marks: str) -> int:
        """Return where the item of a list before `stop` begins, past the words that only introduce an order."""
        start = stop
        while start and (self.tokens[start - 1].raw not in marks or start - 1 in self.aside):
            start -= 1
        while start < stop and ("opener" in self.tokens[start].tags or self.tokens[start].kind in ("punct", "year")):
            start += self.tokens[start].tags.get("opener", 1)
        return min(start, stop)


def split_sentences(tokens: Sequence[Token], lead: Sequence[Token] = (), *, goal: bool = False) -> list[Sentence]:
    """Return the sentences of a paragraph; its list mark (1., a), -, Chỉ tiêu 2:) is left out.

    The first sentence is read as the end of the lead line, whose tokens stand before its own.
    """
    start = marker_length(tokens)
    sentences: list[Sentence] = []
    for index in range(start, len(tokens)):
        ends = _ends(tokens, index)
        if ends or index - start >= LONGEST:
            if index > start:
                sentences.append(_sentence(tokens[start:index], () if sentences else lead, goal))
            start = index + ends
    if start < len(tokens):
        sentences.append(_sentence(tokens[start:], () if sentences else lead, goal))
    return sentences


def marker_length(tokens: Sequence[Token]) -> int:
    """Return how many tokens at the start are only the list mark of the paragraph."""
    index = 0
    while index < len(tokens) and tokens[index].raw in "-–—+*•~ˆ_·.,|'‘o●▪" and tokens[index].kind == "punct":
        index += 1
    rest = tokens[index : index + 4]
    raws = [token.raw for token in rest]
    if len(rest) > 2 and raws[0] == "(" and raws[2] == ")" and len(raws[1]) <= 3:
        return index + 3
    if len(rest) > 1 and raws[1] in ".)/" and rest[1].start == rest[0].end and _short_mark(rest[0]):
        glued = len(rest) > 2 and rest[2].start == rest[1].end and rest[2].kind in ("num", "pct")
        return index if glued else index + 2
    if (
        len(rest) > 1
        and rest[0].kind == "num"
        and "." in raws[0]
        and rest[1].kind == "word"
        and rest[1].raw[0].isupper()
    ):
        return index + 1
    if len(rest) > 3 and rest[0].is_("chỉ") and rest[1].is_("tiêu") and rest[2].kind == "num" and raws[3] in ":.":
        return index + 4
    return index


def _short_mark(token: Token) -> bool:
    if token.kind == "num":
        return len(token.raw) <= 6 and not token.raw.startswith("0")
    return token.kind == "word" and (len(token.raw) == 1 or token.raw.strip("IVXLl1") == "")


def _ends(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "punct" and token.raw == ":" and index and tokens[index - 1].kind == "pct":
        return index + 1 < len(tokens) and tokens[index + 1].raw[0].isupper()  # a full stop misread
    if token.kind != "punct" or token.raw not in ".!?…":
        return False
    if index + 1 >= len(tokens):
        return True
    following = tokens[index + 1]
    if following.start == token.end:
        return False
    if index and tokens[index - 1].key in _ABBREVIATIONS:
        return False
    return following.kind != "word" or following.raw[0].isupper()


def _sentence(own: Sequence[Token], lead: Sequence[Token], goal: bool) -> Sentence:
    tokens = [*lead, *own]
    aside: set[int] = set()
    quoted: set[int] = set()
    depth, opened = 0, -1
    for index, token in enumerate(tokens):
        if token.raw == "(":
            depth += 1
        if depth:
            aside.add(index)
        if token.raw == ")" and depth:
            depth -= 1
        if token.raw in "“«":
            opened = index
        elif token.raw in "”»" and opened >= 0:
            quoted.update(range(opened, index + 1))
            opened = -1
        elif token.raw == '"':
            if opened >= 0:
                quoted.update(range(opened, index + 1))
                opened = -1
            else:
                opened = index
    if depth:
        aside = set()  # an unclosed parenthesis is a slip of the pen, not an aside
    places: dict[str, list[int]] = defaultdict(list)
    for index, token in enumerate(tokens):
        if index not in aside:
            for tag in token.tags:
                places[tag].append(index)
    share = any(
        token.kind == "pct" and index > 1 and tokens[index - 2].is_("bằng") and "reckoned" in tokens[index + 1].tags
        for index, token in enumerate(tokens[:-1])
    )
    share = share and not places.get("strong_op")  # "đạt tối thiểu 1.285 tỷ đồng, bằng 108% dự toán" asks
    return Sentence(tuple(tokens), frozenset(aside), frozenset(quoted), places, share, len(lead), goal)


def is_rule(sentence: Sentence) -> bool:
    """Tell whether the sentence scores points, counts votes or quotes the law instead of wanting something."""
    if sentence.has("vote"):
        return True
    if _scores(sentence):
        return True
    striving = sentence.has("strive")
    if sentence.has("law") and not striving:
        return True
    named = any(  # "vi phạm quy định" breaks the law, and quotes none
        at not in sentence.quoted and not (at and sentence.tokens[at - 1].is_("phạm"))
        for at in sentence.places.get("law_award", ())
    )
    return named and sentence.has("award_word") and not striving


def _scores(sentence: Sentence) -> bool:
    """Points given or taken are a rule; points reached on average or in a ranking are a result."""
    tokens = sentence.tokens
    pointed = [i for i, t in enumerate(tokens) if t.is_("điểm") and i and tokens[i - 1].kind in ("num", "ratio")]
    if not pointed:
        return sentence.has("scoring_rule")
    if sentence.has("scoring"):
        return True
    if all("up" in token.tags for i in pointed for token in tokens[i + 1 : i + 2]) and not sentence.has("law"):
        return False  # "đạt 4,0 điểm trở lên"
    return (
        not sentence.has("score_goal")
        and not sentence.has("strive")
        and not any(t.is_("phần") for i in pointed for t in tokens[i + 1 : i + 2])
    )
