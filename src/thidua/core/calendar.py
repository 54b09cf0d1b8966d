"""Dates as the law uses them: periods with open ends, whole months of service, the last day of a year."""

import datetime
from dataclasses import dataclass


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
