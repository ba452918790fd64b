"""A body as a command brings it: content that travels beside an entry and can be erased."""

from dataclasses import dataclass, field

#: Larger files wait for blobs (spec/channels.md).
BYTES_MAX = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """Content to commit to: "application", "material:<code>", "correction", "decision", "result".

    content: at most BYTES_MAX bytes.
    """

    name: str
    media: str
    content: bytes = field(repr=False)
