"""Numbers over sets: quotas and who stands in line, votes in council, money that goes with an award."""

import dataclasses
import datetime
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import FINDINGS
from thidua.core.law.facts import fact_table
from thidua.core.law.limits import LIMITS, Quota, apply_limits, quota, to_table
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.money import amount
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Kind, Ruleset
from thidua.core.law.votes import vote_rule, votes_needed

NATIONAL = Path(__file__).resolve().parents[3] / "packs" / "vn.national"
END_OF_2020 = datetime.date(2020, 12, 31)
MIDDLE_OF_2026 = datetime.date(2026, 7, 15)
FIFTEEN = Fraction(15, 100)
SHARES = st.fractions(min_value=0, max_value=1)
COUNTS = st.integers(min_value=0, max_value=10**15)


def law(as_of: datetime.date, **settings: str) -> Ruleset:
    """The national pack on a day, and above it an agency that sets `limits.rounding` or `limits.scope`."""
    packs = [load_pack(read_directory(NATIONAL))]
    if settings:
        version = 'from: 2020-01-01, to: 2023-12-31, cite: "QC, Điều 1", grade: memory'
        rows = [
            f"  - {{name: limits.{name}, versions: [{{{version}, value: {word}}}]}}" for name, word in settings.items()
        ]
        files = {
            "pack.yaml": "pack: agency\nversion: '1'\nlayer: agency\nextends: vn.national\nlabel: Quy chế\n",
            "sources.yaml": "sources:\n  - {key: QC, name: Quy chế, from: 2020-01-01, to: 2023-12-31, read: thử}\n",
            "parameters/all.yaml": "parameters: []\nset:\n" + "\n".join(rows) + "\n",
        }
        packs.append(load_pack(files))
    return resolve(packs, as_of=as_of)


@pytest.mark.parametrize(
    ("base", "down", "nearest", "up"),
    [
        (0, 0, 0, 0),
        (1, 0, 0, 1),
        (6, 0, 1, 1),
        (7, 1, 1, 2),
        (10, 1, 2, 2),
        (20, 3, 3, 3),
        (59, 8, 9, 9),
        (62, 9, 9, 10),
    ],
)
def test_quota_of_fifteen_percent(base: int, down: int, nearest: int, up: int) -> None:
    found = [quota(FIFTEEN, base, rounding=word) for word in ("down", "nearest", "up")]
    assert found == [down, nearest, up]


def test_quota_with_unknown_rounding_raises_no_rule() -> None:
    with pytest.raises(NoRule) as error:
        quota(FIFTEEN, 10, rounding="half")
    said = "cách làm tròn “half” (có: down, nearest, up)"
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


@given(SHARES, COUNTS)
def test_quota_bounds(share: Fraction, base: int) -> None:
    exact = share * base
    down, nearest, up = (quota(share, base, rounding=word) for word in ("down", "nearest", "up"))
    assert 0 <= down <= exact <= up <= base
    assert down <= nearest <= up <= down + 1
    assert abs(nearest - exact) <= Fraction(1, 2)


@given(SHARES, COUNTS, COUNTS, st.sampled_from(["down", "nearest", "up"]))
def test_quota_never_shrinks_when_more_people_count(share: Fraction, one: int, two: int, rounding: str) -> None:
    low, high = sorted((one, two))
    assert quota(share, low, rounding=rounding) <= quota(share, high, rounding=rounding)


PARENTS = {"sở": None, "phòng 1": "sở", "phòng 2": "sở", "tổ 2a": "phòng 2", "chi cục": None}


def limits(
    ruleset: Ruleset, people: Mapping[str, tuple[str | None, Mapping[str, object]]], *, met: str = ""
) -> Sequence[Quota]:
    """Quotas when everybody meets LĐTT and those in `met` CSTĐCS as well; `people` are {id: (unit, facts)}."""
    rows = [{"person_id": key, "unit_id": unit, "year": 2020, **facts} for key, (unit, facts) in people.items()]
    units = [{"unit_id": unit, "parent_id": parent, "year": 2020} for unit, parent in PARENTS.items()]
    found: list[dict[str, object]] = [
        {
            "subject_kind": "person",
            "subject_id": key,
            "year": 2020,
            "title": title,
            "outcome": "met" if title == "LDTT" or key in met.split() else "not_met",
            "failed": [],
            "missing": [],
            "pack": ruleset.digest,
        }
        for key in people
        for title in ("CSTDCS", "LDTT")
    ]
    return apply_limits(
        ruleset,
        pa.Table.from_pylist(found, schema=FINDINGS),
        people=fact_table(ruleset, rows, kind="person"),
        units=fact_table(ruleset, units, kind="unit"),
    )


