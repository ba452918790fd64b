"""Notices when a database hands out other bytes than were hashed."""

from typing import Protocol, TypeVar

from tongban.evidence.suite import Suite
from tongban.evidence.tree import leaf_hash
from tongban.logs.faults import EntryDamaged


class _Hashed(Protocol):
    @property
    def log(self) -> int: ...
    @property
    def generation(self) -> int: ...
    @property
    def index(self) -> int: ...
    @property
    def data(self) -> bytes | None: ...
    @property
    def leaf_hash(self) -> bytes: ...


_Row = TypeVar("_Row", bound=_Hashed)


def checked(suite: Suite, row: _Row) -> _Row:
    """The row, when its bytes are what was hashed or were erased; raises EntryDamaged."""
    if is_damaged(suite, row):
        raise EntryDamaged(
            f"entry {row.index} of generation {row.generation} in log {row.log} does not match "
            "its hash; `tongban repair` restores it from the other node's copy",
            (row.log, row.generation, row.index),
        )
    return row


def is_damaged(suite: Suite, row: _Hashed) -> bool:
    """Whether the row holds other bytes than were hashed; erased ones are not damaged."""
    return row.data is not None and leaf_hash(suite, row.data) != row.leaf_hash
