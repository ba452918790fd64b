"""The working days that the State Council's yearly notices set, as far as they are known."""

from chinese_calendar import constants

from tongban.core.deadlines.calendar import TableCalendar


def load_calendar() -> TableCalendar:
    """Holidays and make-up days of the years that the bundled table covers."""
    holidays = frozenset(constants.holidays)
    workdays = frozenset(constants.workdays)
    years = frozenset(day.year for day in holidays)
    return TableCalendar(holidays=holidays, workdays=workdays, years=years)
