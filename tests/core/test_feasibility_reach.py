"""What a unit of N people can reach: exact, by the day's law, counted alone and together."""

import dataclasses
import datetime
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.calendar import Period
from thidua.core.feasibility.reach import (
    TitleReach,
    barred_collectives,
    least_count,
    steps,
    title_reaches,
    usual_sizes,
)
from thidua.core.law.amend import amend, trial
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.core.law.walk import leaves
from thidua.project.cli import main

ROOT = Path(__file__).resolve().parents[2]
NATIONAL = ROOT / "packs" / "vn.national"
PACK = load_pack(read_directory(NATIONAL))
END_OF_2020 = datetime.date(2020, 12, 31)
IN_2020 = resolve([PACK], as_of=END_OF_2020)


def law(day: datetime.date = END_OF_2020, **changes: str | Fraction) -> Ruleset:
    values = {f"{name.replace('__', '.')}": value for name, value in changes.items()}
    return resolve(amend([PACK], [trial(values, on=day, place="thử")] if values else []), as_of=day)


def reach(ruleset: Ruleset, sizes: dict[str, int], *, whole: int | None = None, title: str = "CSTDCS") -> TitleReach:
    return next(item for item in title_reaches(ruleset, sizes, whole=whole) if item.title == title)


def test_units_of_1_to_30_people_in_2020() -> None:
    found = reach(law(), usual_sizes())
    assert steps(found.caps) == [(1, 6, 0), (7, 13, 1), (14, 19, 2), (20, 26, 3), (27, 30, 4)]
    assert (found.first, found.scope, found.places) == (7, "agency", None)
    assert found.force == Period(datetime.date(2020, 1, 1), datetime.date(2023, 12, 31))


@pytest.mark.parametrize(("rounding", "first"), [("down", 7), ("nearest", 4), ("up", 1)])
def test_rounding_of_the_pack_moves_the_smallest_unit_with_a_place(rounding: str, first: int) -> None:
    assert reach(law(limits__rounding=rounding), {}).first == first


def test_a_share_of_nothing_gives_no_unit_a_place() -> None:
    found = reach(law(cstdcs__max_share=Fraction(0, 1)), usual_sizes())
    assert (found.first, steps(found.caps)) == (None, [(1, 30, 0)])


def test_counted_together_a_small_unit_may_have_what_alone_it_cannot() -> None:
    found = reach(law(), {"nhỏ": 5, "lớn": 57}, whole=62)
    assert [(cap.unit, cap.alone, cap.pooled) for cap in found.caps] == [("nhỏ", 0, 5), ("lớn", 8, 9)]
    assert (found.places, found.lost) == (9, 1)


def test_without_a_limit_in_the_packs_there_is_no_number() -> None:
    for day, title in ((END_OF_2020, "LDTT"), (datetime.date(2024, 12, 31), "CSTDCS")):
        found = reach(law(day), usual_sizes(), title=title)
        assert (found.limit, found.force, found.first, found.lost, found.caps) == (None, None, None, None, ())


def test_the_collective_title_that_needs_a_holder_is_barred_to_units_without_a_place() -> None:
    found = barred_collectives(law(), usual_sizes())
    assert [(bar.title, bar.holder, bar.size, bar.needs, bar.most) for bar in found] == [
        ("TTLDXS", "CSTDCS", size, 1, 0) for size in range(1, 7)
    ]
    assert barred_collectives(law(datetime.date(2024, 12, 31)), usual_sizes()) == ()


@pytest.mark.parametrize(("title", "size", "least"), [("TTLDTT", 10, 6), ("TTLDXS", 10, 7), ("TTLDXS", 11, 8)])
def test_least_count_of_a_share(title: str, size: int, least: int) -> None:
    ruleset = law()
    leaf = next(item for item in leaves(ruleset.rule("unit", title).require) if item.fact == "ldtt_count")
    assert least_count(leaf, ruleset, size) == least


