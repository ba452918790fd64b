"""What can go wrong in the logs; each docstring says what the caller should do."""

from tongban.evidence.faults import Fault


class EntryUnreadable(Fault):
    """The bytes are no entry in its one form; refuse this entry and go on with its neighbours."""


class EntryUnwritable(Fault):
    """The value fits no entry, so nothing was written; mend the value and ask again."""
