"""Large files as people hand them in and read them: always a piece at a time."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from tongban.core.blobs.manifest import (
    FILE_BYTES_MAX,
    Manifest,
    read_manifest,
    write_manifest,
)
from tongban.core.body import Body
from tongban.evidence.faults import SealBroken
from tongban.evidence.pieces import KEY_BYTES, PIECE_BYTES, open_piece, piece_name, seal_piece
from tongban.logs.blobs import BlobRow
from tongban.node.blobs.checking import Checking
from tongban.node.blobs.placing import is_whole
from tongban.node.faults import FileIncomplete, FileTooLarge
from tongban.node.kernel import Kernel
from tongban.node.storage import disk_faults

#: What nothing came of is kept for so long: an upload that no entry named, an offer that ended.
IDLE_DAYS = 30


#: More of a file is never held in memory.
WHOLE_BYTES_MAX = 20_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A file that is read; chunks: its content, to be gone through once."""

    media: str
    size: int
    chunks: Iterator[bytes]


class Files:
    """Keeps files as pieces, gives them back, and clears away what nobody needs."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.checking = Checking(kernel)
        # Pieces of uploads that are not whole yet: no row lists them, and no sweep may take them.
        self._guard = threading.Lock()
        self._coming: set[bytes] = set()

    def keep(self, name: str, media: str, chunks: Iterable[bytes]) -> Body:
        """The body that lists a file's pieces, which are durable when this returns.

        Raises FileTooLarge, DiskFull or StorageFailed, and then nothing of it is kept.
        """
        kernel, key = self._kernel, self._kernel.randomness.draw(KEY_BYTES)
        with self._writing() as names:
            size = 0
            for number, content in enumerate(_cut(chunks)):
                size += len(content)
                if size > FILE_BYTES_MAX:
                    raise FileTooLarge(f"a file has at most {FILE_BYTES_MAX:,} bytes; divide it")
                self._put(names, seal_piece(key, number, content))
            manifest = Manifest(
                media=media, size=size, key=key.hex(), pieces=tuple(each.hex() for each in names)
            )
            content = write_manifest(read_manifest(write_manifest(manifest)))
            row = BlobRow(root=manifest.blob.root, peer="", size=size, stored=True)
            with kernel.database.write() as connection:
                kernel.store.put_blob(connection, row, kernel.clock.now(), names)
        return Body(name=name, media=media, content=content, blob=manifest.blob)

    def open(self, manifest: Manifest) -> Reading:
        """The file that a manifest lists; raises FileIncomplete where pieces are lacking."""
        if not is_whole(self._kernel, manifest.names):
            self._doubt(manifest)
            raise FileIncomplete(
                "pieces of the file are not on this node's disk; it asks the partner for them, so "
                "try again in a while"
            )
        return Reading(media=manifest.media, size=manifest.size, chunks=self._opened(manifest))

    def read(self, body: Body) -> Reading:
        """The content of a body, or the file that it lists; raises what `open` raises."""
        if body.blob is not None:
            return self.open(read_manifest(body.content))
        return Reading(media=body.media, size=len(body.content), chunks=iter([body.content]))

    def whole(self, body: Body) -> bytes:
        """All of it at once; raises FileTooLarge for what is read in chunks alone."""
        reading = self.read(body)
        if reading.size > WHOLE_BYTES_MAX:
            raise FileTooLarge(
                f"the file has {reading.size:,} bytes; read it a part at a time, as pages do"
            )
        return b"".join(reading.chunks)

    def sweep(self) -> int:
        """Clear away files that nobody needs, and pieces of none; how many pieces went."""
        kernel, gone = self._kernel, 0
        with kernel.database.write() as connection:
            until = kernel.clock.now() - timedelta(days=IDLE_DAYS)
            names = [
                name
                for row in kernel.store.idle_blobs(connection, until)
                for name in kernel.store.forget_blob(connection, row.root, row.peer)
            ]
        for name in names:
            gone += self._drop(name)
        return gone

    def clear_leftovers(self) -> int:
        """Drop pieces that no file lists, such as those of an upload that was cut off."""
        gone = 0
        self._kernel.pieces.clear_drafts()
        for name in self._kernel.pieces.names():
            gone += self._drop(name)
        return gone

    def _drop(self, name: bytes) -> int:
        """Under the guard, so that what comes back this moment stays."""
        with self._guard, self._kernel.database.read() as connection:
            if name in self._coming or self._kernel.store.is_listed(connection, name):
                return 0
            self._kernel.pieces.drop(name)
            return 1

    def _put(self, names: list[bytes], sealed: bytes) -> None:
        name = piece_name(sealed)
        with self._guard:
            self._coming.add(name)
        names.append(name)
        with disk_faults():
            self._kernel.pieces.put(sealed)

    @contextmanager
    def _writing(self) -> Iterator[list[bytes]]:
        """Names of what is written; dropped again unless all of it comes to be listed."""
        names: list[bytes] = []
        try:
            yield names
        except BaseException:
            with self._guard:
                self._coming -= set(names)
            for name in names:
                self._drop(name)
            raise
        with self._guard:
            self._coming -= set(names)

    def _opened(self, manifest: Manifest) -> Iterator[bytes]:
        key = bytes.fromhex(manifest.key)
        for number, name in enumerate(manifest.names):
            sealed = self._kernel.pieces.get(name)
            try:
                yield open_piece(key, number, sealed or b"")
            except SealBroken as error:
                self._doubt(manifest)
                raise FileIncomplete(
                    f"piece {number} of the file rotted on this node's disk; it asks the partner "
                    "for it, so try again in a while"
                ) from error

    def _doubt(self, manifest: Manifest) -> None:
        """Have the partner asked for what is lacking; what rotted is dropped first."""
        kernel = self._kernel
        for name in manifest.names:
            if kernel.pieces.holds(name) and kernel.pieces.get(name) is None:
                kernel.pieces.drop(name)
        row = BlobRow(root=manifest.blob.root, peer="", size=manifest.size, stored=False)
        with kernel.database.write() as connection:
            kernel.store.put_blob(connection, row, kernel.clock.now(), manifest.names)


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)
