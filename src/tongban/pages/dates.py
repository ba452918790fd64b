"""Days and instants as people read them: 2026年11月27日（周五）, Friday 27 November 2026."""

from datetime import date, datetime, timedelta, timezone

from tongban.core.words import Language
from tongban.pages.words import reading_language

CHINA_TIME = timezone(timedelta(hours=8))

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date) -> str:
    """A day with its weekday; an instant is taken in China time."""
    day = _china_day(day)
    if reading_language() is Language.CHINESE:
        return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def short_day_words(day: date) -> str:
    """A day without year and weekday, for a line of a timeline."""
    day = _china_day(day)
    if reading_language() is Language.CHINESE:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def instant_words(instant: datetime) -> str:
    """A day with its weekday and the time of day in China."""
    return f"{day_words(instant)} {_time_of_day(instant)}"


def short_instant_words(instant: datetime) -> str:
    """A short day with the time of day in China."""
    return f"{short_day_words(instant)} {_time_of_day(instant)}"


def _time_of_day(instant: datetime) -> str:
    return instant.astimezone(CHINA_TIME).strftime("%H:%M")


def _china_day(day: date) -> date:
    return day.astimezone(CHINA_TIME).date() if isinstance(day, datetime) else day
