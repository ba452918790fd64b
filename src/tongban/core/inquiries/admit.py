"""The receiver's decision on an entry about an inquiry; the sender recomputes it."""

from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased
from tongban.core.inquiries.evolve import foreseen
from tongban.core.inquiries.permit import permit
from tongban.core.inquiries.refusals import InquiryGround, refuse
from tongban.core.inquiries.state import InquiryState
from tongban.core.refusal import Refusal


def admit(state: InquiryState | None, entry: Entry, *, writer: str, reader: str) -> Refusal | None:
    """None where the entry takes effect.

    It needs a place in what took effect, and beside what waits here: two may draw one name.
    """
    if isinstance(entry.event, BodyErased):
        # What a party says of its own copy moves nothing.
        return None if state else refuse(InquiryGround.UNKNOWN_INQUIRY)
    known = state or InquiryState(id=entry.subject.id, asker=writer, answerer=reader)
    bodies = frozenset(line.name for line in entry.commitments)
    found = permit(known, entry.event, writer=writer, bodies=bodies)
    return found or permit(foreseen(known), entry.event, writer=writer, bodies=bodies)
