"""The law engine against hand-written SQL and a plain loop over rows: ratios in one run, medians of several.

Usage: python benchmarks/law.py [PEOPLE]   (default 200,000; `make bench` also judges a province's two million)
"""

import dataclasses
import datetime
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from thidua.core.law.compile import marks
from thidua.core.law.evaluate import (
    BATCH,
    FINDINGS,
    Facts,
    evaluate,
    evaluate_in_batches,
    in_memory,
    unbound,
    wide_expression,
)
from thidua.core.law.explain import Finding, explain
from thidua.core.law.facts import fact_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.project.engines import hold_facts

ROOT = Path(__file__).resolve().parents[1]
AS_OF = datetime.date(2020, 12, 31)
TITLES = ("LDTT", "CSTDCS", "CSTDT", "CSTDTQ")
RUNS = 5
DEPARTMENT = 62
LOOPED = 20_000  # people in the plain loop; its time is scaled up, for it is slow and even
GENERATE = """
CREATE TABLE person AS SELECT
    'p' || i AS person_id, 'u' || (i % 5000) AS unit_id, 2020::BIGINT AS year,
    CASE WHEN h % 50 = 0 THEN NULL ELSE ['KHT', 'HT', 'HTT', 'HTT', 'HTT', 'HTXS'][1 + h % 6] END AS task_rating,
    CASE WHEN h % 97 = 0 THEN 'khien_trach' WHEN h % 89 = 0 THEN NULL ELSE 'none' END AS discipline,
    (h % 300)::BIGINT AS months_since_recruitment, h % 31 <> 0 AS registered,
    h % 37 <> 0 AS takes_part, h % 41 <> 0 AS studies, h % 43 <> 0 AS ethics,
    (h % 4)::BIGINT AS initiatives_base, (h % 9 = 0)::BIGINT AS initiatives_province,
    (h % 99 = 0)::BIGINT AS initiatives_national, 0::BIGINT AS research_base, 0::BIGINT AS research_province,
    0::BIGINT AS research_national, FALSE AS combat_merit, (h % 5)::BIGINT AS cstdcs_consecutive,
    (h % 3)::BIGINT AS cstdt_consecutive, h % 101 = 0 AS pending_case
FROM (SELECT i, (hash(i) % 1000003)::BIGINT AS h FROM range({count}) t(i))
"""
# The same findings as the packs give, as somebody would write them by hand: leaf, test, whether it excludes.
LDTT = {
    "LDTT.discipline": ("discipline <> 'none'", True),
    "LDTT.ethics": ("ethics", False),
    "LDTT.months_since_recruitment": ("months_since_recruitment < 10", True),
    "LDTT.registered": ("registered", False),
    "LDTT.studies": ("studies", False),
    "LDTT.takes_part": ("takes_part", False),
    "LDTT.task_rating": (
        "CASE task_rating WHEN 'KXL' THEN 0 WHEN 'KHT' THEN 1 WHEN 'HT' THEN 2 WHEN 'HTT' THEN 3 WHEN 'HTXS' THEN 4 END"
        " >= 3",
        False,
    ),
}
CSTDCS = {
    "CSTDCS.combat_merit": ("combat_merit", False),
    "CSTDCS.initiatives_base": (
        "initiatives_base >= 1 OR initiatives_province >= 1 OR initiatives_national >= 1",
        False,
    ),
    "CSTDCS.research_base": ("research_base >= 1 OR research_province >= 1 OR research_national >= 1", False),
}
CSTDT = {
    "CSTDT.cstdcs_consecutive": ("cstdcs_consecutive >= 2", False),
    "CSTDT.initiatives_province": ("initiatives_province >= 1 OR initiatives_national >= 1", False),
    "CSTDT.research_province": ("research_province >= 1 OR research_national >= 1", False),
}
CSTDTQ = {
    "CSTDTQ.cstdt_consecutive": ("cstdt_consecutive >= 2", False),
    "CSTDTQ.initiatives_national": ("initiatives_national >= 1", False),
    "CSTDTQ.registered": ("registered", False),
    "CSTDTQ.research_national": ("research_national >= 1", False),
}
LEAVES = LDTT | CSTDCS | CSTDT | CSTDTQ
EXCLUDING = {name: leaf for name, leaf in LDTT.items() if leaf[1]}
OF_TITLE = {
    "LDTT": LDTT,
    "CSTDCS": LDTT | CSTDCS,
    "CSTDT": LDTT | CSTDCS | CSTDT,
    "CSTDTQ": EXCLUDING | CSTDTQ,
}
HOLDS_LDTT = " AND ".join(f'"{name}"' for name, (_test, excludes) in LDTT.items() if not excludes)
HOLDS_CSTDCS = f"{HOLDS_LDTT} AND ({' OR '.join(f'{chr(34)}{name}{chr(34)}' for name in CSTDCS)})"
TREES = {
    "LDTT": HOLDS_LDTT,
    "CSTDCS": HOLDS_CSTDCS,
    "CSTDT": f'{HOLDS_CSTDCS} AND "CSTDT.cstdcs_consecutive" '
    'AND ("CSTDT.initiatives_province" OR "CSTDT.research_province")',
    "CSTDTQ": '"CSTDTQ.registered" AND "CSTDTQ.cstdt_consecutive" '
    'AND ("CSTDTQ.initiatives_national" OR "CSTDTQ.research_national")',
}
EXCLUDED = " OR ".join(f'"{name}"' for name in EXCLUDING)
OUTCOME = (
    "CASE WHEN {x} THEN 'not_reviewed' WHEN NOT ({t}) THEN 'not_met' WHEN pending_case THEN 'deferred' "
    "WHEN ({x}) IS NULL OR ({t}) IS NULL OR pending_case IS NULL THEN 'unknown' ELSE 'met' END"
)
LEAF_TABLE = (
    "WITH leaf AS (SELECT person_id, year, pending_case, "
    + ", ".join(f'({test}) AS "{name}"' for name, (test, _excludes) in LEAVES.items())
    + " FROM person)"
)


