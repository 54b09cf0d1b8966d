"""The yearly rating by points: 30 for common criteria and 70 for results, its grades, and the cap on the highest.

All numbers are dated parameters (``rating.STAFF.…``). Before the decrees on points a rating is described in words and
given by people; then there is nothing to compute and ``NoRule`` is raised.
"""

import math
from fractions import Fraction
from typing import Literal

from thidua.core.law.schema import Ruleset

Staff = Literal["cong_chuc", "vien_chuc"]
Grade = Literal["HTXS", "HTT", "HT", "KHT"]
GRADES_FROM: tuple[tuple[Grade, str], ...] = (("HTXS", "htxs_from"), ("HTT", "htt_from"), ("HT", "ht_from"))


def rating_of_points(
    ruleset: Ruleset, *, staff: Staff, common: Fraction | int, result: Fraction | int, barred: bool = False
) -> Grade:
    """The grade that points give; ``barred`` is a conclusion or discipline that means *not completed* at any points.

    Points are exact: 89 + 9/10 is not 90. Raises NoRule when the packs have no points for these staff on that date,
    ValueError for points outside their range.
    """
    _check(ruleset, f"rating.{staff}.common_points", common)
    _check(ruleset, f"rating.{staff}.result_points", result)
    limits = [(grade, Fraction(ruleset.value(f"rating.{staff}.{name}"))) for grade, name in GRADES_FROM]
    if barred:
        return "KHT"
    return next((grade for grade, least in limits if common + result >= least), "KHT")


def most_outstanding(ruleset: Ruleset, *, staff: Staff, good: int, outstanding_unit: bool = False) -> int:
    """How many may be rated HTXS where ``good`` are rated HTT, in whole people; more where the unit itself is HTXS.

    Raises NoRule when the packs have no such share on that date, ValueError for a negative count.
    """
    if good < 0:
        raise ValueError(f"Số người hoàn thành tốt nhiệm vụ không thể âm: {good}.")
    name = "htxs_max_share_outstanding" if outstanding_unit else "htxs_max_share"
    return math.floor(Fraction(ruleset.value(f"rating.{staff}.{name}")) * good)


def _check(ruleset: Ruleset, name: str, points: Fraction | int) -> None:
    most = Fraction(ruleset.value(name))
    if not 0 <= points <= most:
        raise ValueError(f"{ruleset.parameter_labels[name]}: từ 0 đến {most}, không phải {points}.")
