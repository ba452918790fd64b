"""Folding the entries of one inquiry into where it stands."""

from dataclasses import replace

from tongban.core.entry import Entry
from tongban.core.faults import BrokenInvariant
from tongban.core.inquiries.events import QuestionAsked
from tongban.core.inquiries.state import Act, InquiryState, Line, LineKind, line_of


def evolve(
    state: InquiryState | None, entry: Entry, *, writer: str, reader: str, viewer: str
) -> InquiryState:
    """The state after an admitted entry; for its own writer it waits until `settle`.

    Raises BrokenInvariant for an entry that is about no inquiry, or about one not begun.
    """
    event = entry.event
    if not isinstance(event, Act):
        raise BrokenInvariant(f"{type(event).__name__} in an inquiry")
    if state is None and not isinstance(event, QuestionAsked):
        raise BrokenInvariant(f"{type(event).__name__} in an inquiry that is not here")
    known = state or InquiryState(id=entry.subject.id, asker=writer, answerer=reader)
    line = line_of(event, entry=entry.id, by=writer, at=entry.at)
    if viewer == writer:
        return replace(known, pending=(*known.pending, line))
    return added(known, line)


def added(state: InquiryState, line: Line) -> InquiryState:
    """The state with one line more; the order of arrival leaves no trace."""
    lines = sorted((*state.lines, line), key=lambda each: (each.entry, each.by))
    told = replace(state, lines=tuple(lines))
    if line.kind is not LineKind.ASK or line.by == state.asker:
        return told
    # Two drew one name and crossed: whose question counts in the end asks, whoever began here.
    return replace(told, asker=state.answerer, answerer=state.asker)


def foreseen(state: InquiryState) -> InquiryState:
    """The state once everything that waits has taken effect."""
    ahead = replace(state, pending=())
    for line in state.pending:
        ahead = added(ahead, line)
    return ahead
