"""Made-up people and collectives for the law tests, their files, and the command that reads them.

Everything is drawn from one `random.Random(seed)`: the same seed gives the same rows. Columns, words and
file formats are those of the contract "Facts in, findings out" (version 1). Careers hang together (a star has
good ratings, awards in a row and initiatives; a newcomer few months), so that every outcome of every title
occurs often under both laws; values sit on the boundaries the laws name; about half the rows lack something.
"""

from __future__ import annotations

import contextlib
import csv
import io
import random
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from thidua.project.cli import main

Row = dict[str, Any]
Draw = tuple[Sequence[Any], Sequence[int]]  # values and their weights

REPO = Path(__file__).resolve().parents[3]
NATIONAL_PACK = REPO / "packs" / "vn.national"

TEXT, INT, BOOL = pa.string(), pa.int64(), pa.bool_()
PEOPLE_COLUMNS: dict[str, pa.DataType] = {
    "person_id": TEXT,
    "unit_id": TEXT,
    "year": INT,
    "task_rating": TEXT,
    "discipline": TEXT,
    "months_since_recruitment": INT,
    "registered": BOOL,
    "takes_part": BOOL,
    "studies": BOOL,
    "ethics": BOOL,
    "initiatives_base": INT,
    "initiatives_province": INT,
    "initiatives_national": INT,
    "research_base": INT,
    "research_province": INT,
    "research_national": INT,
    "combat_merit": BOOL,
    "cstdcs_consecutive": INT,
    "cstdt_consecutive": INT,
    "pending_case": BOOL,
}
UNIT_COLUMNS: dict[str, pa.DataType] = {
    "unit_id": TEXT,
    "parent_id": TEXT,
    "year": INT,
    "unit_rating": TEXT,
    "headcount": INT,
    "ht_or_better": INT,
    "ldtt_count": INT,
    "cstdcs_count": INT,
    "canh_cao_or_more": INT,
    "registered": BOOL,
    "takes_part": BOOL,
    "unity": BOOL,
    "party_rating": TEXT,
    "mass_org_rating": TEXT,
    "pending_case": BOOL,
}
RATINGS = ("HTXS", "HTT", "HT", "KHT", "KXL")
PARTY_RATINGS = ("HTXS", "HTT", "HT", "KHT", "khong_co")
DISCIPLINES = (
    "none",
    "khien_trach",
    "canh_cao",
    "ha_bac_luong",
    "giang_chuc",
    "cach_chuc",
    "buoc_thoi_viec",
)
# Ids that a careless reader turns into numbers, into nothing, or into two cells.
AWKWARD_IDS = ("00123", "123", "1e5", "NA", "null", "None", "true", "Nguyễn Văn Ân, tổ 2", 'Trần "Tư" Út')
AGENCIES = 3
COUNT_STEMS = ("initiatives", "research")


def yes(percent: int) -> Draw:
    return (True, False), (percent, 100 - percent)


def evenly(*values: Any) -> Draw:
    return values, (1,) * len(values)


