"""What can go wrong in the logs; each docstring says what the caller should do."""

from tongban.evidence.faults import Fault


class EntryUnreadable(Fault):
    """The bytes are no entry in its one form; refuse this entry and go on with its neighbours."""


class EntryUnwritable(Fault):
    """The value fits no entry, so nothing was written; mend the value and ask again."""


class DatabaseTooNew(Fault):
    """A later version wrote this database; start that version, or restore the backup before it."""


class WrongDataKey(Fault):
    """The data key is not the one that sealed this database; put the right key file in place."""


class SealedDataDamaged(Fault):
    """A sealed row does not open though the key is right: restore it from the peer's mirror.

    Also raised for a wrong key in a store whose `migrate` was not called after the start.
    """


class BodyDamaged(SealedDataDamaged):
    """The database no longer holds a body as it was sealed: fetch it from the other node.

    Nothing but this body is touched. place: log, generation and index of its entry in the store.
    """

    def __init__(self, text: str, place: tuple[int, int, int], name: str) -> None:
        super().__init__(text)
        self.place = place
        self.name = name


class EntryDamaged(Fault):
    """The database no longer holds the bytes that were hashed: fetch them from the other node.

    Nothing that reads this entry goes on until then; the log itself, its root and the proofs of
    other entries are not touched. place: log, generation and index in the store.
    """

    def __init__(self, text: str, place: tuple[int, int, int]) -> None:
        super().__init__(text)
        self.place = place


class BrokenInvariant(Exception):
    """The store was asked for what must never happen; roll back, stop the node, keep the data."""
