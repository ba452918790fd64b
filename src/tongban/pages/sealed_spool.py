"""Uploads that wait in a file without a name, sealed under a key that only this process has.

What people hand in is personal; a disk keeps what was written to it for long after.
"""

import tempfile
from collections.abc import Iterator

from tongban.evidence.pieces import KEY_BYTES, PIECE_BYTES, TAG_BYTES, open_piece, seal_piece
from tongban.pages.node_access import draw


class SealedSpool:
    """A file that is written once, and read from its beginning as often as one likes."""

    def __init__(self) -> None:
        self._key = draw(KEY_BYTES)
        self._waiting = bytearray()
        self._blocks = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the upload
        self.size = 0
        self.seek(0)

    def write(self, content: bytes) -> None:
        """Add to its end; before anything is read."""
        self.size += len(content)
        self._waiting += content
        while len(self._waiting) >= PIECE_BYTES:
            self._file.write(
                seal_piece(self._key, self._blocks, bytes(self._waiting[:PIECE_BYTES]))
            )
            self._blocks += 1
            del self._waiting[:PIECE_BYTES]

    def seek(self, offset: int) -> None:
        """Read from the beginning again; there is no other place to go to."""
        if offset:
            raise ValueError("an upload is read from its beginning")
        self._unread = bytearray()
        self._left = self._contents()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, or all that are left."""
        while size < 0 or len(self._unread) < size:
            block = next(self._left, None)
            if block is None:
                break
            self._unread += block
        end = len(self._unread) if size < 0 else size
        content = bytes(self._unread[:end])
        del self._unread[:end]
        return content

    def close(self) -> None:
        """Let go of the file, which has no name and so is gone."""
        self._file.close()

    def _contents(self) -> Iterator[bytes]:
        for number in range(self._blocks):
            self._file.seek(number * (PIECE_BYTES + TAG_BYTES))
            yield open_piece(self._key, number, self._file.read(PIECE_BYTES + TAG_BYTES))
        yield bytes(self._waiting)
