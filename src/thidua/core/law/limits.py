"""Limits over sets: how many may receive a title, who stands in line. A limit never drops a person by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from thidua.core.law.compile import leaf_column
from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import KEYS, KINDS, in_memory
from thidua.core.law.places import AGENCY, POOLED, limit_scope, places_of
from thidua.core.law.schema import Fact, Limit, Ruleset
from thidua.core.law.terms import Kind

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
SCOPE, FIRST, GROUP = "scope", "first", "group"
USE_ONCE = "initiative.use_once_titles"


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit applied to one scope: ``quota`` of ``base_count`` subjects; ``ranked`` are the candidates in line.

    ``groups`` are the sizes of the groups in that line whom neither the facts nor the law on ties tells apart.
    ``most`` is more than ``quota`` where equal remainders leave a place open, ``pool`` the count of the whole agency
    where places are counted together and shared out. ``units`` are the units whose people (or which themselves)
    stand in that line.
    """

    limit: Limit
    scope_id: str
    base_count: int
    quota: int
    most: int
    pool: int | None
    ranked: tuple[str, ...]
    groups: tuple[int, ...]
    units: frozenset[str]

    @property
    def over(self) -> int:
        """How many more candidates there are than places can be."""
        return max(0, len(self.ranked) - self.most)

    @property
    def places(self) -> str:
        """“8”, or “1–2” where a place is open."""
        return str(self.quota) if self.quota == self.most else f"{self.quota}–{self.most}"


@dataclass(slots=True)
class _Line:
    ranked: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)


def use_once_titles(ruleset: Ruleset) -> frozenset[str]:
    """The titles for which an achievement serves once; empty where no pack has such a rule."""
    found = ruleset.parameters.get(USE_ONCE)
    return frozenset(str(found.value).split()) if found and found.value is not None else frozenset()


def apply_limits(
    ruleset: Ruleset, findings: pa.Table, *, people: pa.Table, units: pa.Table, kinds: Iterable[Kind] = KINDS
) -> tuple[Quota, ...]:
    """Each limit in force applied to findings (``evaluate.FINDINGS``) and the facts: by agency, by unit, or pooled.

    Of the findings only those for ``limited_titles`` with outcome ``met`` are looked at. An agency is the topmost
    unit above a person's own, or above a collective; people without a unit are in nobody's count.
    """
    parents = dict(zip(units["unit_id"].to_pylist(), units["parent_id"].to_pylist(), strict=True))
    tables = {"person": people, "unit": units}
    found: list[Quota] = []
    for limit in (limit for kind in kinds for limit in ruleset.limits_of(kind)):
        # Only the columns it looks at: a table of a whole nation is filtered more than once.
        members = tables[limit.kind].select(_columns(limit, ruleset))
        found += _apply(limit, ruleset, findings, members.filter(pc.is_valid(members["unit_id"])), parents)
    return tuple(found)


def _columns(limit: Limit, ruleset: Ruleset) -> list[str]:
    tested = [tie.first for tie in ruleset.ties if tie.kind == limit.kind]
    wanted = [KEYS[limit.kind], "unit_id", *(name for entry in limit.rank_by for name in entry)]
    wanted += [name for leaf in tested for name in (leaf.fact, leaf.test.share_of) if name]
    return list(dict.fromkeys(wanted))


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
    scope = limit_scope(limit, ruleset)
    if limit.kind == "unit" and scope != AGENCY:
        raise NoRule(f"phạm vi tính tỷ lệ “{scope}” cho tập thể (có: {AGENCY})")
    members = members.append_column(SCOPE, _scope_column(scope, members["unit_id"], parents))
    base = _counts(members.filter(_among(limit, members, _met(findings, limit.kind, limit.base))), limit.kind)
    lines = _lines(limit, ruleset, members.filter(_among(limit, members, _met(findings, limit.kind, limit.title))))
    units = _units_of(members)
    counts = {key: base.get(key, 0) for key in sorted(units)}
    pools = _pools(counts, parents) if scope == POOLED else [(None, counts)]
    placed = ((pool, key, found) for pool, own in pools for key, found in places_of(limit, ruleset, own).items())
    for pool, scope_id, places in sorted(placed, key=lambda item: item[1]):
        line = lines.get(scope_id, _Line())
        yield Quota(
            limit=limit,
            scope_id=scope_id,
            base_count=counts[scope_id],
            quota=places.sure,
            most=places.most,
            pool=pool,
            ranked=tuple(line.ranked),
            groups=tuple(line.groups),
            units=frozenset(units[scope_id]),
        )


def _pools(counts: Mapping[str, int], parents: Mapping[str, str | None]) -> list[tuple[int | None, Mapping[str, int]]]:
    """Each agency's count of the base, and that of each of its units."""
    agencies: dict[str, dict[str, int]] = {}
    for unit, count in counts.items():
        agencies.setdefault(_top(unit, parents), {})[unit] = count
    return [(sum(own.values()), own) for own in agencies.values()]


