"""The nearest library to a channel's writing end: PyPI `eventsourcing`, on the same database.

It stores events of aggregates in order at one end; it has no reader, no evidence and no signatures.
It is no part of the runtime, so the measurement imports this module only where it is installed.
"""

from pathlib import Path
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

_WORDS = "虚构的问题。" * 40


class Inquiry(Aggregate):
    """Something that is asked again and again."""

    @event("Asked")
    def ask(self, words: str) -> None:
        """One event of about as many bytes as one of ours."""
        self.words = words


class EventsLibrary:
    """An application of it on a SQLite file, with the settings that it chooses itself."""

    def __init__(self, path: Path) -> None:
        chosen = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
        self._application: Any = Application(env=chosen)

    def write(self, batch: int, times: int) -> None:
        """So many transactions of so many events."""
        for _ in range(times):
            inquiry = Inquiry()
            for _ in range(batch - 1):
                inquiry.ask(_WORDS)
            self._application.save(inquiry)
