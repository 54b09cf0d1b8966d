"""Limits over sets: how many may receive a title, who stands in line. A limit never drops a person by itself."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from thidua.core.law.citing import cite_words
from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import KEYS
from thidua.core.law.schema import Fact, Limit, Ruleset

LIMITS = pa.schema(
    [
        ("title", pa.string()),
        ("scope_id", pa.string()),
        ("base", pa.string()),
        ("base_count", pa.int64()),
        ("quota", pa.int64()),
        ("candidates", pa.int64()),
        ("ranked", pa.list_(pa.string())),
    ]
)
PERSON, SCOPE = KEYS["person"], "scope"
ROUNDED = {"down": "làm tròn xuống", "nearest": "làm tròn tới số gần nhất", "up": "làm tròn lên"}
USE_ONCE = "initiative.use_once_titles"


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit applied to one scope: ``quota`` of ``base_count`` people; ``ranked`` are the candidates in line.

    ``units`` are the units whose people stand in that line.
    """

    limit: Limit
    scope_id: str
    base_count: int
    quota: int
    ranked: tuple[str, ...]
    units: frozenset[str]

    @property
    def over(self) -> int:
        """How many more candidates there are than places."""
        return max(0, len(self.ranked) - self.quota)


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


def rank_value(entry: Sequence[str], facts: Mapping[str, object]) -> object:
    """What one entry of ``rank_by`` is worth: the fact itself, or the sum of what is known; None when nothing is."""
    values = [facts.get(name) for name in entry]
    if len(values) == 1:
        return values[0]
    known = [int(str(value)) for value in values if value is not None]
    return sum(known) if known else None


def limit_places(limit: Limit, ruleset: Ruleset, base_count: int) -> int:
    """How many places a limit gives over so many people of its base. Raises NoRule."""
    return quota(limit_share(limit, ruleset), base_count, rounding=str(ruleset.value(limit.rounding.name)))


def limit_words(limit: Limit, ruleset: Ruleset, base_count: int) -> str:
    """“15% × 57 = 8,55, làm tròn xuống; Điều 9 khoản 3, Nghị định 91/2017/NĐ-CP”. Raises NoRule."""
    share = limit_share(limit, ruleset)
    rounded = ROUNDED[str(ruleset.value(limit.rounding.name))]
    product = f"{_number(share * 100)}% × {base_count} = {_number(share * base_count)}"
    return f"{product}, {rounded}; {cite_words(ruleset, limit.cite)}"


