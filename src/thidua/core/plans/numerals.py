"""Numbers as plans write them, in digits and in words: 1.250,5 · 5.5 · hai mươi lăm · một trăm."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from thidua.core.plans.tokens import Token

_SCALE = {
    "tỷ": 10**9,
    "tỉ": 10**9,
    "triệu": 10**6,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "trăm": 10**2,
}
_DIGITS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
# What the digit becomes after mươi or mười: hai mươi mốt, mười lăm.
_ENDINGS = {**_DIGITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}


def parse_number(raw: str) -> Decimal:
    """Return the value of a number as written in Vietnam: comma for decimals, points for thousands.

    A single point followed by other than three digits is read as a decimal point ("5.5"), since plans
    typed on English keyboards use it so.
    """
    if "," in raw:
        whole, _, part = raw.rpartition(",")
        if "," in whole or (len(part) == 3 and "." not in whole and not whole.startswith("0") and len(whole) > 1):
            return Decimal(raw.replace(",", "").replace(".", ""))
        return Decimal(f"{whole.replace('.', '')}.{part}")
    groups = raw.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        return Decimal("".join(groups))
    return Decimal(raw) if len(groups) <= 2 else Decimal("".join(groups))


def plain(value: Decimal) -> str:
    """Return a decimal as text without exponent and trailing zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def multiplier(tokens: Sequence[Token]) -> int:
    """Return the product of the scale words among the tokens: nghìn tỷ → 10^12."""
    product = 1
    for token in tokens:
        product *= next((size for word, size in _SCALE.items() if token.is_(word)), 1)
    return product


def spelled_number(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return the value below a thousand of the number word at `index` and where it ends, or None."""
    first = _word(tokens, index, _DIGITS)
    if first is not None and _word(tokens, index + 1, {"trăm": 100}):
        rest = _below_hundred(tokens, index + 2)
        return (first * 100 + rest[0], rest[1]) if rest else (first * 100, index + 2)
    return _below_hundred(tokens, index)


def _below_hundred(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    if _word(tokens, index, {"mười": 10}):
        ending = _word(tokens, index + 1, {key: value for key, value in _ENDINGS.items() if key != "năm"})
        return (10 + ending, index + 2) if ending else (10, index + 1)
    digit = _word(tokens, index, _DIGITS)
    if digit is None:
        return None
    if not _word(tokens, index + 1, {"mươi": 10}):
        return digit, index + 1
    ending = _word(tokens, index + 2, _ENDINGS)
    return (digit * 10 + ending, index + 3) if ending else (digit * 10, index + 2)


def _word(tokens: Sequence[Token], index: int, values: dict[str, int]) -> int | None:
    return values.get(tokens[index].key) if index < len(tokens) else None
