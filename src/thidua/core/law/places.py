"""How many places a limit gives: exact shares, counted for each scope alone, or together and then shared out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.law.citing import cite_words
from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Limit, Ruleset
from thidua.core.law.terms import Kind

ROUNDED = {"down": "làm tròn xuống", "nearest": "làm tròn tới số gần nhất", "up": "làm tròn lên"}
WHO: Mapping[Kind, str] = {"person": "người", "unit": "tập thể"}
AGENCY, UNIT, POOLED = "agency", "unit", "pooled"
SCOPES = {
    AGENCY: "tính trên toàn cơ quan",
    UNIT: "tính trong từng đơn vị",
    POOLED: "tính trên toàn cơ quan, chia cho đơn vị theo phần dư lớn nhất",
}


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one scope; ``most`` is one more than ``sure`` where equal remainders leave the last place open."""

    sure: int
    most: int


def quota(share: Fraction, base_count: int, *, rounding: str) -> int:
    """``share`` of a count in whole people; rounding is down, nearest (half up) or up. Exact, no floats."""
    exact = share * base_count
    if rounding == "down":
        return math.floor(exact)
    if rounding == "up":
        return math.ceil(exact)
    if rounding == "nearest":
        return math.floor(exact + Fraction(1, 2))
    raise NoRule(f"cách làm tròn “{rounding}” (có: {', '.join(ROUNDED)})")


def limit_share(limit: Limit, ruleset: Ruleset) -> Fraction:
    """The share of a limit on the ruleset's date."""
    return Fraction(ruleset.value(limit.share.name))


def limit_scope(limit: Limit, ruleset: Ruleset) -> str:
    """How the packs count a limit: a word of ``SCOPES``. Raises NoRule for another word or none."""
    word = str(ruleset.value(limit.scope.name))
    if word not in SCOPES:
        raise NoRule(f"phạm vi tính tỷ lệ “{word}” (có: {', '.join(SCOPES)})")
    return word


def limit_places(limit: Limit, ruleset: Ruleset, base_count: int) -> int:
    """How many places a limit gives over so many of its base. Raises NoRule."""
    return quota(limit_share(limit, ruleset), base_count, rounding=str(ruleset.value(limit.rounding.name)))


def places_of(limit: Limit, ruleset: Ruleset, counts: Mapping[str, int]) -> dict[str, Places]:
    """The places of each scope of one agency, given how many of its base each has. Raises NoRule."""
    if limit_scope(limit, ruleset) == POOLED:
        return share_out(limit_places(limit, ruleset, sum(counts.values())), counts)
    found = {scope: limit_places(limit, ruleset, count) for scope, count in counts.items()}
    return {scope: Places(sure=places, most=places) for scope, places in found.items()}


def share_out(total: int, counts: Mapping[str, int]) -> dict[str, Places]:
    """``total`` places shared out by counts: whole parts first, then one each to the largest remainders.

    Scopes whose equal remainders would have to be told apart for the last places may each get one or not: who does
    is for people to say. ``total`` is at most the sum of the counts.
    """
    whole = sum(counts.values())
    if not whole:
        return {scope: Places(0, 0) for scope in counts}
    parts = {scope: divmod(total * count, whole) for scope, count in counts.items()}
    left = total - sum(sure for sure, _ in parts.values())
    remainders = sorted((rest for _, rest in parts.values()), reverse=True)
    # The remainders sum up to `left` wholes, so more than `left` of them are above nothing.
    last = remainders[left - 1] if left else whole
    contested = left < len(remainders) and remainders[left] == last
    found = {}
    for scope, (sure, rest) in parts.items():
        wins = rest > last or (rest == last and not contested)
        found[scope] = Places(sure + wins, sure + (rest >= last))
    return found


def limit_words(limit: Limit, ruleset: Ruleset, base_count: int, *, pool: int | None = None) -> str:
    """“15% × 57 = 8,55, làm tròn xuống; Điều 9 khoản 3, Nghị định 91/2017/NĐ-CP”. Raises NoRule.

    Where places are counted together and shared out, ``pool`` is the count of the whole agency.
    """
    share, whole = limit_share(limit, ruleset), base_count if pool is None else pool
    rounded = ROUNDED[str(ruleset.value(limit.rounding.name))]
    words = f"{_number(share * 100)}% × {whole} = {_number(share * whole)}, {rounded}"
    if pool:
        total = limit_places(limit, ruleset, pool)
        part = _number(Fraction(total * base_count, pool))
        words += f" còn {total} suất, chia theo phần dư lớn nhất: {total} × {base_count}/{pool} = {part}"
    return f"{words}; {cite_words(ruleset, limit.cite)}"


def _number(value: Fraction) -> str:
    """A number as written here: comma for decimals, at most two, none when whole."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")
