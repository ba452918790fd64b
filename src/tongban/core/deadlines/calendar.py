"""Working days: the calendar port, what counts from it, and a calendar made from tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_SATURDAY = 5
_DAY = timedelta(days=1)


class WorkingCalendar(Protocol):
    """Says which days are working days (工作日), which 行政许可法 82 counts."""

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day, make-up days (调休) included."""
        ...

    def provisional(self, year: int) -> bool:
        """Whether this year's holidays are not published yet, so that days are estimates."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCalendar:
    """Monday to Friday, except the tabled days; years outside the table are provisional.

    holidays: weekdays off. workdays: weekend days on which offices work. years: those tabled.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day.weekday() >= _SATURDAY:
            return day in self.workdays
        return day not in self.holidays

    def provisional(self, year: int) -> bool:
        """Whether the table does not cover this year."""
        return year not in self.years


def add_working_days(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The n-th working day after `day`; the day itself for 0. Raises ValueError below 0."""
    if n < 0:
        raise ValueError(f"limits run forward, not {n} days")
    while n:
        day += _DAY
        n -= calendar.is_working(day)
    return day


def working_days_between(calendar: WorkingCalendar, first: date, last: date) -> int:
    """Working days after `first` up to and with `last`; negative when `last` lies before."""
    if last < first:
        return -working_days_between(calendar, last, first)
    days = (first + _DAY * n for n in range(1, (last - first).days + 1))
    return sum(calendar.is_working(day) for day in days)
