"""A hundred thousand people and their units, judged on each engine and by the oracle: row by row the same.

It takes minutes and needs Java and the optional packages of Spark: ``make proof`` runs it, ``make test`` does not.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from core.law import careers, oracle
from core.law.oracle import Verdict

YEAR = 2020
UNITS = careers.make_units(4_000, seed=4, year=YEAR)
PEOPLE = careers.make_people(100_000, seed=3, units=UNITS, year=YEAR)
DAYS = ("2020-12-31", "2024-12-31")
ENGINES = ("duckdb", "postgres", "spark")

Key = tuple[str, str, str]  # subject kind, subject id, title


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return careers.write_facts(tmp_path_factory.mktemp("facts"), PEOPLE, UNITS, "parquet")


@cache
def by_the_oracle(as_of: str) -> dict[Key, Verdict]:
    return oracle.judge_all(PEOPLE, UNITS, as_of, oracle.CHOSEN)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("as_of", DAYS)
def test_engine_agrees_with_the_oracle(facts: tuple[Path, Path], tmp_path: Path, as_of: str, engine: str) -> None:
    people, units = facts
    out, limits = tmp_path / "findings.parquet", tmp_path / "limits.parquet"
    places = {"--people": people, "--units": units, "--out": out, "--limits": limits}
    given = {"--packs": careers.NATIONAL_PACK, "--as-of": as_of, "--engine": engine} | places
    words = [str(word) for pair in given.items() for word in pair]
    # A process of its own: Spark leaves its sockets to the end of the process.
    done = subprocess.run(
        [Path(sys.executable).with_name("thidua"), "law", "evaluate", *words],
        env=os.environ | {"THIDUA_SPARK_MASTER": "local[2]"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    theirs = {key(row): verdict(row) for row in pq.read_table(out).to_pylist() if row["title"] in oracle.TITLES}
    ours = by_the_oracle(as_of)
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if theirs[name] != ours[name]] == []
    wanted = {row.scope_id: (row.base_count, row.quota, tuple(row.candidates)) for row in limits_of(as_of)}
    said = [row for row in pq.read_table(limits).to_pylist() if row["title"] == "CSTDCS"]
    assert {row["scope_id"]: (row["base_count"], row["quota"], tuple(sorted(row["ranked"]))) for row in said} == wanted


def limits_of(as_of: str) -> Any:
    return oracle.limits(PEOPLE, UNITS, as_of, oracle.CHOSEN)


def key(row: dict[str, Any]) -> Key:
    return row["subject_kind"], row["subject_id"], row["title"]


def verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(row["outcome"], tuple(row["failed"]), tuple(row["missing"]))
