"""Says of partners that do not answer since when they are away, and what to do about it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_HOUR, _DAY = 3_600, 86_400
#: So long a partner may take to answer before anybody is told.
_PATIENCE_SECONDS = _HOUR
#: From here on people are told what can be done without the partner.
_LONG_SECONDS = 7 * _DAY


def is_away(line: Mapping[str, Any]) -> bool:
    """Whether something waits for a partner that has been silent too long for that.

    line: as the operation `status` gives it.
    """
    if line["line"] == "comparing":
        return True
    silent = line["silent_seconds"]
    return line["line"] == "open" and line["unsaid"] and (silent or 0) >= _PATIENCE_SECONDS


def absences(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each partner that is away, then what to do."""
    away = [line for line in lines if is_away(line)]
    for line in away:
        yield f"waiting for {line['partner']}, {_since(line)}."
    if any((line["silent_seconds"] or 0) >= _LONG_SECONDS for line in away):
        yield (
            "What is done for them is kept and sent when they are back; nothing is lost. Call "
            "their operators; if a partner is gone for good, see docs/how-to/partner-gone.md."
        )
    elif away:
        yield "See that their nodes run and can be reached; what is done for them is sent later."


def _since(line: Mapping[str, Any]) -> str:
    silent = line["silent_seconds"]
    if silent is None:
        return "which has never answered"
    if silent < _HOUR:
        return f"last heard {max(silent, 0) // 60} minutes ago ({line['last_heard_at']})"
    if silent < 2 * _DAY:
        return f"last heard {silent // _HOUR} hours ago ({line['last_heard_at']})"
    return f"last heard {silent // _DAY} days ago ({line['last_heard_at']})"
