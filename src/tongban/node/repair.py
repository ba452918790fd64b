"""Entries and bodies that rotted on the disk, and where they come back from.

What this node wrote to a peer stands in the peer's mirror, and what it mirrors stands in the peer's
own log (spec/channels.md, "Repair"). Nobody mirrors a home log, so that comes from a backup.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import structlog

from tongban.channels.messages import PushedBody, Restored, Wanted
from tongban.core.entry import Entry
from tongban.logs.faults import BodyDamaged, EntryDamaged
from tongban.logs.rows import LogKind, StoredBody
from tongban.node.arrivals import opens_commitment
from tongban.node.erasures import erased_by, is_there
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import readable

#: Entries that are looked at in one step, wanted of one peer at a time, and given back in bytes.
SLICE = 1_000
WANTED_MAX = 256
GIVEN_BYTES_MAX = 16_000_000
#: The versions of messages in which entries, and bodies, are wanted and restored.
VERSION, BODIES_VERSION = 2, 4

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
    """One entry that rotted, or one of its bodies, by name.

    peer: who may have it, "" for the home log; lacking: it has not.
    """

    peer: str
    writer: str
    generation: int
    index: int
    body: str = ""
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
            with self._kernel.database.read() as connection:
                seen = self._damaged_in(connection, window)
            # Looking takes long where bodies are large, so the rare find is looked at again.
            if seen:
                with self._kernel.database.write() as connection:
                    for index, body in self._damaged_in(connection, window):
                        self._want(connection, window, index, body)
            found += len(seen)
        return found

    def look_on(self) -> int:
        """Look at the next entries in turn; how many are damaged."""
        windows = self.windows()
        if not windows:
            return 0
        window = windows[self._next % len(windows)]
        self._next += 1
        return self.look([window])

    def note(self, fault: EntryDamaged | BodyDamaged) -> str:
        """Something came upon what is damaged while it read; who is asked for it, "" for nobody."""
        number, generation, index = fault.place
        for window in self.windows():
            if (window.log, window.generation) == (number, generation):
                with self._kernel.database.write() as connection:
                    self._want(connection, window, index, getattr(fault, "name", ""))
                return window.peer
        return ""

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
                    body=each.body,
                    lacking=each in self._read(connection, _lacking(name)),
                )
                for name in names
                for each in self._read(connection, _damaged(name))
                if self._stands(connection, name, each)
            ]

    def wanted(self, connection: Connection, peer: str) -> list[Wanted]:
        """What to ask a peer for, which has not said that it lacks it."""
        if not self._kernel.speaks(peer, VERSION):
            return []
        lacking = self._read(connection, _lacking(peer))
        with_bodies = self._kernel.speaks(peer, BODIES_VERSION)
        waiting = [
            each
            for each in self._read(connection, _damaged(peer))
            if each not in lacking and (with_bodies or not each.body)
        ]
        return waiting[:WANTED_MAX]

    def give(self, connection: Connection, peer: str, wanted: Sequence[Wanted]) -> list[Restored]:
        """What this node has of what the peer wants back; b"" for what it lacks too."""
        given, size = [], 0
        for each in wanted[:WANTED_MAX]:
            restored = self._given(connection, peer, each)
            size += len(restored.entry) + len(restored.content)
            if size > GIVEN_BYTES_MAX:
                break
            given.append(restored)
        return given

    def take(self, connection: Connection, peer: str, restored: Sequence[Restored]) -> bool:
        """Put back what fits; whether anything was settled, one way or the other."""
        damaged = self._read(connection, _damaged(peer))
        lacking = self._read(connection, _lacking(peer))
        before = (len(damaged), len(lacking))
        for each in sorted(restored, key=lambda each: each.body):
            place = Wanted(each.writer, each.generation, each.index, each.body)
            if place not in damaged:
                continue
            try:
                back = self._restore(connection, peer, each)
            except EntryDamaged:
                # A body is compared with its entry, which has to come back first.
                continue
            if back:
                damaged.remove(place)
                _log.info("damage_repaired", peer=peer, **msgspec.to_builtins(place))
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

    def _damaged_in(self, connection: Connection, window: Window) -> list[tuple[int, str]]:
        """Indexes of entries, each with the name of its body or, for the entry itself, ""."""
        bounds = (window.log, window.generation, window.first, window.stop)
        entries = self._kernel.store.damaged_entries(connection, *bounds)
        bodies = self._kernel.store.damaged_bodies(connection, *bounds)
        return [*((index, "") for index in entries), *bodies]

    def _want(self, connection: Connection, window: Window, index: int, body: str) -> None:
        peer = window.peer
        writer = peer if window.kind is LogKind.MIRROR else self._kernel.identity.name
        place = Wanted(writer=writer, generation=window.generation, index=index, body=body)
        known = self._read(connection, _damaged(peer))
        if place in known:
            return
        self._write(connection, _damaged(peer), [*known, place])
        whence = f"{peer} is asked for it" if peer else "only a backup has it"
        _log.error("damage_found", peer=peer, reason=whence, **msgspec.to_builtins(place))

    def _stands(self, connection: Connection, peer: str, place: Wanted) -> bool:
        """Whether there is anything to restore: a body may have been erased since."""
        log = self._log(connection, peer, place.writer) if place.body and peer else None
        spot = (log or 0, place.generation, place.index)
        return log is None or is_there(self._kernel, connection, spot, place.body)

    def _given(self, connection: Connection, peer: str, wanted: Wanted) -> Restored:
        lacking = Restored(wanted.writer, wanted.generation, wanted.index, b"", wanted.body)
        log = self._log(connection, peer, wanted.writer)
        if log is None:
            return lacking
        place = (log, wanted.generation, wanted.index)
        try:
            row = self._kernel.store.entry(connection, *place)
            if not wanted.body:
                return msgspec.structs.replace(lacking, entry=row.data or b"" if row else b"")
            body = self._body(connection, peer, place, wanted.body)
        except (EntryDamaged, BodyDamaged):
            return lacking
        if body is None:
            return lacking
        return msgspec.structs.replace(lacking, salt=body.salt, content=body.content)

    def _body(
        self, connection: Connection, peer: str, place: tuple[int, int, int], name: str
    ) -> StoredBody | None:
        """A body, unless the peer's own log says that it erased it: it may not have it again."""
        store, (log, generation, index) = self._kernel.store, place
        entry = self._entry(connection, place)
        head = store.head_of(connection, log, generation)
        if entry is None or head is None:
            return None
        erased = erased_by(self._kernel, connection, peer, entry.subject.id)
        if (head.origin, index, name) in set(erased):
            return None
        return store.body(connection, *place, name)

    def _restore(self, connection: Connection, peer: str, each: Restored) -> bool:
        store, log = self._kernel.store, self._log(connection, peer, each.writer)
        if log is None:
            raise BrokenInvariant("something was found damaged in a log that is not here")
        place = (log, each.generation, each.index)
        if not each.body:
            return store.restore_entry(connection, *place, each.entry)
        if not is_there(self._kernel, connection, place, each.body):
            # It was erased since.
            return True
        entry = self._entry(connection, place)
        body = PushedBody(index=each.index, name=each.body, salt=each.salt, content=each.content)
        suite = self._kernel.identity.suite
        fits = entry is not None and opens_commitment(suite, entry, body)
        return fits and store.restore_body(connection, *place, each.body, each.salt, each.content)

    def _entry(self, connection: Connection, place: tuple[int, int, int]) -> Entry | None:
        row = self._kernel.store.entry(connection, *place)
        return readable(row.data) if row else None

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
