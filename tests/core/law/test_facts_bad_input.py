"""Faulty and unusual fact files, given to `thidua law evaluate` as a user would.

Source: the contract "Facts in, findings out" (version 1): a fault ends with exit 1, one message naming file,
row and column, and nothing written; what is merely unusual is accepted, with at most one warning.
"""

import codecs
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import careers
import oracle
from oracle import Verdict

AS_OF = "2020-12-31"
STALE = b"written by an earlier run"
PEOPLE_HEADER, UNITS_HEADER = list(careers.PEOPLE_COLUMNS), list(careers.UNIT_COLUMNS)


def some_people() -> list[careers.Row]:
    """Three people without a flaw: the second row (line 3 of the file) is the one the tests spoil."""
    good: careers.Row = dict.fromkeys(PEOPLE_HEADER, 0)
    good |= dict.fromkeys(("registered", "takes_part", "studies", "ethics"), True)
    good |= {"year": 2020, "unit_id": "office-a", "task_rating": "HTT", "discipline": "none"}
    good |= {"months_since_recruitment": 48, "combat_merit": False, "pending_case": False}
    return [good | {"person_id": person_id} for person_id in ("anh-x", "binh-y", "chi-z")]


def some_units() -> list[careers.Row]:
    good: careers.Row = {"parent_id": None, "year": 2020, "unit_rating": "HTXS", "party_rating": "HTXS"}
    good |= {"headcount": 10, "ht_or_better": 10, "ldtt_count": 7, "cstdcs_count": 1, "canh_cao_or_more": 0}
    good |= {"registered": True, "takes_part": True, "unity": True, "pending_case": False}
    good |= {"mass_org_rating": "khong_co"}
    return [good | {"unit_id": unit_id} for unit_id in ("office-a", "office-b", "office-c")]


@dataclass(frozen=True)
class Desk:
    """A folder with one good pair of fact files, and a place for what the command writes."""

    folder: Path

    @property
    def people(self) -> Path:
        return self.folder / "people.csv"

    @property
    def units(self) -> Path:
        return self.folder / "units.csv"

    @property
    def out(self) -> Path:
        return self.folder / "findings.parquet"

    @property
    def limits(self) -> Path:
        return self.folder / "limits.parquet"

    def evaluate(self, people: Path | None = None, units: Path | None = None) -> subprocess.CompletedProcess[str]:
        return careers.evaluate(
            people=people or self.people,
            units=units or self.units,
            out=self.out,
            limits=self.limits,
            as_of=AS_OF,
        )

    def verdicts(self) -> dict[tuple[str, str, str], Verdict]:
        rows = [row for row in pq.read_table(self.out).to_pylist() if row["title"] in oracle.TITLES]
        return {
            (row["subject_kind"], row["subject_id"], row["title"]): Verdict(
                row["outcome"], tuple(row["failed"]), tuple(row["missing"])
            )
            for row in rows
        }

    def contents(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    careers.write_csv(desk.people, some_people(), PEOPLE_HEADER)
    careers.write_csv(desk.units, some_units(), UNITS_HEADER)
    return desk


def names_second_row(message: str, key: str) -> bool:
    """By its key, by its number among the rows (2), or by its line in the file (3)."""
    return key in message or re.search(r"\b[23]\b", message) is not None


def assert_refused(desk: Desk, *words: str, key: str | None = None, **files: Path) -> None:
    """Exit 1, a message with all `words` (and the second row, if `key` is given), no file touched."""
    before = desk.contents()
    done = desk.evaluate(**files)
    message = done.stderr.replace(str(desk.folder), "")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [word for word in words if word not in message] == [], done.stderr
    assert key is None or names_second_row(message, key), done.stderr
    assert desk.contents() == before


def assert_found(desk: Desk, people: Sequence[careers.Row], units: Sequence[careers.Row]) -> None:
    assert desk.verdicts() == oracle.judge_all(people, units, AS_OF)


def warnings_naming(done: subprocess.CompletedProcess[str], column: str) -> list[str]:
    return [line for line in done.stderr.splitlines() if column in line]


def test_good_files_are_judged(desk: Desk) -> None:
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, some_people(), some_units())