# What most people are like; each kind of career then overrides some columns.
ANYBODY: dict[str, Draw] = {
    "discipline": (DISCIPLINES, (94, 1, 1, 1, 1, 1, 1)),
    "months_since_recruitment": evenly(10, 11, 12, 13, 24, 60, 120, 240),
    "registered": yes(90),
    "takes_part": yes(94),
    "studies": yes(94),
    "ethics": yes(96),
    "initiatives_base": ((0, 1, 2), (60, 30, 10)),
    "initiatives_province": ((0, 1), (92, 8)),
    "initiatives_national": ((0, 1), (98, 2)),
    "research_base": ((0, 1), (85, 15)),
    "research_province": ((0, 1), (95, 5)),
    "research_national": ((0, 1), (99, 1)),
    "combat_merit": yes(3),
    "cstdcs_consecutive": ((0, 1, 2, 3), (50, 25, 20, 5)),
    "cstdt_consecutive": ((0, 1, 2), (85, 10, 5)),
    "pending_case": yes(8),
}
CAREERS: dict[str, tuple[int, dict[str, Draw]]] = {
    "star": (
        30,
        {
            "task_rating": (RATINGS, (65, 33, 2, 0, 0)),
            "registered": yes(97),
            "takes_part": yes(99),
            "studies": yes(99),
            "ethics": yes(99),
            "initiatives_base": ((0, 1, 2, 4), (10, 40, 40, 10)),
            "initiatives_province": ((0, 1, 2), (40, 45, 15)),
            "initiatives_national": ((0, 1, 2), (55, 40, 5)),
            "research_national": ((0, 1), (80, 20)),
            "combat_merit": yes(8),
            "cstdcs_consecutive": ((1, 2, 3, 5), (12, 43, 30, 15)),
            "cstdt_consecutive": ((0, 1, 2, 3), (15, 20, 50, 15)),
            "pending_case": yes(12),
        },
    ),
    "steady": (35, {"task_rating": (RATINGS, (15, 65, 18, 1, 1))}),
    "weak": (
        15,
        {
            "task_rating": (RATINGS, (2, 18, 35, 25, 20)),
            "discipline": (DISCIPLINES, (58, 12, 8, 6, 6, 5, 5)),
            "takes_part": yes(60),
            "studies": yes(70),
            "ethics": yes(75),
            "pending_case": yes(30),
        },
    ),
    "newcomer": (
        20,
        {
            "task_rating": (RATINGS, (30, 50, 12, 3, 5)),
            "months_since_recruitment": evenly(0, 3, 5, 5, 6, 6, 7, 9, 9, 10, 10, 11),
            "initiatives_base": ((0, 1), (45, 55)),
        },
    ),
}
UNIT_KINDS: dict[str, tuple[int, dict[str, Draw]]] = {
    "leading": (
        45,
        {
            "unit_rating": (RATINGS, (80, 18, 2, 0, 0)),
            "registered": yes(95),
            "takes_part": yes(98),
            "unity": yes(98),
            "pending_case": yes(15),
        },
    ),
    "average": (
        40,
        {
            "unit_rating": (RATINGS, (15, 60, 20, 3, 2)),
            "registered": yes(85),
            "takes_part": yes(92),
            "unity": yes(92),
            "pending_case": yes(12),
        },
    ),
    "failing": (
        15,
        {
            "unit_rating": (RATINGS, (4, 16, 30, 30, 20)),
            "registered": yes(60),
            "takes_part": yes(60),
            "unity": yes(60),
            "pending_case": yes(30),
        },
    ),
}


def draw(rng: random.Random, choice: Draw) -> Any:
    return rng.choices(*choice)[0]


def forget(rng: random.Random, row: Row, kept: Sequence[str]) -> None:
    """Lose nothing (half the rows), a few values, or many; never the `kept` columns."""
    chance = draw(rng, ((0.0, 0.05, 0.35), (55, 35, 10)))
    for column in row:
        if column not in kept and rng.random() < chance:
            row[column] = None


def blur_counts(rng: random.Random, row: Row) -> None:
    """Leave one family of achievements as the only hope, with narrower counts missing or zero."""
    stem, other = rng.sample(COUNT_STEMS, 2)
    for scope in ("base", "province", "national"):
        row[f"{other}_{scope}"] = 0
        row[f"{stem}_{scope}"] = rng.choice((None, 0, 1) if scope == "national" else (None, None, 0))


def person(rng: random.Random, person_id: str, year: int, unit_ids: Sequence[str]) -> Row:
    kinds = list(CAREERS)
    kind = draw(rng, (kinds, [CAREERS[name][0] for name in kinds]))
    choices = ANYBODY | CAREERS[kind][1]
    row: Row = {"person_id": person_id, "unit_id": rng.choice(unit_ids), "year": year}
    row |= {column: draw(rng, choices[column]) for column in PEOPLE_COLUMNS if column not in row}
    if rng.random() < 0.12:
        blur_counts(rng, row)
    forget(rng, row, ("person_id", "year"))
    return row


def make_people(n: int, *, seed: int, units: Sequence[Row], year: int = 2020) -> list[Row]:
    """`n` people of the given units, the first few with awkward ids, as rows of the contract."""
    rng = random.Random(seed)
    unit_ids = [row["unit_id"] for row in units]
    ids = [*AWKWARD_IDS, *(f"p{number:05d}" for number in range(n))][:n]
    return [person(rng, person_id, year, unit_ids) for person_id in ids]


