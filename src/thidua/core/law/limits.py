"""Limits over sets: how many may receive a title, who stands in line. A limit never drops a person by itself."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from thidua.core.law.citing import cite_words
from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import KEYS
from thidua.core.law.schema import Fact, Kind, Limit, Ruleset

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

    An agency is the topmost unit above a person's own; people without a unit are in nobody's count.
    """
    rows = {row["person_id"]: row for row in people.to_pylist() if row["unit_id"] is not None}
    parents = dict(zip(units["unit_id"].to_pylist(), units["parent_id"].to_pylist(), strict=True))
    return tuple(item for limit in ruleset.limits for item in _apply(limit, ruleset, findings, rows, parents))


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
    limit: Limit,
    ruleset: Ruleset,
    findings: pa.Table,
    rows: Mapping[str, Mapping[str, object]],
    parents: Mapping[str, str | None],
) -> Sequence[Quota]:
    base = _met(findings, limit.base)
    candidates = _met(findings, limit.title)
    scopes = _scopes(str(ruleset.value(limit.scope.name)), rows, parents)
    found = []
    for scope_id, members in sorted(scopes.items()):
        count = len(base & members)
        ranked = sorted(candidates & members, key=lambda key: _rank(limit, ruleset, key, rows[key]))
        places = limit_places(limit, ruleset, count)
        found.append(
            Quota(
                limit=limit,
                scope_id=scope_id,
                base_count=count,
                quota=places,
                ranked=tuple(ranked),
                units=frozenset(str(rows[key]["unit_id"]) for key in members),
            )
        )
    return found


def _scopes(
    scope: str, rows: Mapping[str, Mapping[str, object]], parents: Mapping[str, str | None]
) -> dict[str, set[str]]:
    if scope not in ("agency", "unit"):
        raise NoRule(f"phạm vi tính tỷ lệ “{scope}” (có: agency, unit)")
    scopes: dict[str, set[str]] = {}
    for key, row in rows.items():
        unit = str(row["unit_id"])
        scopes.setdefault(_top(unit, parents) if scope == "agency" else unit, set()).add(key)
    return scopes


def _top(unit: str, parents: Mapping[str, str | None]) -> str:
    """The topmost unit above ``unit``; a circle of parents ends where it closes."""
    seen = {unit}
    while (parent := parents.get(unit)) and parent not in seen:
        seen.add(parent)
        unit = parent
    return unit


def _met(findings: pa.Table, title: str) -> set[str]:
    chosen = pc.and_(pc.equal(findings["title"], title), pc.equal(findings["outcome"], "met"))
    return set(findings.filter(chosen)["subject_id"].to_pylist())


def _rank(limit: Limit, ruleset: Ruleset, key: str, row: Mapping[str, object]) -> tuple[object, ...]:
    """Best first: each entry of ``rank_by`` from high to low, unknown last, then by id so that order never wavers."""
    kind: Kind = next(kind for kind, name in KEYS.items() if name in row)
    parts = [_worth(ruleset.facts[f"{kind}.{entry[0]}"], rank_value(entry, row)) for entry in limit.rank_by]
    return (*(-worth for worth in parts), key)


def _worth(fact: Fact, value: object) -> int:
    if value is None:
        return -1
    if fact.kind == "scale":
        return fact.words.index(str(value))
    return int(str(value)) if not isinstance(value, bool) else int(value)
