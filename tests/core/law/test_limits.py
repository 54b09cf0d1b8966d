"""Numbers over sets: quotas and who stands in line."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.citing import cite_words
from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import FINDINGS
from thidua.core.law.facts import fact_table
from thidua.core.law.limits import (
    LIMITS,
    Quota,
    apply_limits,
    limit_places,
    limit_words,
    quota,
    to_table,
    use_once_titles,
)
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

NATIONAL = Path(__file__).resolve().parents[3] / "packs" / "vn.national"
END_OF_2020 = datetime.date(2020, 12, 31)
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


@pytest.mark.parametrize(
    ("rounding", "base", "places", "words"),
    [
        ("down", 57, 8, "15% × 57 = 8,55, làm tròn xuống"),
        ("nearest", 57, 9, "15% × 57 = 8,55, làm tròn tới số gần nhất"),
        ("up", 60, 9, "15% × 60 = 9, làm tròn lên"),
        ("down", 0, 0, "15% × 0 = 0, làm tròn xuống"),
    ],
)
def test_limit_places_with_their_arithmetic_and_article(rounding: str, base: int, places: int, words: str) -> None:
    ruleset = law(END_OF_2020, rounding=rounding)
    (limit,) = ruleset.limits
    assert limit_places(limit, ruleset, base) == places
    assert limit_words(limit, ruleset, base) == f"{words}; {cite_words(ruleset, limit.cite)}"


def test_cite_words_place_the_article_before_the_source() -> None:
    ruleset = law(END_OF_2020)
    (limit,) = ruleset.limits
    assert cite_words(ruleset, limit.cite).endswith(f", {ruleset.sources[limit.cite.source].name}")
    assert cite_words(ruleset, replace(limit.cite, place="")) == ruleset.sources[limit.cite.source].name
    with pytest.raises(NoRule, match="nguồn KHÔNG-CÓ"):
        cite_words(ruleset, replace(limit.cite, source="KHÔNG-CÓ"))


def test_use_once_titles_are_none_where_no_pack_has_the_rule() -> None:
    assert use_once_titles(law(END_OF_2020)) == frozenset()


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


def test_limit_ranks_a_research_topic_beside_an_initiative_of_the_same_scope() -> None:
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        "none": ("sở", {"task_rating": "HTXS", "initiatives_province": 0, "research_province": 0}),
        "both": ("sở", {"task_rating": "HTXS", "initiatives_province": 1, "research_province": 1}),
        "topic": ("sở", {"task_rating": "HTXS", "initiatives_province": 0, "research_province": 1}),
        "unrecorded": ("sở", {"task_rating": "HTXS", "initiatives_province": None, "research_province": None}),
        "idea": ("sở", {"task_rating": "HTXS", "initiatives_province": 1, "research_province": None}),
    }
    (found,) = limits(law(END_OF_2020), people, met=" ".join(people))
    assert found.ranked == ("both", "idea", "topic", "none", "unrecorded")


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
