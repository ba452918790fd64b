"""Days as the law counts them: in China time, whatever offset an instant carries."""

from datetime import date, datetime, time, timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))


def read_day(text: str) -> date | None:
    """The day that is written as YYYY-MM-DD; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def days_after(day: date, days: int) -> date:
    """The day so many days later; the last that there is where that lies beyond it."""
    return day + timedelta(days=min(days, (date.max - day).days))


def china_day(at: datetime) -> date:
    """The day in China on which this instant lies."""
    return at.astimezone(CHINA_TIME).date()


def next_midnight(at: datetime) -> datetime:
    """When the day in China after this instant begins."""
    return datetime.combine(china_day(at) + timedelta(days=1), time(), CHINA_TIME)
