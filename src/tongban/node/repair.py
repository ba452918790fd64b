"""Entries whose bytes rotted on the disk, and where they come back from.

What this node wrote to a peer stands in the peer's mirror, and what it mirrors stands in the peer's
own log (spec/channels.md, "Repair"). Nobody mirrors a home log, so that comes from a backup.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import structlog

from tongban.channels.messages import Restored, Wanted
from tongban.logs.faults import EntryDamaged
from tongban.logs.rows import LogKind
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

#: Entries that are looked at in one step, wanted of one peer at a time, and given back in bytes.
SLICE = 1_000
WANTED_MAX = 256
GIVEN_BYTES_MAX = 16_000_000
#: The version of messages in which entries are wanted and restored.
VERSION = 2

_WANTS = msgspec.json.Decoder(list[Wanted])
_ENCODER = msgspec.json.Encoder()
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Some consecutive entries; kind and peer: of their log."""

    kind: LogKind
    peer: str
    log: int
    generation: int
    first: int
    stop: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """One entry that rotted. peer: who may have it, "" for the home log; lacking: it has not."""

    peer: str
    writer: str
    generation: int
    index: int
    lacking: bool = False


class Repairs:
    """What is damaged is kept in the store, so that it outlasts the process that found it."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._next = 0

    def windows(self) -> list[Window]:
        """Everything that there is to look at."""
        kernel = self._kernel
        with kernel.database.read() as connection:
            logs = [(LogKind.HOME, "")]
            for row in kernel.store.peers(connection):
                logs += [(LogKind.OWN, row.name), (LogKind.MIRROR, row.name)]
            return [
                window for kind, peer in logs for window in self._windows(connection, kind, peer)
            ]

    def look(self, windows: Sequence[Window]) -> int:
        """Look at these entries, and want back what is damaged; how many are."""
        found = 0
        for window in windows:
            with self._kernel.database.write() as connection:
                damaged = self._kernel.store.damaged_entries(
                    connection, window.log, window.generation, window.first, window.stop
                )
                for index in damaged:
                    self._want(connection, window.kind, window.peer, window.generation, index)
            found += len(damaged)
        return found

    def look_on(self) -> int:
        """Look at the next entries in turn; how many are damaged."""
        windows = self.windows()
        if not windows:
            return 0
        window = windows[self._next % len(windows)]
        self._next += 1
        return self.look([window])

    def note(self, fault: EntryDamaged) -> None:
        """Something came upon a damaged entry while it read."""
        number, generation, index = fault.place
        for window in self.windows():
            if (window.log, window.generation) == (number, generation):
                with self._kernel.database.write() as connection:
                    self._want(connection, window.kind, window.peer, generation, index)
                return

    def damage(self) -> list[Damage]:
        """Everything that is known to be damaged and not restored."""
        with self._kernel.database.read() as connection:
            names = ["", *(row.name for row in self._kernel.store.peers(connection))]
            return [
                Damage(
                    peer=name,
                    writer=each.writer,
                    generation=each.generation,
                    index=each.index,
                    lacking=each in self._read(connection, _lacking(name)),
                )
                for name in names
                for each in self._read(connection, _damaged(name))
            ]

    def wanted(self, connection: Connection, peer: str) -> list[Wanted]:
        """What to ask a peer for, which has not said that it lacks it."""
        if not self._kernel.speaks(peer, VERSION):
            return []
        lacking = self._read(connection, _lacking(peer))
        waiting = [each for each in self._read(connection, _damaged(peer)) if each not in lacking]
        return waiting[:WANTED_MAX]

    def give(self, connection: Connection, peer: str, wanted: Sequence[Wanted]) -> list[Restored]:
        """What this node has of what the peer wants back; b"" for what it lacks too."""
        given, size = [], 0
        for each in wanted[:WANTED_MAX]:
            data = self._held(connection, peer, each)
            size += len(data)
            if size > GIVEN_BYTES_MAX:
                break
            given.append(
                Restored(
                    writer=each.writer, generation=each.generation, index=each.index, entry=data
                )
            )
        return given

    def take(self, connection: Connection, peer: str, restored: Sequence[Restored]) -> bool:
        """Put back what fits; whether anything was settled, one way or the other."""
        damaged = self._read(connection, _damaged(peer))
        lacking = self._read(connection, _lacking(peer))
        before = (len(damaged), len(lacking))
        for each in restored:
            place = Wanted(writer=each.writer, generation=each.generation, index=each.index)
            if place not in damaged:
                continue
            if self._restore(connection, peer, each):
                damaged.remove(place)
                _log.info("entry_restored", peer=peer, generation=each.generation, index=each.index)
            elif place not in lacking:
                lacking.append(place)
        self._write(connection, _damaged(peer), damaged)
        self._write(connection, _lacking(peer), [each for each in lacking if each in damaged])
        return before != (len(damaged), len(lacking))

    def ask_again(self) -> None:
        """Forget who lacked what: a partner may have its own copy back."""
        with self._kernel.database.write() as connection:
            for row in self._kernel.store.peers(connection):
                self._write(connection, _lacking(row.name), [])

    def _windows(self, connection: Connection, kind: LogKind, peer: str) -> list[Window]:
        store = self._kernel.store
        log = store.find_log(connection, kind=kind, peer=peer)
        if log is None:
            return []
        return [
            Window(
                kind=kind,
                peer=peer,
                log=log,
                generation=each.generation,
                first=first,
                stop=min(first + SLICE, each.size),
            )
            for each in store.generations(connection, log)
            for first in range(0, each.size, SLICE)
        ]

    def _want(
        self, connection: Connection, kind: LogKind, peer: str, generation: int, index: int
    ) -> None:
        writer = peer if kind is LogKind.MIRROR else self._kernel.identity.name
        place = Wanted(writer=writer, generation=generation, index=index)
        known = self._read(connection, _damaged(peer))
        if place in known:
            return
        self._write(connection, _damaged(peer), [*known, place])
        whence = f"{peer} is asked for it" if peer else "only a backup has it"
        _log.error("entry_damaged", peer=peer, generation=generation, index=index, reason=whence)

    def _held(self, connection: Connection, peer: str, place: Wanted) -> bytes:
        log = self._log(connection, peer, place.writer)
        if log is None:
            return b""
        try:
            row = self._kernel.store.entry(connection, log, place.generation, place.index)
        except EntryDamaged:
            return b""
        return row.data or b"" if row else b""

    def _restore(self, connection: Connection, peer: str, each: Restored) -> bool:
        log = self._log(connection, peer, each.writer)
        if log is None:
            raise BrokenInvariant("an entry was found damaged in a log that is not here")
        place = (log, each.generation, each.index)
        return self._kernel.store.restore_entry(connection, *place, each.entry)

    def _log(self, connection: Connection, peer: str, writer: str) -> int | None:
        """The log between the two that this node writes; nobody speaks of any other here."""
        kinds = {self._kernel.identity.name: LogKind.OWN, peer: LogKind.MIRROR}
        if writer not in kinds:
            return None
        return self._kernel.store.find_log(connection, kind=kinds[writer], peer=peer)

    def _read(self, connection: Connection, key: str) -> list[Wanted]:
        return _WANTS.decode(self._kernel.store.mark(connection, key) or "[]")

    def _write(self, connection: Connection, key: str, places: Sequence[Wanted]) -> None:
        text = _ENCODER.encode(list(places)).decode()
        if text != (self._kernel.store.mark(connection, key) or "[]"):
            self._kernel.store.put_mark(connection, key, text)


def _damaged(peer: str) -> str:
    return f"damaged/{peer}"


def _lacking(peer: str) -> str:
    return f"lacking/{peer}"