def _number(value: Fraction) -> str:
    """A number as written here: comma for decimals, at most two, none when whole."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def use_once_titles(ruleset: Ruleset) -> frozenset[str]:
    """The titles for which an achievement serves once; empty where no pack has such a rule."""
    found = ruleset.parameters.get(USE_ONCE)
    return frozenset(str(found.value).split()) if found and found.value is not None else frozenset()


def apply_limits(ruleset: Ruleset, findings: pa.Table, *, people: pa.Table, units: pa.Table) -> tuple[Quota, ...]:
    """Each limit in force applied to findings (``evaluate.FINDINGS``) and the facts, agency-wide or per unit.

    Of the findings only those for ``limited_titles`` with outcome ``met`` are looked at. An agency is the topmost
    unit above a person's own; people without a unit are in nobody's count.
    """
    members = people.filter(pc.is_valid(people["unit_id"]))
    parents = dict(zip(units["unit_id"].to_pylist(), units["parent_id"].to_pylist(), strict=True))
    return tuple(item for limit in ruleset.limits for item in _apply(limit, ruleset, findings, members, parents))


def limited_titles(ruleset: Ruleset) -> tuple[str, ...]:
    """The titles whose findings a limit needs: those limited and those that are the base of a limit, sorted."""
    return tuple(sorted({title for limit in ruleset.limits for title in (limit.title, limit.base)}))


def to_table(quotas: Sequence[Quota]) -> pa.Table:
    """Quotas as a table of the ``LIMITS`` schema."""
    rows = [
        {
            "title": item.limit.title,
            "scope_id": item.scope_id,
            "base": item.limit.base,
            "base_count": item.base_count,
            "quota": item.quota,
            "candidates": len(item.ranked),
            "ranked": list(item.ranked),
        }
        for item in quotas
    ]
    return pa.Table.from_pylist(rows, schema=LIMITS)


def _apply(
    limit: Limit, ruleset: Ruleset, findings: pa.Table, members: pa.Table, parents: Mapping[str, str | None]
) -> Iterator[Quota]:
    scope = _scope_column(str(ruleset.value(limit.scope.name)), members["unit_id"], parents)
    members = members.append_column(SCOPE, scope)
    base = _counts(members.filter(_among(members, _met(findings, limit.base))))
    ranked = _lines(limit, ruleset, members.filter(_among(members, _met(findings, limit.title))))
    for scope_id, units in sorted(_units_of(members).items()):
        count = base.get(scope_id, 0)
        yield Quota(
            limit=limit,
            scope_id=scope_id,
            base_count=count,
            quota=limit_places(limit, ruleset, count),
            ranked=tuple(ranked.get(scope_id, ())),
            units=frozenset(units),
        )


def _scope_column(scope: str, unit_ids: pa.ChunkedArray, parents: Mapping[str, str | None]) -> pa.ChunkedArray:
    """The scope that each person is counted in: the unit itself, or the agency above it."""
    if scope not in ("agency", "unit"):
        raise NoRule(f"phạm vi tính tỷ lệ “{scope}” (có: agency, unit)")
    if scope == "unit":
        return unit_ids
    names = pc.unique(unit_ids)
    tops = pa.array([_top(unit, parents) for unit in names.to_pylist()], type=pa.string())
    return tops.take(pc.index_in(unit_ids, value_set=names).combine_chunks())


def _top(unit: str, parents: Mapping[str, str | None]) -> str:
    """The topmost unit above ``unit``; a circle of parents ends where it closes."""
    seen = {unit}
    while (parent := parents.get(unit)) and parent not in seen:
        seen.add(parent)
        unit = parent
    return unit


def _met(findings: pa.Table, title: str) -> pa.ChunkedArray:
    chosen = pc.and_(pc.equal(findings["title"], title), pc.equal(findings["outcome"], "met"))
    return findings["subject_id"].filter(chosen)


def _among(members: pa.Table, ids: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(members[PERSON], value_set=ids)


def _counts(members: pa.Table) -> dict[str, int]:
    grouped = members.group_by(SCOPE).aggregate([(PERSON, "count")])
    return dict(zip(grouped[SCOPE].to_pylist(), grouped[f"{PERSON}_count"].to_pylist(), strict=True))


def _units_of(members: pa.Table) -> dict[str, set[str]]:
    pairs = members.group_by([SCOPE, "unit_id"]).aggregate([])
    found: dict[str, set[str]] = {}
    for scope, unit in zip(pairs[SCOPE].to_pylist(), pairs["unit_id"].to_pylist(), strict=True):
        found.setdefault(scope, set()).add(unit)
    return found


def _lines(limit: Limit, ruleset: Ruleset, candidates: pa.Table) -> dict[str, list[str]]:
    """Candidates of each scope, best first: each entry of ``rank_by`` from high to low, unknown last, then by id."""
    worths = {f"worth_{place}": entry for place, entry in enumerate(limit.rank_by)}
    for column, entry in worths.items():
        parts = [_worth(ruleset.facts[f"person.{name}"], candidates[name]) for name in entry]
        candidates = candidates.append_column(column, pc.fill_null(_sum(parts), -1))
    order = [(SCOPE, "ascending"), *((column, "descending") for column in worths), (PERSON, "ascending")]
    candidates = candidates.sort_by(order)
    found: dict[str, list[str]] = {}
    for scope, key in zip(candidates[SCOPE].to_pylist(), candidates[PERSON].to_pylist(), strict=True):
        found.setdefault(scope, []).append(key)
    return found


def _worth(fact: Fact, values: pa.ChunkedArray) -> pa.ChunkedArray:
    if fact.kind == "scale":
        values = pc.index_in(values, value_set=pa.array(fact.words))
    return values.cast(pa.int64())


def _sum(parts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """The sum of what is known; null where nothing is."""
    if len(parts) == 1:
        return parts[0]
    unknown = reduce(pc.and_, [pc.is_null(part) for part in parts])
    known = reduce(pc.add, [pc.fill_null(part, 0) for part in parts])
    return pc.if_else(unknown, pa.scalar(None, pa.int64()), known)
