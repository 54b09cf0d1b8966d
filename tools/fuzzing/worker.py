"""One process that takes every second file: each is opened in a child of its own, measured, ended when it must be."""

import json
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path

from fuzzing.doors import Breach, by_command, opened
from fuzzing.jobs import Job, job
from fuzzing.seeds import Seeds
from thidua.core.workbooks.spec import TableSpec

MIB = 2**20
ROOM = 3 * 1024 * MIB  # address space beyond what is taken at the start: a hard stop, far above what may be used
SLACK = 15.0  # seconds past which a child is ended
COMMAND_EACH = 100  # every so many files for plans go to the command line too


def run(*, seeds_file: Path, numbers: range, seed: int, folder: Path, out: Path) -> None:
    """Open the files of some numbers; a line of JSON for each goes to ``out``, files at fault to ``folder``."""
    seeds: Seeds = pickle.loads(seeds_file.read_bytes())  # written by this program a moment ago
    specs = department()
    _warm(seeds, specs)
    with out.open("w") as stream:
        for number in numbers:
            one = job(number, seed=seed, seeds=seeds)
            result = measured(one, specs, folder)
            if result["fault"]:
                kept = folder / f"{number}{Path(one.name.strip()).suffix[:8]}"
                kept.write_bytes(one.data)
                result["kept"] = str(kept)
            stream.write(json.dumps(result, ensure_ascii=False) + "\n")
            stream.flush()


def department() -> tuple[TableSpec, ...]:
    """The tables of a department's workbook, as the site asks for them; no database is opened."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.project.settings")
    import django  # after the settings are named

    django.setup()
    from thidua.apps.records.actions.workbook import department_specs

    return department_specs("stc")


def _warm(seeds: Seeds, specs: tuple[TableSpec, ...]) -> None:
    """What is loaded once is loaded before the first file is timed."""
    opened("plan", seeds["text"][0][1], name="a.txt", specs=specs)
    opened("book", seeds["xlsx"][0][1], name="a.xlsx", specs=specs)


def measured(one: Job, specs: tuple[TableSpec, ...], folder: Path) -> dict[str, object]:
    """One file through its door in a child: outcome, seconds, MiB at the peak, and the fault ("" for none)."""
    command = one.door == "plan" and one.number % COMMAND_EACH == 0
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(reader)
        with os.fdopen(writer, "w") as answer:
            json.dump(_inside(one, specs, folder if command else None), answer)
        os._exit(0)
    os.close(writer)
    said = _heard(reader, until=started + SLACK + (60 if command else 0))
    seconds = time.monotonic() - started
    if not said:
        _end(child)
    _pid, status, used = os.wait4(child, 0)
    found = json.loads(said) if said else {"outcome": "", "fault": f"no answer in {seconds:.0f} s, status {status}"}
    # What wait4 says is the larger of the child and those that it started: it would count a reader twice.
    own = int(found.pop("peak", used.ru_maxrss // 1024))
    return {
        "number": one.number,
        "kind": one.kind,
        "damage": one.damage,
        "door": one.door,
        "name": one.name,
        "bytes": len(one.data),
        "seconds": round(float(found.pop("seconds", seconds)), 3),
        "mib": own + int(found.pop("below", 0)),
        **found,
    }


def _inside(one: Job, specs: tuple[TableSpec, ...], folder: Path | None) -> dict[str, object]:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + ROOM, taken + ROOM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    started = time.monotonic()
    outcome = fault = ""
    try:
        outcome = opened(one.door, one.data, name=one.name, specs=specs)
    except Breach as breach:
        fault = str(breach)
    except BaseException:
        fault = traceback.format_exc()[-3000:]
    seconds = time.monotonic() - started
    below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if folder is not None and not fault:
        path = folder / f"lenh-{one.number}{Path(one.name.strip()).suffix[:8]}"
        path.write_bytes(one.data)
        try:
            outcome = f"{outcome}, {by_command(path)}"
            path.unlink()
        except Breach as breach:
            fault = str(breach)
    return {"outcome": outcome, "fault": fault, "seconds": seconds, "peak": peak, "below": below}


def _heard(reader: int, *, until: float) -> str:
    said = b""
    with os.fdopen(reader, "rb", buffering=0) as stream:
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([stream], [], [], left)
            if not ready:
                return ""
            part = stream.read(65536)
            if not part:
                break
            said += part
    return said.decode("utf-8", "replace")


def _end(child: int) -> None:
    """End the child and what it started; confined readers are sessions of their own, ended by their own time."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    seeds_path, first, step, count, seed_given, where, result_file = sys.argv[1:]
    run(
        seeds_file=Path(seeds_path),
        numbers=range(int(first), int(count), int(step)),
        seed=int(seed_given),
        folder=Path(where),
        out=Path(result_file),
    )
