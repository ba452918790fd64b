"""What a driver's error means for the node."""

from dataclasses import dataclass

from tongban.node.faults import DiskFull, StorageFailed


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """A fault of the database, and what it leaves open.

    doubt: where it ended a commit, what to do about not knowing whether that was done; "" where it
    surely was not.
    """

    fault: DiskFull | StorageFailed
    doubt: str = ""
