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


def test_open_places_are_told_by_the_command_and_the_table_has_the_sure_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "vn.own"
    own.mkdir()
    force = 'from: 2020-01-01, to: 2023-12-31, cite: "QC, Điều 1", grade: memory'
    texts = {
        "pack": "pack: vn.own\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n",
        "sources": "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: thử}\n",
    }
    for name, text in texts.items():
        (own / f"{name}.yaml").write_text(text, encoding="utf-8")
    (own / "parameters").mkdir()
    setting = f"parameters: []\nset:\n  - {{name: limits.scope, versions: [{{{force}, value: pooled}}]}}\n"
    (own / "parameters" / "all.yaml").write_text(setting, encoding="utf-8")
    good = "HTT,none,60,true,true,true,true,1,false,false"
    heads = "task_rating,discipline,months_since_recruitment,registered,takes_part,studies,ethics,initiatives_base"
    rows = [f"{unit}{n},{unit},2020,{good}" for unit in "ab" for n in range(5)]
    people = "\n".join([f"person_id,unit_id,year,{heads},combat_merit,pending_case", *rows]) + "\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit_id,parent_id,year\na,so,2020\nb,so,2020\n", encoding="utf-8")
    places = {name: str(tmp_path / name) for name in ("people.csv", "units.csv", "out.parquet", "limits.parquet")}
    words = ["law", "evaluate", "--packs", str(careers.NATIONAL_PACK), str(own), "--as-of", "2020-12-31"]
    words += ["--people", places["people.csv"], "--units", places["units.csv"]]
    assert main([*words, "--out", places["out.parquet"], "--limits", places["limits.parquet"]]) == 0
    said = "CSTDCS: a, b có phần dư bằng nhau, mỗi nơi có thể thêm 1 suất; người có thẩm quyền chọn."
    assert said in capsys.readouterr().err
    assert pq.read_table(places["limits.parquet"])["quota"].to_pylist() == [0, 0]