def members_of(rng: random.Random, kind: str) -> Row:
    """Headcount and counts that agree with it, on and beside one half, seven tenths and all."""
    size: int = draw(rng, ((0, 1, 2, 3, 7, 10, 11, 20, 30, 40), (4, 3, 4, 5, 8, 25, 8, 20, 15, 8)))
    half, seven = size // 2, 7 * size // 10
    usual = [half, half + 1, seven - 1, seven, seven + 1, size]
    wanted = usual[3:] if kind == "leading" else usual
    ldtt = min(max(rng.choice(wanted if rng.random() < 0.9 else [0, half - 1]), 0), size)
    short = draw(rng, ((0, 1, 2), (80, 15, 5) if kind == "leading" else (40, 40, 20)))
    disciplined = draw(rng, ((0, 1, 2), (90, 8, 2) if kind != "failing" else (60, 30, 10)))
    return {
        "headcount": size,
        "ht_or_better": max(size - short, ldtt),
        "ldtt_count": ldtt,
        "cstdcs_count": min(rng.choice((0, 1, 1, 2, 3)), ldtt),
        "canh_cao_or_more": min(disciplined, size),
    }


def unit(rng: random.Random, number: int, year: int) -> Row:
    kinds = list(UNIT_KINDS)
    kind = draw(rng, (kinds, [UNIT_KINDS[name][0] for name in kinds]))
    choices = UNIT_KINDS[kind][1] | {"party_rating": evenly(*PARTY_RATINGS)}
    choices["mass_org_rating"] = evenly(*PARTY_RATINGS)
    parent = None if number < AGENCIES else f"u{rng.randrange(number):04d}"
    row: Row = {"unit_id": f"u{number:04d}", "parent_id": parent, "year": year}
    facts = members_of(rng, kind) | {column: draw(rng, choice) for column, choice in choices.items()}
    row |= {column: facts[column] for column in UNIT_COLUMNS if column in facts}
    forget(rng, row, ("unit_id", "parent_id", "year"))
    return row


def make_units(n: int, *, seed: int, year: int = 2020) -> list[Row]:
    """`n` units in a few trees: the first ones are agencies, each later one hangs below an earlier one."""
    rng = random.Random(seed)
    return [unit(rng, number, year) for number in range(n)]


# Files


def cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], encoding: str = "utf-8") -> Path:
    """CSV as the contract has it: comma, true/false, empty = missing. Only `columns`, in that order."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, pa.DataType]) -> Path:
    """Parquet with the contract's types; a missing value is a null."""
    arrays = {name: pa.array([row[name] for row in rows], kind) for name, kind in columns.items()}
    pq.write_table(pa.table(arrays), path)
    return path


def write_facts(folder: Path, people: Sequence[Row], units: Sequence[Row], form: str) -> tuple[Path, Path]:
    """Both files in `folder`, as `csv` or `parquet`."""
    if form == "csv":
        return (
            write_csv(folder / "people.csv", people, list(PEOPLE_COLUMNS)),
            write_csv(folder / "units.csv", units, list(UNIT_COLUMNS)),
        )
    return (
        write_parquet(folder / "people.parquet", people, PEOPLE_COLUMNS),
        write_parquet(folder / "units.parquet", units, UNIT_COLUMNS),
    )


# The command


def evaluate(
    *, people: Path, units: Path, out: Path, limits: Path, as_of: str, engine: str = "duckdb"
) -> subprocess.CompletedProcess[str]:
    """Run `thidua law evaluate` with the national pack through the command line's own door, in this process."""
    arguments = {
        "--packs": NATIONAL_PACK,
        "--as-of": as_of,
        "--people": people,
        "--units": units,
        "--out": out,
        "--limits": limits,
        "--engine": engine,
    }
    words = ["law", "evaluate", *(str(word) for pair in arguments.items() for word in pair)]
    out_text, error_text = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out_text), contextlib.redirect_stderr(error_text):
        code = main(words)
    return subprocess.CompletedProcess(words, code, stdout=out_text.getvalue(), stderr=error_text.getvalue())
