# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Bodies, encrypted at rest."""

import struct
from datetime import datetime
from typing import Any

from tongban.evidence.commitments import SALT_BYTES
from tongban.logs.faults import BodyDamaged, SealedDataDamaged
from tongban.logs.rows import ErasedBody, StoredBody
from tongban.logs.sqlite.blobs import Blobs
from tongban.logs.vault import Vault


class Bodies(Blobs):
    """The bodies' part of the store; some of them list the pieces of a large file."""

    _vault: Vault

    def put_body(  # noqa: PLR0917  the place, then the body, as everywhere here
        self,
        connection: Any,
        log: int,
        generation: int,
        index: int,
        name: str,
        salt: bytes,
        content: bytes,
    ) -> None:
        if len(salt) != SALT_BYTES:
            raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
        sealed = self._vault.seal(_place(log, generation, index, name), salt + content)
        connection.execute(self._sql["insert_body"], (log, generation, index, name, sealed))

    def body(
        self, connection: Any, log: int, generation: int, index: int, name: str
    ) -> StoredBody | None:
        row = connection.execute(self._sql["body"], (log, generation, index, name)).fetchone()
        return None if row is None else self._opened(*row)

    def bodies_of(self, connection: Any, log: int, generation: int, index: int) -> list[StoredBody]:
        return self.bodies_between(connection, log, generation, index, index + 1)

    def bodies_between(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[StoredBody]:
        rows = connection.execute(self._sql["bodies"], (log, generation, first, stop)).fetchall()
        return [self._opened(*row) for row in rows]

    def body_names(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[tuple[int, str]]:
        rows = connection.execute(
            self._sql["body_names"], (log, generation, first, stop)
        ).fetchall()
        return [(index, name) for index, name in rows]

    def damaged_bodies(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[tuple[int, str]]:
        rows = connection.execute(self._sql["bodies"], (log, generation, first, stop))
        return [(row[2], row[3]) for row in rows if not self._is_whole(*row)]

    def restore_body(  # noqa: PLR0917  the place, then the body, as everywhere here
        self,
        connection: Any,
        log: int,
        generation: int,
        index: int,
        name: str,
        salt: bytes,
        content: bytes,
    ) -> bool:
        sealed = self._vault.seal(_place(log, generation, index, name), salt + content)
        row = (sealed, log, generation, index, name)
        return bool(connection.execute(self._sql["restore_body"], row).rowcount == 1)

    def erase_body(  # noqa: PLR0917  the place, then the instant
        self, connection: Any, log: int, generation: int, index: int, name: str, at: datetime
    ) -> None:
        connection.execute(self._sql["overwrite_deleted"])
        row = (log, generation, index, name, at.isoformat(timespec="milliseconds"))
        connection.execute(self._sql["erase_body"], row)
        self._unplace(connection, log, generation, index, name)

    def erased_bodies(
        self, connection: Any, log: int, generation: int, index: int
    ) -> list[ErasedBody]:
        rows = connection.execute(self._sql["erased_bodies"], (log, generation, index)).fetchall()
        return [ErasedBody(name=name, at=datetime.fromisoformat(at)) for name, at in rows]

    def _opened(self, log: int, generation: int, leaf: int, name: str, sealed: bytes) -> StoredBody:
        try:
            opened = self._vault.open(_place(log, generation, leaf, name), sealed)
        except SealedDataDamaged as error:
            raise BodyDamaged(
                f"the body {name} of entry {leaf} of generation {generation} in log {log} does not "
                "open; `tongban repair` restores it from the other node's copy",
                (log, generation, leaf),
                name,
            ) from error
        salt, content = opened[:SALT_BYTES], opened[SALT_BYTES:]
        return StoredBody(index=leaf, name=name, salt=salt, content=content)

    def _is_whole(self, log: int, generation: int, leaf: int, name: str, sealed: bytes) -> bool:
        try:
            self._opened(log, generation, leaf, name, sealed)
        except BodyDamaged:
            return False
        return True


def _place(log: int, generation: int, index: int, name: str) -> bytes:
    return b"body" + struct.pack(">QQQ", log, generation, index) + name.encode()
