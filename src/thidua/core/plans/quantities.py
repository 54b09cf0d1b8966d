"""Numbers that say how much: value, unit, comparison, with the tokens they stand on.

Ordinals, dates, ages, grades of school, document numbers and the like are no quantities and are left out
here; whether a quantity is a target is decided by its sentence (targets.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thidua.core.plans.comparisons import comparison_before, ends_at, is_strong, word_op
from thidua.core.plans.numerals import multiplier, parse_number, plain, spelled_number
from thidua.core.plans.plan import Op, Unit
from thidua.core.plans.tokens import Token
from thidua.core.plans.units import (
    is_percent,
    money_length,
    per_head,
    per_label,
    per_text,
    percent_end,
    reckons_per,
    unit_in_label,
)
from thidua.core.vietnamese import fold, rank_of

_RANGE_MARKS = {"-", "–", "—", "÷", "~"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and comparison; first, number, last index the tokens, last exclusive.

    `explicit` tells whether the text itself compares; `strong` whether it does so in words that only
    targets and limits use (ít nhất, tối thiểu, không quá …).
    """

    first: int
    number: int
    last: int
    op: Op
    explicit: bool
    strong: bool
    value: str
    unit: Unit | None
    unit_text: str | None
    approximate: bool
    rank: bool = False


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """Return the quantities of a sentence in order; both ends of a range are one quantity."""
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = _at(tokens, index)
        if quantity is None:
            index += 1
            continue
        if found and quantity.first < found[-1].last:
            quantity = replace(quantity, first=min(found[-1].last, quantity.number))
        found.append(quantity)
        index = max(quantity.last, index + 1)
    return _without_baselines(tokens, found)


def _at(tokens: Sequence[Token], index: int) -> Quantity | None:
    token = tokens[index]
    if token.kind == "word" and rank_of(token.key) and _rank_start(tokens, index) is not None:
        value = Decimal(rank_of(token.key) or 0)
        return _compare(tokens, index, index + 1, plain(value), None, "thứ hạng", rank=True)
    if token.kind == "word" and index and (word_op(tokens, index) or _raised(tokens, index)):
        return _spelled(tokens, index)
    if token.kind == "ratio":
        return _ratio(tokens, index)
    if token.kind == "year" and _is_count_year(tokens, index):
        return _number(tokens, index)
    if token.kind != "num":
        return None
    return _number(tokens, index)


