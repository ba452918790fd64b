"""What rotted on the disk, and where it comes back from.

What this node wrote to a peer stands in the peer's mirror, and what it mirrors stands in the peer's
own log (spec/channels.md, "Repair"). Nobody mirrors a home log, so that comes from a backup. Hashes
come from the entries themselves (node/mending.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
import structlog

from tongban.channels.messages import PushedBody, Restored, Wanted
from tongban.logs.faults import BodyDamaged, EntryDamaged, LogDamaged
from tongban.node.arrivals import opens_commitment
from tongban.node.damage import Ledger, Window
from tongban.node.erasures import is_there
from tongban.node.faults import BrokenInvariant
from tongban.node.giving_back import WANTED_MAX, log_between
from tongban.node.kernel import Kernel
from tongban.node.mending import Mending
from tongban.node.ports import Connection
from tongban.node.work import Place, readable

#: The versions of messages in which entries, and bodies, are wanted and restored.
VERSION, BODIES_VERSION = 2, 4

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """One entry that rotted, or one of its bodies, by name, or the hashes over a generation.

    peer: who may have it, "" for the home log; lacking: it could not give it back. tree: nothing
    that is stored shows which hashes are right.
    """

    peer: str
    writer: str
    generation: int
    index: int
    body: str = ""
    lacking: bool = False
    tree: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a look came upon: entries and bodies that are damaged, hashes that were put right."""

    damaged: int = 0
    mended: int = 0