# Faults


FAULTY_CELLS = [
    pytest.param("people", "task_rating", "TOT", id="unknown-rating"),
    pytest.param("people", "discipline", "phe_binh", id="unknown-discipline"),
    pytest.param("units", "unit_rating", "khong_co", id="word-of-another-column"),
    pytest.param("units", "party_rating", "KXL", id="word-not-for-the-party"),
    pytest.param("people", "initiatives_base", -1, id="negative-count"),
    pytest.param("units", "headcount", -10, id="negative-headcount"),
    pytest.param("people", "months_since_recruitment", "nhiều", id="text-for-a-number"),
    pytest.param("people", "cstdcs_consecutive", "1.5", id="fraction-for-a-count"),
    pytest.param("people", "takes_part", "maybe", id="text-for-true-or-false"),
    pytest.param("units", "unity", "7", id="number-for-true-or-false"),
    pytest.param("people", "year", "MMXX", id="text-for-the-year"),
]


def spoil(desk: Desk, file: str, column: str, value: Any) -> tuple[str, str]:
    """Write `value` into the second row of one file; returns the file's name and the row's key."""
    rows = some_people() if file == "people" else some_units()
    rows[1][column] = value
    path = desk.people if file == "people" else desk.units
    careers.write_csv(path, rows, PEOPLE_HEADER if file == "people" else UNITS_HEADER)
    return path.name, rows[1]["person_id" if file == "people" else "unit_id"]


@pytest.mark.parametrize(("file", "column", "value"), FAULTY_CELLS)
def test_faulty_cell_is_refused(desk: Desk, file: str, column: str, value: Any) -> None:
    name, key = spoil(desk, file, column, value)
    assert_refused(desk, name, column, key=key)


@pytest.mark.parametrize(("file", "column", "value"), FAULTY_CELLS[:7:3])
def test_faulty_cell_leaves_earlier_output_alone(desk: Desk, file: str, column: str, value: Any) -> None:
    name, key = spoil(desk, file, column, value)
    desk.out.write_bytes(STALE)
    desk.limits.write_bytes(STALE)
    assert_refused(desk, name, column, key=key)


@pytest.mark.parametrize(("file", "column"), [("people", "person_id"), ("units", "unit_id")])
def test_duplicate_key_is_refused(desk: Desk, file: str, column: str) -> None:
    first = some_people()[0]["person_id"] if file == "people" else some_units()[0]["unit_id"]
    name, key = spoil(desk, file, column, first)
    assert_refused(desk, name, column, key=key)


@pytest.mark.parametrize(("file", "column"), [("people", "person_id"), ("units", "unit_id")])
def test_missing_key_column_is_refused(desk: Desk, file: str, column: str) -> None:
    rows, header = (some_people(), PEOPLE_HEADER) if file == "people" else (some_units(), UNITS_HEADER)
    path = desk.people if file == "people" else desk.units
    careers.write_csv(path, rows, [name for name in header if name != column])
    assert_refused(desk, path.name, column)


def test_file_of_no_bytes_is_refused(desk: Desk) -> None:
    desk.people.write_bytes(b"")
    assert_refused(desk, desk.people.name)


def test_file_that_does_not_exist_is_refused(desk: Desk) -> None:
    assert_refused(desk, "nowhere.csv", people=desk.folder / "nowhere.csv")


def test_several_years_in_one_file_are_refused(desk: Desk) -> None:
    name, key = spoil(desk, "people", "year", 2021)
    assert_refused(desk, name, "year", key=key)


def test_another_year_in_the_second_file_is_refused(desk: Desk) -> None:
    careers.write_csv(desk.units, [row | {"year": 2021} for row in some_units()], UNITS_HEADER)
    assert_refused(desk, desk.units.name, "year", "2020", "2021")