def counted(found: Sequence[Quota]) -> list[tuple[str, int, int, tuple[str, ...], int]]:
    return [(item.scope_id, item.base_count, item.quota, item.ranked, item.over) for item in found]


CROWD: dict[str, tuple[str | None, Mapping[str, object]]] = {
    **{f"a{number}": ("phòng 1", {}) for number in range(8)},
    **{f"b{number}": ("tổ 2a", {}) for number in range(6)},
    **{f"c{number}": ("chi cục", {}) for number in range(7)},
    "lone": (None, {}),
}


def test_limit_counts_by_agency_which_is_the_topmost_unit() -> None:
    found = limits(law(END_OF_2020), CROWD, met="a1 b1 b2 c1 c2 lone")
    assert counted(found) == [("chi cục", 7, 1, ("c1", "c2"), 1), ("sở", 14, 2, ("a1", "b1", "b2"), 1)]


def test_limit_counts_by_unit_where_the_agency_sets_it() -> None:
    found = limits(law(END_OF_2020, scope="unit"), CROWD, met="a1 b1 b2 c1")
    assert counted(found) == [
        ("chi cục", 7, 1, ("c1",), 0),
        ("phòng 1", 8, 1, ("a1",), 0),
        ("tổ 2a", 6, 0, ("b1", "b2"), 2),
    ]


def test_limit_rounds_as_the_agency_sets_it() -> None:
    places = {
        word: [item.quota for item in limits(law(END_OF_2020, rounding=word), CROWD)] for word in ("nearest", "up")
    }
    assert places == {"nearest": [1, 2], "up": [2, 3]}


def test_limit_with_unknown_scope_raises_no_rule() -> None:
    with pytest.raises(NoRule, match=r"phạm vi tính tỷ lệ “team” \(có: agency, unit\)\.$"):
        limits(law(END_OF_2020, scope="team"), CROWD)


def test_limit_with_a_circle_of_units_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARENTS, "sở", "phòng 1")
    found = limits(law(END_OF_2020), {"a": ("phòng 1", {}), "b": ("chi cục", {})})
    assert [(item.scope_id, item.base_count) for item in found] == [("chi cục", 1), ("sở", 1)]


def test_limit_ranks_by_rating_then_widest_initiative_then_years_and_puts_unknown_last() -> None:
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        "good": ("sở", {"task_rating": "HTT", "initiatives_national": 9}),
        "unrated": ("sở", {"initiatives_national": 9}),
        "nation": ("sở", {"task_rating": "HTXS", "initiatives_national": 1}),
        "province": ("sở", {"task_rating": "HTXS", "initiatives_national": 0, "initiatives_province": 2}),
        "base": (
            "sở",
            {"task_rating": "HTXS", "initiatives_national": 0, "initiatives_province": 0, "initiatives_base": 5},
        ),
        "years": ("sở", {"task_rating": "HTXS", "initiatives_national": 0, "cstdcs_consecutive": 4}),
        "fresh": ("sở", {"task_rating": "HTXS", "initiatives_national": 0, "cstdcs_consecutive": 0}),
    }
    (found,) = limits(law(END_OF_2020), people, met=" ".join(people))
    assert found.ranked == ("nation", "province", "base", "years", "fresh", "good", "unrated")


def test_limit_ties_stand_in_order_of_id_and_nobody_is_dropped() -> None:
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        key: ("sở", {"task_rating": "HTT"}) for key in ("p3", "p1", "p2")
    }
    (found,) = limits(law(END_OF_2020), people, met="p1 p2 p3")
    assert (found.quota, found.ranked, found.over) == (0, ("p1", "p2", "p3"), 3)


def test_limits_as_table() -> None:
    ruleset = law(END_OF_2020)
    table = to_table(limits(ruleset, CROWD, met="c1"))
    assert table.schema == LIMITS
    head = {"title": "CSTDCS", "base": "LDTT"}
    assert table.to_pylist() == [
        {**head, "scope_id": "chi cục", "base_count": 7, "quota": 1, "candidates": 1, "ranked": ["c1"]},
        {**head, "scope_id": "sở", "base_count": 14, "quota": 2, "candidates": 0, "ranked": []},
    ]


def test_there_is_no_central_limit_from_2024_on() -> None:
    assert limits(law(datetime.date(2024, 12, 31)), CROWD) == ()


