"""Dates as the law uses them: periods with open ends, whole months of service, working days, deadlines.

Working days are Monday to Friday without the public holidays of Bộ luật Lao động (2012: Điều 115; 2019: Điều 112):
Tết by the Vietnamese lunar calendar, Giỗ Tổ, and the days that make up for a holiday on a weekend. They come from the
``holidays`` package. Three things differ from year to year by announcement: which days beside Tết are free, on which
side of 2 September the second free day lies, and working days swapped with a Saturday. The package holds what was
announced for the years up to its own release as far as its authors took it in, and an estimate after; none of it was
compared with the announcements here. So every function takes ``extra_days_off`` and ``extra_working_days``, which
win over the package (a day in both counts as off).
"""

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

Days = Collection[datetime.date]
ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included; an ``end`` of None is open."""

    start: datetime.date
    end: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"Thời kỳ kết thúc {self.end} trước khi bắt đầu {self.start}.")

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day lies in both."""
        starts_in_time = other.end is None or self.start <= other.end
        return starts_in_time and (self.end is None or other.start <= self.end)

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` lies in this period."""
        if self.end is None:
            return self.start <= other.start
        return self.start <= other.start and other.end is not None and other.end <= self.end


def year_period(year: int) -> Period:
    """The calendar year."""
    return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Whole months from ``start`` to the end of day ``end`` (so 2020-06-01 to 2020-12-31 is 7).

    Negative spans raise ValueError: a recruit of next year has no months of service.
    """
    after = end + datetime.timedelta(days=1)
    if after < start:
        raise ValueError(f"Ngày kết thúc {end} trước ngày bắt đầu {start}.")
    months = (after.year - start.year) * 12 + after.month - start.month
    return months - 1 if after.day < start.day else months


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, ``months`` later (or earlier); the last day where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def holiday_name(day: datetime.date) -> str | None:
    """The Vietnamese name of a public holiday, or of the day off that makes up for one; None on other days."""
    return _public_days(day.year)[0].get(day)


def is_working_day(day: datetime.date, *, extra_days_off: Days = (), extra_working_days: Days = ()) -> bool:
    """Whether offices are open; a swapped Saturday counts when the package knows it or the caller names it."""
    if day in extra_days_off:
        return False
    if day in extra_working_days:
        return True
    off, swapped = _public_days(day.year)
    return day in swapped or (day.weekday() < SATURDAY and day not in off)


def next_working_day(day: datetime.date, *, extra_days_off: Days = (), extra_working_days: Days = ()) -> datetime.date:
    """The day itself when it is a working day, otherwise the first one after it."""
    while not is_working_day(day, extra_days_off=extra_days_off, extra_working_days=extra_working_days):
        day += ONE_DAY
    return day


def add_working_days(
    start: datetime.date, days: int, *, extra_days_off: Days = (), extra_working_days: Days = ()
) -> datetime.date:
    """The last day of a time limit of ``days`` working days: the first working day after ``start`` is day 1.

    With 0 days it is ``start`` itself. Raises ValueError for a negative number: use ``working_days_before``.
    """
    return _step(start, days, ONE_DAY, extra_days_off=extra_days_off, extra_working_days=extra_working_days)


def working_days_before(
    deadline: datetime.date, days: int, *, extra_days_off: Days = (), extra_working_days: Days = ()
) -> datetime.date:
    """The working day ``days`` before a deadline: the first working day before ``deadline`` is day 1.

    A time limit of ``days`` that starts there ends on the deadline, if that is a working day itself. Raises ValueError
    for a negative number.
    """
    return _step(deadline, days, -ONE_DAY, extra_days_off=extra_days_off, extra_working_days=extra_working_days)


def working_days_between(
    start: datetime.date, end: datetime.date, *, extra_days_off: Days = (), extra_working_days: Days = ()
) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_days_between(end, start, extra_days_off=extra_days_off, extra_working_days=extra_working_days)
    days = (start + ONE_DAY * number for number in range(1, (end - start).days + 1))
    return sum(
        is_working_day(day, extra_days_off=extra_days_off, extra_working_days=extra_working_days) for day in days
    )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, kept together with how it was counted, so that a page can say it.

    ``days`` working days were counted from ``counted_from`` (not included); ``skipped`` are the public holidays that
    lay on the way.
    """

    due: datetime.date
    counted_from: datetime.date
    days: int
    skipped: tuple[tuple[datetime.date, str], ...]

    def is_over(self, on: datetime.date) -> bool:
        """Whether the last day has passed."""
        return on > self.due

    def days_left(self, on: datetime.date, *, extra_days_off: Days = (), extra_working_days: Days = ()) -> int:
        """Working days left after ``on``, with the last day; negative when it has passed."""
        return working_days_between(on, self.due, extra_days_off=extra_days_off, extra_working_days=extra_working_days)


def working_deadline(
    start: datetime.date, days: int, *, extra_days_off: Days = (), extra_working_days: Days = ()
) -> Deadline:
    """The deadline of ``days`` working days after ``start``; errors as of ``add_working_days``."""
    due = add_working_days(start, days, extra_days_off=extra_days_off, extra_working_days=extra_working_days)
    way = (start + ONE_DAY * number for number in range(1, (due - start).days + 1))
    skipped = tuple((day, name) for day in way if (name := holiday_name(day)) and day not in extra_working_days)
    return Deadline(due=due, counted_from=start, days=days, skipped=skipped)


def _step(
    day: datetime.date, days: int, step: datetime.timedelta, *, extra_days_off: Days, extra_working_days: Days
) -> datetime.date:
    if days < 0:
        raise ValueError(f"Số ngày làm việc không thể âm: {days}.")
    while days:
        day += step
        if is_working_day(day, extra_days_off=extra_days_off, extra_working_days=extra_working_days):
            days -= 1
    return day


@lru_cache(maxsize=64)
def _public_days(year: int) -> tuple[dict[datetime.date, str], frozenset[datetime.date]]:
    """Names of the days off, and the swapped Saturdays that are worked, both of one year."""
    import holidays  # takes a quarter of a second, and most commands count no working days

    # a day off may be paid for in the next or the year before
    found = holidays.country_holidays("VN", years=(year - 1, year, year + 1), language="vi")
    off = {day: name for day, name in found.items() if day.year == year}
    return off, frozenset(day for day in found.weekend_workdays if day.year == year)