def _scope_column(scope: str, unit_ids: pa.ChunkedArray, parents: Mapping[str, str | None]) -> pa.ChunkedArray:
    """The scope that each subject is counted in: the unit itself, or the agency above it."""
    if scope != AGENCY:
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


def _met(findings: pa.Table, kind: Kind, title: str) -> pa.ChunkedArray:
    chosen = reduce(
        pc.and_,
        [
            pc.equal(findings["title"], title),
            pc.equal(findings["outcome"], "met"),
            pc.equal(findings["subject_kind"], kind),
        ],
    )
    return findings["subject_id"].filter(chosen)


def _among(limit: Limit, members: pa.Table, ids: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(members[KEYS[limit.kind]], value_set=ids)


def _counts(members: pa.Table, kind: Kind) -> dict[str, int]:
    key = KEYS[kind]
    grouped = members.group_by(SCOPE).aggregate([(key, "count")])
    return dict(zip(grouped[SCOPE].to_pylist(), grouped[f"{key}_count"].to_pylist(), strict=True))


def _units_of(members: pa.Table) -> dict[str, set[str]]:
    pairs = members.group_by([SCOPE, "unit_id"]).aggregate([])
    found: dict[str, set[str]] = {}
    for scope, unit in zip(pairs[SCOPE].to_pylist(), pairs["unit_id"].to_pylist(), strict=True):
        found.setdefault(scope, set()).add(unit)
    return found


def _lines(limit: Limit, ruleset: Ruleset, candidates: pa.Table) -> dict[str, _Line]:
    """Candidates of each scope, best first: each entry of ``rank_by`` from high to low, unknown last.

    Whom these leave together the law on ties may tell apart; who is still together stands in order of id.
    """
    key = KEYS[limit.kind]
    worths = {f"worth_{place}": entry for place, entry in enumerate(limit.rank_by)}
    line = pa.table({SCOPE: candidates[SCOPE], key: candidates[key], FIRST: _first(limit, ruleset, candidates)})
    for column, entry in worths.items():
        parts = [_worth(ruleset.facts[f"{limit.kind}.{name}"], candidates[name]) for name in entry]
        line = line.append_column(column, pc.fill_null(_sum(parts), -1))
    line = line.sort_by([(SCOPE, "ascending"), *((column, "descending") for column in worths), (key, "ascending")])
    line = line.append_column(GROUP, _numbered(line, [SCOPE, *worths]))
    line = line.set_column(line.schema.get_field_index(FIRST), FIRST, _told_apart(line))
    line = line.sort_by([(GROUP, "ascending"), (FIRST, "descending"), (key, "ascending")])
    sizes = line.append_column("part", _numbered(line, [GROUP, FIRST])).group_by([SCOPE, "part"], use_threads=False)
    found: dict[str, _Line] = {}
    for row in sizes.aggregate([(key, "count")]).to_pylist():
        found.setdefault(row[SCOPE], _Line()).groups.append(row[f"{key}_count"])
    start = 0
    for own in found.values():
        own.ranked = line[key].slice(start, sum(own.groups)).to_pylist()
        start += len(own.ranked)
    return found


def _numbered(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """The number of each row's group in a sorted table: a new one wherever one of the columns changes."""
    count = table.num_rows
    if not count:
        return pa.array([], pa.int64())
    changes = [pc.not_equal(table[name].slice(1), table[name].slice(0, count - 1)).cast(pa.int64()) for name in columns]
    changed = reduce(pc.max_element_wise, changes).combine_chunks()
    return pc.cumulative_sum(pa.concat_arrays([pa.array([0], pa.int64()), changed]))


def _first(limit: Limit, ruleset: Ruleset, candidates: pa.Table) -> pa.Array:
    """Of each candidate whether the law on ties puts it first; null where the packs have no such law on this date."""
    ties = [tie for tie in ruleset.ties if tie.kind == limit.kind]
    if not ties or not candidates.num_rows:
        return pa.nulls(candidates.num_rows, pa.bool_())
    tables = {"person": candidates.slice(0, 0), "unit": candidates.slice(0, 0), limit.kind: candidates}
    key = KEYS[limit.kind]
    with in_memory(tables["person"], tables["unit"]) as facts:
        table = facts.tables[limit.kind]
        column = leaf_column(ties[0].first, kind=limit.kind, ruleset=ruleset, table=table)
        rows = facts.rows(table.select(table[key], first=column))
    return rows["first"].take(pc.index_in(candidates[key], value_set=rows[key]).combine_chunks()).combine_chunks()


def _told_apart(line: pa.Table) -> pa.Array:
    """1 for those who go before the others of their group, 0 for all where that is not known of everybody in it."""
    known = line.group_by(GROUP).aggregate([(FIRST, "count"), (GROUP, "count")]).sort_by(GROUP)
    settled = pc.equal(known[f"{FIRST}_count"], known[f"{GROUP}_count"]).take(line[GROUP])
    return pc.and_(settled, pc.fill_null(line[FIRST], False)).cast(pa.int64()).combine_chunks()


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
