"""When agreements end, month by month, with the days on which warnings come due (到期日历)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.agreements.register import RegisterLine, register
from tongban.core.agreements.standing import WARNING_DAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningDay:
    """A warning of so many days, and whether its day has come."""

    days: int
    on: date
    come: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """One document that ends on a day; days_left: negative once that has passed."""

    line: RegisterLine
    last_day: date
    days_left: int
    warnings: tuple[WarningDay, ...]

    @property
    def month(self) -> date:
        """The first day of the month in which it ends."""
        return self.last_day.replace(day=1)


def endings() -> list[Ending]:
    """Every document that ends, first those that end first; what is over comes last."""
    found = [ending for line in register() for ending in _endings(line)]
    return sorted(found, key=lambda each: (each.days_left < 0, each.last_day, each.line.digest))


def _endings(line: RegisterLine) -> Iterator[Ending]:
    standing = line.standing
    if standing is None or standing.last_day is None or standing.days_left is None:
        return
    last, left = standing.last_day, standing.days_left
    yield Ending(
        line=line,
        last_day=last,
        days_left=left,
        warnings=tuple(
            WarningDay(days=days, on=last - timedelta(days=days), come=left <= days)
            for days in WARNING_DAYS
        ),
    )
