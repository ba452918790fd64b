"""A deadline as people see it, and the parts that every rule shares."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tongban.core.cases.process import LegKind
from tongban.core.china_time import china_day
from tongban.core.deadlines.calendar import (
    WorkingCalendar,
    add_working_days,
    working_days_between,
)
from tongban.core.words import Words


class Effect(StrEnum):
    """What the law does by itself when a deadline passes."""

    DEEMED_ACCEPTANCE = "deemed_acceptance"


class Light(StrEnum):
    """红黄绿灯; each light also has a shape and a word on screens."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """One limit that runs: on which leg, against whom, until the end of which day.

    rule: its name in core/deadlines/rules. party: node name. began_on is not counted. days:
    working days. legal: set by law, not only promised. provisional: some year's holidays are
    not published yet.
    """

    rule: str
    leg: LegKind
    party: str
    began_on: date
    days: int
    due_on: date
    basis: Words
    legal: bool
    provisional: bool
    effect: Effect | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """What a rule fixes once: its name, leg, legal basis, force and effect."""

    rule: str
    leg: LegKind
    basis: Words
    legal: bool
    effect: Effect | None = None

    def from_instant(
        self, at: datetime, days: int, party: str, calendar: WorkingCalendar
    ) -> Deadline:
        """The deadline of this many working days after the day of an instant, in China time."""
        began_on = china_day(at)
        due_on = add_working_days(calendar, began_on, days)
        years = range(began_on.year, due_on.year + 1)
        return Deadline(
            rule=self.rule,
            leg=self.leg,
            party=party,
            began_on=began_on,
            days=days,
            due_on=due_on,
            basis=self.basis,
            legal=self.legal,
            provisional=any(calendar.provisional(year) for year in years),
            effect=self.effect,
        )


def remaining_days(deadline: Deadline, today: date, calendar: WorkingCalendar) -> int:
    """Working days left after today; 0 on the last day, negative when it has passed."""
    left = working_days_between(calendar, today, deadline.due_on)
    return min(left, -1) if today > deadline.due_on else left


def light(deadline: Deadline, today: date, calendar: WorkingCalendar) -> Light:
    """Red once it has passed, amber in its last fifth and on its last two days, else green."""
    left = remaining_days(deadline, today, calendar)
    if left < 0:
        return Light.RED
    return Light.AMBER if left * 5 <= deadline.days or left <= 1 else Light.GREEN
