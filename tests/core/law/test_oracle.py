"""The oracle against examples worked by hand from the contract's table, and the generator against its aims.

Source: the contract "Facts in, findings out" (version 1).
"""

import random
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import careers
import oracle
from oracle import Limit, Readings, Verdict, judge

IN_2020, IN_2024 = "2020-12-31", "2024-12-31"
UNITS = careers.make_units(400, seed=2)
PEOPLE = careers.make_people(2000, seed=1, units=UNITS)
KNOWN_VALUES: dict[str, tuple[Any, ...]] = {
    "task_rating": careers.RATINGS,
    "unit_rating": careers.RATINGS,
    "party_rating": careers.PARTY_RATINGS,
    "mass_org_rating": careers.PARTY_RATINGS,
    "discipline": careers.DISCIPLINES,
    "unit_id": ("u0000",),
    "parent_id": ("u0000",),
}


def somebody(**facts: Any) -> oracle.Row:
    """Rated HTT, complies with everything, no achievement, no award so far."""
    row: dict[str, Any] = dict.fromkeys(careers.PEOPLE_COLUMNS, 0)
    row |= dict.fromkeys(("registered", "takes_part", "studies", "ethics"), True)
    row |= {"combat_merit": False, "pending_case": False, "discipline": "none", "task_rating": "HTT"}
    return row | {"person_id": "p1", "unit_id": "u1", "months_since_recruitment": 120} | facts


def champion(**facts: Any) -> oracle.Row:
    """Two CSTDCS and two CSTDT in a row, one initiative of national effect."""
    record = {"cstdcs_consecutive": 2, "cstdt_consecutive": 2, "initiatives_national": 1}
    return somebody(**(record | facts))


def team(**facts: Any) -> oracle.Row:
    """Ten members, seven with LDTT, one of them CSTDCS; rated HTXS."""
    row: dict[str, Any] = {"unit_id": "u1", "parent_id": None, "year": 2020, "unit_rating": "HTXS"}
    row |= {"headcount": 10, "ht_or_better": 10, "ldtt_count": 7, "cstdcs_count": 1, "canh_cao_or_more": 0}
    row |= {"registered": True, "takes_part": True, "unity": True, "pending_case": False}
    return row | {"party_rating": "HTXS", "mass_org_rating": "khong_co"} | facts


