"""Looking whether the pieces of kept files are there and what their names say."""

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.logs.blobs import BlobRow
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """A file that this node keeps, with the names of its pieces in order."""

    row: BlobRow
    names: list[bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedAt:
    """What a look at some files came to; last: the root of the last one, "" at the end.

    pieces: how many were looked at. damaged: how many of them are lacking or rotted.
    """

    last: str
    pieces: int
    damaged: int


def kept_files(kernel: Kernel, connection: Connection) -> Iterator[KeptFile]:
    """Every file that the node keeps, by root."""
    after = ""
    while rows := kernel.store.kept_blobs(connection, after, _AT_ONCE):
        for row in rows:
            yield KeptFile(row=row, names=kernel.store.pieces(connection, row.root))
        after = rows[-1].root


def damaged_pieces(kernel: Kernel, file: KeptFile) -> list[int]:
    """Numbers of pieces that are lacking or rotted."""
    return [number for number, name in enumerate(file.names) if kernel.pieces.get(name) is None]


class Checking:
    """Looks at files some at a time, and has partners asked for what is damaged."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._next = ""

    def look(self, after: str, limit: int) -> LookedAt:
        """Look at some files, by root, beyond one; what rotted is dropped, so that it comes."""
        kernel = self._kernel
        with kernel.database.read() as connection:
            rows = kernel.store.kept_blobs(connection, after, limit)
            files = [KeptFile(row=r, names=kernel.store.pieces(connection, r.root)) for r in rows]
        damaged = sum(self._look_at(file) for file in files)
        looked = sum(len(file.names) for file in files)
        last = rows[-1].root if len(rows) == limit else ""
        return LookedAt(last=last, pieces=looked, damaged=damaged)

    def look_on(self) -> LookedAt:
        """Look at the next file in turn."""
        looked = self.look(self._next, 1)
        if self._next and not looked.pieces:
            looked = self.look("", 1)
        self._next = looked.last
        return looked

    def lacking(self) -> list[str]:
        """Roots of files that are known not to be whole."""
        with self._kernel.database.read() as connection:
            rows = self._kernel.store.offers(connection, "")
        return [row.root for row in rows]

    def _look_at(self, file: KeptFile) -> int:
        damaged = damaged_pieces(self._kernel, file)
        if damaged:
            for number in damaged:
                self._kernel.pieces.drop(file.names[number])
            self._note(file)
        return len(damaged)

    def _note(self, file: KeptFile) -> None:
        row = BlobRow(root=file.row.root, peer="", size=file.row.size, stored=False)
        with self._kernel.database.write() as connection:
            # It may have been erased meanwhile.
            if self._kernel.store.blob(connection, row.root) is not None:
                self._kernel.store.put_blob(connection, row, self._kernel.clock.now())
