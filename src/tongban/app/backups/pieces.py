"""Pieces of large files in a backup: put in as they are, taken out into a node's folder."""

from collections.abc import Iterator
from io import BytesIO

from tongban.app.backups.container import PIECES, Backup, Writer
from tongban.logs.pieces import PieceFolder
from tongban.node.audit.damage import Progress
from tongban.node.faults import BrokenInvariant


def pack_pieces(
    writer: Writer, folder: PieceFolder, names: list[bytes], progress: Progress
) -> None:
    """Add the pieces that are whole; one that is not is in no backup, and a partner may have it."""
    for done, name in enumerate(names, 1):
        sealed = folder.get(name)
        if sealed is not None:
            writer.add(f"{PIECES}{name.hex()}", BytesIO(sealed), packed=False)
        progress("packing files", done, len(names))


def unpack_pieces(backup: Backup, folder: PieceFolder, progress: Progress) -> None:
    """Put every piece of the backup into a folder that lacks it; raises BackupDamaged."""
    names = list(BackupPieces(backup).names())
    for done, name in enumerate(names, 1):
        if not folder.holds(name):
            folder.put(backup.read(f"{PIECES}{name.hex()}"))
        progress("unpacking files", done, len(names))


class BackupPieces:
    """Implements PieceStore on a backup, to read from alone."""

    def __init__(self, backup: Backup) -> None:
        self._backup = backup

    def get(self, name: bytes) -> bytes | None:
        """The piece; raises BackupDamaged where it is not what the manifest says."""
        return self._backup.read(f"{PIECES}{name.hex()}") if self.holds(name) else None

    def holds(self, name: bytes) -> bool:
        """Whether it is in the backup."""
        return self._backup.has(f"{PIECES}{name.hex()}")

    def names(self) -> Iterator[bytes]:
        """Of every piece in the backup."""
        for name in self._backup.manifest.files:
            if name.startswith(PIECES):
                yield bytes.fromhex(name.removeprefix(PIECES))

    def put(self, sealed: bytes) -> bytes:
        """Never called."""
        raise BrokenInvariant(f"a piece of {len(sealed)} bytes was to be put into a backup")

    def drop(self, name: bytes) -> None:
        """Never called."""
        raise BrokenInvariant(f"the piece {name.hex()} was to be taken out of a backup")

    def clear_drafts(self) -> None:
        """There are none in a backup."""
