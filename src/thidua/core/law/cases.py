"""Rules tested in YAML by people who do not program, and tested tests: a mutation run inverts each leaf.

A case names a title, a date and facts (the rest is missing), and says the outcome and what is in the way.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, get_args

import ibis.expr.types as ir
import pyarrow as pa

from thidua.core.law import yamlfile
from thidua.core.law.compile import condition_column, excluded_column, leaf_column, outcome_column, standings
from thidua.core.law.errors import PackError
from thidua.core.law.evaluate import KEYS, evaluate, in_memory
from thidua.core.law.facts import TYPES, fact_table, suits
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Leaf, Pack, Param, Rule, Ruleset
from thidua.core.law.terms import Kind, Outcome, Spot

LeafKey = tuple[datetime.date, str, Kind]
SEEN = {"đúng": True, "sai": False, "chưa biết": None}


@dataclass(frozen=True, slots=True)
class Case:
    """One example: ``facts`` given, everything else missing."""

    name: str
    kind: Kind
    title: str
    as_of: datetime.date
    facts: Mapping[str, object]
    outcome: str
    failed: tuple[str, ...] | None
    missing: tuple[str, ...] | None
    spot: Spot


@dataclass(frozen=True, slots=True)
class CaseReport:
    """How many cases ran, which did not hold, and which leaves no case would miss if they were inverted.

    ``seen`` says of how many leaves some case has the test true, false and unknown.
    """

    cases: int
    wrong: tuple[str, ...]
    leaves: int
    unnoticed: tuple[str, ...]
    seen: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether every case holds."""
        return not self.wrong


def read_cases(files: Mapping[str, str], *, pack: str) -> tuple[Case, ...]:
    """The cases of a pack (files below ``cases/``); raises PackError for one that is not well formed."""
    found: list[Case] = []
    for name in sorted(files):
        if name.startswith("cases/"):
            table = yamlfile.read(files[name], file=f"{pack}/{name}")
            base = _base(table)
            found += [_case(row, base) for row in table.tables("cases")]
            table.finish()
    return tuple(found)


def _base(table: yamlfile.Table) -> dict[str, dict[str, object]]:
    """Named sets of facts that cases start from (``like: name``)."""
    if "base" not in table:
        return {}
    base = table.table("base")
    return {name: _facts(base.table(name)) for name in base.items}


def _facts(table: yamlfile.Table) -> dict[str, object]:
    table.asked += list(table.items)
    return dict(table.items)


def _case(row: yamlfile.Table, base: Mapping[str, Mapping[str, object]]) -> Case:
    like = row.text("like", default="")
    if like and like not in base:
        row.fail(f"Không có bộ dữ kiện gốc “{like}”.", key="like")
    facts = {**(base[like] if like else {}), **(_facts(row.table("facts")) if "facts" in row else {})}
    as_of = row.date("as_of")
    assert as_of is not None  # required
    kind: Kind = "unit" if row.text("of", default="person") == "unit" else "person"
    case = Case(
        name=row.text("case"),
        kind=kind,
        title=row.text("title"),
        as_of=as_of,
        facts=facts,
        outcome=row.text("outcome"),
        failed=tuple(sorted(row.words("failed"))) if "failed" in row else None,
        missing=tuple(sorted(row.words("missing"))) if "missing" in row else None,
        spot=row.spot,
    )
    row.finish()
    return case


def run_cases(packs: Sequence[Pack], cases: Sequence[Case]) -> CaseReport:
    """Run every case on DuckDB, then invert each leaf in turn and see whether some case notices."""
    wrong: list[str] = []
    noticed: set[LeafKey] = set()
    values: dict[LeafKey, set[bool | None]] = defaultdict(set)
    for as_of in sorted({case.as_of for case in cases}):
        ruleset = resolve(packs, as_of=as_of)
        for case in cases:
            if case.as_of == as_of:
                _check_case(case, ruleset)
        for kind in KEYS:
            group = [case for case in cases if case.as_of == as_of and case.kind == kind]
            if group:
                table = _table(group, ruleset, kind)
                wrong += _run(group, ruleset, kind, table)
                found, caught = _mutate(group, ruleset, kind, table)
                for key, seen in found.items():
                    values[key] |= seen
                noticed |= caught
    return CaseReport(
        cases=len(cases),
        wrong=tuple(wrong),
        leaves=len(values),
        unnoticed=tuple(f"{leaf} (từ {day:%d/%m/%Y})" for day, leaf, _ in sorted(values.keys() - noticed)),
        seen={word: sum(value in seen for seen in values.values()) for word, value in SEEN.items()},
    )


def untried(pack: Pack, cases: Sequence[Case]) -> Iterator[str]:
    """The versions of a pack's own rules that no case is about."""
    for rule in (*pack.rules, *pack.tightens):
        if not any((case.kind, case.title) == (rule.kind, rule.title) and case.as_of in rule.force for case in cases):
            yield f"{rule.title} ({rule.kind}, từ {rule.force.start:%d/%m/%Y})"


