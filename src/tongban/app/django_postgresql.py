"""The node's transactions on Django's connections to PostgreSQL: pages and entries are one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from psycopg.pq import TransactionStatus

from tongban.node.fair_queue import FairQueue
from tongban.node.faults import BrokenInvariant
from tongban.node.postgresql_database import BEGIN_READ, PostgresqlDatabase
from tongban.node.storage import Certainty, doubt_of, storage_faults


class DjangoPostgresql:
    """Lends Django's raw connection; writers pass one fair queue, and the lock of the schema.

    beside: connections of the node's own to the same schema, which ask how a commit ended.
    """

    def __init__(self, beside: PostgresqlDatabase, using: str = DEFAULT_DB_ALIAS) -> None:
        self._beside = beside
        self._using = using
        self._queue = FairQueue()
        self._certainty = Certainty()

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A transaction that commits on leaving and rolls back on an exception.

        Raises DiskFull or StorageFailed, DatabaseUnfit where a crash could take back what was
        committed, StorageUncertain when it was the commit that failed and from then on, and
        RuntimeError inside a transaction of Django's: that one could still roll back what a
        partner was told is stored.
        """
        with storage_faults(), self._queue.turn():
            self._certainty.demand()
            with self._certainty.watch(self._transaction()) as raw:
                yield raw

    @contextmanager
    def read(self) -> Iterator[Any]:
        """One consistent state; inside a transaction of the thread, what was written so far."""
        with storage_faults():
            raw = self._raw()
            if raw.info.transaction_status != TransactionStatus.IDLE:
                yield raw
                return
            raw.execute(BEGIN_READ)
            try:
                yield raw
            finally:
                if not raw.closed:
                    raw.rollback()

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._beside.make_ready()
        if _is_within(self._raw()) and not connections[self._using].in_atomic_block:
            raise BrokenInvariant("a transaction was begun inside a read of the same thread")
        is_committing = False
        try:
            with transaction.atomic(using=self._using, durable=True):
                raw = connections[self._using].connection
                self._beside.take_turn(raw)
                yield raw
                self._beside.mark(raw)
                is_committing = True
        except Error as error:
            if not (is_committing and doubt_of(error)):
                raise
            self._beside.demand_done(error)

    def _raw(self) -> Any:
        """A connection that works: the server may have been started anew since the last time."""
        connection = connections[self._using]
        if not connection.in_atomic_block and not _is_within(connection.connection):
            if connection.connection is not None and not connection.is_usable():
                connection.close()
            connection.ensure_connection()
        return connection.connection


def _is_within(raw: Any) -> bool:
    return raw is not None and raw.info.transaction_status == TransactionStatus.INTRANS
