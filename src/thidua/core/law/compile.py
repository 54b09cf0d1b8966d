"""A rule becomes Ibis columns: one nullable boolean a leaf, combined by SQL's own three-valued logic.

The same expressions run on DuckDB, PostgreSQL and Spark. A missing fact is NULL and means *unknown*.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add, and_, or_

import ibis
import ibis.expr.types as ir

from thidua.core.law.schema import Condition, Fact, Group, Leaf, Param, Rule, Ruleset
from thidua.core.law.terms import Kind, Value
from thidua.core.law.walk import holds, over_column, signed_leaves

WORD = 62  # marks in a mask: one bit each in a signed 64-bit number
NULL_BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one leaf stands in a title: with ``excludes`` it is in the way when true, otherwise when false."""

    leaf: Leaf
    excludes: bool


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One thing that may stand in the way or be unknown: a leaf as it stands, or (``excludes`` None) a pending fact."""

    id: str
    excludes: bool | None


def exclusions(rule: Rule, ruleset: Ruleset) -> tuple[Leaf, ...]:
    """A rule's own exclusions and those of every title it holds (``holds`` takes in both parts of the other rule)."""
    found = {leaf.id: leaf for leaf in rule.exclude}
    for inner in holds(rule.require):
        found |= {leaf.id: leaf for leaf in exclusions(ruleset.rule(rule.kind, inner.title), ruleset)}
    return tuple(found[key] for key in sorted(found))


def requirements(rule: Rule, ruleset: Ruleset) -> tuple[Leaf, ...]:
    """Every leaf of a rule's condition tree, taken in through ``holds`` too, each once."""
    return tuple(part.leaf for part in _required(rule, ruleset))


def _required(rule: Rule, ruleset: Ruleset) -> list[Standing]:
    found = {leaf.id: Standing(leaf, excludes=negated) for leaf, negated in signed_leaves(rule.require)}
    for inner in holds(rule.require):
        found |= {part.leaf.id: part for part in _required(ruleset.rule(rule.kind, inner.title), ruleset)}
    return [found[key] for key in sorted(found)]


def standings(rule: Rule, ruleset: Ruleset) -> tuple[Standing, ...]:
    """Every leaf that decides a title, sorted by id, each once."""
    parts = _required(rule, ruleset)
    parts += [Standing(leaf, excludes=True) for leaf in exclusions(rule, ruleset)]
    return tuple(sorted(parts, key=lambda part: part.leaf.id))


def marks(rule: Rule, ruleset: Ruleset) -> dict[Mark, str]:
    """What ``failed`` and ``missing`` of a title may name: each mark with the id it is named by."""
    found = {Mark(part.leaf.id, part.excludes): part.leaf.id for part in standings(rule, ruleset)}
    if rule.pending:
        found[Mark(rule.pending, None)] = f"{rule.title}.{rule.pending}"
    return found


def leaf_column(leaf: Leaf, *, kind: Kind, ruleset: Ruleset, table: ir.Table) -> ir.BooleanValue:
    """One leaf as a nullable boolean column over ``table``; NULL where a fact is missing or the law was not read."""
    value = leaf.test.value
    if isinstance(value, Param):
        found = ruleset.parameters[value.name].value
        if found is None:
            return ibis.null(NULL_BOOLEAN)
        value = found
    fact = ruleset.facts[f"{kind}.{leaf.fact}"]
    if leaf.test.share_of is not None:
        return _share(leaf, value, table)
    if fact.includes:
        return _widening(leaf, value, [_counted(name, leaf, ruleset, table) for name in (fact.name, *fact.includes)])
    return _compare(_operand(fact, _counted(leaf.fact, leaf, ruleset, table)), leaf.test.op, _literal(fact, value))


def condition_column(
    condition: Condition, *, kind: Kind, ruleset: Ruleset, column: Callable[[Leaf], ir.BooleanValue]
) -> ir.BooleanValue:
    """A whole tree as a nullable boolean column; ``column`` gives the column of each leaf."""
    if isinstance(condition, Leaf):
        return column(condition)
    if isinstance(condition, Group):
        parts = [condition_column(part, kind=kind, ruleset=ruleset, column=column) for part in condition.parts]
        if condition.word == "not":
            return ~parts[0]
        return reduce(and_ if condition.word == "all" else or_, parts)
    inner = ruleset.rule(kind, condition.title)
    return condition_column(inner.require, kind=kind, ruleset=ruleset, column=column)


