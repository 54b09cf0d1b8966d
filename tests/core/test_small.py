"""Canonical form, lifecycles and dates."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core import canonical
from thidua.core.calendar import Period, months_between, year_period
from thidua.core.lifecycle import BadLifecycle, Lifecycle, Move, MoveRefused

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31))


def test_canonical_form_is_sorted_composed_and_exact() -> None:
    value = {"b": Fraction(3, 20), "a": [Decimal("1.50"), datetime.date(2020, 1, 21), None, True], "ê": "e\u0302"}
    expected = '{"a":["1.5","2020-01-21",null,true],"b":"3/20","ê":"ê"}'
    assert canonical.dumps(value).decode() == expected


@pytest.mark.parametrize("value", [0.1, {1, 2}, {1: "a"}, object(), datetime.datetime(2020, 1, 1)])
def test_canonical_form_refuses_what_has_none(value: object) -> None:
    with pytest.raises(canonical.CanonicalError):
        canonical.dumps(value)


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.booleans() | st.none()))
def test_equal_values_have_equal_digests(value: dict[str, object]) -> None:
    assert canonical.digest(dict(reversed(value.items()))) == canonical.digest(value)


def test_period_contains_and_covers() -> None:
    year = year_period(2020)
    assert datetime.date(2020, 12, 31) in year
    assert datetime.date(2021, 1, 1) not in year
    assert Period(datetime.date(2017, 10, 1)).covers(year)
    assert not year.covers(Period(datetime.date(2020, 1, 1)))
    with pytest.raises(ValueError, match="trước khi bắt đầu"):
        Period(datetime.date(2020, 2, 1), datetime.date(2020, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_symmetric(a: datetime.date, b: datetime.date, c: datetime.date, d: datetime.date) -> None:
    one, two = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    days_shared = max(one.start, two.start) <= min(one.end or one.start, two.end or two.start)
    assert one.overlaps(two) is two.overlaps(one) is days_shared


@pytest.mark.parametrize(
    ("recruited", "months"),
    [
        ("2020-06-01", 7),
        ("2020-05-18", 7),
        ("2020-03-01", 10),
        ("2020-03-02", 9),
        ("2020-12-31", 0),
        ("2020-01-01", 12),
    ],
)
def test_months_of_service_at_the_end_of_2020(recruited: str, months: int) -> None:
    assert months_between(datetime.date.fromisoformat(recruited), datetime.date(2020, 12, 31)) == months


@given(DAYS)
def test_a_year_of_service_is_twelve_months(start: datetime.date) -> None:
    if (start.month, start.day) != (2, 29):
        end = start.replace(year=start.year + 1) - datetime.timedelta(days=1)
        assert months_between(start, end) == 12


LIGHT = Lifecycle(
    name="Light",
    states=["off", "on"],
    moves=[Move("switch_on", ("off",), "on", ("anyone",)), Move("switch_off", ("on",), "off", ("anyone",))],
)


def test_lifecycle_moves_and_draws_itself() -> None:
    assert LIGHT.initial == "off"
    assert LIGHT.move("switch_on", state="off").target == "on"
    assert LIGHT.diagram() == "stateDiagram-v2\n    [*] --> off\n    off --> on: switch_on\n    on --> off: switch_off"
    with pytest.raises(MoveRefused, match="có thể: switch_off"):
        LIGHT.move("switch_on", state="on")


@pytest.mark.parametrize(
    "moves",
    [
        [Move("a", ("off",), "nowhere", ())],
        [Move("a", ("off",), "on", ()), Move("a", ("on",), "off", ())],
        [Move("a", ("on",), "off", ())],
    ],
)
def test_lifecycle_refuses_a_wrong_table(moves: list[Move]) -> None:
    with pytest.raises(BadLifecycle):
        Lifecycle(name="Wrong", states=["off", "on"], moves=moves)
