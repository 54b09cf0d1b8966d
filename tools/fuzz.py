"""Thousands of damaged files through the doors that users have: each is read or refused in words, soon and in bounds.

``python tools/fuzz.py [--count 5000] [--seed 1]`` makes sound files of every kind, damages them and hands them in:
plans to ``read_plan`` (some to ``thidua plan read`` as well), workbooks to ``read_tables``. For each: no traceback, a
refusal says what is wrong in Vietnamese, at most 10 seconds, at most 500 MiB, the readers' own processes included.
Some of the workbooks are taken in on a database as well: whole or not at all. Exit 1 when any file breaks that; it is
kept in out/fuzz/ with the command that hands it in again.

``--only N`` hands in one file of the run again; ``--file PATH [--door book]`` any file.
"""

import argparse
import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
from fuzzing.jobs import Job, job  # noqa: E402  -- their folders had to be put on the path
from fuzzing.seeds import all_seeds  # noqa: E402
from fuzzing.worker import department, measured  # noqa: E402

OUT = ROOT / "out" / "fuzz"
WORKERS = 2
MOST_SECONDS, MOST_MIB = 10.0, 500
SHOWN = 8


def main() -> int:
    """Hand in the files and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--imports", type=int, default=300, help="so many workbooks on a database too")
    parser.add_argument("--only", type=int, help="hand in this one file of the run again")
    parser.add_argument("--file", type=Path, help="hand in this file")
    parser.add_argument("--door", choices=("plan", "book", "table"), default="plan", help="the door for --file")
    given = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    # The processes that do the work, and those the halls start, take this tree and not what is installed.
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT / 'tools'}"
    if given.file or given.only is not None:
        return _one(given)
    results = _many(given.count, given.seed)
    print(report(results))
    faults = [result for result in results if fault_of(result)]
    for result in faults[:50]:
        where = result.get("kept") or "not kept: only slow or large"
        print(f"\n{result['number']} {result['kind']}, {result['damage']}, {result['name']!r} ({where})")
        print(f"  again: {sys.executable} tools/fuzz.py --seed {given.seed} --only {result['number']}")
        print("  " + fault_of(result).replace("\n", "\n  "))
    halves = _imports(given.imports, given.seed) if given.imports else 0
    print(f"\n{len(results)} files, {len(faults) + halves} at fault")
    return 1 if faults or halves or len(results) != given.count else 0


def _many(count: int, seed: int) -> list[dict[str, Any]]:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    seeds = OUT / "seeds.pickle"
    seeds.write_bytes(pickle.dumps(all_seeds()))
    started = time.monotonic()
    running = []
    for number in range(WORKERS):
        result = OUT / f"results-{number}.jsonl"
        asked = [seeds, number, WORKERS, count, seed, OUT, result]
        command = [sys.executable, "-m", "fuzzing.worker", *map(str, asked)]
        running.append((subprocess.Popen(command, cwd=ROOT), result))
    for process, _result in running:
        if process.wait() != 0:
            print(f"a worker ended with {process.returncode}")
    print(f"{time.monotonic() - started:.0f} s with {WORKERS} workers, seed {seed}\n")
    return [json.loads(line) for _process, result in running for line in result.read_text().splitlines()]


def _imports(count: int, seed: int) -> int:
    """So many of the workbooks taken in on a database; how many were at fault."""
    out = OUT / "imports.json"
    command = [sys.executable, "-m", "fuzzing.imports", str(OUT / "seeds.pickle"), str(seed), str(count), str(out)]
    done = subprocess.run(command, cwd=ROOT, check=False)
    found = json.loads(out.read_text()) if out.exists() else {"answers": {}, "faults": [f"exit {done.returncode}"]}
    said = ", ".join(f"{answer} {times}" for answer, times in found["answers"].items())
    print(f"\ntaken in on a database: {said}", *found["faults"], sep="\n")
    return len(found["faults"])


def _one(given: argparse.Namespace) -> int:
    if given.file:
        one = Job(0, given.file.suffix, "as it is", given.door, given.file.name, given.file.read_bytes())
    else:
        kept = OUT / "seeds.pickle"
        one = job(given.only, seed=given.seed, seeds=pickle.loads(kept.read_bytes()) if kept.exists() else all_seeds())
    result = measured(one, department(), OUT)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 1 if fault_of(result) else 0


def fault_of(result: dict[str, Any]) -> str:
    """What of a result may not be; "" when nothing."""
    if result["fault"]:
        return str(result["fault"])
    if result["seconds"] > MOST_SECONDS:
        return f"{result['seconds']} s"
    return f"{result['mib']} MiB" if result["mib"] > MOST_MIB else ""


def report(results: list[dict[str, Any]]) -> str:
    """Counts by kind, damage and outcome; the slowest and the largest."""
    lines = ["kind  damage            outcomes"]
    groups: dict[tuple[str, str], Counter[str]] = {}
    for result in results:
        outcome = "FAULT" if fault_of(result) else str(result["outcome"]).split(",")[0]
        groups.setdefault((result["kind"], result["damage"]), Counter())[outcome] += 1
    for (kind, damage), counts in sorted(groups.items()):
        said = ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())
        lines.append(f"{kind:5} {damage:17} {said}")
    every: Counter[str] = sum(groups.values(), Counter())
    commands = Counter(part for result in results for part in str(result["outcome"]).split(", ")[1:])
    for name, counts in (("all", every), ("by the command line", commands)):
        lines.append(f"\n{name}: " + ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common()))
    for name, unit in (("seconds", "s"), ("mib", "MiB")):
        most = sorted(results, key=lambda result: -result[name])[:SHOWN]
        said = "; ".join(f"{r[name]} ({r['number']} {r['kind']}, {r['damage']})" for r in most)
        lines.append(f"\nmost {unit}: {said}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
