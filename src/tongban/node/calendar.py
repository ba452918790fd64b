"""Working days of the State Council's holiday notices, as far as they are known."""

from datetime import date

import chinese_calendar

_FIRST_YEAR = 2004
_LAST_YEAR = 2026
_WEEKEND = 5


class ChineseCalendar:
    """法定节假日 and 调休 by chinesecalendar; years without a notice count Monday to Friday."""

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day; a guess in a provisional year."""
        if self.provisional(day.year):
            return day.weekday() < _WEEKEND
        return bool(chinese_calendar.is_workday(day))

    def provisional(self, year: int) -> bool:
        """Whether the year's notice is not known here yet."""
        return not _FIRST_YEAR <= year <= _LAST_YEAR
