"""Judge everybody at once: facts in, findings out, in one scan of each table.

The wide result (one row a subject) is computed by the engine that holds the facts and comes back in batches;
unfolding a batch to one row a subject and title is cheap and happens in Arrow, so that memory does not grow with
the nation.
"""

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import duckdb
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
BATCH = 200_000  # subjects: large enough to be cheap, small enough to hold a dozen titles of them
KEPT = 64
_WIDE_SQL: dict[tuple[object, ...], str] = {}
KEYS: dict[Kind, str] = {"person": "person_id", "unit": "unit_id"}
KINDS = tuple(KEYS)


@dataclass(frozen=True, slots=True)
class Facts:
    """The two tables of facts on whatever engine holds them: the tables by kind, its SQL, and how to ask it.

    ``tables`` are unbound: names and columns only. ``dialect`` is Ibis's name of the engine. ``run`` takes SQL and
    gives batches of rows.
    """

    tables: Mapping[Kind, ir.Table]
    dialect: str
    run: Callable[[str], Iterable[pa.RecordBatch]]

    def rows(self, expression: ir.Table) -> pa.Table:
        """All rows of an expression over ``tables``."""
        return pa.Table.from_batches(self.run(str(ibis.to_sql(expression, dialect=self.dialect))))


def unbound(table: pa.Table, name: str) -> ir.Table:
    """The name and columns of a table of facts, for ``Facts.tables``."""
    return ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)


@functools.cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    """One engine for the process, with nothing in it: starting one costs as much as judging one person."""
    return duckdb.connect()


@contextlib.contextmanager
def in_memory(people: pa.Table, units: pa.Table) -> Iterator[Facts]:
    """Facts on a DuckDB session of their own, which reads the Arrow tables where they lie."""
    connection = _duckdb().cursor()
    tables: dict[Kind, pa.Table] = {"person": people, "unit": units}

    def run(sql: str) -> Iterable[pa.RecordBatch]:
        yield from connection.execute(sql).to_arrow_reader(BATCH)

    try:
        for kind, table in tables.items():
            connection.register(kind, table)
        yield Facts({kind: unbound(table, kind) for kind, table in tables.items()}, "duckdb", run)
    finally:
        connection.close()


def evaluate(ruleset: Ruleset, facts: Facts, *, kinds: Iterable[Kind] = KINDS) -> pa.Table:
    """Findings (``FINDINGS``) for every subject and every title in force, sorted by kind, subject and title."""
    findings = pa.concat_tables([FINDINGS.empty_table(), *evaluate_in_batches(ruleset, facts, kinds=kinds)])
    order = [("subject_kind", "ascending"), ("subject_id", "ascending"), ("title", "ascending")]
    return findings.sort_by(order)


def evaluate_in_batches(ruleset: Ruleset, facts: Facts, *, kinds: Iterable[Kind] = KINDS) -> Iterator[pa.Table]:
    """The same findings as they come: tables of ``FINDINGS``, one for a title and at most ``BATCH`` subjects."""
    for kind in kinds:
        rules = ruleset.rules_of(kind)
        if not rules:
            continue
        names = {rule.title: finding_ids(rule, ruleset) for rule in rules}
        for batch in facts.run(_wide_sql(ruleset, facts, kind)):
            for rule in rules:
                yield _unfold(batch, rule, names[rule.title], pack=ruleset.digest)


def _wide_sql(ruleset: Ruleset, facts: Facts, kind: Kind) -> str:
    """The expression as the engine's SQL; making it costs more than judging one person, so the last ones are kept."""
    table = facts.tables[kind]
    key = (ruleset.digest, kind, facts.dialect, table.get_name(), table.schema())
    if key not in _WIDE_SQL:
        if len(_WIDE_SQL) >= KEPT:
            _WIDE_SQL.clear()
        _WIDE_SQL[key] = str(ibis.to_sql(wide_expression(ruleset, table, kind), dialect=facts.dialect))
    return _WIDE_SQL[key]


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


def _unfold(wide: pa.RecordBatch, rule: Rule, names: list[str], *, pack: str) -> pa.Table:
    count = wide.num_rows
    return pa.table(
        [
            pa.repeat(pa.scalar(rule.kind), count),
            wide["subject_id"].cast(pa.string()),
            wide["year"].cast(pa.int64()),
            pa.repeat(pa.scalar(rule.title), count),
            wide[f"{rule.title}_outcome"].cast(pa.string()),
            _spelled(wide[f"{rule.title}_failed"], names),
            _spelled(wide[f"{rule.title}_missing"], names),
            pa.repeat(pa.scalar(pack), count),
        ],
        schema=FINDINGS,
    )


def _spelled(masks: pa.Array, names: list[str]) -> pa.Array:
    """Masks to lists of leaf ids: few distinct masks, so each is spelled once and taken many times."""
    encoded = pc.dictionary_encode(masks.cast(pa.int64()))
    seen = encoded.dictionary.to_pylist()
    lists = [sorted(names[bit] for bit in range(len(names)) if mask >> bit & 1) for mask in seen]
    return pa.array(lists, type=pa.list_(pa.string())).take(encoded.indices)
