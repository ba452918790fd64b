"""A body as a command brings it: content that travels beside an entry and can be erased."""

from dataclasses import dataclass, field

from tongban.core.entry import Blob

#: Larger files travel in pieces (spec/blobs.md).
BYTES_MAX = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """Content to commit to: "application", "material:<code>", "correction", "decision", "result".

    content: at most BYTES_MAX bytes. blob: the file of which it lists the pieces, if it does;
    media is that of the file then.
    """

    name: str
    media: str
    content: bytes = field(repr=False)
    blob: Blob | None = None
