"""What a unit of N people can reach under the law of one day, counted alone or together with the whole agency.

All N are taken to meet the base of each limit: these are upper bounds, and only the law is asked, nobody's record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.calendar import Period
from thidua.core.law.errors import NoRule
from thidua.core.law.judge import COUNTED
from thidua.core.law.places import Places, limit_places, limit_scope, limit_share, share_out
from thidua.core.law.schema import Condition, Group, Holds, Leaf, Limit, Param, Rule, Ruleset

USUAL = range(1, 31)  # the sizes that are told when nobody names others: people in a unit


@dataclass(frozen=True, slots=True)
class Cap:
    """The most of one title: ``alone`` when each unit is counted by itself, ``pooled`` when the agency is.

    ``pooled`` is None where the whole agency's headcount is not known. ``shared`` is the unit's part of the agency's
    places by largest remainder, None where these units are not the whole agency.
    """

    unit: str
    size: int
    alone: int
    pooled: int | None
    shared: Places | None


@dataclass(frozen=True, slots=True)
class TitleReach:
    """A title of people: its limit on the day (None: the packs have none, or its numbers were not read), and its caps.

    ``scope`` is the way of counting that the packs choose, ``force`` the days on which this version holds, ``first``
    the smallest unit that has a place when counted alone (None: no unit has), ``places`` those of the whole agency.
    """

    title: str
    name: str
    limit: Limit | None
    scope: str
    force: Period | None
    first: int | None
    places: int | None
    caps: tuple[Cap, ...]

    @property
    def lost(self) -> int | None:
        """How many places of the whole agency are nobody's when each of these units is counted alone; None: unknown."""
        return None if self.places is None else max(0, self.places - sum(cap.alone for cap in self.caps))


@dataclass(frozen=True, slots=True)
class Barred:
    """A collective title that a unit of this size cannot reach if its limited holders are counted unit by unit.

    It ``needs`` that many holders of ``holder`` by the test ``leaf``, and the limit gives it ``most``.
    """

    title: str
    name: str
    holder: str
    unit: str
    size: int
    needs: int
    most: int
    leaf: Leaf
    limit: Limit


def title_reaches(ruleset: Ruleset, sizes: Mapping[str, int], *, whole: int | None = None) -> tuple[TitleReach, ...]:
    """Every title of people and what units of these sizes may hold of it, sorted by title code.

    ``sizes`` are headcounts by unit, ``whole`` the headcount of the agency that is counted together.
    """
    rules = [rule for rule in ruleset.rules_of("person") if not rule.form]
    return tuple(_reach(rule, ruleset, sizes, whole) for rule in rules)


def barred_collectives(ruleset: Ruleset, sizes: Mapping[str, int]) -> tuple[Barred, ...]:
    """The collective titles that ask for more holders of a limited title than a unit of that size has places."""
    return tuple(found for rule in ruleset.rules_of("unit") if not rule.form for found in _barred(rule, ruleset, sizes))


def usual_sizes() -> dict[str, int]:
    """Units of 1 to 30 people, named by their size."""
    return {str(size): size for size in USUAL}


def steps(caps: Iterable[Cap]) -> list[tuple[int, int, int]]:
    """Caps counted alone, as spans of sizes that have equally many places: (smallest, largest, places)."""
    found: list[tuple[int, int, int]] = []
    for cap in sorted(caps, key=lambda item: item.size):
        if found and found[-1][2] == cap.alone:
            found[-1] = (found[-1][0], cap.size, cap.alone)
        else:
            found.append((cap.size, cap.size, cap.alone))
    return found


def least_count(leaf: Leaf, ruleset: Ruleset, headcount: int) -> int | None:
    """The smallest count that passes a test of a count in a unit of so many; None when no count up to it does."""
    bound = _bound(leaf, ruleset)
    if bound is None or leaf.test.op not in ("at_least", "more_than", "is"):
        return None
    exact = bound * headcount if leaf.test.share_of else bound
    passing = (
        count
        for count in range(headcount + 1)
        if (leaf.test.op == "more_than" and count > exact)
        or (leaf.test.op == "at_least" and count >= exact)
        or (leaf.test.op == "is" and count == exact)
    )
    return next(passing, None)


def _reach(rule: Rule, ruleset: Ruleset, sizes: Mapping[str, int], whole: int | None) -> TitleReach:
    limit = next((item for item in ruleset.limits_of("person") if item.title == rule.title), None)
    if limit is None:
        return TitleReach(rule.title, rule.name, None, "", None, None, None, ())
    try:
        scope = limit_scope(limit, ruleset)
        total = limit_places(limit, ruleset, whole) if whole is not None else None
        shared = share_out(total, sizes) if total is not None and sum(sizes.values()) == whole else {}
        caps = tuple(
            Cap(
                unit=unit,
                size=size,
                alone=limit_places(limit, ruleset, size),
                pooled=None if total is None else min(size, total),
                shared=shared.get(unit),
            )
            for unit, size in sizes.items()
        )
        first = _first(limit, ruleset)
    except NoRule:
        return TitleReach(rule.title, rule.name, None, "", None, None, None, ())
    return TitleReach(rule.title, rule.name, limit, scope, _force(limit, ruleset), first, total, caps)


def _first(limit: Limit, ruleset: Ruleset) -> int | None:
    """The smallest unit with a place; a share of 1/n gives one to n people however it is rounded."""
    share = limit_share(limit, ruleset)
    if not share:
        return None
    enough = -(-share.denominator // share.numerator)
    return next(size for size in range(1, enough + 1) if limit_places(limit, ruleset, size))


def _force(limit: Limit, ruleset: Ruleset) -> Period:
    """The days on which the limit and the three numbers it rests on all stay as they are."""
    parts = [limit.force, *(ruleset.parameters[item.name].force for item in (limit.share, limit.rounding, limit.scope))]
    ends = [part.end for part in parts if part.end is not None]
    return Period(max(part.start for part in parts), min(ends) if ends else None)


def _barred(rule: Rule, ruleset: Ruleset, sizes: Mapping[str, int]) -> Iterable[Barred]:
    limits = {item.title: item.limit for item in title_reaches(ruleset, {}) if item.limit is not None}
    for leaf in _necessary(rule.require, rule, ruleset):
        holder = COUNTED.get(leaf.fact, "")
        if (limit := limits.get(holder)) is None:
            continue
        for unit, size in sizes.items():
            needs = least_count(leaf, ruleset, size)
            most = limit_places(limit, ruleset, size)
            if size and needs is not None and needs > most:
                yield Barred(rule.title, rule.name, holder, unit, size, needs, most, leaf, limit)


def _necessary(condition: Condition, rule: Rule, ruleset: Ruleset) -> Iterable[Leaf]:
    """The tests without which the title cannot be: not those in an ``any`` or a ``not``."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Holds):
        inner = ruleset.rule(rule.kind, condition.title)
        yield from _necessary(inner.require, inner, ruleset)
    elif isinstance(condition, Group) and condition.word == "all":
        for part in condition.parts:
            yield from _necessary(part, rule, ruleset)


def _bound(leaf: Leaf, ruleset: Ruleset) -> Fraction | None:
    value = leaf.test.value
    if isinstance(value, Param):
        found = ruleset.parameters.get(value.name)
        value = found.value if found and found.value is not None else ""
    return Fraction(value) if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else None
