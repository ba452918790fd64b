"""Lists that a node keeps beside its logs, each under a name among the store's marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from tongban.logs.store import Store
from tongban.node.ports import Connection

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class KeptLists(Generic[T]):
    """All lists of one kind; what was never written is empty."""

    decoder: msgspec.json.Decoder[list[T]]

    def read(self, store: Store, connection: Connection, name: str) -> list[T]:
        """The list of this name."""
        return self.decoder.decode(store.mark(connection, name) or "[]")

    def write(self, store: Store, connection: Connection, name: str, values: Sequence[T]) -> None:
        """The list from now on; nothing is written where it is so already."""
        text = _ENCODER.encode(list(values)).decode()
        if text != (store.mark(connection, name) or "[]"):
            store.put_mark(connection, name, text)
