"""What a node tells its partner of the pieces of large files."""

from dataclasses import dataclass

from tongban.core.entry import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class BlobStored(Event):
    """The writer has durably stored every piece of a file; the subject is its root.

    size: of the file in bytes.
    """

    size: int
