"""Money that goes with titles and forms: multiple × base salary, rounded as the law of the decision's date says."""

import math
from fractions import Fraction

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Kind, Ruleset

BASE_SALARY = "money.base_salary"
ROUND_TO = "money.round_up_to"


def multiplier(ruleset: Ruleset, *, title: str, kind: Kind) -> Fraction:
    """The multiple of the base salary; raises NoRule when the packs have none."""
    for award in reversed(ruleset.awards):
        if award.title == title and award.kind == kind:
            return award.multiplier
    raise NoRule(f"mức tiền thưởng {title} tại ngày {ruleset.as_of:%d/%m/%Y}")


def amount(ruleset: Ruleset, *, title: str, kind: Kind) -> int:
    """Đồng for one award decided on the ruleset's date, rounded up to the pack's unit (10,000 đồng by decree)."""
    base = Fraction(ruleset.value(BASE_SALARY))
    unit = Fraction(ruleset.value(ROUND_TO))
    return math.ceil(multiplier(ruleset, title=title, kind=kind) * base / unit) * int(unit)
