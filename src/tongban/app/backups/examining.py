"""Examines a copy of a node's database, with the node's keys or with what is public of them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tongban.app.key_files import Secrets
from tongban.app.settings import BLOBS
from tongban.catalogue.calendar import load_calendar
from tongban.channels.descriptors import KeySet, read_descriptor
from tongban.evidence.key_sets import KeySets
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES
from tongban.logs.pieces import PieceFolder, PieceStore
from tongban.logs.sqlite import SqliteStore
from tongban.logs.sqlite.migration import migrate
from tongban.logs.vault import DATA_KEY_BYTES
from tongban.node.audit.damage import Damage, Examined, Progress
from tongban.node.audit.examination import examine
from tongban.node.belonging import check_keys
from tongban.node.clock import SystemClock
from tongban.node.faults import BrokenInvariant, DatabaseDamaged
from tongban.node.identity import Identity
from tongban.node.kernel import Kernel
from tongban.node.library import Library
from tongban.node.peers import PeerBook
from tongban.node.plain_database import PlainDatabase
from tongban.node.randomness import SystemRandomness
from tongban.node.storage import storage_faults

_REMEDY = (
    "restore the newest backup that `tongban restore --verify` finds whole; partners give back "
    "what came after it"
)
_INTEGRITY = files(__package__).joinpath("integrity.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True, slots=True)
class _OnlyPublic:
    """Stands where a signer stands, and signs nothing: what is examined is never added to."""

    suite: Suite
    keys: dict[KeyPurpose, bytes]

    def public(self, purpose: KeyPurpose) -> bytes:
        """The public key as the descriptor states it."""
        return self.keys[purpose]

    def sign(self, purpose: KeyPurpose, message: bytes) -> bytes:
        """Never called."""
        raise BrokenInvariant(f"{len(message)} bytes were to be signed for {purpose}")

    def unseal(self, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """Never called."""
        raise BrokenInvariant(f"{len(info + aad + sealed)} bytes were to be opened")


def examine_copy(
    path: Path,
    name: str,
    descriptor: bytes,
    secrets: Secrets | None,
    progress: Progress,
    *,
    pieces: PieceStore,
) -> Examined:
    """Examine a database that nobody else uses; it is written to.

    secrets: the node's keys, None where they are not at hand. pieces: of its large files. Raises
    DatabaseTooNew, WrongDataKey, DiskFull or StorageFailed.
    """
    try:
        return _examine(path, name, descriptor, secrets, progress, pieces=pieces)
    except DatabaseDamaged as fault:
        return damaged_file([str(fault)])


def damaged_file(found: Sequence[str]) -> Examined:
    """What an examination says of a file that is no whole database."""
    return Examined(
        damages=[
            Damage(kind="file_damaged", place="database file", text=line, remedy=_REMEDY)
            for line in found
        ],
        skipped=["logs: a file that is damaged is not looked into further"],
    )


def _examine(
    path: Path,
    name: str,
    descriptor: bytes,
    secrets: Secrets | None,
    progress: Progress,
    *,
    pieces: PieceStore,
) -> Examined:
    pages = _broken_pages(path)
    if pages:
        return damaged_file(pages)
    signer = secrets.signer if secrets else _public(descriptor)
    kernel = kernel_on(path, name, signer, secrets, pieces)
    try:
        return examine(kernel, with_bodies=secrets is not None, progress=progress)
    finally:
        if isinstance(kernel.database, PlainDatabase):
            kernel.database.close()


def kernel_on(
    path: Path,
    name: str,
    signer: KeySets,
    secrets: Secrets | None,
    pieces: PieceStore | None = None,
) -> Kernel:
    """The kernel of a node on a file; nothing has started. pieces: those beside it if not given."""
    randomness = SystemRandomness()
    data_key = secrets.signer.data_key if secrets else bytes(DATA_KEY_BYTES)
    store = SqliteStore(data_key=data_key, draw=randomness.draw)
    database = PlainDatabase(path)
    with database.write() as connection:
        if secrets:
            store.migrate(connection)
        else:
            migrate(connection)
    peers = PeerBook()
    peers.reload(store, database)
    kernel = Kernel(
        identity=Identity(name=name, signer=signer),
        store=store,
        pieces=pieces or PieceFolder(path.parent / BLOBS),
        library=Library(store),
        peers=peers,
        database=database,
        clock=SystemClock(),
        randomness=randomness,
        calendar=load_calendar(),
        describe=_says_nothing,
    )
    if secrets:
        with database.read() as connection:
            check_keys(kernel, connection)
    return kernel


def _says_nothing() -> bytes:
    raise BrokenInvariant("a node that is only examined was to announce keys")


def _public(descriptor: bytes) -> KeySets:
    return KeySets([_only_public(each) for each in read_descriptor(descriptor).sets])


def _only_public(said: KeySet) -> _OnlyPublic:
    keys = {purpose: getattr(said.keys, purpose.value) for purpose in KeyPurpose}
    return _OnlyPublic(suite=SUITES[said.suite], keys=keys)


def _broken_pages(path: Path) -> list[str]:
    """What SQLite says of the file as a file: pages, indexes, constraints."""
    with storage_faults(), closing(sqlite3.connect(path)) as raw:
        found = [str(line) for (line,) in raw.execute(_INTEGRITY)]
    return [line for line in found if line != "ok"]
