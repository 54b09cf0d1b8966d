"""The sample department shipped with the project: readable without a problem, and what its README says."""

import importlib.util
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from core.workbooks.sample_specs import INCIDENT, SPECS

from thidua.core.workbooks.match import Tables, read_tables
from thidua.core.workbooks.sheet import read_workbook

SAMPLE = Path(__file__).parents[3] / "sample"
FILE = SAMPLE / "so-tai-chinh-2020.xlsx"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(FILE.read_bytes(), filename=FILE.name, specs=SPECS)


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_department", SAMPLE / "make_department.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sample_is_read_whole(tables: Tables) -> None:
    assert {key: len(tables.rows(key)) for key in tables.sheets} == {
        "units": 9,
        "people": 62,
        "posts": 87,
        "ratings": 368,
        "judgements": 71,
        "mass_organisations": 42,
        "discipline": 1,
        "leave": 5,
        "initiatives": 28,
        "petitions": 4,
        "awards": 573,
        "tasks": 60,
        "incidents": 8,
        "standing_titles": 4,
    }


def test_sample_holds_the_stories_of_its_readme(tables: Tables) -> None:
    def chosen(key: str, *columns: str, **wanted: object) -> list[tuple[object, ...]]:
        rows = (row.values for row in tables.rows(key))
        found = (row for row in rows if all(row[name] == value for name, value in wanted.items()))
        return [tuple(row[column] for column in columns) for row in found]

    names = Counter(row.values["full_name"] for row in tables.rows("people"))
    kinds = {choice.value for choice in INCIDENT}
    assert {
        "reprimand": chosen("discipline", "person", "form"),
        "maternity": chosen("leave", "person", "to", kind="thai_san", **{"from": date(2020, 3, 2)}),
        "recruit": chosen("people", "recruited_on", code="TC056"),
        "pending": chosen("petitions", "subject", "received", concluded=None),
        "transfer": chosen("posts", "unit", "from", "to", person="TC042"),
        "retired": chosen("posts", "person", to=date(2020, 11, 1)),
        "seconded": chosen("posts", "person", "unit", "elsewhere", kind="biet_phai"),
        "late rating": chosen("ratings", "subject", "year", grade=None),
        "namesakes": [name for name, times in names.items() if times > 1],
        "not looked into": sorted(kinds - {row.values["kind"] for row in tables.rows("incidents")}),
        "not yet known": chosen("standing_titles", "title", "year", kept=None),
        "carried over": len(chosen("tasks", "code", carried_from=2019)),
    } == {
        "reprimand": [("TC051", "khien_trach")],
        "maternity": [("TC028", date(2020, 9, 1))],
        "recruit": [(date(2020, 5, 18),)],
        "pending": [("TC043", date(2020, 11, 12))],
        "transfer": [
            ("HCSN", date(2010, 10, 1), date(2020, 3, 31)),
            ("GCS", date(2020, 4, 1), None),
        ],
        "retired": [("TC036",)],
        "seconded": [("TC022", "QLNS", "Văn phòng UBND tỉnh")],
        "late rating": [("TC001", 2020)],
        "namesakes": ["Nguyễn Thị Hương"],
        "not looked into": ["te_nan_xa_hoi"],
        "not yet known": [("An toàn về an ninh, trật tự", 2020)],
        "carried over": 5,
    }


def test_sample_shares_some_initiatives_between_two_authors(tables: Tables) -> None:
    authors: dict[object, list[object]] = {}
    for row in tables.rows("initiatives"):
        authors.setdefault(row.values["decision"], []).append(row.values["person"])
    assert [people for people in authors.values() if len(people) > 1] == [
        ["TC016", "TC017"],
    ]


def test_the_base_initiatives_of_the_year_stand_beside_the_workbook(tables: Tables) -> None:
    """They go through the system itself; the workbook keeps those that the province recognises."""
    of_year = [row.values for row in tables.rows("initiatives") if row.values["year"] == 2020]
    assert [(row["person"], row["scope"]) for row in of_year] == [("TC017", "tinh"), ("TC033", "tinh")]
    lines = beside("initiatives_2020.txt")
    assert [sum(share for _, share in authors(line)) for line in lines] == [100] * 9
    people = {row.values["code"] for row in tables.rows("people")}
    assert {code for line in lines for code, _ in authors(line)} <= people
    days = [(date.fromisoformat(line[3]), date.fromisoformat(line[4])) for line in lines]
    assert [first for first, filed in days if not first < filed < first.replace(year=first.year + 1)] == []


def test_everybody_and_every_unit_registers_once(tables: Tables) -> None:
    known = {row.values["code"] for key in ("people", "units") for row in tables.rows(key)}
    codes = [line[0] for line in beside("registrations_2020.txt")]
    assert (len(codes), set(codes)) == (71, known)


def test_late_ratings_are_those_the_workbook_leaves_open(tables: Tables) -> None:
    waiting = [row.values["subject"] for row in tables.rows("ratings") if row.values["grade"] is None]
    assert [line[0] for line in beside("late_ratings_2020.txt")] == waiting


def beside(name: str) -> list[list[str]]:
    text = (SAMPLE / "department" / name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines() if not line.startswith("#")]


def authors(line: list[str]) -> list[tuple[str, int]]:
    pairs = (author.split(":") for author in line[0].split(","))
    return [(code, int(share)) for code, share in pairs]


def test_sample_ignores_only_the_cover(tables: Tables) -> None:
    assert [(one.sheet, one.cell) for one in tables.ignored] == [("Đọc trước", "")]


def test_sample_says_on_every_sheet_that_it_is_made_up() -> None:
    book = read_workbook(FILE.read_bytes(), filename=FILE.name)
    silent = [sheet.name for sheet in book.sheets if "MINH HỌA" not in " ".join(str(row[0]) for row in sheet.rows[:2])]
    assert silent == []


def test_sample_made_again_has_the_same_cells(tmp_path: Path) -> None:
    again = tmp_path / FILE.name
    _maker().write(again)
    assert read_workbook(again.read_bytes(), filename=FILE.name) == read_workbook(FILE.read_bytes(), filename=FILE.name)
