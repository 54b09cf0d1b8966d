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

from thidua.core.law.compile import (
    WORD,
    Mark,
    condition_column,
    excluded_column,
    leaf_column,
    marks,
    mask_columns,
    outcome_column,
    standings,
)
from thidua.core.law.schema import Leaf, Param, Rule, Ruleset
from thidua.core.law.terms import Kind
from thidua.core.law.walk import leaves

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


def evaluate(ruleset: Ruleset, facts: Facts, *, kinds: Iterable[Kind] = KINDS, title: str | None = None) -> pa.Table:
    """Findings (``FINDINGS``) for every subject and every title in force, sorted by kind, subject and title.

    With ``title`` for that one alone.
    """
    batches = evaluate_in_batches(ruleset, facts, kinds=kinds, title=title)
    findings = pa.concat_tables([FINDINGS.empty_table(), *batches])
    order = [("subject_kind", "ascending"), ("subject_id", "ascending"), ("title", "ascending")]
    return findings.sort_by(order)


def evaluate_in_batches(
    ruleset: Ruleset, facts: Facts, *, kinds: Iterable[Kind] = KINDS, title: str | None = None
) -> Iterator[pa.Table]:
    """The same findings as they come: tables of ``FINDINGS``, one for a title and at most ``BATCH`` subjects."""
    for kind in kinds:
        rules = _rules(ruleset, kind, title)
        if not rules:
            continue
        words = _words(rules, ruleset)
        named = {rule.title: _named(rule, ruleset, words) for rule in rules}
        for batch in facts.run(_wide_sql(ruleset, facts, kind, title)):
            for rule in rules:
                yield _unfold(batch, rule, named[rule.title], pack=ruleset.digest)


def _rules(ruleset: Ruleset, kind: Kind, title: str | None) -> list[Rule]:
    return [rule for rule in ruleset.rules_of(kind) if title in (None, rule.title)]


def _wide_sql(ruleset: Ruleset, facts: Facts, kind: Kind, title: str | None) -> str:
    """The expression as the engine's SQL; making it costs more than judging one person, so the last ones are kept.

    Rulesets that ask the same of these subjects share it: another cap, say, changes no test.
    """
    table = facts.tables[kind]
    place = (kind, title, facts.dialect, table.get_name(), table.schema())
    key = (ruleset.digest, *place)
    if (sql := _WIDE_SQL.get(key)) is not None:
        return sql
    asked = (*_asked(ruleset, kind), *place)
    if (sql := _WIDE_SQL.get(asked)) is None:
        sql = str(ibis.to_sql(wide_expression(ruleset, table, kind, title=title), dialect=facts.dialect))
    if len(_WIDE_SQL) >= KEPT:
        _WIDE_SQL.clear()
    _WIDE_SQL[key] = _WIDE_SQL[asked] = sql
    return sql  # not read back: another thread may have cleared what is kept


def _asked(ruleset: Ruleset, kind: Kind) -> tuple[object, ...]:
    """All that the expression is made of: the rules, the numbers that their tests name, the facts they test."""
    rules = ruleset.rules_of(kind)
    tests = [leaf for rule in rules for leaf in (*leaves(rule.require), *rule.exclude)]
    named = {leaf.test.value.name for leaf in tests if isinstance(leaf.test.value, Param)}
    named |= {leaf.over for leaf in tests if leaf.over}
    numbers = tuple((name, ruleset.parameters[name].value) for name in sorted(named))
    facts = tuple((fact.name, fact.kind, fact.words, fact.includes) for fact in ruleset.facts_of(kind))
    return rules, numbers, facts


