"""The doors that users have, and what may come out of them: a reading, or a refusal in a Vietnamese sentence."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from thidua.core.plans import PlanError, read_plan
from thidua.core.workbooks.errors import WorkbookError
from thidua.core.workbooks.match import read_tables
from thidua.core.workbooks.spec import TableSpec

ROOT = Path(__file__).resolve().parents[2]
ACCENTED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
SHORTEST = 8


class Breach(Exception):
    """What may never come out of a door."""


def opened(door: str, data: bytes, *, name: str, specs: tuple[TableSpec, ...]) -> str:
    """How a file was answered: “read”, or the name of the refusal. Raises Breach, and whatever the hall let out."""
    try:
        if door == "plan":
            plan = read_plan(data, filename=name)
            plan.to_json()
            return "read"
        asked = specs if door == "book" else tuple(replace(spec, required=False) for spec in specs)
        read_tables(data, filename=name, specs=asked)
        return "read"
    except PlanError as error:
        if door != "plan":
            raise
        return _refused(error, [str(error)])
    except WorkbookError as error:
        if door == "plan":
            raise
        if not error.problems:
            raise Breach(f"{type(error).__name__} without a problem") from error
        return _refused(error, [sentence for one in error.problems for sentence in (one.message, one.remedy)])


def _refused(error: Exception, sentences: list[str]) -> str:
    for sentence in sentences:
        if len(sentence) < SHORTEST or not ACCENTED.search(sentence):
            raise Breach(f"{type(error).__name__} says only “{sentence}”")
    return type(error).__name__


def by_command(path: Path) -> str:
    """How ``thidua plan read`` answers a file: “exit 0” or “exit 1”. Raises Breach."""
    command = [sys.executable, "-m", "thidua.project.cli", "plan", "read", str(path)]
    around = {**os.environ, "PYTHONPATH": "src"}
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, env=around, cwd=ROOT)
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1) or "Traceback" in said:
        raise Breach(f"exit {done.returncode}: {said[-2000:]}")
    if done.returncode == 1 and not ACCENTED.search(said):
        raise Breach(f"exit 1 without a sentence: {said!r}")
    return f"exit {done.returncode}"