def outcome_sql(title: str) -> str:
    """The outcome of one title by hand."""
    return OUTCOME.format(x=EXCLUDED, t=TREES[title])


def outcomes_by_hand() -> str:
    """Outcomes of all titles, a row a person."""
    return f"{LEAF_TABLE} SELECT person_id, {', '.join(f'{outcome_sql(t)} AS {t}_outcome' for t in TITLES)} FROM leaf"


def findings_by_hand(pack: str) -> str:
    """Whole findings, a row a person and title; of the ways to make the lists, DuckDB does this one fastest."""
    parts = []
    for title in TITLES:
        failed = ", ".join(
            f"CASE WHEN {'' if LEAVES[name][1] else 'NOT '}\"{name}\" THEN ['{name}'] ELSE [] END"
            for name in sorted(OF_TITLE[title])
        )
        missing = ", ".join(
            f"CASE WHEN {column} IS NULL THEN ['{name}'] ELSE [] END"
            for name, column in sorted(
                [(name, f'"{name}"') for name in OF_TITLE[title]] + [(f"{title}.pending_case", "pending_case")]
            )
        )
        parts.append(
            f"SELECT 'person' AS subject_kind, person_id AS subject_id, year, '{title}' AS title, "
            f"{outcome_sql(title)} AS outcome, flatten([{failed}]) AS failed, flatten([{missing}]) AS missing, "
            f"'{pack}' AS pack FROM leaf"
        )
    return f"{LEAF_TABLE} {' UNION ALL '.join(parts)}"


def loop(rows: list[dict[str, object]]) -> list[tuple[str, ...]]:
    """Outcomes by a plain loop over rows, as a program without an engine would have it."""
    tests = {name: _plain_test(name) for name in LEAVES}
    return [_plain_outcomes({name: test(row) for name, test in tests.items()}, row["pending_case"]) for row in rows]


def _plain_outcomes(leaf: dict[str, bool | None], pending: object) -> tuple[str, ...]:
    ldtt = _all(leaf[name] for name, (_test, excludes) in LDTT.items() if not excludes)
    base = _all([ldtt, _any(leaf[name] for name in CSTDCS)])
    province = _any([leaf["CSTDT.initiatives_province"], leaf["CSTDT.research_province"]])
    nation = _any([leaf["CSTDTQ.initiatives_national"], leaf["CSTDTQ.research_national"]])
    trees = (
        ldtt,
        base,
        _all([base, leaf["CSTDT.cstdcs_consecutive"], province]),
        _all([leaf["CSTDTQ.registered"], leaf["CSTDTQ.cstdt_consecutive"], nation]),
    )
    excluded = _any(leaf[name] for name in EXCLUDING)
    return tuple(_plain_outcome(excluded, tree, pending) for tree in trees)


