"""The node's transactions on PostgreSQL, in which what pages keep and entries are one.

A server counts connections, and a node has a thread for each partner. So writers, of whom there is
one at a time anyway, pass one connection of Django's on, and readers borrow one for as long as they
read; only threads that serve pages have their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tongban.node.fair_queue import FairQueue
from tongban.node.faults import BrokenInvariant
from tongban.node.postgresql_database import PostgresqlDatabase
from tongban.node.storage import Certainty, doubt_of, storage_faults


class DjangoPostgresql:
    """Lends raw connections; writers pass one fair queue, and the lock of the schema.

    beside: connections of the node's own to the same schema, which read, and ask how a commit
    ended.
    """

    def __init__(self, beside: PostgresqlDatabase, using: str = DEFAULT_DB_ALIAS) -> None:
        self._beside = beside
        self._using = using
        self._queue = FairQueue()
        self._certainty = Certainty()
        self._writers: BaseDatabaseWrapper | None = None

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
            if self._beside.is_lent:
                raise BrokenInvariant("a transaction was begun inside a read of the same thread")
            with self._certainty.watch(self._transaction()) as raw:
                yield raw

    @contextmanager
    def read(self) -> Iterator[Any]:
        """One consistent state; inside a transaction of the thread, what was written so far."""
        own = connections[self._using]
        if own.in_atomic_block:
            with storage_faults():
                yield own.connection
            return
        with self._beside.read() as raw:
            yield raw

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._beside.make_ready()
        is_committing = False
        try:
            with self._for_writers() as writers, transaction.atomic(self._using, durable=True):
                self._beside.take_turn(writers.connection)
                yield writers.connection
                self._beside.mark(writers.connection)
                is_committing = True
        except Error as error:
            if not (is_committing and doubt_of(error)):
                raise
            self._beside.demand_done(error)

    @contextmanager
    def _for_writers(self) -> Iterator[BaseDatabaseWrapper]:
        """Let what this thread asks of Django go over the connection that writers pass on."""
        own = connections[self._using]
        if own.in_atomic_block:
            raise RuntimeError("a durable transaction cannot begin inside another of Django's")
        writers = self._usable()
        connections[self._using] = writers
        try:
            yield writers
        finally:
            connections[self._using] = own

    def _usable(self) -> BaseDatabaseWrapper:
        """The server may have been started anew since somebody wrote last."""
        if self._writers is None:
            self._writers = connections.create_connection(self._using)
            self._writers.inc_thread_sharing()
        if self._writers.connection is not None and not self._writers.is_usable():
            self._writers.close()
        self._writers.ensure_connection()
        return self._writers
