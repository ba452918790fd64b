"""A body as a command brings it: content that travels beside an entry and can be erased."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """Content to commit to: "application", "material:<code>", "correction", "decision", "result".

    content: at most 1,000,000 bytes; larger files wait for blobs (spec/channels.md).
    """

    name: str
    media: str
    content: bytes = field(repr=False)
