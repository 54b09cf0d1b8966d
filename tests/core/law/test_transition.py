"""The law changes while dossiers are on their way: the day of receipt picks it. And a draft is tried, never applied."""

import datetime
from pathlib import Path

import pytest

from thidua.core.law.amend import amend
from thidua.core.law.errors import PackError
from thidua.core.law.judge import judge
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Pack, Ruleset
from thidua.core.law.transition import resolve_received, transition_of

FILES = read_directory(Path(__file__).parents[3] / "packs" / "vn.national")
CHANGE = datetime.date(2026, 10, 1)
EVE = datetime.date(2026, 9, 30)
YEAR_END = datetime.date(2026, 12, 31)
FIGHTER = {
    "person_id": "1",
    "unit_id": "A",
    "year": 2026,
    "task_rating": "HTXS",
    "takes_part": True,
    "initiatives_base": 1,
    "initiatives_province": 0,
    "initiatives_national": 0,
    "research_base": 0,
    "research_province": 0,
    "research_national": 0,
    "combat_merit": False,
    "pending_case": False,
}


@pytest.fixture(scope="module")
def nation() -> Pack:
    return load_pack(FILES)


@pytest.mark.parametrize(
    ("as_of", "received_on", "law"),
    [
        (YEAR_END, EVE, EVE),
        (YEAR_END, datetime.date(2026, 3, 1), EVE),
        (YEAR_END, CHANGE, YEAR_END),
        (YEAR_END, None, YEAR_END),
        (CHANGE, EVE, EVE),
        (EVE, datetime.date(2026, 3, 1), EVE),
        (datetime.date(2024, 12, 31), datetime.date(2023, 12, 1), datetime.date(2024, 12, 31)),
    ],
)
def test_a_dossier_received_before_the_change_is_judged_by_the_former_law(
    nation: Pack, as_of: datetime.date, received_on: datetime.date | None, law: datetime.date
) -> None:
    assert resolve_received([nation], as_of=as_of, received_on=received_on).as_of == law


def test_only_the_newer_law_warns_that_its_text_is_unread(nation: Pack) -> None:
    former = resolve_received([nation], as_of=YEAR_END, received_on=EVE)
    newer = resolve_received([nation], as_of=YEAR_END, received_on=CHANGE)
    assert former.warnings == ()
    assert [text.partition(" (")[0] for text in newer.warnings] == [
        "luật đã sửa đổi từ 01/10/2026, chưa có văn bản trong bộ dữ liệu"
    ]
    assert (transition_of(former), transition_of(newer)) == (None, CHANGE)


def test_a_transition_that_is_no_day_names_its_line() -> None:
    text = FILES["parameters/deadlines.yaml"].replace('value: "2026-10-01"', 'value: "2026-13-01"')
    pack = load_pack({**FILES, "parameters/deadlines.yaml": text})
    with pytest.raises(PackError, match="“2026-13-01” không phải một ngày") as told:
        resolve_received([pack], as_of=YEAR_END, received_on=EVE)
    assert "parameters/deadlines.yaml" in str(told.value)


def draft_law(nation: Pack, day: datetime.date) -> Ruleset:
    (draft,) = nation.drafts
    return resolve(amend([nation], [draft]), as_of=day)


def outcome(law: Ruleset, **changed: object) -> tuple[str, list[str], list[str]]:
    found = judge(law, people=[FIGHTER | changed], units=[], counted_years=[3, 6, 2])
    row = next(row for row in found.findings if row["title"] == "CSTDCS")
    return str(row["outcome"]), list(row["failed"]), list(row["missing"])  # type: ignore[call-overload]  # two lists


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "met"),
        ({"task_rating": "HTT"}, "not_met"),
        ({"task_rating": None}, "unknown"),
        ({"initiatives_base": 0}, "not_met"),
        ({"initiatives_base": None}, "unknown"),
        ({"initiatives_base": 0, "research_base": 1}, "met"),
        ({"initiatives_base": 0, "combat_merit": True}, "met"),
        ({"pending_case": True}, "deferred"),
    ],
)
def test_the_draft_of_december_2025_asks_for_both(nation: Pack, changed: dict[str, object], expected: str) -> None:
    assert outcome(draft_law(nation, CHANGE), **changed)[0] == expected


def test_the_draft_is_never_in_force_by_itself(nation: Pack) -> None:
    cited = resolve([nation], as_of=YEAR_END).rule("person", "CSTDCS").cite
    tried = draft_law(nation, YEAR_END).rule("person", "CSTDCS").cite
    assert cited is not None
    assert tried is not None
    assert (cited.source, tried.source) == ("LUAT06-2022", "DU-THAO-du-thao-12-2025")
    assert draft_law(nation, EVE).rule("person", "CSTDCS").cite == cited
    assert resolve([nation], as_of=YEAR_END).digest != draft_law(nation, YEAR_END).digest
