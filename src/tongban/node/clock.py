"""The only place that reads a clock."""

from datetime import datetime, timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))


class SystemClock:
    """The machine's clock, in China time."""

    def now(self) -> datetime:
        """The present instant, to milliseconds as entries carry it."""
        now = datetime.now(CHINA_TIME)  # noqa: TID251 - this is the one place that may
        return now.replace(microsecond=now.microsecond // 1000 * 1000)
