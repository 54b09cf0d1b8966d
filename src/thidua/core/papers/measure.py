"""How wide words are in the face of administrative papers, so that nothing leaves its cell, its line or the sheet.

The widths are those of Times bold (Adobe's published metrics, thousandths of the type size), an upper bound for the
other cuts; an accented letter is as wide as its base, horned ones wider. What fits here fits in Word and in PDF.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from thidua.core.papers.form.parts import Column, Group, Row, Total
from thidua.core.vietnamese import fold

MM_PER_PT = 25.4 / 72
LEADING = 1.25
CELL_INSET_MM = 1.8
TABLE_SIZES = (12, 11, 10, 9, 8, 7)
SMALLEST_PT = 6
MANY_COLUMNS = 7
ZERO_WIDTH_SPACE = "\u200b"
_GROUPS = {
    278: "il|/\\",
    250: " .,",
    333: "fjt-()[]:;'`!",
    389: "sI",
    444: "cerz",
    500: 'agovxy0123456789J?*–"“”_#',
    556: "bdhknpquS",
    611: "FP",
    667: "BELTZ",
    722: "wACDNRUVXY",
    778: "GHKOQ",
    833: "m&",
    1000: "MW%…—@",
}
_WIDTHS = {sign: width for width, signs in _GROUPS.items() for sign in signs}
_HORNED = {"ơ": 560, "ư": 650, "Ơ": 850, "Ư": 850}
_WIDEST = 1000


@dataclass(frozen=True)
class Layout:
    """How a table is set: type size in points, width of each column in millimetres."""

    size: int
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Fitted:
    """A text that fits its place: type size in points, and its lines."""

    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=65536)
def width_mm(text: str, size: float) -> float:
    """Width of a line in millimetres at ``size`` points, never less than it will be."""
    return sum(_sign_width(sign) for sign in text) / 1000 * size * MM_PER_PT


def table_layout(columns: Sequence[Column], rows: Sequence[Row], *, width: float) -> Layout:
    """Widths by the columns' shares, none narrower than its longest word; the type shrinks until that is possible."""
    words = _longest_words(columns, rows)
    sizes = TABLE_SIZES if len(columns) <= MANY_COLUMNS else TABLE_SIZES[1:]
    for size in sizes:
        least = [width_mm(word, size) + 2 * CELL_INSET_MM for word in words]
        if sum(least) <= width:
            return Layout(size, _shared([column.share for column in columns], least, width))
    shares = [column.share for column in columns]
    return Layout(sizes[-1], tuple(width * share / sum(shares) for share in shares))


def breakable(text: str, *, width: float, size: float) -> str:
    """The text with invisible break places in words wider than ``width`` millimetres (an address, a long code)."""
    if width_mm(text, size) <= width:
        return text
    return " ".join(_broken(word, width, size) for word in text.split(" "))


@lru_cache(maxsize=4096)
def fit(text: str, *, width: float, height: float, sizes: tuple[int, ...]) -> Fitted:
    """The text at the largest size at which it fits one line, or else several lines of even length.

    One line is kept down to two thirds of the first size; then lines break between words, at the largest size at which
    they fit the height, if need be below the sizes named. Only a word too wide even at 6 points is broken.
    """
    joined = " ".join(text.split())
    for size in sizes:
        if size >= sizes[0] * 2 / 3 and width_mm(joined, size) <= width and line_height_mm(size) <= height:
            return Fitted(size, (joined,))
    for size in (*sizes, *range(sizes[-1] - 1, SMALLEST_PT, -1)):
        lines = _even_lines(joined, width, size)
        if len(lines) * line_height_mm(size) <= height and all(width_mm(line, size) <= width for line in lines):
            return Fitted(size, lines)
    last = SMALLEST_PT
    pieces = breakable(joined, width=width, size=last).replace(ZERO_WIDTH_SPACE, " ")
    return Fitted(last, _even_lines(pieces, width, last))


def even_width(text: str, *, width: float, size: int) -> float:
    """The narrowest width at which the text needs no more lines than at ``width``: its lines come out even."""
    count = len(_wrapped(text, width, size))
    narrow, wide = width / max(count, 1) / 2, width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        lines = _wrapped(text, middle, size)
        fits = len(lines) <= count and all(width_mm(line, size) <= width for line in lines)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return wide


def line_height_mm(size: float) -> float:
    """Height of a line with its lead, in millimetres."""
    return size * LEADING * MM_PER_PT


def _sign_width(sign: str) -> int:
    known = _WIDTHS.get(sign)
    if known is not None:
        return known
    base = fold(sign)
    if base in ("o", "u") and _is_horned(sign):
        return _HORNED[
            "Ơ" if sign.isupper() and base == "o" else "Ư" if sign.isupper() else "ơ" if base == "o" else "ư"
        ]
    if sign == ZERO_WIDTH_SPACE:
        return 0
    return _WIDTHS.get(base.upper() if sign.isupper() else base, _WIDEST)


def _is_horned(sign: str) -> bool:
    return sign.lower() in "ơờởỡớợưừửữứự"


def _longest_words(columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """The widest word of each column, headings included."""
    words = [[column.title] for column in columns]
    for row in rows:
        if isinstance(row, Group):
            continue
        first = len(columns) - len(row.cells) if isinstance(row, Total) else 0
        for place, cell in enumerate(row.cells if isinstance(row, Total) else row, start=first):
            words[place].append(cell)
    return [max({word for text in set(texts) for word in text.split()} or {""}, key=_width_at_ten) for texts in words]


def _width_at_ten(word: str) -> float:
    return width_mm(word, 10)


def _shared(shares: Sequence[int], least: Sequence[float], width: float) -> tuple[float, ...]:
    """The width by shares; columns that would be too narrow take what they need, the others share the rest."""
    fixed: set[int] = set()
    while True:
        rest = width - sum(least[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        widths = [least[place] if place in fixed else rest * share / total for place, share in enumerate(shares)]
        narrow = {place for place in range(len(shares)) if place not in fixed and widths[place] < least[place]}
        if not narrow or len(narrow) + len(fixed) == len(shares):
            return tuple(widths)
        fixed |= narrow


def _broken(word: str, width: float, size: float) -> str:
    """A word in pieces of at most ``width``."""
    pieces, piece = [], ""
    for sign in word:
        if piece and width_mm(piece + sign, size) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return ZERO_WIDTH_SPACE.join([*pieces, piece])


def _even_lines(text: str, width: float, size: int) -> tuple[str, ...]:
    return _wrapped(text, even_width(text, width=width, size=size), size)


def _wrapped(text: str, width: float, size: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_mm(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
