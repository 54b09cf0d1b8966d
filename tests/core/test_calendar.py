"""Working days, public holidays with Tết, and deadlines counted over them."""

import datetime
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.calendar import (
    Deadline,
    add_months,
    add_working_days,
    holiday_name,
    is_working_day,
    next_working_day,
    working_days_before,
    working_days_between,
    working_deadline,
)

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2030, 6, 30))
COUNTS = st.integers(min_value=0, max_value=60)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    "first",
    [
        "2020-01-25",
        "2021-02-12",
        "2022-02-01",
        "2023-01-22",
        "2024-02-10",
        "2025-01-29",
        "2026-02-17",
        "2027-02-06",
        "2028-01-26",
        "2029-02-13",
        # New moon on 02/02/2030 at 23:07 in Hà Nội, 00:07 of 3 February in Beijing: the two calendars part here.
        "2030-02-02",
    ],
)
def test_first_day_of_tet(first: str) -> None:
    assert holiday_name(day(first)) == "Tết Nguyên Đán"
    assert [holiday_name(day(first) + datetime.timedelta(days=step)) for step in (-1, 1, 2, 3)] == [
        "Giao thừa Tết Nguyên Đán",
        "Mùng hai Tết Nguyên Đán",
        "Mùng ba Tết Nguyên Đán",
        "Mùng bốn Tết Nguyên Đán",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2020-01-01", "Tết Dương lịch"),
        ("2020-04-02", "Ngày Giỗ Tổ Hùng Vương"),
        ("2021-04-21", "Ngày Giỗ Tổ Hùng Vương"),
        ("2020-04-30", "Ngày Chiến thắng"),
        ("2020-05-01", "Ngày Quốc tế Lao động"),
        ("2020-09-02", "Quốc khánh"),
        ("2021-05-03", "Ngày Quốc tế Lao động (nghỉ bù)"),
    ],
)
def test_public_holidays_have_vietnamese_names(text: str, name: str) -> None:
    assert (holiday_name(day(text)), is_working_day(day(text))) == (name, False)


def test_weekends_are_off_without_being_holidays() -> None:
    days = [day(text) for text in ("2020-12-25", "2020-12-26", "2020-12-27")]
    assert [(holiday_name(one), is_working_day(one)) for one in days] == [(None, True), (None, False), (None, False)]


def test_second_day_of_the_national_holiday_is_off_from_2021_on() -> None:
    assert is_working_day(day("2020-09-01"))
    assert is_working_day(day("2020-09-03"))
    assert not is_working_day(day("2021-09-03"))


def test_swapped_days_that_were_announced_are_known() -> None:
    assert not is_working_day(day("2024-04-29"))
    assert is_working_day(day("2024-05-04"))


def test_the_caller_can_add_days_off_and_days_of_work() -> None:
    monday, saturday = day("2020-12-28"), day("2020-12-26")
    assert not is_working_day(monday, extra_days_off=[monday])
    assert is_working_day(saturday, extra_working_days=[saturday])
    assert not is_working_day(saturday, extra_days_off=[saturday], extra_working_days=[saturday])
    assert add_working_days(day("2020-12-25"), 1, extra_days_off=[monday]) == day("2020-12-29")
    assert add_working_days(day("2020-12-25"), 1, extra_working_days=[saturday]) == saturday
    assert working_days_before(day("2020-12-29"), 1, extra_days_off=[monday]) == day("2020-12-25")
    assert working_days_between(day("2020-12-25"), monday, extra_working_days=[saturday]) == 2


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2020-12-25", 0, "2020-12-25"),
        ("2020-12-25", 1, "2020-12-28"),
        ("2020-12-26", 1, "2020-12-28"),
        ("2020-12-28", 5, "2021-01-05"),
        ("2021-02-05", 2, "2021-02-09"),
        ("2021-02-05", 3, "2021-02-17"),
        ("2021-02-05", 10, "2021-02-26"),
    ],
)
def test_time_limits_skip_weekends_and_holidays(start: str, days: int, due: str) -> None:
    assert add_working_days(day(start), days) == day(due)


def test_deadline_across_tet_2021_says_what_it_skipped() -> None:
    found = working_deadline(day("2021-02-05"), 10)
    assert found == Deadline(
        due=day("2021-02-26"),
        counted_from=day("2021-02-05"),
        days=10,
        skipped=(
            (day("2021-02-10"), "29 Tết"),
            (day("2021-02-11"), "Giao thừa Tết Nguyên Đán"),
            (day("2021-02-12"), "Tết Nguyên Đán"),
            (day("2021-02-13"), "Mùng hai Tết Nguyên Đán"),
            (day("2021-02-14"), "Mùng ba Tết Nguyên Đán"),
            (day("2021-02-15"), "Mùng bốn Tết Nguyên Đán"),
            (day("2021-02-16"), "Mùng năm Tết Nguyên Đán"),
        ),
    )
    ends = [day(text) for text in ("2021-02-09", "2021-02-16", "2021-02-26", "2021-03-01")]
    assert [found.days_left(on) for on in ends] == [8, 8, 0, -1]
    assert [found.is_over(on) for on in ends] == [False, False, False, True]


def test_backward_count_across_tet_2021() -> None:
    assert working_days_before(day("2021-02-26"), 10) == day("2021-02-05")
    assert working_days_between(day("2021-02-05"), day("2021-02-26")) == 10


def test_next_working_day_after_tet_2021() -> None:
    assert [next_working_day(day(text)) for text in ("2021-02-10", "2021-02-17")] == [day("2021-02-17")] * 2


@pytest.mark.parametrize("count", [add_working_days, working_days_before])
def test_negative_time_limits_are_refused(count: object) -> None:
    with pytest.raises(ValueError, match="không thể âm: -1"):
        count(day("2020-12-25"), -1)  # type: ignore[operator]  # one of two functions of the same shape


@given(DAYS, COUNTS)
def test_counting_back_undoes_counting_on(start: datetime.date, days: int) -> None:
    due = add_working_days(start, days)
    assert working_days_between(start, due) == days
    assert working_days_between(due, start) == -days
    if days:
        assert is_working_day(due)
    if is_working_day(start):
        assert working_days_before(due, days) == start


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2020-01-31", 1, "2020-02-29"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-12-15", 12, "2021-12-15"),
        ("2020-01-15", -1, "2019-12-15"),
        ("2020-02-29", 12, "2021-02-28"),
    ],
)
def test_months_later(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_the_calendar_does_not_load_holidays_until_it_is_asked() -> None:
    code = "import sys, thidua.core.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("language", ["C", "en_US.UTF-8", "th_TH.UTF-8"])
def test_names_are_vietnamese_in_any_environment(language: str) -> None:
    code = "import datetime, thidua.core.calendar as c; print(ascii(c.holiday_name(datetime.date(2021, 2, 12))))"
    run = subprocess.run(
        [sys.executable, "-c", code], env={"LANG": language}, check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == ascii("Tết Nguyên Đán")
