"""Judging an agency: a collective is unknown only where an open case or an unmade choice can change its outcome."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from thidua.core.law.judge import Judgement, judge
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

NATIONAL = Path(__file__).resolve().parents[3] / "packs" / "vn.national"
END_OF_2020 = datetime.date(2020, 12, 31)
BY_UNIT = {
    "pack.yaml": "pack: agency\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n",
    "sources.yaml": "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: minh họa}\n",
    "parameters/all.yaml": """parameters: []
set:
  - name: limits.scope
    versions:
      - {from: 2020-01-01, to: 2023-12-31, value: unit, cite: "QC, Điều 1", grade: memory}
""",
}
Row = dict[str, Any]
CANDIDATE = {"initiatives_base": 1}
OPEN = {"pending_case": True}
WEAK = {"task_rating": "HT"}


@pytest.fixture(scope="module")
def law() -> Ruleset:
    return resolve([load_pack(read_directory(NATIONAL))], as_of=END_OF_2020)


@pytest.fixture(scope="module")
def law_by_unit() -> Ruleset:
    return resolve([load_pack(read_directory(NATIONAL)), load_pack(BY_UNIT)], as_of=END_OF_2020)


def person(key: str, unit: str, changes: Mapping[str, object]) -> Row:
    """Somebody who meets LĐTT and has no initiative."""
    row: Row = {"person_id": key, "unit_id": unit, "year": 2020, "task_rating": "HTT", "discipline": "none"}
    row |= {"months_since_recruitment": 120, "combat_merit": False, "pending_case": False}
    row |= dict.fromkeys(("registered", "takes_part", "studies", "ethics"), True)
    row |= dict.fromkeys(("initiatives_base", "initiatives_province", "initiatives_national"), 0)
    row |= dict.fromkeys(("research_base", "research_province", "research_national"), 0)
    row |= dict.fromkeys(("cstdcs_consecutive", "cstdt_consecutive"), 0)
    return row | dict(changes)


def people(unit: str, *groups: tuple[int, Mapping[str, object]]) -> list[Row]:
    """So many people of each group in a unit."""
    every = [changes for count, changes in groups for _ in range(count)]
    return [person(f"{unit}{place:02d}", unit, changes) for place, changes in enumerate(every)]


def unit(key: str, headcount: int, *, parent: str | None = "sở", **changes: object) -> Row:
    """A collective rated HTXS that lacks nothing but its counts."""
    row: Row = {"unit_id": key, "parent_id": parent, "year": 2020, "unit_rating": "HTXS", "headcount": headcount}
    row |= {"canh_cao_or_more": 0, "party_rating": "HTXS", "mass_org_rating": "khong_co", "pending_case": False}
    return row | dict.fromkeys(("registered", "takes_part", "unity"), True) | changes


def verdicts(found: Judgement, title: str) -> dict[str, tuple[str, list[str], list[str]]]:
    rows: list[Row] = [{**row} for row in found.findings if row["title"] == title and row["subject_kind"] == "unit"]
    return {row["subject_id"]: (row["outcome"], row["failed"], row["missing"]) for row in rows}


def counts(found: Judgement) -> dict[str, tuple[int | None, ...]]:
    columns = ("ldtt_count", "cstdcs_count", "ht_or_better")
    rows: list[Row] = [{**row} for row in found.unit_rows]
    return {row["unit_id"]: tuple(row[column] for column in columns) for row in rows}


def run(law: Ruleset, members: Sequence[Row], *units: Row) -> Judgement:
    return judge(law, people=members, units=units)


MET: tuple[str, list[str], list[str]] = ("met", [], [])


def test_judge_counts_members_when_nothing_is_open(law: Ruleset) -> None:
    found = run(law, people("a", (2, {}), (1, WEAK)), unit("a", 3))
    assert verdicts(found, "TTLDTT") == {"a": MET}
    assert verdicts(found, "TTLDXS") == {"a": ("not_met", ["TTLDXS.cstdcs_count", "TTLDXS.ldtt_count"], [])}
    assert found.unit_rows == [{**unit("a", 3), "ldtt_count": 2, "cstdcs_count": 0, "ht_or_better": 3}]


def test_judge_leaves_people_to_the_rules(law: Ruleset) -> None:
    found = run(law, people("a", (1, {}), (1, WEAK), (1, OPEN), (1, {"ethics": None})), unit("a", 4))
    outcomes = [row["outcome"] for row in found.findings if row["title"] == "LDTT"]
    assert outcomes == ["met", "not_met", "deferred", "unknown"]


@pytest.mark.parametrize("case", [OPEN, {"ethics": None}], ids=["deferred", "unknown"])
def test_unit_is_unknown_when_an_open_case_can_change_it(law: Ruleset, case: Mapping[str, object]) -> None:
    found = run(law, people("a", (2, {}), (1, case), (1, WEAK)), unit("a", 4))
    assert verdicts(found, "TTLDTT") == {"a": ("unknown", [], ["TTLDTT.ldtt_count"])}
    assert counts(found) == {"a": (None, 0, 4)}


def test_unit_is_met_when_open_cases_cannot_spoil_it(law: Ruleset) -> None:
    found = run(law, people("a", (3, {}), (2, OPEN)), unit("a", 5))
    assert verdicts(found, "TTLDTT") == {"a": MET}


def test_unit_is_not_met_when_open_cases_cannot_save_it(law: Ruleset) -> None:
    found = run(law, people("a", (1, {}), (1, OPEN), (2, WEAK)), unit("a", 4))
    assert verdicts(found, "TTLDTT") == {"a": ("not_met", ["TTLDTT.ldtt_count"], [])}


def test_unit_that_fails_anyway_is_not_met_whatever_is_open(law: Ruleset) -> None:
    found = run(law, people("a", (2, {}), (1, OPEN), (1, WEAK)), unit("a", 4, unity=False))
    assert verdicts(found, "TTLDTT") == {"a": ("not_met", ["TTLDTT.unity"], ["TTLDTT.ldtt_count"])}


def test_unit_with_a_case_of_its_own_is_deferred_though_counts_are_open(law: Ruleset) -> None:
    found = run(law, people("a", (2, {}), (1, OPEN), (1, WEAK)), unit("a", 4, pending_case=True))
    assert verdicts(found, "TTLDTT") == {"a": ("deferred", [], ["TTLDTT.ldtt_count"])}


def test_unrated_member_leaves_the_count_of_rated_members_open(law: Ruleset) -> None:
    members = people("a", (9, {}), (1, {"task_rating": None, "ethics": False}))
    members[0] |= CANDIDATE
    found = run(law, members, unit("a", 10))
    assert verdicts(found, "TTLDXS") == {"a": ("unknown", [], ["TTLDXS.ht_or_better"])}
    assert counts(found) == {"a": (9, 1, None)}


def test_no_choice_is_to_be_made_when_there_are_places_for_all(law: Ruleset) -> None:
    members = people("a", (8, {}), (2, CANDIDATE)) + people("b", (9, {}), (1, CANDIDATE))
    found = run(law, members, unit("a", 10), unit("b", 10))
    assert [(quota.scope_id, quota.quota, len(quota.ranked)) for quota in found.quotas] == [("sở", 3, 3)]
    assert verdicts(found, "TTLDXS") == {"a": MET, "b": MET}
    assert counts(found) == {"a": (10, 2, 10), "b": (10, 1, 10)}


def test_unit_is_unknown_when_the_council_may_pass_over_its_only_candidate(law: Ruleset) -> None:
    members = people("a", (9, {}), (1, CANDIDATE)) + people("b", (7, {}), (3, CANDIDATE))
    found = run(law, members, unit("a", 10), unit("b", 10))
    assert verdicts(found, "TTLDXS") == {"a": ("unknown", [], ["TTLDXS.cstdcs_count"]), "b": MET}


def test_unit_is_sure_of_one_when_others_cannot_fill_every_place(law: Ruleset) -> None:
    members = people("a", (8, {}), (2, CANDIDATE)) + people("b", (8, {}), (2, CANDIDATE))
    found = run(law, members, unit("a", 10), unit("b", 10))
    assert verdicts(found, "TTLDXS") == {"a": MET, "b": MET}


def test_unit_is_not_met_when_the_law_leaves_no_place(law: Ruleset) -> None:
    found = run(law, people("a", (5, {}), (1, CANDIDATE)), unit("a", 6))
    assert [(quota.quota, quota.over) for quota in found.quotas] == [(0, 1)]
    assert verdicts(found, "TTLDXS") == {"a": ("not_met", ["TTLDXS.cstdcs_count"], [])}


def test_open_case_may_still_make_a_place(law: Ruleset) -> None:
    found = run(law, people("a", (5, {}), (1, CANDIDATE), (1, OPEN)), unit("a", 7))
    assert dict(found.most_places) == {("person", "CSTDCS", "sở"): 1}
    outcome, failed, missing = verdicts(found, "TTLDXS")["a"]
    assert (outcome, failed, "TTLDXS.cstdcs_count" in missing) == ("unknown", [], True)


def test_places_counted_by_unit_are_not_contested_by_other_units(law_by_unit: Ruleset) -> None:
    members = people("a", (16, {}), (4, CANDIDATE)) + people("b", (6, {}), (1, CANDIDATE))
    found = run(law_by_unit, members, unit("a", 20), unit("b", 7))
    assert [(quota.scope_id, quota.quota) for quota in found.quotas] == [("a", 3), ("b", 1)]
    assert verdicts(found, "TTLDXS") == {"a": MET, "b": MET}


def test_places_of_one_agency_are_not_contested_by_another(law: Ruleset) -> None:
    members = people("a", (16, {}), (4, CANDIDATE)) + people("b", (6, {}), (1, CANDIDATE))
    found = run(law, members, unit("a", 20, parent=None), unit("b", 7, parent=None))
    assert [(quota.scope_id, quota.quota) for quota in found.quotas] == [("a", 3), ("b", 1)]
    assert verdicts(found, "TTLDXS") == {"a": MET, "b": MET}


def test_judge_of_nobody_gives_nothing(law: Ruleset) -> None:
    assert judge(law, people=[], units=[]) == Judgement(findings=[], unit_rows=[], spans={}, quotas=(), most_places={})
