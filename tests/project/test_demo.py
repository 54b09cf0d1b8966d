"""The demo from outside: run twice, its papers, a server killed under it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from thidua.core.law.evaluate import FINDINGS
from thidua.project import postgres
from thidua.project.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAPERS = ["bang-chi-tieu-2020.pdf", "findings.parquet", "ke-hoach-2020.docx", "ke-hoach-2020.pdf", "so-ghi-viec.json"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("demo")
    yield folder
    assert postgres.Cluster(folder / "data").pid() is None, "a server was left behind"


def command(place: Path, out: str) -> list[str]:
    return [sys.executable, "-m", "thidua.project.cli", "demo", "--out", str(place / out)]


def environment(place: Path) -> dict[str, str]:
    return {**os.environ, "THIDUA_DATA": str(place / "data")}


def run(place: Path, out: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(place, out), cwd=ROOT, env=environment(place), capture_output=True, text=True, check=False
    )


def test_a_database_killed_midway_gives_one_sentence_and_no_half_result(place: Path) -> None:
    child = subprocess.Popen(
        command(place, "ba"),
        cwd=ROOT,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    cluster = postgres.Cluster(place / "data")
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("== 4."):
            break
    pid = cluster.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    out, err = child.communicate(timeout=120)
    assert child.returncode == 1, out
    assert "Traceback" not in err
    assert "Cơ sở dữ liệu" in err
    assert not (place / "ba" / "findings.parquet").exists()


def test_the_next_two_runs_are_whole_and_say_the_same(place: Path) -> None:
    first, second = run(place, "mot"), run(place, "hai")
    assert (first.returncode, first.stderr, second.returncode) == (0, "", 0)
    assert first.stdout.splitlines()[:-1] == second.stdout.splitlines()[:-1]
    assert "Tổng: Đạt 12, Không đạt 4, Chưa biết 4" in first.stdout
    assert sorted(path.name for path in (place / "mot").iterdir()) == PAPERS
    one, two = (pq.read_table(place / name / "findings.parquet") for name in ("mot", "hai"))
    assert one.schema.equals(FINDINGS)
    assert one.equals(two)


def test_the_ledger_of_the_demo_verifies(place: Path) -> None:
    file = place / "mot" / "so-ghi-viec.json"
    assert main(["ledger", "verify", str(file)]) == 0
    verbs = [entry["head"]["verb"] for entry in json.loads(file.read_text())["entries"]]
    assert verbs[-1] == "evaluate_year"


def test_an_out_folder_that_cannot_be_made_is_said(place: Path) -> None:
    (place / "tep").write_text("")
    done = run(place, "tep/out")
    assert done.returncode == 1
    assert "Chọn --out khác" in done.stderr
