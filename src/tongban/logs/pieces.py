"""Sealed pieces of large files, each a file of its own that is named by its content.

They need no further encryption: the key lies in a body (spec/blobs.md).
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from tongban.evidence.pieces import piece_name

_DRAFT = ".draft"


class PieceStore(Protocol):
    """Pieces by name; every call stands for itself, outside any transaction."""

    def put(self, sealed: bytes) -> bytes:
        """Its name; durable when this returns. Raises OSError, and then it is as before."""
        ...

    def get(self, name: bytes) -> bytes | None:
        """The sealed piece; None where it is not here, or is not what its name says any more."""
        ...

    def holds(self, name: bytes) -> bool:
        """Whether there is such a piece, whole or not."""
        ...

    def drop(self, name: bytes) -> None:
        """Remove it, if it is there."""
        ...

    def names(self) -> Iterable[bytes]:
        """Of every piece that is here."""
        ...

    def clear_drafts(self) -> None:
        """Remove what a process that died was about to write; only before anybody writes."""
        ...


class PieceFolder:
    """Implements PieceStore below one folder, in 256 folders by the first byte of the name."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, sealed: bytes) -> bytes:
        """Under a temporary name first, so that a piece is there wholly or not at all."""
        name = piece_name(sealed)
        path = self._path(name)
        self._make_ready(path.parent)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{id(sealed)}{_DRAFT}")
        try:
            _write(draft, sealed)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return name

    def get(self, name: bytes) -> bytes | None:
        """Read and checked: a disk may have changed it."""
        try:
            sealed = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        return sealed if piece_name(sealed) == name else None

    def holds(self, name: bytes) -> bool:
        """Whether its file is there."""
        return self._path(name).exists()

    def drop(self, name: bytes) -> None:
        """Remove its file."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[bytes]:
        """Of every piece that is here, by folder."""
        for path in sorted(self._root.glob("??/*")):
            if not path.name.endswith(_DRAFT):
                yield bytes.fromhex(path.name)

    def clear_drafts(self) -> None:
        """Remove what a process that died was about to write; only before anybody writes."""
        for draft in self._root.glob(f"??/*{_DRAFT}"):
            draft.unlink(missing_ok=True)

    def _path(self, name: bytes) -> Path:
        text = name.hex()
        return self._root / text[:2] / text

    def _make_ready(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(self._root)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """What a folder lists is durable only when the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
