"""Every leaf, every root, every signature: the logs are what was stated and signed about them."""

from collections.abc import Callable, Iterator

from tongban.evidence.checkpoints import parse_checkpoint, verify_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import SignedNote, cosigned_at, parse_note
from tongban.evidence.tree import EMPTY
from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Generation, LogKind, StoredCheckpoint
from tongban.logs.tiles import TileTop, grow
from tongban.node.audit.archive import Archive, ExaminedLog
from tongban.node.audit.damage import Counts, Damage
from tongban.node.identity import Peer

_ALL = 2**62


def check_logs(archive: Archive, counts: Counts, step: Callable[[], None]) -> Iterator[Damage]:
    """Check each generation of each log from its first leaf to its end."""
    for log in archive.logs:
        counts.logs += 1
        for generation in archive.generations(log):
            yield from _Passage(archive, log, generation, counts, step).check()


class _Passage:
    """One walk along one generation, with the tree growing leaf by leaf."""

    def __init__(
        self,
        archive: Archive,
        log: ExaminedLog,
        generation: Generation,
        counts: Counts,
        step: Callable[[], None],
    ) -> None:
        self._archive = archive
        self._log = log
        self._generation = generation
        self._counts = counts
        self._step = step
        self._suite = generation.suite
        self._tree = EMPTY
        self._statements = _by_size(archive, log, generation.generation)

    def check(self) -> Iterator[Damage]:
        """Check leaves in order, and at each stated size what was stated about it."""
        for index, found in self._archive.entries(self._log, self._generation.generation):
            self._step()
            self._counts.entries += 1
            if isinstance(found, str):
                yield self._damage("entry_changed", f"entry {index}", found)
                leaf = self._archive.leaf(self._log, self._generation.generation, index)
            else:
                leaf = found.leaf_hash
                if found.data is None and not found.ground:
                    text = "its bytes are gone though it was never refused"
                    yield self._damage("entry_gone", f"entry {index}", text)
            if index != self._tree.size:
                text = f"entries {self._tree.size} to {index - 1} are missing"
                yield self._damage("entries_missing", f"entry {index}", text)
                return
            yield from self._grow(leaf)
        yield from self._check_end()

    def _grow(self, leaf: bytes) -> Iterator[Damage]:
        self._tree, tops = grow(self._suite, self._tree, [leaf])
        for top in tops:
            yield from self._check_tile(top)
        statement = self._statements.pop(self._tree.size, None)
        if statement is not None:
            yield from self._check_statement(statement)

    def _check_tile(self, top: TileTop) -> Iterator[Damage]:
        archive, number = self._archive, self._generation.generation
        subtree = archive.store.subtree(archive.connection, self._log.log, number)
        try:
            stored = subtree(top.level, top.index)
        except BrokenInvariant:
            stored = b""
        if stored != top.hash:
            place = f"inner node {top.index} at level {top.level}"
            yield self._damage("tree_changed", place, "it is not the hash of the leaves below it")

    def _check_statement(self, statement: StoredCheckpoint) -> Iterator[Damage]:
        self._counts.statements += 1
        place = f"size {statement.size}"
        if statement.root != self._tree.root(self._suite):
            text = "the root that this node stated is not the root of its entries"
            yield self._damage("root_differs", place, text)
            return
        if statement.signature is not None:
            self._counts.signatures += 1
            if not self._is_signed(statement, statement.signature, self._archive_signed):
                text = "this node's own signature under the statement does not hold"
                yield self._damage("signature_broken", place, text)
        if statement.note is not None:
            self._counts.cosignatures += 1
            if not self._is_signed(statement, statement.note, self._partner_signed):
                text = f"the signature of {self._log.peer} does not hold"
                yield self._damage("signature_broken", place, text)

    def _check_end(self) -> Iterator[Damage]:
        stored = self._generation
        if (self._tree.size, self._tree.root(self._suite)) != (stored.size, stored.root):
            text = f"the log says {stored.size} entries and has {self._tree.size}, or another root"
            yield self._damage("root_differs", "its end", text)
        for size in sorted(self._statements):
            text = "something was stated about it, and the log does not reach it"
            yield self._damage("entries_missing", f"size {size}", text)

    def _is_signed(
        self,
        statement: StoredCheckpoint,
        data: bytes,
        holds: Callable[[SignedNote], bool],
    ) -> bool:
        try:
            note = parse_note(data)
            stated = parse_checkpoint(note.text)
        except EvidenceFault:
            return False
        said = (stated.origin, stated.size, stated.root)
        return said == (statement.origin, statement.size, statement.root) and holds(note)

    def _archive_signed(self, note: SignedNote) -> bool:
        if self._log.kind is LogKind.MIRROR:
            return _is_cosigned(note, self._archive.identity)
        return self._is_checkpoint(note, self._archive.identity)

    def _partner_signed(self, note: SignedNote) -> bool:
        if self._log.kind is LogKind.MIRROR:
            return self._is_checkpoint(note, self._log.writer)
        mirror = self._log.mirror
        return mirror is not None and _is_cosigned(note, mirror)

    def _is_checkpoint(self, note: SignedNote, writer: Peer) -> bool:
        keys = self._generation.keys
        if not 0 < keys <= len(writer.sets):
            return False
        key = writer.checkpoint_key(self._generation.origin, keys)
        return verify_checkpoint(note, key) is not None

    def _damage(self, kind: str, place: str, text: str) -> Damage:
        where = f"{self._log}, generation {self._generation.generation}, {place}"
        return Damage(kind=kind, place=where, text=text, remedy=self._log.remedy)


def _is_cosigned(note: SignedNote, mirror: Peer) -> bool:
    """Under any of its key sets: what a mirror stored stays stored when it changes keys."""
    return any(cosigned_at(note, key) is not None for key in mirror.cosignature_keys())


def _by_size(archive: Archive, log: ExaminedLog, generation: int) -> dict[int, StoredCheckpoint]:
    found = archive.store.statements(archive.connection, log.log, generation, after=0, limit=_ALL)
    return {statement.size: statement for statement in found}