def _check_case(case: Case, ruleset: Ruleset) -> None:
    """A case that names what the packs do not have would test nothing."""

    def fail(message: str, hint: str) -> NoReturn:
        raise PackError(message, file=case.spot.file, line=case.spot.line, hint=hint)

    if (case.kind, case.title) not in ruleset.rules:
        known = ", ".join(rule.title for rule in ruleset.rules_of(case.kind)) or "không có danh hiệu nào"
        fail(f"Không có danh hiệu “{case.title}” vào ngày {case.as_of:%d/%m/%Y}.", f"Có: {known}.")
    if case.outcome not in get_args(Outcome):
        fail(f"Không có kết quả “{case.outcome}”.", f"Dùng: {', '.join(get_args(Outcome))}.")
    for name, value in case.facts.items():
        fact = ruleset.facts.get(f"{case.kind}.{name}")
        if fact is None:
            fail(f"Không có dữ kiện “{name}”.", "Xem facts.yaml.")
        if value is not None and not suits(fact, value):
            fail(
                f"“{value}” không phải giá trị của {name}.", f"Kiểu: {fact.kind} {', '.join(fact.words)}".strip() + "."
            )


def _table(cases: Sequence[Case], ruleset: Ruleset, kind: Kind) -> pa.Table:
    columns = {}
    for fact in ruleset.facts_of(kind):
        values = [case.facts.get(fact.name) for case in cases]
        columns[fact.name] = pa.array(values, type=TYPES[fact.kind])
    columns[KEYS[kind]] = pa.array([str(place) for place in range(len(cases))])
    columns["year"] = pa.array([case.as_of.year for case in cases], type=pa.int64())
    return pa.table(columns)


def _run(cases: Sequence[Case], ruleset: Ruleset, kind: Kind, table: pa.Table) -> Iterator[str]:
    tables = {other: fact_table(ruleset, [], kind=other) for other in KEYS} | {kind: table}
    with in_memory(tables["person"], tables["unit"]) as facts:
        findings = evaluate(ruleset, facts)
    rows = {(row["subject_id"], row["title"]): row for row in findings.to_pylist()}
    for place, case in enumerate(cases):
        row = rows[str(place), case.title]
        got = (row["outcome"], tuple(row["failed"]), tuple(row["missing"]))
        want = (
            case.outcome,
            case.failed if case.failed is not None else got[1],
            case.missing if case.missing is not None else got[2],
        )
        if got != want:
            yield f"{case.spot.file}:{case.spot.line}: “{case.name}”: được {got}, ca kiểm thử ghi {want}."


def _mutate(
    cases: Sequence[Case], ruleset: Ruleset, kind: Kind, table: pa.Table
) -> tuple[dict[LeafKey, set[bool | None]], set[LeafKey]]:
    """What each leaf (by the date its version starts) was in some case, and which inversions some case noticed."""
    nothing = table.slice(0, 0)
    with in_memory(*((table, nothing) if kind == "person" else (nothing, table))) as facts:
        held = facts.tables[kind]
        columns: dict[str, ir.Value] = {}
        keys: dict[str, LeafKey] = {}
        for rule in ruleset.rules_of(kind):
            if all(case.title != rule.title for case in cases):
                continue
            columns[f"{rule.title}|"] = _outcome(rule, ruleset, held, inverted=None)
            for part in standings(rule, ruleset):
                if part.leaf.id.split(".")[0] == rule.title and not _unread(part.leaf, ruleset):
                    name = f"{rule.title}|{part.leaf.id}"
                    columns[name] = _outcome(rule, ruleset, held, inverted=part.leaf.id)
                    columns[f"{name}|"] = leaf_column(part.leaf, kind=kind, ruleset=ruleset, table=held)
                    keys[name] = (rule.force.start, part.leaf.id, kind)
        rows = facts.rows(held.select(**columns)).to_pylist()
    noticed = set()
    values: dict[LeafKey, set[bool | None]] = {}
    for name, key in keys.items():
        title = name.split("|")[0]
        relevant = [row for row, case in zip(rows, cases, strict=True) if case.title == title]
        values[key] = {row[f"{name}|"] for row in relevant}
        if any(row[name] != row[f"{title}|"] for row in relevant):
            noticed.add(key)
    return values, noticed


def _unread(leaf: Leaf, ruleset: Ruleset) -> bool:
    """Whether a test waits for a number nobody has read: unknown for everybody, so there is nothing to invert."""
    value = leaf.test.value
    return isinstance(value, Param) and ruleset.parameters[value.name].value is None


def _outcome(rule: Rule, ruleset: Ruleset, table: ir.Table, *, inverted: str | None) -> ir.StringValue:
    def column(leaf: Leaf) -> ir.BooleanValue:
        found = leaf_column(leaf, kind=rule.kind, ruleset=ruleset, table=table)
        return ~found if leaf.id == inverted else found

    met = condition_column(rule.require, kind=rule.kind, ruleset=ruleset, column=column)
    excluded = excluded_column(rule, ruleset=ruleset, column=column)
    return outcome_column(rule, met=met, excluded=excluded, table=table)
