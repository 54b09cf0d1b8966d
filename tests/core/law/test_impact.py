"""What a change of the law would change, on made-up people: from the command line and against a count by hand."""

import json
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from core.law import careers

from thidua.core.law.impact import impact
from thidua.project.cli import main

UNITS = careers.make_units(20, seed=8, year=2020)
PEOPLE = careers.make_people(300, seed=9, units=UNITS, year=2020)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    people, units = careers.write_facts(tmp_path_factory.mktemp("facts"), PEOPLE, UNITS, "parquet")
    given = {"--packs": careers.NATIONAL_PACK, "--as-of": "2020-12-31", "--people": people, "--units": units}
    return [str(word) for pair in given.items() for word in pair]


def told(facts: list[str], capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["law", "impact", *facts, *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_higher_cap_turns_nobody_and_opens_places(facts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = told(facts, capsys, "--set", "cstdcs.max_share=20%")
    assert found["turned"] == []
    for row in found["limits"]:  # type: ignore[attr-defined]
        assert row["was"]["quota"] == row["was"]["base_count"] * 15 // 100
        assert row["now"]["quota"] == row["now"]["base_count"] * 20 // 100
        assert row["was"]["candidates"] == row["now"]["candidates"]
    assert any(row["was"]["quota"] < row["now"]["quota"] for row in found["limits"])  # type: ignore[attr-defined]


def test_more_months_turn_exactly_those_between_by_that_leaf(
    facts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(facts, capsys, "--set", "ldtt.min_months=60")
    turned = [row for row in found["turned"] if row["title"] == "LDTT"]  # type: ignore[attr-defined]
    between = {
        row["person_id"]
        for row in PEOPLE
        if row["months_since_recruitment"] is not None and 10 <= row["months_since_recruitment"] < 60
    }
    known_discipline = {row["person_id"] for row in PEOPLE if row["discipline"] in (None, "none")}
    assert turned
    assert {row["subject_id"] for row in turned} == between & known_discipline
    assert {leaf for row in turned for leaf in row["leaves"]} == {"LDTT.months_since_recruitment"}
    assert {row["now"] for row in turned} == {"not_reviewed"}


def test_same_law_twice_changes_nothing(facts: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["law", "impact", *facts, "--against-as-of", "2020-12-30"]) == 0
    assert capsys.readouterr().out == "Không ai đổi kết luận.\n"


def test_a_title_that_one_law_does_not_know_is_told(facts: list[str], tmp_path: Path) -> None:
    done = careers.evaluate(
        people=Path(facts[5]),
        units=Path(facts[7]),
        out=tmp_path / "f.parquet",
        limits=tmp_path / "l.parquet",
        as_of="2020-12-31",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    findings = pq.read_table(tmp_path / "f.parquet")
    rows = [place for place, title in enumerate(findings["title"].to_pylist()) if title != "CSTDTQ"]
    found = impact(findings, findings.take(rows))
    assert len(found.turned) == len(PEOPLE)
    assert {(item.title, item.now) for item in found.turned} == {("CSTDTQ", None)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Chưa nêu thay đổi nào"),
        (["--set", "cstdcs.max_share"], "viết THAM_SỐ=GIÁ_TRỊ"),
        (["--set", "cstdcs.max_shares=1"], "Không có tham số “cstdcs.max_shares”"),
        (["--amend", "khong-co.yaml"], "Không đọc được khong-co.yaml"),
        (["--against-as-of", "31/12/2020"], "--against-as-of"),
    ],
)
def test_wrong_words_are_refused(
    facts: list[str], capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["law", "impact", *facts, *words]) == 1
    assert said in capsys.readouterr().err