def outcomes(row: oracle.Row, title: str) -> tuple[str, str]:
    return judge(row, title, IN_2020).outcome, judge(row, title, IN_2024).outcome


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "met", "met"),
        ({"task_rating": "HTXS"}, "met", "met"),
        ({"task_rating": "HT"}, "not_met", "not_met"),
        ({"task_rating": "KXL"}, "not_met", "not_met"),
        ({"task_rating": None}, "unknown", "unknown"),
        ({"registered": False}, "not_met", "met"),
        ({"studies": None}, "unknown", "met"),
        ({"ethics": False}, "not_met", "met"),
        ({"takes_part": False}, "not_met", "not_met"),
        ({"months_since_recruitment": 10}, "met", "met"),
        ({"months_since_recruitment": 9}, "not_reviewed", "met"),
        ({"months_since_recruitment": 6}, "not_reviewed", "met"),
        ({"months_since_recruitment": 5}, "not_reviewed", "not_reviewed"),
        ({"months_since_recruitment": None}, "unknown", "unknown"),
        ({"discipline": "khien_trach"}, "not_reviewed", "met"),
        ({"discipline": None}, "unknown", "met"),
        ({"pending_case": True}, "deferred", "deferred"),
        ({"pending_case": None}, "unknown", "unknown"),
    ],
)
def test_ldtt(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(somebody(**facts), "LDTT") == (in_2020, in_2024)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"months_since_recruitment": 5, "takes_part": False, "pending_case": True}, "not_reviewed"),
        ({"months_since_recruitment": 5, "takes_part": None}, "not_reviewed"),
        ({"months_since_recruitment": None, "takes_part": False}, "not_met"),
        ({"takes_part": False, "pending_case": True}, "not_met"),
        ({"takes_part": None, "pending_case": True}, "deferred"),
        ({"months_since_recruitment": None, "pending_case": True}, "deferred"),
        ({"takes_part": False, "task_rating": None, "pending_case": None}, "not_met"),
    ],
)
def test_outcome_takes_the_first_that_applies(facts: dict[str, Any], outcome: str) -> None:
    assert outcomes(somebody(**facts), "LDTT") == (outcome, outcome)


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "not_met", "not_met"),
        ({"task_rating": "HTXS"}, "not_met", "met"),
        ({"initiatives_base": 1}, "met", "met"),
        ({"research_national": 1}, "met", "met"),
        ({"combat_merit": True}, "met", "met"),
        ({"combat_merit": None}, "unknown", "unknown"),
        ({"initiatives_base": None}, "unknown", "unknown"),
        ({"initiatives_base": None, "initiatives_province": 1}, "met", "met"),
        ({"initiatives_base": 1, "initiatives_national": None}, "met", "met"),
        ({"initiatives_base": 1, "months_since_recruitment": 7}, "not_reviewed", "met"),
        ({"initiatives_base": 1, "registered": False}, "not_met", "met"),
    ],
)
def test_cstdcs(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(somebody(**facts), "CSTDCS") == (in_2020, in_2024)


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "met", "met"),
        ({"cstdcs_consecutive": 1}, "not_met", "not_met"),
        ({"cstdcs_consecutive": None}, "unknown", "unknown"),
        ({"initiatives_national": 0, "initiatives_province": 1}, "met", "met"),
        ({"initiatives_national": 0, "research_province": 1}, "met", "met"),
        ({"initiatives_national": 0, "initiatives_base": 3}, "not_met", "not_met"),
        ({"initiatives_national": 0, "combat_merit": True}, "not_met", "met"),
        ({"initiatives_national": 0, "initiatives_province": None, "initiatives_base": 1}, *["unknown"] * 2),
    ],
)
def test_cstdt(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(champion(**facts), "CSTDT") == (in_2020, in_2024)


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "met", "met"),
        ({"registered": False}, "not_met", "met"),
        ({"task_rating": "KHT", "takes_part": False, "cstdcs_consecutive": 0}, "met", "met"),
        ({"cstdt_consecutive": 1}, "not_met", "not_met"),
        ({"initiatives_national": 0, "initiatives_province": 2}, "not_met", "not_met"),
        ({"initiatives_national": 0, "combat_merit": True}, "not_met", "met"),
        ({"months_since_recruitment": 9}, "not_reviewed", "met"),
        ({"discipline": "canh_cao"}, "not_reviewed", "met"),
    ],
)
def test_cstdtq(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(champion(**facts), "CSTDTQ") == (in_2020, in_2024)


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "met", "met"),
        ({"unit_rating": "HTT"}, "met", "met"),
        ({"unit_rating": "HT"}, "not_met", "not_met"),
        ({"ldtt_count": 6}, "met", "not_met"),
        ({"ldtt_count": 5}, "not_met", "not_met"),
        ({"headcount": 11, "ldtt_count": 6}, "met", "not_met"),
        ({"headcount": 3, "ldtt_count": 2}, "met", "not_met"),
        ({"headcount": 0, "ldtt_count": 0}, "unknown", "unknown"),
        ({"headcount": None}, "unknown", "unknown"),
        ({"registered": False}, "not_met", "met"),
        ({"canh_cao_or_more": 1}, "not_met", "not_met"),
        ({"canh_cao_or_more": None}, "unknown", "unknown"),
        ({"ht_or_better": 1, "cstdcs_count": 0, "party_rating": "KHT"}, "met", "met"),
        ({"pending_case": True}, "deferred", "deferred"),
    ],
)
def test_ttldtt(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(team(**facts), "TTLDTT") == (in_2020, in_2024)


@pytest.mark.parametrize(
    ("facts", "in_2020", "in_2024"),
    [
        ({}, "met", "met"),
        ({"unit_rating": "HTT"}, "not_met", "not_met"),
        ({"ldtt_count": 6}, "not_met", "not_met"),
        ({"ht_or_better": 9}, "not_met", "not_met"),
        ({"headcount": 0, "ht_or_better": 0, "ldtt_count": 0}, "unknown", "unknown"),
        ({"cstdcs_count": 0}, "not_met", "not_met"),
        ({"cstdcs_count": None}, "unknown", "unknown"),
        ({"registered": None}, "unknown", "met"),
        ({"canh_cao_or_more": 1}, "not_met", "met"),
    ],
)
def test_ttldxs(facts: dict[str, Any], in_2020: str, in_2024: str) -> None:
    assert outcomes(team(**facts), "TTLDXS") == (in_2020, in_2024)


def test_lists_name_inherited_leaves_and_any_branches() -> None:
    row = champion(ethics=None, research_province=None, months_since_recruitment=9, pending_case=None)
    assert judge(row, "CSTDT", IN_2020) == Verdict(
        outcome="not_reviewed",
        failed=("CSTDCS.combat_merit", "LDTT.months_since_recruitment"),
        missing=(
            "CSTDCS.research_base",
            "CSTDT.pending_case",
            "CSTDT.research_province",
            "LDTT.ethics",
        ),
    )


def test_lists_name_the_counted_column_when_the_headcount_is_missing() -> None:
    row = team(headcount=None, canh_cao_or_more=2)
    assert judge(row, "TTLDXS", IN_2020) == Verdict(
        "not_met", ("TTLDXS.canh_cao_or_more",), ("TTLDXS.ht_or_better", "TTLDXS.ldtt_count")
    )


@pytest.mark.parametrize(
    ("counts", "bound", "truth"),
    [
        ((1, 0, 1), 2, True),
        ((2, None, None), 2, True),
        ((1, None, 0), 2, None),
        ((1, 0, 0), 2, False),
        ((0, None, 0), 1, None),
        ((None, None, 1), 1, True),
    ],
)
def test_widened_count(counts: tuple[int | None, ...], bound: int, truth: oracle.Truth) -> None:
    row = {f"initiatives_{scope}": count for scope, count in zip(oracle.SCOPES, counts, strict=True)}
    assert oracle.widened_at_least(row, "initiatives", "base", bound) is truth


def test_limits_round_down_and_count_only_those_who_meet() -> None:
    people = [somebody(person_id=f"p{n}", unit_id="office", initiatives_base=n % 2) for n in range(13)]
    people.append(somebody(person_id="later", unit_id="office", initiatives_base=1, pending_case=True))
    people.append(somebody(person_id="nowhere", unit_id=None, initiatives_base=1))
    units = [team(unit_id="agency"), team(unit_id="office", parent_id="agency")]
    odd = ("p1", "p11", "p3", "p5", "p7", "p9")
    assert oracle.limits(people, units, IN_2020) == [Limit("CSTDCS", "agency", "LDTT", 13, 1, odd)]
    assert oracle.limits(people, units, IN_2020, up=True)[0].quota == 2
    assert oracle.limits(people, units, IN_2024) == []


def test_nearest_readings_finds_switched_ones() -> None:
    other = Readings(inherited_exclusions="fail", satisfied_any="dropped", share_leaf="operand")
    theirs = oracle.judge_all(PEOPLE[:300], UNITS, IN_2020, other)

    def distance(readings: Readings) -> int:
        ours = oracle.judge_all(PEOPLE[:300], UNITS, IN_2020, readings)
        return sum(ours[key] != theirs[key] for key in ours)

    assert distance(oracle.CHOSEN) > 0
    assert oracle.nearest_readings(distance) == (other, 0)


@pytest.mark.parametrize("name", [name for name in oracle.ALTERNATIVES if name != "limit_scope"])
def test_every_reading_makes_a_difference(name: str) -> None:
    def said(readings: Readings) -> list[object]:
        verdicts = oracle.judge_all(PEOPLE, UNITS, IN_2020, readings)
        return [verdicts, oracle.limits(PEOPLE, UNITS, IN_2020, readings)]

    chosen, *others = oracle.ALTERNATIVES[name]
    assert getattr(oracle.CHOSEN, name) == chosen
    for word in others:
        assert said(replace(oracle.CHOSEN, **{name: word})) != said(oracle.CHOSEN)


# The generator


@pytest.mark.parametrize("as_of", oracle.LAWS)
def test_careers_show_every_outcome_of_every_title(as_of: str) -> None:
    verdicts = oracle.judge_all(PEOPLE, UNITS, as_of)
    seen = Counter((title, verdict.outcome) for (_, _, title), verdict in verdicts.items())
    wanted = {(title, outcome): 30 for title in oracle.PERSON_TITLES for outcome in oracle.OUTCOMES}
    wanted |= {(title, outcome): 5 for title in oracle.UNIT_TITLES for outcome in oracle.OUTCOMES}
    rare = {pair: seen[pair] for pair, least in wanted.items() if seen[pair] < least}
    assert rare == {(title, "not_reviewed"): 0 for title in oracle.UNIT_TITLES}  # no exclusions there


def test_careers_cover_words_boundaries_and_gaps() -> None:
    for rows, keys in ((PEOPLE, {"person_id", "year"}), (UNITS, {"unit_id", "year"})):
        assert {column for column in rows[0] if all(row[column] is not None for row in rows)} == keys
    for column, words in KNOWN_VALUES.items():
        rows = PEOPLE if column in ("task_rating", "discipline") else UNITS
        assert set(words) <= {row.get(column) for row in rows} or column == "unit_id"
    assert {5, 6, 9, 10} <= {row["months_since_recruitment"] for row in PEOPLE}
    known = [row for row in UNITS if row["headcount"] and row["ldtt_count"] is not None]
    shares = {Fraction(row["ldtt_count"], row["headcount"]) for row in known}
    assert {Fraction(1, 2), Fraction(7, 10), Fraction(1)} <= shares
    assert {0, None} <= {row["headcount"] for row in UNITS}
    assert [row["person_id"] for row in PEOPLE[:9]] == list(careers.AWKWARD_IDS)
    assert any(row["initiatives_base"] is None and row["initiatives_national"] == 1 for row in PEOPLE)


def test_careers_repeat_for_the_same_seed() -> None:
    assert careers.make_units(400, seed=2) == UNITS
    assert careers.make_people(2000, seed=1, units=UNITS) == PEOPLE
    assert careers.make_people(2000, seed=3, units=UNITS) != PEOPLE


def any_value(rng: random.Random, column: str) -> Any:
    flags = careers.PEOPLE_COLUMNS | careers.UNIT_COLUMNS
    if flags[column] == careers.BOOL:
        return rng.random() < 0.5
    return rng.choice(KNOWN_VALUES.get(column, (0, 1, 5, 12)))


@pytest.mark.parametrize("as_of", oracle.LAWS)
def test_learning_a_missing_fact_only_settles_what_was_open(as_of: str) -> None:
    after = {
        "not_reviewed": {"not_reviewed"},
        "not_met": {"not_met", "not_reviewed"},
        "deferred": {"deferred", "not_met", "not_reviewed"},
        "unknown": {"met", "deferred", "not_met", "not_reviewed"},
        "met": {"met"},
    }
    rng = random.Random(5)
    filled = {id(row): {c: any_value(rng, c) if v is None else v for c, v in row.items()} for row in PEOPLE}
    for row in PEOPLE:
        for title in oracle.PERSON_TITLES:
            before = judge(row, title, as_of)
            now = judge(filled[id(row)], title, as_of)
            assert now.outcome in after[before.outcome]
            assert set(before.failed) <= set(now.failed)
            assert now.missing == ()
