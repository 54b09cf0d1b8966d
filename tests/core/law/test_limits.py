"""Limits over sets: who stands in line, who is told apart, who stays inside."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from thidua.core.law.citing import cite_words
from thidua.core.law.errors import NoRule
from thidua.core.law.evaluate import FINDINGS
from thidua.core.law.facts import fact_table
from thidua.core.law.impact import impact
from thidua.core.law.limits import LIMITS, Quota, apply_limits, to_table, use_once_titles
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.places import limit_places, limit_words
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

NATIONAL = Path(__file__).resolve().parents[3] / "packs" / "vn.national"
END_OF_2020 = datetime.date(2020, 12, 31)


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
    with pytest.raises(NoRule, match=r"phạm vi tính tỷ lệ “team” \(có: agency, unit, pooled\)\.$"):
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


# Ties: whom the law puts first


def in_line(women: Mapping[str, bool | None], as_of: datetime.date = END_OF_2020) -> tuple[tuple[str, ...], ...]:
    """The groups of a line of equals of whom it is known, or not, whether they are women."""
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        key: ("sở", {"task_rating": "HTT", "woman": woman}) for key, woman in women.items()
    }
    (found,) = limits(law(as_of), people, met=" ".join(people))
    ranked = iter(found.ranked)
    return tuple(tuple(next(ranked) for _ in range(size)) for size in found.groups)


def test_equals_are_told_apart_by_the_law_on_ties() -> None:
    assert in_line({"p1": False, "p2": True, "p3": False, "p4": True}) == (("p2", "p4"), ("p1", "p3"))


def test_equals_stay_together_while_it_is_not_known_of_all_whether_they_come_first() -> None:
    assert in_line({"p1": False, "p2": True, "p3": None}) == (("p1", "p2", "p3"),)


def test_what_is_unknown_of_one_group_does_not_hold_up_another() -> None:
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        "p1": ("sở", {"task_rating": "HTXS", "woman": False}),
        "p2": ("sở", {"task_rating": "HTXS", "woman": True}),
        "p3": ("sở", {"task_rating": "HTT", "woman": True}),
        "p4": ("sở", {"task_rating": "HTT", "woman": None}),
    }
    (found,) = limits(law(END_OF_2020), people, met=" ".join(people))
    assert (found.ranked, found.groups) == (("p2", "p1", "p3", "p4"), (1, 1, 2))


def test_the_law_on_ties_stands_below_merit() -> None:
    people: dict[str, tuple[str | None, Mapping[str, object]]] = {
        "man": ("sở", {"task_rating": "HTXS", "woman": False}),
        "woman": ("sở", {"task_rating": "HTT", "woman": True}),
    }
    (found,) = limits(law(END_OF_2020), people, met="man woman")
    assert found.ranked == ("man", "woman")


def test_ties_are_cited_on_the_days_on_which_an_article_was_read() -> None:
    days = [datetime.date(2020, 1, 1), datetime.date(2023, 12, 31), datetime.date(2024, 1, 1)]
    days += [datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)]
    said = [{tie.kind: tie.first.cite.source for tie in law(day).ties} for day in days]
    old, new = ({"person": key, "unit": key} for key in ("ND91-2017", "ND152-2025"))
    assert said == [old, old, {}, {}, new]


# Collectives under a limit


def law_of_collectives(share: str = "1/2") -> Ruleset:
    """The national pack, and above it a province that lets so many of those with TTLĐTT be TTLĐXS."""
    force = "from: 2020-01-01, to: 2023-12-31"
    cited = f'{force}, cite: "QC, Điều 1", grade: memory'
    limit = "subject: unit, title: TTLDXS, base: TTLDTT, share: ttldxs.max_share, rounding: limits.rounding"
    files = {
        "pack.yaml": "pack: province\nversion: '1'\nlayer: province\nextends: vn.national\nlabel: Quy chế\n",
        "sources.yaml": f"sources:\n  - {{key: QC, name: Quy chế, {force}, read: thử}}\n",
        "parameters/all.yaml": "parameters:\n  - {name: ttldxs.max_share, label: Tỷ lệ, versions: "
        f'[{{{cited}, value: "{share}"}}]}}\n',
        "limits.yaml": f"limits:\n  - {{{limit}, scope: limits.scope, rank_by: [unit_rating], {cited}}}\n",
    }
    return resolve([load_pack(read_directory(NATIONAL)), load_pack(files)], as_of=END_OF_2020)


def collectives(ruleset: Ruleset, units: Mapping[str, Mapping[str, object]]) -> Sequence[Quota]:
    """Quotas when every collective meets TTLĐTT and TTLĐXS; all are under one agency."""
    rows = [{"unit_id": key, "parent_id": "sở", "year": 2020, **facts} for key, facts in units.items()]
    head = {"subject_kind": "unit", "year": 2020, "outcome": "met", "failed": [], "missing": [], "pack": ""}
    found = [{**head, "subject_id": key, "title": title} for key in units for title in ("TTLDTT", "TTLDXS")]
    found.append({**head, "subject_kind": "person", "subject_id": next(iter(units)), "title": "TTLDXS"})
    return apply_limits(
        ruleset,
        pa.Table.from_pylist(found, schema=FINDINGS),
        people=fact_table(ruleset, [], kind="person"),
        units=fact_table(ruleset, rows, kind="unit"),
    )


def test_collectives_are_limited_and_those_with_seventy_percent_women_go_first() -> None:
    units = {
        "a": {"unit_rating": "HTXS", "headcount": 10, "women": 6},
        "b": {"unit_rating": "HTXS", "headcount": 10, "women": 7},
        "c": {"unit_rating": "HTT", "headcount": 4, "women": 4},
        "d": {"unit_rating": "HTXS", "headcount": 3, "women": 2},
    }
    (found,) = collectives(law_of_collectives(), units)
    assert (found.limit.kind, found.base_count, found.quota) == ("unit", 4, 2)
    assert (found.ranked, found.groups) == (("b", "a", "d", "c"), (1, 2, 1))


def test_a_collective_without_members_leaves_the_tie() -> None:
    units = {"a": {"headcount": 0, "women": 0}, "b": {"headcount": 5, "women": 5}}
    assert collectives(law_of_collectives(), units)[0].groups == (2,)


def test_collectives_are_counted_in_the_whole_agency_only() -> None:
    ruleset = law_of_collectives()
    by_unit = replace(ruleset.parameters["limits.scope"], value="pooled")
    ruleset = replace(ruleset, parameters={**ruleset.parameters, "limits.scope": by_unit})
    with pytest.raises(NoRule, match="cho tập thể"):
        collectives(ruleset, {"a": {}})


# Places counted together and shared out


def test_limit_pooled_over_an_agency_is_shared_among_its_units_and_says_how() -> None:
    ruleset = law(END_OF_2020, scope="pooled")
    found = {item.scope_id: item for item in limits(ruleset, CROWD, met="a1 b1 b2 c1 c2 lone")}
    # phòng 1 has 8 and tổ 2a 6 of the 14 of sở (2 places); chi cục is an agency of its own (7, one place).
    assert {key: (item.quota, item.most, item.pool) for key, item in found.items()} == {
        "phòng 1": (1, 1, 14),
        "tổ 2a": (1, 1, 14),
        "chi cục": (1, 1, 7),
    }
    item = found["phòng 1"]
    assert limit_words(item.limit, ruleset, item.base_count, pool=item.pool) == (
        "15% × 14 = 2,1, làm tròn xuống còn 2 suất, chia theo phần dư lớn nhất: 2 × 8/14 = 1,14; "
        + cite_words(ruleset, item.limit.cite)
    )


def test_an_open_place_is_said_and_nobody_is_over_while_it_may_be_theirs() -> None:
    crowd: dict[str, tuple[str | None, Mapping[str, object]]] = {
        **{f"a{number}": ("phòng 1", {}) for number in range(5)},
        **{f"b{number}": ("phòng 2", {}) for number in range(5)},
    }
    ruleset = law(END_OF_2020, scope="pooled")
    one, two = limits(ruleset, crowd, met="a1 b1 b2")
    assert [(item.places, item.over) for item in (one, two)] == [("0–1", 0), ("0–1", 1)]


def test_a_limit_of_people_and_one_of_collectives_with_the_same_title_are_told_apart() -> None:
    (of_units,) = collectives(law_of_collectives(), {"a": {}, "b": {}})
    of_people = replace(of_units, limit=replace(of_units.limit, kind="person"), quota=9, most=9)
    findings = FINDINGS.empty_table()
    found = impact(findings, findings, limits_before=[of_people, of_units], limits_after=[of_people, of_units])
    assert [(item.kind, item.was, item.moved) for item in found.places] == [
        ("person", of_people, False),
        ("unit", of_units, False),
    ]
