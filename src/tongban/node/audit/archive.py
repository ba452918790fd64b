"""The store under examination: its logs by name, its entries one by one, whatever they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tongban.logs.faults import EntryDamaged
from tongban.logs.rows import Generation, LogKind, StoredEntry
from tongban.logs.store import Store
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

_BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class ExaminedLog:
    """One log: its number in the store, whose it is, and who holds the other copy.

    peer: "" for the home log. writer: whose checkpoints it has. mirror: who cosigns it; None for
    the home log, which nobody does.
    """

    log: int
    kind: LogKind
    peer: str
    writer: Peer
    mirror: Peer | None

    def __str__(self) -> str:
        match self.kind:
            case LogKind.OWN:
                return f"own log to {self.peer}"
            case LogKind.MIRROR:
                return f"log of {self.peer} to this node"
            case LogKind.HOME:
                return "home log"

    @property
    def remedy(self) -> str:
        """What helps where this log is damaged."""
        if self.kind is LogKind.HOME:
            return (
                "nobody else holds the home log: restore the newest backup that `tongban restore "
                "--verify` finds whole"
            )
        return (
            "restore the newest backup that `tongban restore --verify` finds whole; what came "
            f"after it is given back by {self.peer}, who holds the same log"
        )


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A store on one connection, which sees one state.

    identity: whose store it is. peers: every partner that was paired. with_bodies: the data key
    is the store's own, so that bodies open.
    """

    store: Store
    connection: Connection
    identity: Peer
    peers: dict[str, Peer]
    with_bodies: bool = True

    @cached_property
    def logs(self) -> tuple[ExaminedLog, ...]:
        """Every log that holds anything; the home log first."""
        found = [self._log(LogKind.HOME, "")]
        for peer in sorted(self.peers):
            found += [self._log(LogKind.OWN, peer), self._log(LogKind.MIRROR, peer)]
        return tuple(log for log in found if log is not None)

    def generations(self, log: ExaminedLog) -> list[Generation]:
        """All generations of a log."""
        return self.store.generations(self.connection, log.log)

    def entries(self, log: ExaminedLog, generation: int) -> Iterator[tuple[int, StoredEntry | str]]:
        """Each entry there is, by index; in place of one whose bytes changed, what is said of it.

        Missing ones are passed over.
        """
        size = next(g.size for g in self.generations(log) if g.generation == generation)
        for first in range(0, size, _BATCH):
            stop = min(first + _BATCH, size)
            try:
                rows = self.store.entries(self.connection, log.log, generation, first, stop)
            except EntryDamaged:
                yield from self._one_by_one(log, generation, first, stop)
            else:
                yield from ((row.index, row) for row in rows)

    def leaf(self, log: ExaminedLog, generation: int, index: int) -> bytes:
        """The leaf hash that is stored, whatever became of the entry's bytes."""
        return self.store.subtree(self.connection, log.log, generation)(0, index)

    @cached_property
    def size(self) -> int:
        """How many entries all logs say that they have."""
        return sum(g.size for log in self.logs for g in self.generations(log))

    def _one_by_one(
        self, log: ExaminedLog, generation: int, first: int, stop: int
    ) -> Iterator[tuple[int, StoredEntry | str]]:
        for index in range(first, stop):
            try:
                row = self.store.entry(self.connection, log.log, generation, index)
            except EntryDamaged:
                yield index, "its bytes are not those that were hashed"
            else:
                if row is not None:
                    yield index, row

    def _log(self, kind: LogKind, peer: str) -> ExaminedLog | None:
        number = self.store.find_log(self.connection, kind=kind, peer=peer)
        if number is None:
            return None
        partner = self.peers.get(peer)
        mirrored = kind is LogKind.MIRROR
        return ExaminedLog(
            log=number,
            kind=kind,
            peer=peer,
            writer=partner if mirrored and partner else self.identity,
            mirror=self.identity if mirrored else partner,
        )


def archive_of(kernel: Kernel, connection: Connection, *, with_bodies: bool) -> Archive:
    """The store of a node; with_bodies: the kernel's data key is the store's own."""
    return Archive(
        store=kernel.store,
        connection=connection,
        identity=kernel.identity.as_peer(),
        peers={name: kernel.peers.require(name) for name in kernel.peers.names()},
        with_bodies=with_bodies,
    )
