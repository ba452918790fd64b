"""What the node asks of the world: clock, randomness, database, projector; replaced in tests."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tongban.core.entry import Entry

#: A DB-API connection that the node lends to the store and the projector for one call.
Connection = Any


class Clock(Protocol):
    """Tells the instant, with an offset; the simulator's clock may jump."""

    def now(self) -> datetime:
        """The present instant in China time (+08:00)."""
        ...


class Randomness(Protocol):
    """Draws unpredictable bytes; the simulator's are seeded."""

    def draw(self, count: int) -> bytes:
        """`count` fresh random bytes."""
        ...


class Database(Protocol):
    """Opens the transactions of the node; writers pass one fair queue."""

    def write(self) -> AbstractContextManager[Connection]:
        """The only one that writes; commits on leaving and rolls back on an exception.

        Raises DiskFull or StorageFailed, and then nothing was stored; or StorageUncertain when the
        commit failed half way, and from then on.
        """
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """A connection for reading one consistent state; may stand inside another transaction."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One entry that took effect here, or was refused, with the state it led to.

    seq: position in this node's journal. writer: node name of the log's writer.
    settled: False while the partner's outcome of an own entry is not known; then the same entry
    comes once more, with the same seq.
    ground: "" where the entry took effect. state: the noun's state in this node's own view
    after it (CaseState, AgreementState or None). body: reads a body of the entry by name;
    None when it was erased or did not travel.
    """

    seq: int
    entry: Entry
    writer: str
    peer: str
    ground: str
    state: object | None
    settled: bool = True
    body: Callable[[str], bytes | None]


class Projector(Protocol):
    """Keeps read models in the node's own transaction; droppable and rebuilt from the logs."""

    def project(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Fold changes, in order, into the read models; called inside the transaction."""
        ...

    def forget(self, connection: Connection) -> None:
        """Empty every read model before a rebuild."""
        ...
