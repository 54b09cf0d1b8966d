"""The units a number may be counted in: percent, money, so many per head, or the one its label names."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.core.plans.numerals import multiplier, parse_number
from thidua.core.plans.plan import Unit
from thidua.core.plans.tokens import Token


def money_length(tokens: Sequence[Token], end: int) -> int:
    """Return how many tokens name money; "đồng chí", "đ/c" and "đồng bào" are people."""
    length = tokens[end].tags.get("money", 0) if end < len(tokens) else 0
    if length == 1 and end + 1 < len(tokens):
        following = tokens[end + 1]
        if following.is_("chí", "bào", "nghiệp", "đội") or (
            following.raw == "/" and end + 2 < len(tokens) and (tokens[end + 2].is_("c"))
        ):
            return 0
    return length


def per_text(tokens: Sequence[Token], end: int) -> tuple[str, int] | None:
    """Return "bác sĩ/vạn dân" for a rate per head and where its words end, or None."""
    for slash in range(end + 1, min(end + 4, len(tokens) - 1)):
        if tokens[slash].kind == "ratio" or (tokens[slash].kind == "punct" and tokens[slash].raw != "/"):
            return None
        if (
            tokens[slash].raw == "/"
            and tokens[slash].start == tokens[slash - 1].end
            and (is_round(tokens[slash + 1]) or tokens[slash + 1].is_("vạn", "nghìn", "ngàn", "người"))
        ):
            last = slash + 2 if slash + 2 < len(tokens) and tokens[slash + 2].kind == "word" else slash + 1
            return " ".join(token.raw for token in tokens[end : last + 1]).replace(" / ", "/"), last + 1
    return None


def is_round(token: Token) -> bool:
    """Tell whether a number is a hundred, a thousand, ten thousand …, by which rates are reckoned."""
    digits = token.raw.replace(".", "").replace(",", "")
    return token.kind == "num" and len(digits) > 2 and digits.rstrip("0") == "1"


def per_head(tokens: Sequence[Token], end: int) -> tuple[str, int] | None:
    """Return "giường bệnh trên 1 vạn dân" for a rate spelled out and where its number ends, or None."""
    for index in range(end + 1, min(end + 4, len(tokens) - 2)):
        if tokens[index].is_("trên") and tokens[index + 1].kind == "num" and tokens[index - 1].kind == "word":
            scaled = index + 2 < len(tokens) and tokens[index + 2].is_("vạn", "nghìn", "ngàn")
            if scaled or parse_number(tokens[index + 1].raw) >= 1000:
                words = [token.raw for token in tokens[end : min(index + 4, len(tokens))] if token.kind != "punct"]
                return " ".join(words), index + 2
    return None


def reckons_per(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a number only says by how many a rate before it is reckoned: "số bác sĩ trên 10.000 dân đạt"."""
    if (
        index < 2
        or not tokens[index - 1].is_("trên")
        or not is_round(tokens[index])
        or tokens[index - 2].kind != "word"
    ):
        return False
    return (
        index + 2 < len(tokens)
        and tokens[index + 1].is_("dân", "người", "trẻ", "phụ")
        and parse_number(tokens[index].raw) >= 1000
        and any(token.is_("số", "tỷ", "tỉ", "mật") for token in tokens[max(0, index - 7) : index - 1])
        and any(token.kind == "num" for token in tokens[index + 2 : index + 9])
    )


def per_label(tokens: Sequence[Token], index: int) -> str | None:
    """Return "trên vạn dân" where the label before a bare number reckons per head, or None."""
    for at in range(max(0, index - 9), index - 2):
        head = next(
            (i for i in (at + 1, at + 2) if tokens[i].is_("vạn", "nghìn", "ngàn") or reckons_per(tokens, i)), None
        )
        if (tokens[at].is_("trên") or tokens[at].raw == "/") and head is not None and head + 1 < index:
            if not tokens[head + 1].is_("dân", "người", "trẻ") or any(t.raw in ";," for t in tokens[head:index]):
                continue
            return "trên " + " ".join(token.raw for token in tokens[at + 1 : head + 2])
    return None


def is_percent(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens):
        return False
    if tokens[index].kind == "pct":
        return True
    if tokens[index].is_("điểm"):  # percentage points
        return is_percent(tokens, index + 1)
    return index + 1 < len(tokens) and tokens[index].is_("phần") and tokens[index + 1].is_("trăm")


def percent_end(tokens: Sequence[Token], index: int) -> int:
    index += tokens[index].is_("điểm")
    return index + 1 if tokens[index].kind == "pct" else index + 2


def unit_in_label(tokens: Sequence[Token], index: int) -> tuple[Unit | None, str | None, int] | None:
    """Return unit, its words and its factor where the label before a bare number names it: "Tỷ lệ (%): 95"."""
    close = index
    while close > max(0, index - 5) and tokens[close - 1].raw != ")":
        close -= 1
    first = close - 2
    while first > 0 and tokens[first].raw != "(" and close - first < 5:
        first -= 1
    if close < 3 or tokens[close - 1].raw != ")" or tokens[first].raw != "(":
        return None
    if any(token.raw in ";." for token in tokens[close:index]):
        return None
    return named_unit(tokens[first + 1 : close - 1])


def named_unit(words: Sequence[Token]) -> tuple[Unit | None, str | None, int] | None:
    """Return unit, its words and its factor when the words only name a unit: %, tỷ đồng, ha."""
    if not words:
        return None
    if words[0].kind == "pct" and len(words) == 1:
        return "percent", None, 1
    if words[0].key == "‰":
        return None, "‰", 1
    if words[0].tags.get("money") == len(words):
        return "money", None, multiplier(words)
    slash = next((place for place, word in enumerate(words) if word.raw == "/"), 0)
    if slash and len(words) <= 6 and slash + 1 < len(words) and words[slash + 1].kind == "num":
        return None, " ".join(word.raw for word in words).replace(" / ", "/"), 1
    if words[0].tags.get("measure_unit") == len(words) or (len(words) == 3 and words[1].raw == "/"):
        return None, "".join(word.raw if word.raw == "/" else f" {word.raw}" for word in words).strip(), 1
    return None