def _plain_outcome(excluded: bool | None, met: bool | None, pending: object) -> str:
    if excluded:
        return "not_reviewed"
    if met is False:
        return "not_met"
    if pending:
        return "deferred"
    return "unknown" if None in (excluded, met, pending) else "met"


def _all(states: Iterable[bool | None]) -> bool | None:
    found = set(states)
    return False if False in found else None if None in found else True


def _any(states: Iterable[bool | None]) -> bool | None:
    found = set(states)
    return True if True in found else None if None in found else False


def _plain_test(name: str) -> Callable[[dict[str, object]], bool | None]:
    grades = ("KXL", "KHT", "HT", "HTT", "HTXS")
    column = name.partition(".")[2]
    needed = {"months_since_recruitment": 10, "cstdcs_consecutive": 2, "cstdt_consecutive": 2}.get(column, 1)

    def test(row: dict[str, object]) -> bool | None:
        value = row[column]
        if value is None:
            return None
        if column == "task_rating":
            return grades.index(str(value)) >= 3
        if column == "discipline":
            return value != "none"
        if isinstance(value, bool):
            return value
        assert isinstance(value, int)
        return value < needed if column == "months_since_recruitment" else value >= needed

    return test


def median(act: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds, the median of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def written(batches: Iterator[pa.Table], place: Path) -> None:
    """Findings to a Parquet file, as the command line does."""
    with pq.ParquetWriter(place, FINDINGS) as writer:
        for batch in batches:
            writer.write_table(batch)


def check_equal(ours: Path, hand: Path, raw: duckdb.DuckDBPyConnection) -> None:
    """Both files hold the same findings, or the ratio would compare two different things."""
    one, other = (f"SELECT * FROM '{place}'" for place in (ours, hand))
    differing = raw.execute(
        f"SELECT count(*) FROM (({one} EXCEPT {other}) UNION ALL ({other} EXCEPT {one}))"
    ).fetchone()
    assert differing == (0,), differing


def one_rule_set() -> Ruleset:
    """The emulation titles for people in the national pack."""
    ruleset = resolve([load_pack(read_directory(ROOT / "packs" / "vn.national"))], as_of=AS_OF)
    rules = {key: rule for key, rule in ruleset.rules.items() if key[0] == "person" and key[1] in TITLES}
    return dataclasses.replace(ruleset, rules=rules)


def bench_nation(count: int, ruleset: Ruleset) -> float:
    """Print the ratios for so many people; returns the seconds of the whole findings."""
    raw = duckdb.connect()
    raw.execute(GENERATE.format(count=count))
    table = unbound(raw.execute("SELECT * FROM person LIMIT 0").to_arrow_table(), "person")
    facts = Facts({"person": table}, "duckdb", lambda sql: iter(raw.execute(sql).to_arrow_reader(BATCH)))
    wide = wide_expression(ruleset, table, "person")
    outcomes = str(ibis.to_sql(wide.select("subject_id", *(f"{title}_outcome" for title in TITLES)), dialect="duckdb"))
    by_hand = outcomes_by_hand()
    with tempfile.TemporaryDirectory() as folder:
        ours, hand = Path(folder) / "ours.parquet", Path(folder) / "hand.parquet"
        copy = f"COPY ({findings_by_hand(ruleset.digest)}) TO '{hand}' (FORMAT parquet)"
        seconds = {
            "outcomes by hand": median(lambda: raw.execute(by_hand).to_arrow_table()),
            "outcomes": median(lambda: raw.execute(outcomes).to_arrow_table()),
            "findings by hand": median(lambda: raw.execute(copy)),
            "findings": median(lambda: written(evaluate_in_batches(ruleset, facts, kinds=["person"]), ours)),
        }
        check_equal(ours, hand, raw)
    sample = raw.execute(f"SELECT * FROM person LIMIT {LOOPED}").to_arrow_table()
    rows = sample.to_pylist()
    same = raw.execute(f"{by_hand} LIMIT {LOOPED}").fetchall()
    assert loop(rows) == [row[1:] for row in same]
    looped = median(lambda: loop(rows), 3) * count / len(rows)
    print(f"{count:,} people × {len(TITLES)} titles, medians of {RUNS}")
    print(
        f"  outcomes only / SQL by hand ({seconds['outcomes by hand']:.2f} s)"
        f"              {seconds['outcomes'] / seconds['outcomes by hand']:6.2f}   (at most 1.25)"
    )
    print(
        f"  findings to Parquet / SQL by hand that writes the same ({seconds['findings by hand']:.2f} s)"
        f"  {seconds['findings'] / seconds['findings by hand']:6.2f}   (at most 1.50)"
    )
    print(
        f"  plain loop over rows / outcomes only                  {looped / seconds['outcomes']:6.1f}   (at least 20)"
    )
    raw.close()
    return seconds["findings"]


# A child's peak by getrusage begins with the size of the process that started it; the kernel keeps its own in status.
WHOLE = """
import sys
from thidua.project.cli import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(code)
"""


def bench_command(count: int) -> None:
    """Print what the whole command takes, with every title of the packs and the limits: a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        duckdb.connect().execute(GENERATE.format(count=count)).execute(f"COPY person TO '{folder}/people.parquet'")
        (folder / "units.csv").write_text("unit_id,parent_id,year\nu0,,2020\n", encoding="utf-8")
        given = {"--packs": ROOT / "packs" / "vn.national", "--as-of": AS_OF}
        given |= {"--people": folder / "people.parquet", "--units": folder / "units.csv"}
        given |= {"--out": folder / "findings.parquet", "--limits": folder / "limits.parquet"}
        words = [str(word) for pair in given.items() for word in pair]
        start = time.perf_counter()
        command = [sys.executable, "-c", WHOLE, "law", "evaluate", *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        rows = pq.read_metadata(folder / "findings.parquet").num_rows
    peak = int(done.stdout.split()[-1]) // 1024
    print(f"the whole command, {count:,} people, {rows:,} findings, limits: {seconds:.1f} s")
    print(f"  its peak memory {peak:,} MiB   (at most 2,048 for two million people)")


def bench_one(ruleset: Ruleset) -> None:
    """Print what one explained person and a department cost."""
    names = {fact.name: None for fact in ruleset.facts_of("person")}
    row = names | {"person_id": "p1", "unit_id": "u1", "year": 2020, "task_rating": "HTT", "registered": True}

    def one() -> None:
        with in_memory(fact_table(ruleset, [row], kind="person"), fact_table(ruleset, [], kind="unit")) as facts:
            (found,) = evaluate(ruleset, facts, kinds=["person"], title="CSTDT").to_pylist()
        finding = Finding(
            "person", "p1", found["title"], found["outcome"], tuple(found["failed"]), tuple(found["missing"])
        )
        explain(ruleset, finding, facts=row)

    one()
    print(f"one person judged and explained, warm          {median(one, 25) * 1000:6.1f} ms   (at most 20)")
    people = fact_table(ruleset, [row | {"person_id": f"p{place}"} for place in range(DEPARTMENT)], kind="person")
    with hold_facts(people, fact_table(ruleset, [], kind="unit"), engine="postgres") as facts:
        evaluate(ruleset, facts, kinds=["person"])
        seconds = median(lambda: evaluate(ruleset, facts, kinds=["person"]))
    print(f"a department of {DEPARTMENT} on PostgreSQL                  {seconds:6.2f} s    (at most 0.5)")


def main() -> None:
    """Print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    ruleset = one_rule_set()
    assert {name for title in TITLES for name in marks(ruleset.rule("person", title), ruleset).values()} >= set(LEAVES)
    few, many = bench_nation(count // 10, ruleset), bench_nation(count, ruleset)
    print(f"ten times the rows take {many / few:.1f} times the time   (at most 12)")
    bench_command(count)
    bench_one(ruleset)


if __name__ == "__main__":
    main()
