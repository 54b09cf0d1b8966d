"""Kill the demo with SIGKILL again and again, resume it, and compare what came out with an undisturbed run.

``python tools/kill_demo.py [KILLS]`` (default 12; ``make proof``). Compared: rows of every exported table, entries of
the record by verb, every figure of the year-end report; the record's chain is verified and the figures are recounted.
Exit 0 when nothing was lost and nothing doubled, 1 otherwise.
"""

import collections
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THIDUA = [sys.executable, "-m", "thidua.project.cli"]
SEED = 20201231


def main() -> int:
    """Run undisturbed, run with kills, compare."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    folder = Path(tempfile.mkdtemp(prefix="thidua-kill-"))
    try:
        calm = run_calmly(folder / "calm")
        done = run_with_kills(folder / "killed", kills=kills)
        print(f"{done} lần kill -9, mỗi lần ở một chỗ khác nhau của năm minh họa.")
        return compare(calm, folder / "killed" / "out")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def command(folder: Path, *options: str) -> tuple[list[str], dict[str, str]]:
    """The demo's command line and its environment: a data folder of its own."""
    environment = {**os.environ, "THIDUA_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    return [*THIDUA, "demo", "--out", str(folder / "out"), *options], environment


def run_calmly(folder: Path) -> Path:
    """The demo from beginning to end."""
    folder.mkdir()
    words, environment = command(folder)
    subprocess.run(words, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder / "out"


def run_with_kills(folder: Path, *, kills: int) -> int:
    """Start, kill somewhere, resume, kill …, and let the last run finish; how many times it was killed."""
    folder.mkdir()
    chance, killed = random.Random(SEED), 0
    for turn in range(kills + 1):
        words, environment = command(folder, *(["--resume"] if turn else []))
        process = subprocess.Popen(
            words, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout
        chapters = chance.randint(1, 3) if turn < kills else None
        if wait(process, chapters=chapters, pause=chance.random() * 0.8):
            killed += 1
        elif process.returncode:
            raise SystemExit(f"Chạy lại lần {turn} dừng với mã {process.returncode}.")
        else:
            break
    return killed


def wait(process: "subprocess.Popen[str]", *, chapters: int | None, pause: float) -> bool:
    """Read until so many chapters began, then kill a moment later; whether it was killed."""
    assert process.stdout
    for line in process.stdout:
        if chapters is not None and line.startswith("== ") and not line.startswith("== 1."):
            chapters -= 1
            if chapters == 0:
                try:
                    process.wait(timeout=pause)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    return True
    process.wait()
    return False


def compare(calm: Path, killed: Path) -> int:
    """Print what differs."""
    wrong = 0
    for what, left, right in (
        ("dòng của từng bảng", tables(calm), tables(killed)),
        ("mục của sổ ghi việc theo loại việc", verbs(calm), verbs(killed)),
        ("số liệu báo cáo", figures(calm), figures(killed)),
    ):
        differing = {key: (left.get(key), right.get(key)) for key in left | right if left.get(key) != right.get(key)}
        print(f"{what}: {len(left)} mục, {'khớp hết' if not differing else f'lệch {differing}'}")
        wrong += bool(differing)
    ledger = [*THIDUA, "ledger", "verify", str(killed / "so-ghi-viec.json")]
    recount = [sys.executable, str(ROOT / "tools" / "recount.py"), str(killed)]
    for words in (ledger, recount):
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip())
        wrong += done.returncode != 0
    return 1 if wrong else 0


def tables(out: Path) -> dict[str, object]:
    """Rows of each exported table."""
    csv.field_size_limit(sys.maxsize)  # a plan's reading is one long cell
    found: dict[str, object] = {}
    for path in sorted((out / "records").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.name] = sum(1 for _ in csv.reader(stream)) - 1
    return found


def verbs(out: Path) -> dict[str, object]:
    """Entries of the record by verb."""
    entries = json.loads((out / "so-ghi-viec.json").read_text(encoding="utf-8"))["entries"]
    return dict(collections.Counter(entry["head"]["verb"] for entry in entries))


def figures(out: Path) -> dict[str, object]:
    """Every figure of the report."""
    return dict(json.loads((out / "so-lieu-bao-cao.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
