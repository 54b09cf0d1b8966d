"""Judge everybody at once: facts in, findings out, in one scan of each table.

The wide result (one row a subject) is computed by the engine that holds the facts; unfolding it to one row a
subject and title is cheap and happens in Arrow.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from thidua.core.law.compile import finding_ids, leaf_column, mask_columns, outcome_column, standings
from thidua.core.law.schema import Kind, Leaf, Rule, Ruleset

FINDINGS = pa.schema(
    [
        ("subject_kind", pa.string()),
        ("subject_id", pa.string()),
        ("year", pa.int64()),
        ("title", pa.string()),
        ("outcome", pa.string()),
        ("failed", pa.list_(pa.string())),
        ("missing", pa.list_(pa.string())),
        ("pack", pa.string()),
    ]
)
KEYS: dict[Kind, str] = {"person": "person_id", "unit": "unit_id"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The two tables of facts, on whatever engine holds them."""

    people: ir.Table
    units: ir.Table

    def table(self, kind: Kind) -> ir.Table:
        """The table of one kind of subject."""
        return self.people if kind == "person" else self.units


@contextlib.contextmanager
def in_memory(people: pa.Table, units: pa.Table) -> Iterator[Facts]:
    """Facts on a DuckDB of their own: Ibis's shared one is not safe for two judgements at a time."""
    connection = ibis.duckdb.connect()
    try:
        held = [connection.create_table(name, table, temp=True) for name, table in (("p", people), ("u", units))]
        yield Facts(people=held[0], units=held[1])
    finally:
        connection.disconnect()


def evaluate(ruleset: Ruleset, facts: Facts) -> pa.Table:
    """Findings (``FINDINGS``) for every subject and every title in force, sorted by kind, subject and title."""
    parts = [_evaluate_kind(ruleset, facts.table(kind), kind) for kind in KEYS]
    findings = pa.concat_tables([FINDINGS.empty_table(), *parts])
    order = [("subject_kind", "ascending"), ("subject_id", "ascending"), ("title", "ascending")]
    return findings.sort_by(order)


def wide_expression(ruleset: Ruleset, table: ir.Table, kind: Kind) -> ir.Table:
    """One row a subject: key, year, and for each title its outcome and two masks (see ``compile.mask_columns``)."""
    rules = ruleset.rules_of(kind)
    wanted: dict[str, Leaf] = {}
    for rule in rules:
        wanted |= {part.leaf.id: part.leaf for part in standings(rule, ruleset)}
    named = {
        _leaf_name(key): leaf_column(leaf, kind=kind, ruleset=ruleset, table=table) for key, leaf in wanted.items()
    }
    judged = table.mutate(**named)
    columns: dict[str, ir.Value] = {"subject_id": judged[KEYS[kind]], "year": judged["year"]}
    for rule in rules:
        columns |= _title_columns(rule, ruleset, judged)
    return judged.select(**columns)


def _leaf_name(leaf_id: str) -> str:
    return "leaf_" + leaf_id.replace(".", "_")


def _title_columns(rule: Rule, ruleset: Ruleset, judged: ir.Table) -> dict[str, ir.Value]:
    def column(leaf: Leaf) -> ir.BooleanValue:
        return judged[_leaf_name(leaf.id)]

    failed, missing = mask_columns(rule, ruleset=ruleset, column=column, table=judged)
    return {
        f"{rule.title}_outcome": outcome_column(rule, ruleset=ruleset, column=column, table=judged),
        f"{rule.title}_failed": failed,
        f"{rule.title}_missing": missing,
    }


def _evaluate_kind(ruleset: Ruleset, table: ir.Table, kind: Kind) -> pa.Table:
    if not ruleset.rules_of(kind):
        return FINDINGS.empty_table()
    wide = wide_expression(ruleset, table, kind).to_pyarrow()
    parts = [_unfold(wide, rule, ruleset) for rule in ruleset.rules_of(kind)]
    return pa.concat_tables([FINDINGS.empty_table(), *parts])


def _unfold(wide: pa.Table, rule: Rule, ruleset: Ruleset) -> pa.Table:
    ids = finding_ids(rule, ruleset)
    count = wide.num_rows
    return pa.table(
        [
            pa.repeat(pa.scalar(rule.kind), count),
            wide["subject_id"].cast(pa.string()),
            wide["year"].cast(pa.int64()),
            pa.repeat(pa.scalar(rule.title), count),
            wide[f"{rule.title}_outcome"].cast(pa.string()),
            _names(wide[f"{rule.title}_failed"], ids),
            _names(wide[f"{rule.title}_missing"], ids),
            pa.repeat(pa.scalar(ruleset.digest), count),
        ],
        schema=FINDINGS,
    )


def _names(masks: pa.ChunkedArray, ids: list[str]) -> pa.Array:
    """Masks to lists of leaf ids: few distinct masks, so each is spelled once and taken many times."""
    encoded = pc.dictionary_encode(masks.combine_chunks().cast(pa.int64()))
    masks_seen = encoded.dictionary.to_pylist()
    spelled = [sorted(ids[bit] for bit in range(len(ids)) if mask >> bit & 1) for mask in masks_seen]
    lists = pa.array(spelled, type=pa.list_(pa.string()))
    return lists.take(encoded.indices)
