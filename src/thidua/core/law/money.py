"""Money that goes with titles and forms: multiple × base salary, rounded as the law of the decision's date says.

``award_money`` works on one whole decision, because what a line brings depends on the other lines for the same
subject: of several titles for one achievement only the highest is paid (Nghị định 91/2017, Điều 66 khoản 2).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.law.errors import NoRule
from thidua.core.law.schema import Award, Ruleset, Stacking
from thidua.core.law.terms import Cite, Kind

BASE_SALARY = "money.base_salary"
ROUND_TO = "money.round_up_to"
FUND_MAX = "money.fund_max_share"
FUND_RUNNING = "money.fund_running_share"


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One line of a decision: who receives which title or form for which achievement.

    ``key`` names the line and ``subject`` who receives it, both in the caller's words; lines with the same text in
    ``achievement`` (such as "2020" or "2018-2020") reward the same achievement.
    """

    key: str
    subject: str
    kind: Kind
    title: str
    achievement: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What one line brings, in đồng: ``amount`` alone, after rounding up; ``paid`` beside the subject's other lines.

    ``why`` is empty when no other line mattered. ``cite`` is the clause that decided what is paid, ``rate_cite`` the
    one with the multiple.
    """

    key: str
    title: str
    multiplier: Fraction
    base_salary: int
    raw: Fraction
    amount: int
    paid: int
    why: str
    cite: Cite
    rate_cite: Cite


def multiplier(ruleset: Ruleset, *, title: str, kind: Kind) -> Fraction:
    """The multiple of the base salary; raises NoRule when the packs have none."""
    return _award(ruleset, title=title, kind=kind).multiplier


def amount(ruleset: Ruleset, *, title: str, kind: Kind) -> int:
    """Đồng for one award decided on the ruleset's date, rounded up to the pack's unit (10,000 đồng by decree)."""
    base, unit = _base_salary(ruleset), _unit(ruleset)
    return _round_up(multiplier(ruleset, title=title, kind=kind) * base, unit)


def award_money(ruleset: Ruleset, lines: Iterable[AwardLine]) -> tuple[MoneyLine, ...]:
    """What every line of one decision brings, in the order of the lines; the ruleset is that of the decision's date.

    Raises NoRule when a multiple, the base salary, the rounding or, for a subject with several lines, the clause that
    governs them is not in the packs; ValueError when a key stands twice or a subject is given a title twice for the
    same achievement.
    """
    lines = tuple(lines)
    if len({line.key for line in lines}) != len(lines):
        raise ValueError("Một dòng của quyết định được nêu hai lần.")
    by_subject: defaultdict[tuple[Kind, str], list[AwardLine]] = defaultdict(list)
    for line in lines:
        by_subject[line.kind, line.subject].append(line)
    found = {item.key: item for own in by_subject.values() for item in _of_subject(ruleset, own)}
    return tuple(found[line.key] for line in lines)


def fund_limit(ruleset: Ruleset, salary_fund: int) -> int:
    """The most an agency's award fund may hold in a year, in whole đồng, from its yearly grade salary fund."""
    return math.floor(Fraction(ruleset.value(FUND_MAX)) * _not_negative(salary_fund))


def fund_for_running(ruleset: Ruleset, fund: int) -> int:
    """The part of an award fund, in whole đồng, that goes to running movements, publicity and checks."""
    return math.floor(Fraction(ruleset.value(FUND_RUNNING)) * _not_negative(fund))


def _of_subject(ruleset: Ruleset, lines: Sequence[AwardLine]) -> list[MoneyLine]:
    if len(lines) == 1:
        (line,) = lines
        return [_line(ruleset, line, pays=True, why="", cite=None)]
    rule = _stacking(ruleset)
    highest = _highest(ruleset, rule, lines)
    has_form = any(line.title in rule.forms for line in lines)
    found = []
    for line in lines:
        if line.key in highest:
            better = highest[line.key]
            pays, why, cite = False, f"đã hưởng mức cao nhất ({better.title}) của cùng thành tích", rule.same_cite
            if better is line:
                pays, why = True, "mức cao nhất của cùng thành tích"
        elif line.title in rule.forms or has_form:
            pays, why, cite = True, "vừa danh hiệu thi đua vừa hình thức khen thưởng: được hưởng cả hai", rule.form_cite
            if all(other.title in rule.forms for other in lines):
                why, cite = "hình thức khen thưởng của thành tích khác", rule.other_cite
        else:
            pays, why, cite = True, "danh hiệu của thành tích khác: được hưởng từng mức", rule.other_cite
        found.append(_line(ruleset, line, pays=pays, why=why, cite=cite))
    return found


def _highest(ruleset: Ruleset, rule: Stacking, lines: Sequence[AwardLine]) -> Mapping[str, AwardLine]:
    """For each title that shares its achievement with another title, the line that is paid in their place."""
    groups: defaultdict[tuple[bool, str], list[AwardLine]] = defaultdict(list)
    for line in lines:
        if line.title not in (*rule.titles, *rule.forms):
            raise NoRule(f"{line.title} là danh hiệu hay hình thức khi chi tiền tại ngày {ruleset.as_of:%d/%m/%Y}")
        groups[line.title in rule.forms, line.achievement].append(line)
    found: dict[str, AwardLine] = {}
    for (form, achievement), own in groups.items():
        if len({line.title for line in own}) != len(own):
            raise ValueError(f"{own[0].title} được nêu hai lần cho thành tích {achievement}.")
        if form and len(own) > 1:
            # Điều 66 khoản 2 speaks of titles; several forms for one achievement may not be given at all (Luật, Điều 6)
            raise NoRule(f"tiền thưởng khi nhiều hình thức khen thưởng cho cùng thành tích {achievement}")
        if len(own) > 1 and rule.same_achievement == "highest":
            best = max(own, key=lambda line: multiplier(ruleset, title=line.title, kind=line.kind))
            found |= {line.key: best for line in own}
    return found


def _line(ruleset: Ruleset, line: AwardLine, *, pays: bool, why: str, cite: Cite | None) -> MoneyLine:
    base, unit = _base_salary(ruleset), _unit(ruleset)
    award = _award(ruleset, title=line.title, kind=line.kind)
    raw = award.multiplier * base
    rounded = _round_up(raw, unit)
    return MoneyLine(
        key=line.key,
        title=line.title,
        multiplier=award.multiplier,
        base_salary=base,
        raw=raw,
        amount=rounded,
        paid=rounded if pays else 0,
        why=why,
        cite=cite or award.cite,
        rate_cite=award.cite,
    )


def _award(ruleset: Ruleset, *, title: str, kind: Kind) -> Award:
    for award in reversed(ruleset.awards):
        if award.title == title and award.kind == kind:
            return award
    raise NoRule(f"mức tiền thưởng {title} tại ngày {ruleset.as_of:%d/%m/%Y}")


def _stacking(ruleset: Ruleset) -> Stacking:
    if not ruleset.stacking:
        raise NoRule(f"cách chi khi có nhiều mức tiền thưởng tại ngày {ruleset.as_of:%d/%m/%Y}")
    return ruleset.stacking[-1]


def _base_salary(ruleset: Ruleset) -> int:
    return int(Fraction(ruleset.value(BASE_SALARY)))


def _unit(ruleset: Ruleset) -> int:
    return int(Fraction(ruleset.value(ROUND_TO)))


def _round_up(raw: Fraction, unit: int) -> int:
    return math.ceil(raw / unit) * unit


def _not_negative(money: int) -> int:
    if money < 0:
        raise ValueError(f"Số tiền không thể âm: {money}.")
    return money
