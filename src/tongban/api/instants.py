"""Instants as systems write them, made into instants as entries carry them."""

from datetime import datetime

from tongban.api.grounds import ConnectorGround, refuse
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.refusals import refuse as refuse_case
from tongban.core.china_time import CHINA_TIME
from tongban.core.refusal import Refusal

#: No authority reports what it did before; a slip of the century would run the clocks for ever.
_EARLIEST = datetime(2000, 1, 1, tzinfo=CHINA_TIME)


def instant_of(text: str, now: datetime) -> datetime | Refusal:
    """The instant in China time, cut to milliseconds; refused when naive, future or unreadable."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return refuse(ConnectorGround.INSTANT_UNREADABLE)
    if read.utcoffset() is None:
        return refuse(ConnectorGround.INSTANT_WITHOUT_OFFSET)
    if read < _EARLIEST:
        return refuse(ConnectorGround.INSTANT_UNREADABLE)
    if read > now:
        return refuse_case(CaseGround.INSTANT_IN_FUTURE)
    there = read.astimezone(CHINA_TIME)
    return there.replace(microsecond=there.microsecond // 1000 * 1000)


def text_of(at: datetime) -> str:
    """An instant as the API writes it: milliseconds and +08:00."""
    return at.astimezone(CHINA_TIME).isoformat(timespec="milliseconds")
