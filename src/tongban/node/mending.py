"""Puts right hashes that rotted, by what this node has itself or by what a peer gave back."""

from collections.abc import Iterable, Iterator, Sequence

import structlog

from tongban.channels.messages import Restored
from tongban.evidence.tree import leaf_hash
from tongban.logs.rows import Leaf
from tongban.node.damage import Ledger, Window
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.right_hashes import RightHashes, examine, put_right
from tongban.node.work import Place

_log = structlog.get_logger(__name__)


class Mending:
    """One generation at a time, because each root is of all that lies before it."""

    def __init__(self, kernel: Kernel, ledger: Ledger) -> None:
        self._kernel = kernel
        self._ledger = ledger

    def mend(self, window: Window) -> int:
        """Put right a window's generation, and want entries that would show what is right there.

        How many hashes were wrong. No writer waits for the walk along years of entries.
        """
        place = (window.log, window.generation)
        with self._kernel.database.read() as connection:
            found = examine(self._kernel, connection, *place)
        with self._kernel.database.write() as connection:
            for index in found.doubtful:
                self._ledger.want(connection, window, index)
            self._keep(connection, window, found)
        return found.count

    def mend_by(self, connection: Connection, peer: str, restored: Sequence[Restored]) -> None:
        """Put right what entries that the peer gave back show, where they fit what was stated."""
        given: dict[tuple[str, int], dict[int, bytes]] = {}
        for each in restored:
            if each.entry:
                given.setdefault((each.writer, each.generation), {})[each.index] = each.entry
        for window in self._ledger.windows(connection) if given else ():
            between = window.peer == peer
            entries = given.pop((window.writer, window.generation), {}) if between else {}
            suite = self._kernel.store.suite_of(connection, window.log, window.generation)
            hashes = {index: leaf_hash(suite, data) for index, data in entries.items()}
            leaves = list(self._leaves(connection, window, hashes))
            # Mostly only bytes rotted, and those that fit the hash go back without a walk.
            if any(leaf.stored != hashes[leaf.index] for leaf in leaves):
                place = (window.log, window.generation)
                found = examine(self._kernel, connection, *place, given=hashes)
                self._keep(connection, window, found)

    def restore(self, connection: Connection, place: Place, data: bytes) -> bool:
        """Put back an entry's bytes, unless they were erased; whether they fit its hash."""
        if self._kernel.store.restore_entry(connection, *place, data):
            return True
        log, generation, index = place
        leaves = self._kernel.store.leaves(connection, log, generation, index, index + 1)
        hash_ = leaf_hash(self._kernel.store.suite_of(connection, log, generation), data)
        return any((leaf.of_bytes, leaf.stored) == (None, hash_) for leaf in leaves)

    def note_entry(self, window: Window, index: int) -> None:
        """An entry does not fit its hash: the hash is put right, or the entry wanted."""
        with self._kernel.database.read() as connection:
            if window.wanted(index) in self._ledger.damaged(connection, window.peer):
                return
        self.mend(window)
        with self._kernel.database.write() as connection:
            if not self._is_whole(connection, window, index):
                self._ledger.want(connection, window, index)

    def note_tree(self, window: Window) -> None:
        """Hashes do not lead where they should: they are put right, or people told."""
        place = window.wanted(0)
        with self._kernel.database.read() as connection:
            if place in self._ledger.torn(connection, window.peer):
                return
        if self.mend(window) == 0:
            with self._kernel.database.write() as connection:
                self._note_torn(connection, window, torn=True)

    def _keep(self, connection: Connection, window: Window, found: RightHashes) -> None:
        """Store what was found, remember whether it is all, and want nothing that is whole."""
        put_right(self._kernel, connection, window.log, window.generation, found)
        if found.count:
            _log.warning(
                "hashes_mended",
                peer=window.peer,
                writer=window.writer,
                generation=window.generation,
                count=found.count,
            )
        self._note_torn(connection, window, torn=bool(found.doubtful) or found.torn)
        left = [
            each
            for each in self._ledger.damaged(connection, window.peer)
            if each != window.wanted(each.index)
            or each.index in found.doubtful
            or not self._is_whole(connection, window, each.index)
        ]
        self._ledger.put_damaged(connection, window.peer, left)

    def _note_torn(self, connection: Connection, window: Window, *, torn: bool) -> None:
        place = window.wanted(0)
        known = self._ledger.torn(connection, window.peer)
        others = [each for each in known if each != place]
        if torn and place not in known:
            _log.error(
                "hashes_damaged",
                peer=window.peer,
                writer=window.writer,
                generation=window.generation,
                reason="nothing that is stored shows which are right",
            )
        self._ledger.put_torn(connection, window.peer, [*others, place] if torn else others)

    def _is_whole(self, connection: Connection, window: Window, index: int) -> bool:
        """Whether the bytes of an entry fit its hash, or are erased."""
        leaves = self._leaves(connection, window, [index])
        return all(leaf.of_bytes in {None, leaf.stored} for leaf in leaves)

    def _leaves(
        self, connection: Connection, window: Window, indices: Iterable[int]
    ) -> Iterator[Leaf]:
        place = (window.log, window.generation)
        for index in indices:
            yield from self._kernel.store.leaves(connection, *place, index, index + 1)
