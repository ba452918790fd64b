"""The node's transactions on Django's connections, so that entries and read models are one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from tongban.node.fair_queue import FairQueue
from tongban.node.storage import Certainty, storage_faults


class DjangoDatabase:
    """Lends Django's raw connection; writers pass one fair queue and begin IMMEDIATE."""

    def __init__(self) -> None:
        self._queue = FairQueue()
        self._certainty = Certainty()

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A transaction that commits on leaving and rolls back on an exception.

        Raises DiskFull or StorageFailed, StorageUncertain when it was the commit that failed and
        from then on, and RuntimeError inside a transaction of Django's: that one could still roll
        back what a partner was told is stored.
        """
        with storage_faults(), self._queue.turn():
            self._certainty.demand()
            with self._certainty.watch(transaction.atomic(durable=True)):
                yield connection.connection

    @contextmanager
    def read(self) -> Iterator[Any]:
        """One consistent state; inside a transaction of the thread, what was written so far."""
        with storage_faults():
            connection.ensure_connection()
            raw = connection.connection
            if raw.in_transaction:
                yield raw
                return
            # atomic() would begin IMMEDIATE and make every reader wait for writers.
            raw.execute("BEGIN DEFERRED")
            try:
                yield raw
            finally:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