class Repairs:
    """Looks for damage, mends what this node can mend alone, and takes the rest from peers."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._ledger = Ledger(kernel)
        self._mending = Mending(kernel, self._ledger)
        self._next = 0

    def windows(self) -> list[Window]:
        """Everything that there is to look at."""
        with self._kernel.database.read() as connection:
            return self._ledger.windows(connection)

    def look(self, windows: Sequence[Window]) -> Looked:
        """Look at these entries and the hashes over them; mend, or want back, what is damaged."""
        examined: set[tuple[int, int]] = set()
        damaged = mended = 0
        for window in windows:
            place = (window.log, window.generation)
            with self._kernel.database.read() as connection:
                seen = self._damaged_in(connection, window)
                torn = self._is_torn(connection, window, seen)
            if torn and place not in examined:
                examined.add(place)
                mended += self._mending.mend(window)
            # Looking takes long where bodies are large, so the rare find is looked at again.
            damaged += self._want_all(window) if seen else 0
        return Looked(damaged=damaged, mended=mended)

    def look_on(self) -> Looked:
        """Look at the next entries in turn."""
        windows = self.windows()
        if not windows:
            return Looked()
        window = windows[self._next % len(windows)]
        self._next += 1
        return self.look([window])

    def note(self, fault: LogDamaged | BodyDamaged) -> str:
        """Something came upon what is damaged while it read; who is asked for it, "" for nobody."""
        log, generation, index = _place_of(fault)
        with_it = [
            window
            for window in self.windows()
            if (window.log, window.generation) == (log, generation)
        ]
        for window in [each for each in with_it if each.first <= index < each.stop] or with_it[:1]:
            self._note(window, fault)
            return window.peer
        return ""

    def damage(self) -> list[Damage]:
        """Everything that is known to be damaged and not restored."""
        with self._kernel.database.read() as connection:
            names = ["", *(row.name for row in self._kernel.store.peers(connection))]
            return [each for name in names for each in self._damage_of(connection, name)]

    def wanted(self, connection: Connection, peer: str) -> list[Wanted]:
        """What to ask a peer for, which has not said that it lacks it."""
        if not self._kernel.speaks(peer, VERSION):
            return []
        lacking = self._ledger.lacking(connection, peer)
        with_bodies = self._kernel.speaks(peer, BODIES_VERSION)
        waiting = [
            each
            for each in self._ledger.damaged(connection, peer)
            if each not in lacking and (with_bodies or not each.body)
        ]
        return waiting[:WANTED_MAX]

    def take(self, connection: Connection, peer: str, restored: Sequence[Restored]) -> bool:
        """Put back what fits; whether anything was settled, one way or the other."""
        lacking = self._ledger.lacking(connection, peer)
        damaged = self._ledger.damaged(connection, peer)
        before = (len(damaged), len(lacking))
        wanted = [each for each in restored if _place(each) in damaged]
        self._mending.mend_by(connection, peer, wanted)
        # Of some it may have turned out that they are whole.
        damaged = self._ledger.damaged(connection, peer)
        for each in sorted(wanted, key=lambda each: each.body):
            place = _place(each)
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
        self._ledger.put_damaged(connection, peer, damaged)
        self._ledger.put_lacking(connection, peer, [each for each in lacking if each in damaged])
        return before != (len(damaged), len(lacking))

    def ask_again(self) -> None:
        """Forget who lacked what: a partner may have its own copy back."""
        with self._kernel.database.write() as connection:
            for row in self._kernel.store.peers(connection):
                self._ledger.put_lacking(connection, row.name, [])

    def _damaged_in(self, connection: Connection, window: Window) -> list[tuple[int, str]]:
        """Indexes of entries, each with the name of its body or, for the entry itself, ""."""
        bounds = (window.log, window.generation, window.first, window.stop)
        entries = self._kernel.store.damaged_entries(connection, *bounds)
        bodies = self._kernel.store.damaged_bodies(connection, *bounds)
        return [*((index, "") for index in entries), *bodies]

    def _is_torn(
        self, connection: Connection, window: Window, seen: Sequence[tuple[int, str]]
    ) -> bool:
        """Whether hashes do not fit each other, or the bytes that they are of."""
        bounds = (window.log, window.generation, window.first, window.stop)
        entries = any(not body for _, body in seen)
        return entries or not self._kernel.store.is_sound(connection, *bounds)

    def _want_all(self, window: Window) -> int:
        """Want what is damaged for sure; how much is."""
        with self._kernel.database.write() as connection:
            found = self._damaged_in(connection, window)
            for index, body in found:
                self._ledger.want(connection, window, index, body)
        return len(found)

    def _note(self, window: Window, fault: LogDamaged | BodyDamaged) -> None:
        """Mend it or want it; what is known already is looked at again by `look` alone."""
        if isinstance(fault, BodyDamaged):
            with self._kernel.database.write() as connection:
                self._ledger.want(connection, window, fault.place[2], fault.name)
        elif isinstance(fault, EntryDamaged):
            self._mending.note_entry(window, fault.place[2])
            # Where one rotted others may have; asked for one by one, each would cost a letter.
            self._want_all(window)
        else:
            self._mending.note_tree(window)

    def _damage_of(self, connection: Connection, peer: str) -> Iterator[Damage]:
        lacking = self._ledger.lacking(connection, peer)
        for each in self._ledger.damaged(connection, peer):
            if self._stands(connection, peer, each):
                yield _damage(peer, each, lacking=each in lacking)
        for each in self._ledger.torn(connection, peer):
            yield _damage(peer, each, lacking=True, tree=True)

    def _stands(self, connection: Connection, peer: str, place: Wanted) -> bool:
        """Whether there is anything to restore: a body may have been erased since."""
        log = None
        if place.body and peer:
            log = log_between(self._kernel, connection, peer, place.writer)
        spot = (log or 0, place.generation, place.index)
        return log is None or is_there(self._kernel, connection, spot, place.body)

    def _restore(self, connection: Connection, peer: str, each: Restored) -> bool:
        store, log = self._kernel.store, log_between(self._kernel, connection, peer, each.writer)
        if log is None:
            raise BrokenInvariant("something was found damaged in a log that is not here")
        place = (log, each.generation, each.index)
        if not each.body:
            return self._mending.restore(connection, place, each.entry)
        if not is_there(self._kernel, connection, place, each.body):
            # It was erased since.
            return True
        row = store.entry(connection, *place)
        entry = readable(row.data) if row else None
        body = PushedBody(index=each.index, name=each.body, salt=each.salt, content=each.content)
        suite = store.suite_of(connection, log, each.generation)
        fits = entry is not None and opens_commitment(suite, entry, body)
        return fits and store.restore_body(connection, *place, each.body, each.salt, each.content)


def _place_of(fault: LogDamaged | BodyDamaged) -> Place:
    if isinstance(fault, BodyDamaged | EntryDamaged):
        return fault.place
    return fault.log, fault.generation, 0


def _place(restored: Restored) -> Wanted:
    return Wanted(restored.writer, restored.generation, restored.index, restored.body)


def _damage(peer: str, place: Wanted, *, lacking: bool, tree: bool = False) -> Damage:
    return Damage(
        peer=peer,
        writer=place.writer,
        generation=place.generation,
        index=place.index,
        body=place.body,
        lacking=lacking,
        tree=tree,
    )
