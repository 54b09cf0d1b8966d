"""Arithmetic of places: how many a share gives, and how pooled places are shared out."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.law.errors import NoRule
from thidua.core.law.places import Places, quota, share_out

FIFTEEN = Fraction(15, 100)
SHARES = st.fractions(min_value=0, max_value=1)
COUNTS = st.integers(min_value=0, max_value=10**15)


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


def test_pooled_places_go_to_units_by_the_largest_remainder() -> None:
    # 15% of 57 gives 8: 20, 20 and 17 people take 2.81, 2.81 and 2.39.
    assert share_out(8, {"a": 20, "b": 20, "c": 17}) == {"a": Places(3, 3), "b": Places(3, 3), "c": Places(2, 2)}


def test_equal_remainders_leave_the_last_place_open() -> None:
    assert share_out(1, {"a": 5, "b": 5}) == {"a": Places(0, 1), "b": Places(0, 1)}
    assert share_out(3, {"a": 5, "b": 5, "c": 2}) == {"a": Places(1, 1), "b": Places(1, 1), "c": Places(1, 1)}


def test_nothing_to_share() -> None:
    assert share_out(0, {"a": 5, "b": 3}) == {"a": Places(0, 0), "b": Places(0, 0)}
    assert share_out(0, {"a": 0}) == {"a": Places(0, 0)}
    assert share_out(0, {}) == {}


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(0, 10**6), min_size=1, max_size=12), SHARES)
def test_sharing_out_is_exact_and_keeps_the_quota_rule(counts: dict[str, int], share: Fraction) -> None:
    total = quota(share, sum(counts.values()), rounding="down")
    found = share_out(total, counts)
    open_places = total - sum(places.sure for places in found.values())
    contested = [scope for scope, places in found.items() if places.most > places.sure]
    assert (0 < open_places < len(contested)) if contested else open_places == 0
    whole = sum(counts.values())
    for scope, places in found.items():
        exact = Fraction(total * counts[scope], whole) if whole else Fraction(0)
        assert exact - 1 < places.sure <= places.most < exact + 1
        assert places.most <= counts[scope]
    ordered = sorted(counts, key=lambda scope: counts[scope])
    for less, more in itertools.pairwise(ordered):
        assert found[less].sure <= found[more].most
