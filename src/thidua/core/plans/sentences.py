"""Tokens → sentences, and what kind of speech a sentence is: a wish, a report, a rule, a quota, a vote."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua.core.plans.comparisons import ends_at
from thidua.core.plans.quantities import Quantity
from thidua.core.plans.titles import TITLE_TAGS
from thidua.core.plans.tokens import Token

RATE = "tỷ"  # the word “tỷ lệ” begins with; it counts in an aside too
LONGEST = 600  # tokens; what runs on longer is no sentence that anybody wrote
_ABBREVIATIONS = {"tp", "ts", "pgs", "gs", "ths", "tx", "tt", "q", "p", "đ", "st", "stt", "v", "ubnd"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and the numbers of those that stand in parentheses or quotation marks.

    ``places``: by tag, the numbers of the tokens at which a phrase with it begins, asides apart.
    """

    tokens: tuple[Token, ...]
    aside: frozenset[int]
    quoted: frozenset[int]
    places: Mapping[str, Sequence[int]]

    def has(self, tag: str, first: int = 0, last: int | None = None) -> bool:
        """Tell whether a phrase with the tag begins between two tokens, asides apart."""
        return self.find(tag, first, last) is not None

    def find(self, tag: str, first: int = 0, last: int | None = None) -> int | None:
        """Return the last token at which a phrase with the tag begins, asides apart, or None."""
        stop = len(self.tokens) if last is None else last
        places = self.places.get(tag, ())
        before = bisect_left(places, stop)
        return places[before - 1] if before and places[before - 1] >= first else None


def split_sentences(tokens: Sequence[Token]) -> list[Sentence]:
    """Return the sentences of a paragraph; its list mark (1., a), -, Chỉ tiêu 2:) is left out."""
    start = marker_length(tokens)
    sentences: list[Sentence] = []
    for index in range(start, len(tokens)):
        ends = _ends(tokens, index)
        if ends or index - start >= LONGEST:
            if index > start:
                sentences.append(_sentence(tokens[start:index]))
            start = index + ends
    if start < len(tokens):
        sentences.append(_sentence(tokens[start:]))
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


def _sentence(tokens: Sequence[Token]) -> Sentence:
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
        if token.is_("tỷ", "tỉ"):
            places[RATE].append(index)
    return Sentence(tuple(tokens), frozenset(aside), frozenset(quoted), places)


def is_rule(sentence: Sentence) -> bool:
    """Tell whether the sentence scores points, counts votes or quotes the law instead of wanting something."""
    if sentence.has("vote"):
        return True
    if _scores(sentence):
        return True
    striving = sentence.has("strive")
    if sentence.has("law") and not striving:
        return True
    return sentence.has("law_award") and sentence.has("award_word") and not striving


def _scores(sentence: Sentence) -> bool:
    """Points given or taken are a rule; points reached on average or in a ranking are a result."""
    tokens = sentence.tokens
    pointed = [i for i, t in enumerate(tokens) if t.is_("điểm") and i and tokens[i - 1].kind in ("num", "ratio")]
    if not pointed:
        return sentence.has("scoring_rule")
    if sentence.has("scoring"):
        return True
    return (
        not sentence.has("score_goal")
        and not sentence.has("strive")
        and not any(t.is_("phần") for i in pointed for t in tokens[i + 1 : i + 2])
    )


def is_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity is something the sentence wants, not a report, a quota or a price."""
    if is_excluded(sentence, quantity):
        return False
    if quantity.rank:
        return True
    if quantity.unit == "percent":
        return _percent_wanted(sentence, quantity)
    if quantity.unit == "count":
        return _count_wanted(sentence, quantity)
    return _measure_wanted(sentence, quantity)


def is_excluded(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity is a report, a quota, a price, a slogan or a remark in parentheses."""
    if quantity.number in sentence.quoted or _past(sentence, quantity) or _quota(sentence, quantity):
        return True
    if quantity.number in sentence.aside and not _aside_wanted(sentence, quantity):
        return True
    return _supports(sentence, quantity)


def _aside_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    return quantity.strong or any("strive" in sentence.tokens[i].tags for i in sentence.aside if i < quantity.first)


def _past(sentence: Sentence, quantity: Quantity) -> bool:
    tokens = sentence.tokens
    told = (index for index in reversed(sentence.places.get("past", ())) if index < quantity.first)
    past = next((index for index in told if "attribute_past" not in tokens[index].tags), -1)
    striving = sentence.find("strive", 0, quantity.first)
    if past >= 0 and (striving is None or striving < past):
        return True
    if striving is not None or quantity.strong:
        return False
    for index in range(quantity.last, min(quantity.last + 14, len(tokens))):
        if tokens[index].raw in ";.":
            break
        if tokens[index].is_("đã") and "attribute_past" not in tokens[index].tags and index not in sentence.aside:
            return True
    return False


