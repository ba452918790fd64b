"""The receiver's decision on an entry about a negotiation; the sender recomputes it."""

from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased
from tongban.core.negotiations.order import ordered
from tongban.core.negotiations.permit import Table, permit
from tongban.core.negotiations.refusals import NegotiationGround, refuse
from tongban.core.negotiations.state import NegotiationState
from tongban.core.refusal import Refusal


def admit(state: NegotiationState | None, entry: Entry, table: Table) -> Refusal | None:
    """None where the entry takes effect.

    It needs a place in what took effect, and in what the receiver has put in order as the holder
    meanwhile. table: at is the receipt instant; nothing in it may be known to one side alone.
    """
    if isinstance(entry.event, BodyErased):
        # What a party says of its own copy moves nothing.
        return None if state else refuse(NegotiationGround.UNKNOWN_NEGOTIATION)
    parties = (table.writer, table.reader)
    known = state or NegotiationState(id=entry.subject.id, parties=parties)
    return permit(known, entry.event, table) or permit(ordered(known), entry.event, table)
