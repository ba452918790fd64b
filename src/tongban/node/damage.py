"""What is known to be damaged and not restored, kept in the store so that it outlasts a process."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import structlog

from tongban.channels.messages import Wanted
from tongban.logs.rows import LogKind
from tongban.node.kept_lists import KeptLists
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

#: Entries that are looked at in one step.
SLICE = 1_000

_WANTS = KeptLists(msgspec.json.Decoder(list[Wanted]))
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Some consecutive entries; kind and peer: of their log, writer: whose it is."""

    kind: LogKind
    peer: str
    writer: str
    log: int
    generation: int
    first: int
    stop: int

    def wanted(self, index: int, body: str = "") -> Wanted:
        """An entry of the same generation, or one of its bodies, as peers speak of it."""
        return Wanted(writer=self.writer, generation=self.generation, index=index, body=body)


class Ledger:
    """Three lists for each peer: what is damaged, what of that it lacks, and which trees are."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def windows(self, connection: Connection) -> list[Window]:
        """Everything that there is to look at."""
        logs = [(LogKind.HOME, "")]
        for row in self._kernel.store.peers(connection):
            logs += [(LogKind.OWN, row.name), (LogKind.MIRROR, row.name)]
        return [window for kind, peer in logs for window in self._windows(connection, kind, peer)]

    def damaged(self, connection: Connection, peer: str) -> list[Wanted]:
        """Entries and bodies that a peer may have; those of the home log where there is none."""
        return self._read(connection, f"damaged/{peer}")

    def lacking(self, connection: Connection, peer: str) -> list[Wanted]:
        """Those of them that the peer was asked for and could not give back."""
        return self._read(connection, f"lacking/{peer}")

    def torn(self, connection: Connection, peer: str) -> list[Wanted]:
        """Generations, by their first entries, of which nothing shows the right hashes."""
        return self._read(connection, f"torn/{peer}")

    def put_damaged(self, connection: Connection, peer: str, places: Sequence[Wanted]) -> None:
        """The list from now on."""
        self._write(connection, f"damaged/{peer}", places)

    def put_lacking(self, connection: Connection, peer: str, places: Sequence[Wanted]) -> None:
        """The list from now on."""
        self._write(connection, f"lacking/{peer}", places)

    def put_torn(self, connection: Connection, peer: str, places: Sequence[Wanted]) -> None:
        """The list from now on."""
        self._write(connection, f"torn/{peer}", places)

    def want(self, connection: Connection, window: Window, index: int, body: str = "") -> None:
        """An entry, or a body, is damaged; nothing changes where that is known."""
        peer, place = window.peer, window.wanted(index, body)
        known = self.damaged(connection, peer)
        if place in known:
            return
        self.put_damaged(connection, peer, [*known, place])
        whence = f"{peer} is asked for it" if peer else "only a backup has it"
        _log.error("damage_found", peer=peer, reason=whence, **msgspec.to_builtins(place))

    def _windows(self, connection: Connection, kind: LogKind, peer: str) -> list[Window]:
        store = self._kernel.store
        log = store.find_log(connection, kind=kind, peer=peer)
        if log is None:
            return []
        # How many entries there are; the size that is stored may have rotted itself.
        return [
            Window(
                kind=kind,
                peer=peer,
                writer=peer if kind is LogKind.MIRROR else self._kernel.identity.name,
                log=log,
                generation=each.generation,
                first=first,
                stop=min(first + SLICE, size),
            )
            for each in store.generations(connection, log)
            for size in [store.stored_end(connection, log, each.generation).entries]
            for first in range(0, size, SLICE)
        ]

    def _read(self, connection: Connection, key: str) -> list[Wanted]:
        return _WANTS.read(self._kernel.store, connection, key)

    def _write(self, connection: Connection, key: str, places: Sequence[Wanted]) -> None:
        _WANTS.write(self._kernel.store, connection, key, places)
