"""The backup file: a ZIP archive of the node's files, with a manifest of their digests."""

import errno
import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from tongban.app.backups.faults import BackupDamaged, BackupTooNew

FORMAT = "tongban-backup"
#: Version 1 was not signed, and version 2 holds no pieces of large files; both are still read.
VERSION, WITHOUT_PIECES, _SIGNED_SINCE = 3, 2, 2
MANIFEST, SIGNATURE, DATABASE, SETTINGS, DESCRIPTOR = (
    "manifest.json",
    "manifest.note",
    "tongban.db",
    "tongban.toml",
    "descriptor",
)
KEY_FILES = ("keystore", "credential", "door.der", "door.pem", "pages-secret")
#: Each piece of a large file is a file of its own, named by its SHA-256.
PIECES = "blobs/"
_PIECE = re.compile(rf"{PIECES}[0-9a-f]{{64}}")
_KEYS = tuple(f"keys/{name}" for name in KEY_FILES)
_CHUNK = 1 << 20
#: With what an archive begins, and the record that ends it where its comment is empty.
_FIRST, _LAST, _END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22
#: What reading an archive raises whose bytes were changed.
_MISREAD = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

#: Called with bytes done.
Moved = Callable[[int], None]


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file in the archive; sha256: in hexadecimal digits."""

    size: int
    sha256: str


class LogEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a generation of a log ended when the backup was made; root: in hexadecimal digits."""

    origin: str
    size: int
    root: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup says of itself; the last of its files to be written.

    tables: version of the kernel's tables. keys: whether the keys are in it, by which all opens.
    """

    format: str
    version: int
    node: str
    made_at: datetime
    tables: int
    keys: bool
    partners: tuple[str, ...]
    logs: tuple[LogEnd, ...]
    files: dict[str, File]


class Writer:
    """Puts files into an archive and remembers their digests."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, File] = {}

    def add(
        self,
        name: str,
        source: IO[bytes],
        moved: Moved = lambda _: None,
        *,
        packed: bool = True,
    ) -> None:
        """Add what can be read from source; packed: made smaller, which sealed bytes do not get."""
        digest, size = hashlib.sha256(), 0
        told = zipfile.ZipInfo(name)
        told.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._archive.open(told, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                moved(size)
        self.files[name] = File(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest, sign: Callable[[bytes], bytes]) -> None:
        """Add the manifest and its signature, without which the archive is no backup."""
        data = msgspec.json.format(msgspec.json.encode(manifest))
        self._archive.writestr(SIGNATURE, sign(data))
        self._archive.writestr(MANIFEST, data)


class Backup:
    """An archive to read from; every file is checked against the manifest as it is read.

    signature: the note beside the manifest, None in a backup of version 1.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        with self._reading():
            self.manifest_bytes = archive.read(MANIFEST)
        self.manifest = self._manifest(self.manifest_bytes)
        self.signature = self._signature()

    def has(self, name: str) -> bool:
        """Whether the file is in the archive."""
        return name in self.manifest.files

    def extract(self, name: str, target: Path, moved: Moved = lambda _: None) -> None:
        """Write a file of the archive; raises BackupDamaged, and then what is there is no good."""
        stated, digest, size = self.manifest.files[name], hashlib.sha256(), 0
        with self._reading(), self._archive.open(name) as source, _private(target) as file:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
                moved(size)
        if (size, digest.hexdigest()) != (stated.size, stated.sha256):
            raise self._damaged(f"{name} is not what the manifest says")

    def read(self, name: str) -> bytes:
        """A small file of the archive; raises BackupDamaged."""
        with self._reading():
            data = self._archive.read(name)
        if hashlib.sha256(data).hexdigest() != self.manifest.files[name].sha256:
            raise self._damaged(f"{name} is not what the manifest says")
        return data

    def _signature(self) -> bytes | None:
        if self.manifest.version < _SIGNED_SINCE:
            return None
        with self._reading():
            return self._archive.read(SIGNATURE)

    def _manifest(self, data: bytes) -> Manifest:
        try:
            said = msgspec.json.decode(data)
            if (said["format"], said["version"] > VERSION) == (FORMAT, True):
                raise BackupTooNew(
                    f"{self._path} is a backup of version {said['version']} and this software "
                    f"reads version {VERSION}; restore it with the version that made it"
                )
            manifest = msgspec.convert(said, type=Manifest)
        except (msgspec.MsgspecError, KeyError, TypeError) as error:
            raise self._damaged("its manifest cannot be read") from error
        self._check(manifest)
        return manifest

    def _check(self, manifest: Manifest) -> None:
        held, known = set(self._archive.namelist()), {DATABASE, SETTINGS, DESCRIPTOR, *_KEYS}
        own = {MANIFEST} if manifest.version < _SIGNED_SINCE else {MANIFEST, SIGNATURE}
        if manifest.format != FORMAT or held != {*own, *manifest.files}:
            raise self._damaged("it does not hold the files that its manifest names")
        if manifest.version > WITHOUT_PIECES:
            known |= {name for name, file in manifest.files.items() if _is_piece(name, file)}
        if not {DATABASE, SETTINGS, DESCRIPTOR} <= manifest.files.keys() <= known:
            raise self._damaged("it holds other files than a backup does")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _MISREAD as error:
            raise self._damaged("part of it is missing or changed") from error
        except OSError as error:
            # A changed directory also sends the reader to places before the file.
            if error.errno != errno.EINVAL:
                raise
            raise self._damaged("part of it is missing or changed") from error

    def _damaged(self, what: str) -> BackupDamaged:
        return BackupDamaged(
            f"{self._path} is no whole backup: {what}. Use another backup; nothing was changed"
        )


def _is_piece(name: str, file: File) -> bool:
    return bool(_PIECE.fullmatch(name)) and name == f"{PIECES}{file.sha256}"


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup to read from; raises BackupDamaged, BackupTooNew or OSError."""
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except (*_MISREAD, OSError) as error:
            raise BackupDamaged(
                f"{path} is no backup, or the end of it is missing. Use another backup; nothing "
                "was changed"
            ) from error
        with archive:
            _demand_all_of_it(path, file)
            yield Backup(path, archive)


def _demand_all_of_it(path: Path, file: IO[bytes]) -> None:
    """Raises BackupDamaged where anything stands before or after the archive in the file."""
    file.seek(0)
    first = file.read(len(_FIRST))
    file.seek(-_END_BYTES, os.SEEK_END)
    last = file.read()
    # Its comment is empty, so the record that ends an archive ends the file.
    if first != _FIRST or last[: len(_LAST)] != _LAST or last[-2:] != bytes(2):
        raise BackupDamaged(
            f"{path} holds more than a backup, before or after it. Use another backup; nothing was "
            "changed"
        )


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        yield file