def _quota(sentence: Sentence, quantity: Quantity) -> bool:
    """How many may be proposed or honoured is a ceiling of the rules, not a target."""
    striving = sentence.has("strive", 0, quantity.first)
    if quantity.op == "<=" and quantity.explicit and sentence.has("award_word") and not striving:
        return True
    if striving or not sentence.has("quota", 0, quantity.first):
        return False
    at = sentence.find("quota", 0, quantity.first)
    near = at is not None and quantity.first - at <= 12
    return (
        near
        and (quantity.unit == "count" or sentence.has("award_word"))
        and not (at is not None and sentence.has("plain_act", at + sentence.tokens[at].tags["quota"], quantity.first))
    )


def _supports(sentence: Sentence, quantity: Quantity) -> bool:
    """Shares of a cost, of pay or of a mixture are prices and recipes."""
    if sentence.has("strive", 0, quantity.first) or quantity.strong:
        return False
    after = quantity.last + 4 if quantity.unit in ("percent", "money") else quantity.last
    at = sentence.find("support", max(0, quantity.first - 7), min(after, len(sentence.tokens)))
    if at is None:
        return False
    return not any(token.is_("tiết", "kiệm") for token in sentence.tokens[max(0, quantity.first - 4) : quantity.first])


def _percent_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.explicit or quantity.first == 0 or _labelled(sentence, quantity):
        return True
    tokens = sentence.tokens
    if quantity.last < len(tokens) and tokens[quantity.last].kind == "word":
        return True
    return any(sentence.has(tag, 0, quantity.first) for tag in ("goal", "strive", "plain_act", RATE))


def _labelled(sentence: Sentence, quantity: Quantity) -> bool:
    index = quantity.first - 1
    while index > quantity.first - 5 and index > 0 and sentence.tokens[index].kind == "word":
        if "predicate" in sentence.tokens[index].tags:
            return False
        index -= 1
    if index < 0 or sentence.tokens[index].raw != ":":
        return False
    start = index
    while start and sentence.tokens[start - 1].raw not in ";:":
        start -= 1
    return not any("idle_label" in token.tags for token in sentence.tokens[start:index])


def _count_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    tokens = sentence.tokens
    if any("idle_label" in token.tags for token in tokens[max(0, quantity.first - 4) : quantity.first]):
        return False
    if quantity.strong or _labelled(sentence, quantity):
        return True
    if sentence.has("goal", 0, quantity.first) or sentence.has("strive", 0, quantity.first):
        return True
    if (
        _titled(sentence, quantity)
        or (quantity.first == 1 and tokens[0].is_("có"))
        or any(ends_at(tokens, tag, quantity.first) is not None for tag in TITLE_TAGS)
    ):
        return True
    if quantity.explicit and tokens[quantity.first].is_("từ", "trên") and sentence.has("act", 0, quantity.first):
        return True
    return _act_near(sentence, quantity.first)


def _titled(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether the people counted are to hold a title: "03 cá nhân đạt Chiến sĩ thi đua cấp tỉnh"."""
    for index in range(quantity.last, min(quantity.last + 10, len(sentence.tokens))):
        token = sentence.tokens[index]
        if token.raw in ";.":
            return False
        if any(tag in token.tags for tag in TITLE_TAGS):
            return True
    return False


def _act_near(sentence: Sentence, first: int) -> bool:
    for end in range(first, max(0, first - 4), -1):
        if end < first and sentence.tokens[end].raw in ",;.:":
            return False
        if ends_at(sentence.tokens, "plain_act", end) is not None:
            return True
    return False


def _measure_wanted(sentence: Sentence, quantity: Quantity) -> bool:
    tokens = sentence.tokens
    spans = any(  # how long something may take or last, not a result
        token.is_("trong", "vòng", "sau", "thời", "hạn", "trước", "kéo")
        for token in tokens[max(0, quantity.first - 3) : quantity.first]
    )
    timed = (
        quantity.unit is None
        and quantity.unit_text is not None
        and quantity.unit_text.lower() in ("ngày", "giờ", "phút", "năm", "tháng", "giây", "tiếng")
    )
    if timed and not quantity.strong:
        before = sentence.tokens[max(0, quantity.first - 2) : quantity.first]
        return not spans and (quantity.explicit or any(token.is_("đạt", "còn", "xuống", "giảm") for token in before))
    if quantity.strong or _labelled(sentence, quantity) or _act_near(sentence, quantity.first):
        return True
    return quantity.explicit or any(sentence.has(tag, 0, quantity.first) for tag in ("strive", "goal"))
