"""The 2020 plan against the law of 2020: the contradictions its contract names, by exact arithmetic."""

import dataclasses
import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.feasibility import Finding, check_targets, target_ids
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.places import quota
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset
from thidua.core.plans import Plan, read_plan

ROOT = Path(__file__).resolve().parents[2]
PACKS = ("vn.national", "vn.example-department")


@pytest.fixture(scope="module", params=["ke-hoach-2020.txt", "ke-hoach-2020.ocr.txt"])
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan((ROOT / "sample" / request.param).read_bytes(), filename=request.param)


@pytest.fixture(scope="module")
def law() -> Ruleset:
    packs = [load_pack(read_directory(ROOT / "packs" / name)) for name in PACKS]
    return resolve(packs, as_of=datetime.date(2020, 12, 31))


def found(plan: Plan, law: Ruleset, headcount: int | None, collectives: int | None) -> list[Finding]:
    return list(check_targets(plan.targets, law, headcount=headcount, collectives=collectives))


def test_the_three_contradictions_of_62_people_and_9_collectives(plan: Plan, law: Ruleset) -> None:
    findings = found(plan, law, 62, 9)
    assert [(item.kind, item.targets, item.arithmetic) for item in findings] == [
        ("unreachable", ("IV.2/5", "IV.2/4"), "10 > 9 = floor(15% × 62)"),
        ("contradiction", ("IV.3/3", "IV.3/4", "IV.2/1", "IV.2/2"), "HTT < HTXS"),
        ("silent", ("IV.2/2", "IV.2/5"), "5 = ceil(50% × 9) ≤ 9 = floor(15% × 62)"),
        ("zero_quota", ("IV.2/5",), "floor(15% × 6) = 0"),
    ]
    assert "chỉ 8 nếu có 59 người đạt LDTT" in findings[0].sentence
    assert "bội số của 20" in findings[0].sentence
    assert "collective.party_rating_binds_titles" in findings[1].sentence
    commendation = ("GK", "BK_TINH", "BK_TTG", "CO_CP", "HCLD_BA", "HCLD_NHI", "HCLD_NHAT")
    assert {(rule.title, rule.leaf) for rule in findings[1].rules} == {
        (title, f"{title}.{fact}")
        for title in (*commendation, "TTLDTT", "TTLDXS")
        for fact in ("party_rating", "mass_org_rating")
    }
    assert all(item.remedies and all(rule.cite for rule in item.rules) for item in findings)


def test_the_share_of_staff_is_reachable_only_for_multiples_of_twenty(plan: Plan, law: Ruleset) -> None:
    reachable = [n for n in range(1, 201) if all(item.kind != "unreachable" for item in found(plan, law, n, None))]
    assert reachable == list(range(20, 201, 20))


def test_without_headcount_the_rule_is_said_in_letters(plan: Plan, law: Ruleset) -> None:
    findings = found(plan, law, None, None)
    assert [item.arithmetic for item in findings] == [
        "ceil(15% × N) > floor(15% × N)",
        "HTT < HTXS",
        "ceil(50% × K)",
    ]


def test_more_titles_than_places_is_unreachable(plan: Plan, law: Ruleset) -> None:
    kinds = {item.arithmetic: item.kind for item in found(plan, law, 20, 20)}
    assert kinds["10 = ceil(50% × 20) > 3 = floor(15% × 20)"] == "unreachable"


def test_nobody_and_nothing(plan: Plan, law: Ruleset) -> None:
    assert all(item.kind != "unreachable" for item in found(plan, law, 0, 0))


def test_ids_count_targets_within_their_clause(plan: Plan) -> None:
    assert target_ids(plan.targets)[:7] == ("IV.1/1", "IV.2/1", "IV.2/2", "IV.2/3", "IV.2/4", "IV.2/5", "IV.3/1")


@given(st.integers(0, 10**9), st.fractions(0, 1))
def test_rounding_brackets_the_exact_share(base: int, share: Fraction) -> None:
    down, near, up = (quota(share, base, rounding=word) for word in ("down", "nearest", "up"))
    assert down <= share * base <= up
    assert down <= near <= up
    assert up - down in (0, 1)


@pytest.mark.parametrize(("headcount", "collectives"), [(1, 1), (3, 1), (5, 2), (1, 5)])
def test_the_smallest_agencies_get_an_answer(plan: Plan, law: Ruleset, headcount: int, collectives: int) -> None:
    arithmetic = [item.arithmetic for item in found(plan, law, headcount, collectives) if item.kind == "zero_quota"]
    assert arithmetic == [f"floor(15% × {headcount // collectives}) = 0"] or headcount < collectives


def test_more_than_a_share_asks_for_one_more_than_the_share_itself(plan: Plan, law: Ruleset) -> None:
    strict = [dataclasses.replace(row, op=">") if row.title_code == "CSTDCS" else row for row in plan.targets]
    finding = check_targets(strict, law, headcount=20, collectives=2)[0]
    assert (finding.kind, finding.arithmetic) == ("unreachable", "4 > 3 = floor(15% × 20)")
    assert "Không quân số nào đạt được" in finding.sentence