@given(
    st.lists(st.integers(0, 60), max_size=12),
    st.fractions(0, 1, max_denominator=1000),
    st.sampled_from(["down", "nearest", "up"]),
)
def test_places_are_the_largest_whole_number_that_the_share_and_its_rounding_allow(
    headcounts: list[int], share: Fraction, rounding: str
) -> None:
    sizes = {str(place): size for place, size in enumerate(headcounts)}
    own = {"cstdcs.max_share": share, "limits.rounding": rounding}
    told = {name: dataclasses.replace(IN_2020.parameters[name], value=value) for name, value in own.items()}
    ruleset = dataclasses.replace(IN_2020, parameters={**IN_2020.parameters, **told})
    found = reach(ruleset, sizes, whole=sum(headcounts))
    beyond = {"down": Fraction(0), "nearest": Fraction(1, 2), "up": Fraction(1)}[rounding]
    for cap in found.caps:
        allowed = [
            n
            for n in range(cap.size + 1)
            if n <= share * cap.size
            or n - share * cap.size < beyond
            or (rounding == "nearest" and n - share * cap.size == beyond)
        ]
        assert cap.alone == max(allowed)
        assert cap.pooled == min(cap.size, found.places or 0)
        assert cap.alone <= cap.size
    if rounding == "down":
        assert found.lost == (found.places or 0) - sum(cap.alone for cap in found.caps)
    if found.first:
        assert reach(ruleset, {"n": found.first}).caps[0].alone >= 1


def test_command_on_the_agencys_own_units(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit_id,year,headcount\nA,2020,5\nB,2020,57\n", encoding="utf-8")
    asked = ["law", "reach", "--packs", str(NATIONAL), "--as-of", "2020-12-31", "--units", str(units), "--json"]
    assert main(asked) == 0
    document = json.loads(capsys.readouterr().out)
    first = document["titles"][0]
    assert document["headcount"] == 62
    assert first["units"] == [
        {"unit": "A", "headcount": 5, "alone": 0, "pooled": 5, "shared": [1, 1]},
        {"unit": "B", "headcount": 57, "alone": 8, "pooled": 9, "shared": [8, 8]},
    ]
    assert (first["title"], first["first"], first["places"], first["lost"]) == ("CSTDCS", 7, 9, 1)
    assert first["limit"]["grade"] == "text"
    assert [(bar["title"], bar["unit"], bar["leaf"]) for bar in document["barred"]] == [
        ("TTLDXS", "A", "TTLDXS.cstdcs_count")
    ]
    units.write_text("unit_id,year,headcount\nA,2020,\nB,2020,57\n", encoding="utf-8")
    assert main(asked) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["titles"][0]["places"] is None
    assert "chưa biết số người của A" in told.err


def test_command_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["law", "reach", "--packs", str(NATIONAL), "--as-of"]
    assert main([*asked, "2020-12-31"]) == 0
    told = capsys.readouterr().out
    assert "    1 tới 6 người: 0 suất\n    7 tới 13 người: 1 suất\n" in told
    assert "thiếu CSTDCS ở đơn vị 1, 2, 3, 4, 5, 6\n" in told
    assert "chưa đối chiếu với văn bản gốc" in told
    assert main([*asked, "2024-12-31", "--headcount", "9"]) == 0
    assert "Chiến sĩ thi đua cơ sở (CSTDCS)\n  chưa có quy định trong bộ dữ liệu\n" in capsys.readouterr().out
    assert main([*asked, "2020-02-31"]) == 1
    assert "--as-of" in capsys.readouterr().err


def test_reach_parent_beside_its_children_counts_nobody_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit_id,parent_id,year,headcount\nSO,,2020,22\nA,SO,2020,10\nB,SO,2020,12\n", encoding="utf-8")
    asked = ["law", "reach", "--packs", str(NATIONAL), "--as-of", "2020-12-31", "--units", str(units), "--json"]
    assert main(asked) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["headcount"] == 22
    assert {unit["unit"] for title in found["titles"] for unit in title.get("units", ())} == {"A", "B"}
    assert "SO có đơn vị con trong tệp; chỉ tính đơn vị con." in told.err
