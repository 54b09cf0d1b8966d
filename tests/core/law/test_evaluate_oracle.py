"""`thidua law evaluate` against the oracle: 2,000 people and 400 collectives, every row and column compared.

Source: the contract "Facts in, findings out" (version 1). Where the two disagree, the message counts the
differences by title, says which other readings of the contract (see `oracle`) would bring them closer
together, and shows the first few rows with their facts and both verdicts.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import careers
import oracle
from oracle import Readings, Verdict

YEAR = 2020
UNITS = careers.make_units(400, seed=2, year=YEAR)
PEOPLE = careers.make_people(2000, seed=1, units=UNITS, year=YEAR)
FACTS = {("person", row["person_id"]): row for row in PEOPLE} | {("unit", row["unit_id"]): row for row in UNITS}
COLUMNS = ("subject_kind", "subject_id", "year", "title", "outcome", "failed", "missing", "pack")
SHOWN = 5

Key = tuple[str, str, str]  # subject kind, subject id, title
Limits = Mapping[str, tuple[Any, ...]]  # by scope

RUNS = [
    ("2020-12-31", "duckdb", "csv"),
    ("2020-12-31", "duckdb", "parquet"),
    ("2024-12-31", "duckdb", "csv"),
    ("2024-12-31", "duckdb", "parquet"),
    ("2020-12-31", "postgres", "csv"),
    ("2024-12-31", "postgres", "parquet"),
]


@pytest.fixture(scope="module", params=RUNS, ids="-".join)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """One run of the command: the date of the law, and the folder with what it wrote."""
    as_of, engine, form = request.param
    folder = tmp_path_factory.mktemp(f"{as_of}-{engine}-{form}")
    people, units = careers.write_facts(folder, PEOPLE, UNITS, form)
    out, limits = folder / "findings.parquet", folder / "limits.parquet"
    done = careers.evaluate(people=people, units=units, out=out, limits=limits, as_of=as_of, engine=engine)
    assert done.returncode == 0, done.stderr
    return as_of, folder


@cache
def expected(as_of: str, readings: Readings = oracle.CHOSEN) -> dict[Key, Verdict]:
    return oracle.judge_all(PEOPLE, UNITS, as_of, readings)


@cache
def expected_limits(as_of: str, readings: Readings = oracle.CHOSEN) -> Limits:
    rows = oracle.limits(PEOPLE, UNITS, as_of, readings)
    return {row.scope_id: (row.base, row.base_count, row.quota, len(row.candidates), row.candidates) for row in rows}


def findings_in(folder: Path) -> list[dict[str, Any]]:
    """The findings on the contract's titles; the packs may hold others."""
    rows: list[dict[str, Any]] = pq.read_table(folder / "findings.parquet").to_pylist()
    return [row for row in rows if row["title"] in oracle.TITLES]


def verdicts_in(folder: Path) -> dict[Key, Verdict]:
    return {
        (row["subject_kind"], row["subject_id"], row["title"]): Verdict(
            row["outcome"], tuple(row["failed"]), tuple(row["missing"])
        )
        for row in findings_in(folder)
    }


def limits_in(folder: Path) -> Limits:
    rows = [row for row in pq.read_table(folder / "limits.parquet").to_pylist() if row["title"] == "CSTDCS"]
    found = {}
    for row in rows:
        many = row["candidates"]
        candidates = len(many) if isinstance(many, list) else many
        ranked = tuple(sorted(row["ranked"]))
        found[row["scope_id"]] = (row["base"], row["base_count"], row["quota"], candidates, ranked)
    assert len(found) == len(rows), "two limits of one title in one scope"
    return found


def hint(distance: Callable[[Readings], int]) -> str:
    """Which readings, if switched, would bring the oracle nearest to what was found."""
    best, left = oracle.nearest_readings(distance)
    switched = {
        name: f"{getattr(oracle.CHOSEN, name)} -> {getattr(best, name)}"
        for name in oracle.ALTERNATIVES
        if getattr(best, name) != getattr(oracle.CHOSEN, name)
    }
    return f"nearest readings: {switched or 'those chosen'}, which leave {left} differences"


def differences(theirs: Mapping[Key, Verdict], ours: Mapping[Key, Verdict]) -> list[Key]:
    return [key for key in ours if theirs.get(key) != ours[key]]


def report(as_of: str, theirs: Mapping[Key, Verdict]) -> str:
    ours = expected(as_of)
    differing = differences(theirs, ours)
    by_title = Counter(title for _, _, title in differing)
    moves = Counter(
        (title, ours[kind, subject, title].outcome, theirs[kind, subject, title].outcome)
        for kind, subject, title in differing
        if (kind, subject, title) in theirs
        and theirs[kind, subject, title].outcome != ours[kind, subject, title].outcome
    )
    lines = [f"{len(differing)} of {len(ours)} findings differ under the law of {as_of}: {dict(by_title)}"]
    lines += [f"  {title}: oracle {was}, found {now}: {many}" for (title, was, now), many in moves.items()]
    lines.append(hint(lambda readings: len(differences(theirs, expected(as_of, readings)))))
    for key in differing[:SHOWN]:
        lines += [f"{key}", f"  facts   {FACTS[key[:2]]}"]
        lines += [f"  oracle  {ours[key]}", f"  found   {theirs.get(key, 'no row')}"]
    return "\n".join(lines)


def test_findings_have_the_columns_of_the_contract(run: tuple[str, Path]) -> None:
    _, folder = run
    schema = pq.read_schema(folder / "findings.parquet")
    assert set(COLUMNS) <= set(schema.names)
    assert {str(schema.field(name).type.value_type) for name in ("failed", "missing")} <= {
        "string",
        "large_string",
    }


def test_findings_hold_each_subject_and_title_once(run: tuple[str, Path]) -> None:
    as_of, folder = run
    found = Counter((row["subject_kind"], row["subject_id"], row["title"]) for row in findings_in(folder))
    assert {key: many for key, many in found.items() if many > 1} == {}
    assert set(found) == set(expected(as_of))


def test_findings_bear_the_year_of_the_facts_and_one_pack(run: tuple[str, Path]) -> None:
    _, folder = run
    rows = findings_in(folder)
    assert {row["year"] for row in rows} == {YEAR}
    packs = {row["pack"] for row in rows}
    assert len(packs) == 1
    assert all(packs)


def test_findings_equal_the_oracle(run: tuple[str, Path]) -> None:
    as_of, folder = run
    theirs = verdicts_in(folder)
    same = not differences(theirs, expected(as_of))
    assert same, report(as_of, theirs)


def test_limits_equal_the_oracle(run: tuple[str, Path]) -> None:
    as_of, folder = run
    theirs, ours = limits_in(folder), expected_limits(as_of)

    def distance(readings: Readings) -> int:
        wanted = expected_limits(as_of, readings)
        return sum(theirs.get(scope) != wanted.get(scope) for scope in theirs.keys() | wanted.keys())

    def brief(limits: Limits) -> str:
        return "\n".join(f"  {scope}: {row[:4]}" for scope, row in list(limits.items())[:SHOWN])

    same = theirs == ours
    assert same, f"oracle\n{brief(ours)}\nfound\n{brief(theirs)}\n{hint(distance)}"