@pytest.mark.parametrize(("members", "needed"), [(9, 9), (10, 9), (11, 10), (20, 18), (1, 1)])
def test_votes_needed_for_provincial_title_are_nine_tenths_of_all_members(members: int, needed: int) -> None:
    vote = vote_rule(law(END_OF_2020), "CSTDT")
    assert (vote.share, vote.of, vote.secret) == (Fraction(9, 10), "all_members", True)
    assert votes_needed(vote, members=members, present=members // 2) == needed


def test_votes_of_those_present_ignore_the_absent() -> None:
    vote = dataclasses.replace(vote_rule(law(END_OF_2020), "CSTDT"), of="present_members")
    assert votes_needed(vote, members=20, present=11) == 10


def test_votes_for_base_title_are_eight_tenths_from_2024_on() -> None:
    vote = vote_rule(law(datetime.date(2024, 12, 31)), "CSTDCS")
    assert [votes_needed(vote, members=members, present=0) for members in (9, 10, 11)] == [8, 8, 9]


@pytest.mark.parametrize("title", ["LDTT", "CSTDCS", "HCLD"])
def test_votes_the_centre_does_not_fix_raise_no_rule(title: str) -> None:
    with pytest.raises(NoRule) as error:
        vote_rule(law(END_OF_2020), title)
    said = f"tỷ lệ phiếu cho danh hiệu {title} tại ngày 31/12/2020"
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."


@given(SHARES, st.integers(min_value=0, max_value=500))
def test_votes_needed_is_the_least_number_that_reaches_the_share(share: Fraction, members: int) -> None:
    vote = dataclasses.replace(VOTE, share=share)
    needed = votes_needed(vote, members=members, present=0)
    assert needed >= share * members > needed - 1
    assert needed == math.ceil(share * members)


VOTE = vote_rule(law(END_OF_2020), "CSTDTQ")
MONEY_2020 = {
    ("LDTT", "person"): 450_000,
    ("CSTDCS", "person"): 1_490_000,
    ("CSTDT", "person"): 4_470_000,
    ("CSTDTQ", "person"): 6_710_000,
    ("TTLDTT", "unit"): 1_200_000,
    ("TTLDXS", "unit"): 2_240_000,
    ("CO_TINH", "unit"): 11_920_000,
    ("CO_CP", "unit"): 17_880_000,
    ("GK", "person"): 450_000,
    ("GK", "unit"): 900_000,
    ("BK_TINH", "person"): 1_490_000,
    ("BK_TINH", "unit"): 2_980_000,
    ("BK_TTG", "person"): 5_220_000,
    ("BK_TTG", "unit"): 10_430_000,
}
MONEY_2026 = {
    ("LDTT", "person"): 760_000,
    ("CSTDCS", "person"): 2_530_000,
    ("CSTDT", "person"): 7_590_000,
    ("CSTDTQ", "person"): 11_390_000,
    ("TTLDTT", "unit"): 2_030_000,
    ("TTLDXS", "unit"): 3_800_000,
    ("CO_TINH", "unit"): 20_240_000,
    ("CO_CP", "unit"): 30_360_000,
    ("GK", "person"): 760_000,
    ("GK", "unit"): 1_520_000,
    ("BK_TINH", "person"): 3_800_000,
    ("BK_TINH", "unit"): 7_590_000,
    ("BK_TTG", "person"): 8_860_000,
    ("BK_TTG", "unit"): 17_710_000,
}


@pytest.mark.parametrize(("day", "expected"), [(END_OF_2020, MONEY_2020), (MIDDLE_OF_2026, MONEY_2026)], ids=str)
def test_money_of_every_award_in_force(day: datetime.date, expected: Mapping[tuple[str, Kind], int]) -> None:
    ruleset = law(day)
    found = {(award.title, award.kind): amount(ruleset, title=award.title, kind=award.kind) for award in ruleset.awards}
    assert found == expected


def test_money_follows_the_base_salary_of_the_day_of_decision() -> None:
    days = (datetime.date(2026, 6, 30), datetime.date(2026, 7, 1))
    assert [amount(law(day), title="LDTT", kind="person") for day in days] == [710_000, 760_000]


@pytest.mark.parametrize(
    ("day", "title", "kind", "said"),
    [
        (END_OF_2020, "HCLD", "person", "mức tiền thưởng HCLD tại ngày 31/12/2020"),
        (END_OF_2020, "LDTT", "unit", "mức tiền thưởng LDTT tại ngày 31/12/2020"),
        (datetime.date(2021, 6, 30), "LDTT", "person", "tham số money.base_salary tại ngày 30/06/2021"),
        (datetime.date(2024, 12, 31), "LDTT", "person", "tham số money.round_up_to tại ngày 31/12/2024"),
    ],
)
def test_money_without_a_rule_is_never_guessed(day: datetime.date, title: str, kind: Kind, said: str) -> None:
    with pytest.raises(NoRule) as error:
        amount(law(day), title=title, kind=kind)
    assert str(error.value) == f"Chưa có quy định trong bộ dữ liệu: {said}."