def excluded_column(rule: Rule, *, ruleset: Ruleset, column: Callable[[Leaf], ir.BooleanValue]) -> ir.BooleanValue:
    """Whether any exclusion applies, as a nullable boolean column."""
    return reduce(or_, [column(leaf) for leaf in exclusions(rule, ruleset)], ibis.literal(False))


def outcome_column(rule: Rule, *, met: ir.BooleanValue, excluded: ir.BooleanValue, table: ir.Table) -> ir.StringValue:
    """The outcome of one title, in the order of the contract: exclusion, conditions, pending case, unknown, met.

    ``met`` and ``excluded`` are its condition tree and its exclusions.
    """
    pending = table[rule.pending] if rule.pending else ibis.literal(False)
    return ibis.cases(
        (excluded.fill_null(False), "not_reviewed"),
        ((~met).fill_null(False), "not_met"),
        (pending.fill_null(False), "deferred"),
        (excluded.isnull() | met.isnull() | pending.isnull(), "unknown"),
        else_="met",
    )


def mask_columns(
    word: Sequence[Mark], *, column: Callable[[str], ir.BooleanValue], table: ir.Table
) -> tuple[ir.IntegerValue, ir.IntegerValue]:
    """Two bit masks over at most ``WORD`` marks: what is in the way (an exclusion that applies, too), what is unknown.

    ``column`` gives the column of a leaf by its id. A pending case defers and is no failure, but not knowing whether
    there is one is a missing fact.
    """
    failed = missing = ibis.literal(0, type="int64")
    zero = ibis.literal(0, type="int64")
    for place, mark in enumerate(word):
        bit = ibis.literal(1 << place, type="int64")
        if mark.excludes is None:
            missing = missing + ibis.ifelse(table[mark.id].isnull(), bit, zero)
            continue
        state = column(mark.id)
        wrong = state if mark.excludes else ~state
        failed = failed + ibis.ifelse(wrong.fill_null(False), bit, zero)
        missing = missing + ibis.ifelse(state.isnull(), bit, zero)
    return failed, missing


def _compare(operand: ir.Value, op: str, value: object) -> ir.BooleanValue:
    if op == "in":
        assert isinstance(value, tuple)
        return operand.isin(list(value))
    comparisons: dict[str, Callable[[], ir.BooleanValue]] = {
        "is": lambda: operand == value,
        "at_least": lambda: operand >= value,
        "at_most": lambda: operand <= value,
        "more_than": lambda: operand > value,
        "less_than": lambda: operand < value,
    }
    return comparisons[op]()


def _operand(fact: Fact, column: ir.Value) -> ir.Value:
    """A scale is compared by the rank of its word."""
    if fact.kind != "scale":
        return column
    ranks = [(column == word, rank) for rank, word in enumerate(fact.words)]
    return ibis.cases(*ranks, else_=ibis.null("int64"))


def _literal(fact: Fact, value: Value | tuple[str, ...]) -> object:
    if fact.kind != "scale":
        return value
    if isinstance(value, tuple):
        return tuple(fact.words.index(word) for word in value)
    return fact.words.index(str(value))


def _share(leaf: Leaf, value: object, table: ir.Table) -> ir.BooleanValue:
    """``count`` against a share of ``whole``, in whole numbers: count·q ⋛ p·whole; a whole of 0 is unknown."""
    share = value if isinstance(value, Fraction) else Fraction(str(value))
    whole = table[str(leaf.test.share_of)].nullif(0)
    return _compare(table[leaf.fact] * share.denominator, leaf.test.op, whole * share.numerator)


def _counted(name: str, leaf: Leaf, ruleset: Ruleset, table: ir.Table) -> ir.Value:
    """A fact's column, in the count over the leaf's own years where the table has one."""
    if leaf.over is None:
        return table[name]
    wide = over_column(name, int(Fraction(ruleset.value(leaf.over))))
    return table[wide] if wide in table.columns else table[name]


def _widening(leaf: Leaf, value: object, columns: Sequence[ir.Value]) -> ir.BooleanValue:
    """A count at its own scope or any wider one.

    For n = 1 the three-valued OR of the single counts; for n ≥ 2 the sum of those known reaching n is true, else
    unknown if any is missing (facts contract).
    """
    if leaf.test.op != "at_least" or isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{leaf.id}: chỉ dùng “at_least” với số nguyên cho dữ kiện có phạm vi rộng dần.")
    if value <= 1:
        return reduce(or_, [column >= value for column in columns])
    enough = reduce(add, [column.fill_null(0) for column in columns]) >= value
    any_missing = reduce(or_, [column.isnull() for column in columns])
    return ibis.ifelse(enough, True, ibis.ifelse(any_missing, ibis.null(NULL_BOOLEAN), False))
