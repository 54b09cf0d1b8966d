"""Facts at the edge of what numbers and files can hold: a clear refusal, or the right answer."""

import datetime
import math
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from thidua.core.law.errors import FactsError
from thidua.core.law.facts import MOST, read_facts
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.project.cli import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def law() -> Ruleset:
    return resolve([load_pack(read_directory(ROOT / "packs" / "vn.national"))], as_of=datetime.date(2020, 12, 31))


@pytest.mark.parametrize("count", [MOST + 1, 10**17, 10**25])
def test_a_count_beyond_any_agency_is_refused(law: Ruleset, tmp_path: Path, count: int) -> None:
    file = tmp_path / "u.csv"
    file.write_text(f"unit_id,year,headcount\nu,2020,{count}\n")
    with pytest.raises(FactsError, match="dòng 2, cột headcount"):
        read_facts(file, kind="unit", ruleset=law)


def test_nan_is_missing_and_infinity_is_refused(law: Ruleset, tmp_path: Path) -> None:
    file = tmp_path / "p.parquet"
    ids, years = ["a", "b"], [2020, 2020]
    pq.write_table(pa.table({"person_id": ids, "year": years, "initiatives_base": [math.nan, 2.0]}), file)
    found = read_facts(file, kind="person", ruleset=law).table
    assert found["initiatives_base"].to_pylist() == [None, 2]
    pq.write_table(pa.table({"person_id": ids, "year": years, "initiatives_base": [1.0, math.inf]}), file)
    with pytest.raises(FactsError, match="dòng 3, cột initiatives_base"):
        read_facts(file, kind="person", ruleset=law)


def test_a_double_key_is_found_in_one_pass(law: Ruleset, tmp_path: Path) -> None:
    """200,000 rows: a search that starts over for each row would hold the suite up for many minutes."""
    file = tmp_path / "p.csv"
    rows = [f"p{n},2020" for n in range(200_000)]
    file.write_text("person_id,year\n" + "\n".join([*rows, rows[-1]]) + "\n")
    with pytest.raises(FactsError, match=r"dòng 200002, cột person_id: Mã “p199999” lặp lại"):
        read_facts(file, kind="person", ruleset=law)


def test_results_are_not_written_over_facts_or_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, units = tmp_path / "p.csv", tmp_path / "u.csv"
    people.write_text("person_id,year\na,2020\n")
    units.write_text("unit_id,year\nu,2020\n")
    base = ["law", "evaluate", "--packs", str(ROOT / "packs" / "vn.national"), "--as-of", "2020-12-31"]
    base += ["--people", str(people), "--units", str(units)]
    for out, limits in ((people, tmp_path / "l"), (tmp_path / "o", units), (tmp_path / "o", tmp_path / "o")):
        assert main([*base, "--out", str(out), "--limits", str(limits)]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.csv", "u.csv"]
    assert people.read_text() == "person_id,year\na,2020\n"
    assert "hai tệp khác nhau" in capsys.readouterr().err