def test_negative_count_in_parquet_is_refused(desk: Desk) -> None:
    people = some_people()
    people[1]["research_national"] = -7
    path = careers.write_parquet(desk.folder / "people.parquet", people, careers.PEOPLE_COLUMNS)
    assert_refused(desk, path.name, "research_national", key=people[1]["person_id"], people=path)


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [("months_since_recruitment", pa.string(), "abc"), ("takes_part", pa.string(), "x")],
)
def test_wrong_type_in_parquet_is_refused(desk: Desk, column: str, kind: pa.DataType, value: str) -> None:
    people = [row | {column: value} for row in some_people()]
    columns = careers.PEOPLE_COLUMNS | {column: kind}
    path = careers.write_parquet(desk.folder / "people.parquet", people, columns)
    assert_refused(desk, path.name, column, people=path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("stale", [False, True], ids=["no-output-yet", "output-there"])
def test_wrong_encoding_is_refused(desk: Desk, encoding: str, stale: bool) -> None:
    people = [row | {"unit_id": "Đà"} for row in some_people()]
    careers.write_csv(desk.people, people, PEOPLE_HEADER, encoding)
    if stale:
        desk.out.write_bytes(STALE)
        desk.limits.write_bytes(STALE)
    assert_refused(desk, desk.people.name, "UTF-8")


# Unusual but accepted


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("people", "task_rating"),
        ("people", "pending_case"),
        ("people", "unit_id"),
        ("people", "research_province"),
        ("units", "unity"),
        ("units", "headcount"),
    ],
)
def test_missing_column_is_unknown_in_every_row(desk: Desk, file: str, column: str) -> None:
    people, units = some_people(), some_units()
    rows, header = (people, PEOPLE_HEADER) if file == "people" else (units, UNITS_HEADER)
    for row in rows:
        row[column] = None
    path = desk.people if file == "people" else desk.units
    careers.write_csv(path, rows, [name for name in header if name != column])
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert len(warnings_naming(done, column)) == 1, done.stderr
    assert_found(desk, people, units)


@pytest.mark.parametrize("column", ["task_rating", "takes_part", "initiatives_base", "unit_id"])
def test_empty_column_is_unknown_in_every_row(desk: Desk, column: str) -> None:
    people = [row | {column: None} for row in some_people()]
    careers.write_csv(desk.people, people, PEOPLE_HEADER)
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, people, some_units())


def test_extra_column_is_ignored_with_one_warning(desk: Desk) -> None:
    people = [row | {"favourite_colour": "xanh, lam"} for row in some_people()]
    careers.write_csv(desk.people, people, ["favourite_colour", *PEOPLE_HEADER])
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert len(warnings_naming(done, "favourite_colour")) == 1, done.stderr
    assert_found(desk, some_people(), some_units())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_no_rows_give_no_findings(desk: Desk, form: str) -> None:
    people, units = careers.write_facts(desk.folder, [], [], form)
    done = desk.evaluate(people, units)
    assert done.returncode == 0, done.stderr
    assert pq.read_table(desk.out).num_rows == 0


def test_units_without_people_are_judged(desk: Desk) -> None:
    careers.write_csv(desk.people, [], PEOPLE_HEADER)
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, [], some_units())


def test_byte_order_mark_is_accepted(desk: Desk) -> None:
    for path in (desk.people, desk.units):
        path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, some_people(), some_units())


def test_columns_and_rows_come_in_any_order(desk: Desk) -> None:
    careers.write_csv(desk.people, some_people()[::-1], PEOPLE_HEADER[::-1])
    careers.write_csv(desk.units, some_units()[::-1], sorted(UNITS_HEADER))
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, some_people(), some_units())


def test_windows_line_ends_are_accepted(desk: Desk) -> None:
    desk.people.write_bytes(desk.people.read_bytes().replace(b"\n", b"\r\n"))
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, some_people(), some_units())


def test_ids_of_digits_stay_text(desk: Desk) -> None:
    people = [row | {"person_id": f"00{n}", "unit_id": "007"} for n, row in enumerate(some_people())]
    units = [row | {"unit_id": f"00{n + 7}"} for n, row in enumerate(some_units())]
    careers.write_csv(desk.people, people, PEOPLE_HEADER)
    careers.write_csv(desk.units, units, UNITS_HEADER)
    done = desk.evaluate()
    assert done.returncode == 0, done.stderr
    assert_found(desk, people, units)
