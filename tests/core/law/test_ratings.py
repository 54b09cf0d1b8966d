"""The yearly rating by points: each boundary, the cap, and no guess where no text was read."""

import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from thidua.core.law.errors import NoRule
from thidua.core.law.load import load_pack, read_directory
from thidua.core.law.ratings import Staff, most_outstanding, rating_of_points
from thidua.core.law.resolve import resolve
from thidua.core.law.schema import Ruleset

NATIONAL = load_pack(read_directory(Path(__file__).resolve().parents[3] / "packs" / "vn.national"))


@cache
def law(day: str) -> Ruleset:
    return resolve([NATIONAL], as_of=datetime.date.fromisoformat(day))


@pytest.mark.parametrize(("staff", "day"), [("cong_chuc", "2026-01-01"), ("vien_chuc", "2026-07-01")])
@pytest.mark.parametrize(
    ("common", "result", "grade"),
    [
        (30, 70, "HTXS"),
        (30, 60, "HTXS"),
        (Fraction(299, 10), 60, "HTT"),
        (20, 50, "HTT"),
        (20, Fraction(499, 10), "HT"),
        (10, 40, "HT"),
        (10, Fraction(399, 10), "KHT"),
        (0, 0, "KHT"),
    ],
)
def test_grade_changes_exactly_at_90_70_and_50_points(
    staff: Staff, day: str, common: Fraction | int, result: Fraction | int, grade: str
) -> None:
    assert rating_of_points(law(day), staff=staff, common=common, result=result) == grade
    assert rating_of_points(law(day), staff=staff, common=common, result=result, barred=True) == "KHT"


@pytest.mark.parametrize(("common", "result"), [(31, 0), (-1, 0), (0, 71), (Fraction(301, 10), 0)])
def test_points_outside_their_range_are_refused(common: Fraction | int, result: int) -> None:
    with pytest.raises(ValueError, match="điểm nhiều nhất"):
        rating_of_points(law("2026-12-31"), staff="cong_chuc", common=common, result=result)


@pytest.mark.parametrize(("staff", "day"), [("cong_chuc", "2025-12-31"), ("vien_chuc", "2026-06-30")])
def test_the_day_before_the_decrees_there_are_no_points(staff: Staff, day: str) -> None:
    with pytest.raises(NoRule, match=rf"tham số rating\.{staff}\.common_points"):
        rating_of_points(law(day), staff=staff, common=30, result=70)
    with pytest.raises(NoRule, match=rf"tham số rating\.{staff}\.htxs_max_share"):
        most_outstanding(law(day), staff=staff, good=10)


@pytest.mark.parametrize(
    ("good", "own", "places"), [(0, False, 0), (4, False, 0), (5, False, 1), (9, False, 1), (4, True, 1), (8, True, 2)]
)
def test_a_fifth_of_the_good_may_be_outstanding_and_a_quarter_in_an_outstanding_unit(
    good: int, own: bool, places: int
) -> None:
    assert most_outstanding(law("2026-12-31"), staff="vien_chuc", good=good, outstanding_unit=own) == places
    with pytest.raises(ValueError, match="không thể âm"):
        most_outstanding(law("2026-12-31"), staff="vien_chuc", good=-1)
