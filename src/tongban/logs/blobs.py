"""The store's contract for large files: which pieces each has, and who needs it (spec/blobs.md).

The sealed pieces themselves lie beside the database (logs/pieces.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class BlobRow:
    """A file that is kept (peer ""), or that a peer offers.

    stored: every piece is here, as far as is known.
    """

    root: str
    peer: str
    size: int
    stored: bool


class BlobStore(Protocol):
    """Files by root; a file that a peer offers and that is kept as well stands here twice."""

    def put_blob(
        self, connection: Any, row: BlobRow, at: datetime, names: Sequence[bytes] = ()
    ) -> None:
        """Keep it, or put another row of the same root and peer in its place.

        names: of its pieces in order; what is known of them already stays.
        """
        ...

    def blob(self, connection: Any, root: str, peer: str = "") -> BlobRow | None:
        """One file as it is kept, or as a peer offers it."""
        ...

    def offers(self, connection: Any, peer: str) -> list[BlobRow]:
        """What a peer offers, oldest first."""
        ...

    def kept_blobs(self, connection: Any, after: str, limit: int) -> list[BlobRow]:
        """Files that are kept, by root, beyond one."""
        ...

    def pieces(self, connection: Any, root: str) -> list[bytes]:
        """Names of a file's pieces in order."""
        ...

    def is_listed(self, connection: Any, name: bytes) -> bool:
        """Whether any file here has a piece of this name."""
        ...

    def forget_blob(self, connection: Any, root: str, peer: str) -> list[bytes]:
        """It is offered or kept no more; names of pieces that no file here has any more."""
        ...

    def place_blob(  # noqa: PLR0917  the place, then the file
        self, connection: Any, log: int, generation: int, index: int, name: str, root: str
    ) -> None:
        """A body is a manifest of the file; `erase_body` takes this back."""
        ...

    def is_placed(self, connection: Any, root: str) -> bool:
        """Whether a manifest of the file stands anywhere."""
        ...

    def lacking_blobs(self, connection: Any, peer: str) -> list[str]:
        """Files that are not whole here, of which a manifest stands on a log with a peer."""
        ...

    def idle_blobs(self, connection: Any, until: datetime) -> list[BlobRow]:
        """What nobody needs: erased, or without manifest and intent since before an instant."""
        ...

    def await_blob(self, connection: Any, intent: str, peer: str, root: str) -> None:
        """An intent waits until its peer has stored a file."""
        ...

    def stop_awaiting(self, connection: Any, intent: str) -> None:
        """An intent waits for no file any more."""
        ...

    def awaited_blobs(self, connection: Any, peer: str) -> list[str]:
        """Files that intents wait for a peer to store."""
        ...

    def blobs_of_intent(self, connection: Any, intent: str) -> list[str]:
        """Files that one intent waits for."""
        ...
