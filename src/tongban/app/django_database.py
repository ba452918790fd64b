"""The node's transactions on Django's connections, so that entries and read models are one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from tongban.node.fair_queue import FairQueue


class DjangoDatabase:
    """Lends Django's raw connection; writers pass one fair queue and begin IMMEDIATE."""

    def __init__(self) -> None:
        self._queue = FairQueue()

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A transaction that commits on leaving and rolls back on an exception."""
        with self._queue.turn(), transaction.atomic():
            yield connection.connection

    @contextmanager
    def read(self) -> Iterator[Any]:
        """One consistent state; inside a write of the same thread, what was written so far."""
        connection.ensure_connection()
        if connection.in_atomic_block:
            yield connection.connection
            return
        # atomic() would begin IMMEDIATE and make every reader wait for writers.
        raw = connection.connection
        raw.execute("BEGIN DEFERRED")
        try:
            yield raw
        finally:
            raw.execute("ROLLBACK")
