"""The demo from outside: a server killed under it, killed itself and resumed, its papers and figures."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from thidua.core.law.evaluate import FINDINGS
from thidua.core.papers.seal import is_sound, read_signatures
from thidua.project import postgres
from thidua.project.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    "bang-chi-tieu.pdf",
    "bang-chung-nhan-478.pdf",
    "bang-tham-dinh-a3.docx",
    "bang-tham-dinh-a3.pdf",
    "bang-tong-hop-dang-ky.pdf",
    "bao-cao-tong-ket.docx",
    "bao-cao-tong-ket.pdf",
    "bien-ban-hop-hoi-dong-sang-kien-20201120.pdf",
    "bien-ban-hop-hoi-dong-tdkt-20201223.pdf",
    "bien-ban-kiem-phieu-hoi-dong-tdkt-20201223.pdf",
    "danh-sach-chi-tien-478.pdf",
    "findings.parquet",
    "ke-hoach.docx",
    "ke-hoach.pdf",
    "quyet-dinh-478-da-ky.pdf",
    "quyet-dinh-478.docx",
    "quyet-dinh-cong-nhan-sang-kien-412.pdf",
    "records",
    "so-ghi-viec.json",
    "so-lieu-bao-cao.json",
    "to-trinh-02.pdf",
}


@pytest.fixture
def place(told_year: Path) -> Path:
    """Where the year is told, by this file's tests first."""
    return told_year


def command(place: Path, out: str) -> list[str]:
    return [sys.executable, "-m", "thidua.project.cli", "demo", "--out", str(place / out)]


def environment(place: Path) -> dict[str, str]:
    return {**os.environ, "THIDUA_DATA": str(place / "data")}


def run(place: Path, out: str, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*command(place, out), *options], cwd=ROOT, env=environment(place), capture_output=True, text=True, check=False
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


def test_a_demo_killed_midway_goes_on_where_it_was(place: Path) -> None:
    """It goes on where the killed database left it, is killed itself, and goes on again."""
    child = subprocess.Popen(
        [*command(place, "mot"), "--resume"],
        cwd=ROOT,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("== 9."):
            break
    child.kill()
    child.communicate(timeout=60)
    done = run(place, "mot", "--resume")
    assert (done.returncode, done.stderr) == (0, "")
    chapters = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    assert chapters[0].startswith("== 1.")
    assert chapters[1].startswith("== 9."), "told chapters are not told again"
    assert "Tổng: Đạt 13, Không đạt 5, Chưa biết 2" in done.stdout
    named = [line.strip().partition(": ")[0] for line in done.stdout.splitlines() if line.startswith(f"  {place}")]
    assert len(named) == 4
    assert all(Path(name).is_file() for name in named)


def test_the_year_leaves_its_papers(place: Path) -> None:
    names = {path.name for path in (place / "mot").iterdir()}
    assert names >= PAPERS
    assert sum(name.startswith("bien-ban-hop-binh-xet") for name in names) == 13
    for name in names - {"records", "findings.parquet"}:
        head = (place / "mot" / name).read_bytes()[:5]
        assert head.startswith({".pdf": b"%PDF-", ".docx": b"PK", ".json": b"{"}[Path(name).suffix]), name
    findings = pq.read_table(place / "mot" / "findings.parquet")
    assert findings.schema.equals(FINDINGS)
    forms = 6  # of commendation, judged like titles
    assert findings.num_rows == 62 * (4 + forms) + 9 * (4 + forms)


def test_a_stranger_recounts_every_figure_of_the_report(place: Path) -> None:
    tool = [sys.executable, "-S", str(ROOT / "tools" / "recount.py"), str(place / "mot")]
    done = subprocess.run(tool, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads((place / "mot" / "so-lieu-bao-cao.json").read_text())
    assert (figures["people"], figures["acknowledged"], figures["recognised"]) == (62, 62, 9)
    assert (figures["paid"], figures["recovered"]) == (44_020_000, 450_000)
    assert figures["tally"] == {"reached": 13, "missed": 5, "unknown": 2}


def test_the_ledger_of_the_year_verifies_and_tells_nothing_twice(place: Path) -> None:
    file = place / "mot" / "so-ghi-viec.json"
    assert main(["ledger", "verify", str(file)]) == 0
    heads = [entry["head"] for entry in json.loads(file.read_text())["entries"]]
    told = [head["target"] for head in heads if head["verb"] == "tell_step"]
    assert len(told) == len(set(told)) == 23
    assert sum(head["verb"] == "take_signed_copy" for head in heads) == 3


def test_signed_decisions_start_with_what_was_sent_and_carry_a_sound_signature(place: Path) -> None:
    signed = sorted((place / "mot").glob("quyet-dinh-*-da-ky.pdf"))
    assert [path.name for path in signed] == [
        "quyet-dinh-09-bo-sung-da-ky.pdf",
        "quyet-dinh-41-huy-bo-da-ky.pdf",
        "quyet-dinh-478-da-ky.pdf",
    ]
    assert all(is_sound(read_signatures(path.read_bytes())) for path in signed)


def test_an_out_folder_that_cannot_be_made_is_said(place: Path) -> None:
    (place / "tep").write_text("")
    done = run(place, "tep/out")
    assert done.returncode == 1
    assert "Chọn --out khác" in done.stderr
