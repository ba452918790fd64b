"""The receiver's decision on an entry about a guest's record; the sender recomputes it."""

from tongban.core.entry import Entry
from tongban.core.records.permit import Hands, permit
from tongban.core.records.state import RecordState
from tongban.core.refusal import Refusal


def admit(state: RecordState | None, entry: Entry, *, writer: str, hands: Hands) -> Refusal | None:
    """None where the entry takes effect; hands: those that held the keys it is signed under."""
    known = state or RecordState(guest=entry.subject.id)
    return permit(known, entry.event, writer=writer, hands=hands)