def wide_expression(ruleset: Ruleset, table: ir.Table, kind: Kind, *, title: str | None = None) -> ir.Table:
    """One row a subject: key, year, each title's outcome, and two masks for each word of marks (``_words``).

    A leaf that several titles take in is judged once and has one bit.
    """
    rules = _rules(ruleset, kind, title)
    wanted: dict[str, Leaf] = {}
    for rule in rules:
        wanted |= {part.leaf.id: part.leaf for part in standings(rule, ruleset)}
    judged = table.mutate(
        **{_leaf_name(key): leaf_column(leaf, kind=kind, ruleset=ruleset, table=table) for key, leaf in wanted.items()}
    )

    def column(leaf: Leaf) -> ir.BooleanValue:
        return judged[_leaf_name(leaf.id)]

    weighed = judged.mutate(
        **{
            f"met_{rule.title}": condition_column(rule.require, kind=kind, ruleset=ruleset, column=column)
            for rule in rules
        },
        **{f"excluded_{rule.title}": excluded_column(rule, ruleset=ruleset, column=column) for rule in rules},
    )
    columns: dict[str, ir.Value] = {"subject_id": weighed[KEYS[kind]], "year": weighed["year"]}
    for rule in rules:
        met, excluded = weighed[f"met_{rule.title}"], weighed[f"excluded_{rule.title}"]
        columns[f"{rule.title}_outcome"] = outcome_column(rule, met=met, excluded=excluded, table=weighed)
    for place, word in enumerate(_words(rules, ruleset)):
        masks = mask_columns(word, column=lambda leaf_id: weighed[_leaf_name(leaf_id)], table=weighed)
        columns[f"failed_{place}"], columns[f"missing_{place}"] = masks
    return weighed.select(**columns)


def _leaf_name(leaf_id: str) -> str:
    return "leaf_" + leaf_id.replace(".", "_")


def _words(rules: Iterable[Rule], ruleset: Ruleset) -> list[list[Mark]]:
    """Every mark of the titles, once, in words of as many as a mask holds."""
    found = dict.fromkeys(mark for rule in rules for mark in marks(rule, ruleset))
    every = list(found)
    return [every[start : start + WORD] for start in range(0, len(every), WORD)]


def _named(rule: Rule, ruleset: Ruleset, words: list[list[Mark]]) -> list[dict[int, str]]:
    """For each word, the bits that concern a title and the ids they stand for."""
    names = marks(rule, ruleset)
    return [{bit: names[mark] for bit, mark in enumerate(word) if mark in names} for word in words]


def _unfold(wide: pa.RecordBatch, rule: Rule, named: list[dict[int, str]], *, pack: str) -> pa.Table:
    count = wide.num_rows
    failed, missing = (
        _spelled([wide[f"{which}_{place}"] for place in range(len(named))], named) for which in ("failed", "missing")
    )
    return pa.table(
        [
            pa.repeat(pa.scalar(rule.kind), count),
            wide["subject_id"].cast(pa.string()),
            wide["year"].cast(pa.int64()),
            pa.repeat(pa.scalar(rule.title), count),
            wide[f"{rule.title}_outcome"].cast(pa.string()),
            failed,
            missing,
            pa.repeat(pa.scalar(pack), count),
        ],
        schema=FINDINGS,
    )


def _spelled(masks: list[pa.Array], named: list[dict[int, str]]) -> pa.Array:
    """Masks to sorted lists of leaf ids: few distinct masks, so each is spelled once and taken many times."""
    codes: pa.Array | None = None
    lists: list[list[str]] = [[]]
    for mask, names in zip(masks, named, strict=True):
        if not names:
            continue
        own = pc.bit_wise_and(mask.cast(pa.int64()), sum(1 << bit for bit in names))
        encoded = pc.dictionary_encode(own)
        spelled = [[name for bit, name in names.items() if word >> bit & 1] for word in encoded.dictionary.to_pylist()]
        indices = encoded.indices.cast(pa.int64())
        if codes is None:
            codes, lists = indices, spelled
            continue
        pairs = pc.dictionary_encode(pc.add(pc.multiply(codes, len(spelled)), indices))
        lists = [lists[pair // len(spelled)] + spelled[pair % len(spelled)] for pair in pairs.dictionary.to_pylist()]
        codes = pairs.indices.cast(pa.int64())
    assert codes is not None  # a rule has at least one condition
    return pa.array([sorted(found) for found in lists], type=pa.list_(pa.string())).take(codes)