def _raised(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a number word is one to be reached: "hai gia đình hội viên trở lên"."""
    number = spelled_number(tokens, index)
    if not tokens[index - 1].is_("được", "có", "thêm", "giúp", "kết", "nạp"):
        return False
    for token in tokens[number[1] : number[1] + 6] if number else ():
        if token.kind != "word" or "up" in token.tags:
            return "up" in token.tags
    return False


def _spelled(tokens: Sequence[Token], index: int) -> Quantity | None:
    """A number in words counts after "ít nhất", "tối thiểu" and the like only."""
    op, number = word_op(tokens, index), spelled_number(tokens, index)
    if number is None:
        return None
    if op is None:
        return _compare(tokens, index, number[1], plain(Decimal(number[0])), "count", None)
    value, end = Decimal(number[0]), number[1]
    upper = spelled_number(tokens, end + 1) if end < len(tokens) and tokens[end].is_("đến", "tới") else None
    end = upper[1] if upper else end
    if not is_strong(tokens, op[1]) and not upper:
        return None
    if is_percent(tokens, end):
        return _compare(tokens, index, percent_end(tokens, end), plain(value), "percent", None)
    if end >= len(tokens) or tokens[end].kind != "word" or tokens[end].is_("phần"):
        return None
    return _compare(tokens, index, end, plain(value), "count", None, ranged=bool(upper))


def _is_count_year(tokens: Sequence[Token], index: int) -> bool:
    """A number like 2020 is a year unless a percent sign or a comparison of degree stands by it."""
    if index + 1 < len(tokens) and (tokens[index + 1].kind == "pct" or "money" in tokens[index + 1].tags):
        return True
    return any(ends_at(tokens, tag, index) is not None for tag in ("strong_op",))


def _ratio(tokens: Sequence[Token], index: int) -> Quantity | None:
    numerator, denominator = tokens[index].raw.split("/")
    ranked = _rank_start(tokens, index) is not None
    if not ranked and _is_day(tokens, index, numerator, denominator):
        return None
    if _is_fraction(tokens, index, numerator, denominator):
        return None
    if ranked:
        return _compare(
            tokens,
            index,
            index + 1,
            plain(parse_number(numerator)),
            None,
            f"thứ hạng/{denominator}",
            rank=True,
        )
    if parse_number(denominator) >= 1000:
        return _compare(tokens, index, index + 1, plain(parse_number(numerator)), None, f"trên {denominator}")
    if _numbered(tokens, index):
        return None
    value = parse_number(numerator)
    if value != value.to_integral_value() or (index + 1 < len(tokens) and tokens[index + 1].is_("điểm")):
        return _compare(tokens, index, index + 1, plain(value), None, "điểm")
    return _compare(tokens, index, index + 1, plain(value), "count", None)


def _is_day(tokens: Sequence[Token], index: int, numerator: str, denominator: str) -> bool:
    """Tell whether "20/11" is a day of the year: named as one, or more than the whole it would be part of."""
    if not (numerator.isdigit() and denominator.isdigit()) or int(numerator) > 31 or int(denominator) > 12:
        return False
    counted = index + 1 < len(tokens) and tokens[index + 1].kind == "word" and "goal" not in tokens[index + 1].tags
    return (
        int(numerator) > int(denominator)
        or any(token.is_("ngày") for token in tokens[max(0, index - 10) : index])
        or any("calendar" in token.tags for token in tokens[max(0, index - 2) : index])
        or (denominator.startswith("0") and not counted)
    )


def _is_fraction(tokens: Sequence[Token], index: int, numerator: str, denominator: str) -> bool:
    """Tell whether "2/3" is a share of an uncounted whole ("2/3 thời gian") and no count out of a whole."""
    if not (numerator.isdigit() and denominator.isdigit()) or not int(numerator) < int(denominator) <= 5:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and following.is_("số", "tổng", "thời", "diện", "quãng", "khối", "chiều")


def _number(tokens: Sequence[Token], index: int) -> Quantity | None:
    value, end, percent = parse_number(tokens[index].raw), index + 1, False
    if is_percent(tokens, end):
        end, percent = percent_end(tokens, end), True
    ranged = _range_end(tokens, end)
    if ranged:
        end = ranged
        if is_percent(tokens, end):
            end, percent = percent_end(tokens, end), True
    if percent:
        return _compare(tokens, index, end, plain(value), "percent", None, ranged=bool(ranged))
    if _rank_start(tokens, index) is not None or _leads(tokens, index, end):
        return _compare(tokens, index, end, plain(value), None, "thứ hạng", rank=True)
    money = money_length(tokens, end)
    more = _smaller_money(tokens, end)
    if more:
        value, end = value * multiplier(tokens[end : end + 1]) + more[0], more[1]
        return _compare(tokens, index, end, plain(value), "money", None)
    if money:
        return _compare(
            tokens,
            index,
            end + money,
            plain(value * multiplier(tokens[end : end + money])),
            "money",
            None,
            ranged=bool(ranged),
        )
    if index and tokens[index - 1].is_("cả"):
        return None  # "cả 3 tiêu chí": all there are
    if reckons_per(tokens, index):
        return None
    if _numbered(tokens, index) or (_decorative(tokens, index, end) and not comparison_before(tokens, index)[2]):
        return None
    return _counted(tokens, index, end, value, bool(ranged))


def _smaller_money(tokens: Sequence[Token], end: int) -> tuple[Decimal, int] | None:
    """Return the rest of "12 tỷ 500 triệu đồng" in đồng and where it ends, or None."""
    if end + 2 >= len(tokens) or not tokens[end].is_("tỷ", "tỉ") or tokens[end + 1].kind != "num":
        return None
    length = money_length(tokens, end + 2) or tokens[end + 2].is_("triệu")
    if not length:
        return None
    rest = parse_number(tokens[end + 1].raw) * multiplier(tokens[end + 2 : end + 2 + length])
    return rest, end + 2 + length


def _counted(tokens: Sequence[Token], index: int, end: int, value: Decimal, ranged: bool) -> Quantity | None:
    scale = tokens[end].tags.get("scale", 0) if end < len(tokens) else 0
    if scale:
        value *= multiplier(tokens[end : end + scale])
        end += scale
    unit: Unit | None = "count" if value == value.to_integral_value() else None
    unit_text: str | None = None
    if _is_area_of_one(tokens, index, end):
        return None
    if headed := unit_in_label(tokens, index):
        unit, unit_text, factor = headed
        return _compare(tokens, index, end, plain(value * factor), unit, unit_text, ranged=ranged)
    measured = tokens[end].tags.get("measure_unit", 0) if end < len(tokens) else 0
    if end + 1 < len(tokens) and tokens[end].is_("ngày") and tokens[end + 1].is_("công"):
        measured = 0  # days of work given are counted
    per = per_text(tokens, end) or per_head(tokens, end)
    if per:
        unit, (unit_text, end) = None, per
    elif end < len(tokens) and tokens[end].key == "‰":
        unit, unit_text, end = None, "‰", end + 1
    elif measured and tokens[index].kind != "year":
        if end + measured + 1 < len(tokens) and tokens[end + measured].raw == "/":
            measured += 2  # tạ/ha
        unit, unit_text = None, " ".join(token.raw for token in tokens[end : end + measured]).replace(" / ", "/")
        end += measured
    elif hourly := _hourly(tokens, end):
        unit, (unit_text, end) = None, hourly
    elif end < len(tokens) and tokens[end].is_("lần") and _grows(tokens, index):
        unit, unit_text = None, "lần"
    elif unit in ("count", None) and (head := per_label(tokens, index)):
        unit, unit_text = None, head
    return _compare(tokens, index, end, plain(value), unit, unit_text, ranged=ranged)


def _hourly(tokens: Sequence[Token], end: int) -> tuple[str, int] | None:
    """Return "container/giờ" for so many an hour and where its words end, or None."""
    for slash in range(end + 1, min(end + 3, len(tokens) - 1)):
        if tokens[slash].raw == "/" and tokens[slash + 1].is_("giờ", "phút", "giây"):
            return " ".join(token.raw for token in tokens[end : slash + 2]).replace(" / ", "/"), slash + 2
        if tokens[slash].kind != "word":
            return None
    return None


def _is_area_of_one(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell whether "1 ha" only says by what a value is reckoned: "giá trị sản phẩm trên 1 ha"."""
    return (
        bool(index)
        and tokens[index].raw in ("1", "01")
        and tokens[index - 1].is_("trên")
        and (end < len(tokens) and "measure_unit" in tokens[end].tags)
    )


def _leads(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell whether the number is that of the best: "nằm trong 10 đơn vị dẫn đầu"."""
    if ends_at(tokens, "rank_place", index) is None:
        return False
    return any("leading" in token.tags for token in tokens[end : end + 8])


def _grows(tokens: Sequence[Token], index: int) -> bool:
    return any(token.is_("gấp", "tăng", "giảm") for token in tokens[max(0, index - 3) : index])


def _range_end(tokens: Sequence[Token], end: int) -> int:
    """Return the index past the upper end of a range that goes on at `end`, or 0."""
    if end + 1 >= len(tokens) or tokens[end + 1].kind != "num":
        return 0
    mark = tokens[end]
    if mark.raw in _RANGE_MARKS or mark.is_("đến", "tới"):
        return end + 2
    return 0


def _numbered(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the number only names a thing: năm 2, lớp 9, mức độ 3, Nghị quyết 29, con thứ 3."""
    start = ends_at(tokens, "numbered", index)
    if start is None:
        return False
    act = ends_at(tokens, "act", index)
    if act is not None and act < start:
        return False  # "nâng cấp 03 tuyến đường"
    measured = index + 1 < len(tokens) and "measure_unit" in tokens[index + 1].tags
    if (
        measured
        and tokens[index - 1].is_("năm", "quý", "tháng", "vụ")
        and "calendar_unit" not in tokens[index + 1].tags
    ):
        return False  # "cả năm 8.450 ha"
    goal = ends_at(tokens, "goal", index)
    return goal is None or goal == start


def _decorative(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell whether what follows makes the number an age, a grade, a count of pages and the like."""
    if end >= len(tokens):
        return False
    following = tokens[end]
    if following.is_("giờ") and end + 1 < len(tokens):  # a time of day
        return tokens[end + 1].kind == "num" or tokens[end + 1].is_("ngày", "sáng", "chiều", "tối", "phút", "00")
    if following.is_("tuổi"):
        return not any("longevity" in token.tags for token in tokens[:index])
    if following.kind == "punct" and following.raw in "/_" and following.start == tokens[end - 1].end:
        coded = end + 1 < len(tokens) and (tokens[end + 1].kind == "num" or tokens[end + 1].raw.isupper())
        return tokens[index].kind == "num" and coded
    if following.raw == "/" and end + 1 < len(tokens) and tokens[end + 1].raw[:1].isupper():
        return True  # "25 /KH-…", a document number written with a space
    return "after_no_count" in following.tags and not following.tags.keys() & {"measure_unit", "counted"}


def _rank_start(tokens: Sequence[Token], index: int) -> int | None:
    start = ends_at(tokens, "rank_head", index)
    if start is None and index and ends_at(tokens, "rank_head", index - 1) is not None:
        start = ends_at(tokens, "rank_head", index - 1) if tokens[index - 1].is_("từ", "hạng", "vị", "trong") else None
    if (start is not None and tokens[start].is_("tốp", "top")) or start is None:
        return start
    if index and tokens[index - 1].is_("hạng") and tokens[start].is_("hạng"):
        return None
    return start


def _compare(
    tokens: Sequence[Token],
    index: int,
    end: int,
    value: str,
    unit: Unit | None,
    unit_text: str | None,
    *,
    ranged: bool = False,
    rank: bool = False,
) -> Quantity:
    op, first, strong, approximate = comparison_before(tokens, index)
    explicit = op is not None
    after = tokens[end].tags if end < len(tokens) else {}
    if "up" in after:
        op = "<=" if rank else op if op in (">", "<=") else ">="  # tenth or higher is a smaller number
        explicit, end = True, end + after["up"]
    elif "down" in after:
        op, explicit, end = "<=", True, end + after["down"]
    if ranged and op not in ("<=", "<"):
        op = ">="
    start = _rank_start(tokens, index) if rank else None
    if rank and start is None:
        start = ends_at(tokens, "rank_place", index)
    if start is not None and start < first:
        first = start
    default: Op = "<=" if rank else ">="
    return Quantity(first, index, end, op or default, explicit, strong, value, unit, unit_text, approximate, rank)


def _without_baselines(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Drop X of "từ X lên Y" and "từ X xuống còn Y": where one starts from is not what one wants."""
    kept: list[Quantity] = []
    for place, quantity in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if following and tokens[quantity.first].is_("từ") and following.number - quantity.last <= 7:
            gap = tokens[quantity.last : following.number]
            words = {fold(token.raw) for token in gap}
            if words & {"len", "xuong", "con"} and not any(token.raw in ",;" for token in gap):
                continue
        kept.append(quantity)
    return kept
