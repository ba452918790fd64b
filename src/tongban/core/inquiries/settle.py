"""The writer of an act learns its outcome."""

from dataclasses import replace

from tongban.core.inquiries.evolve import added
from tongban.core.inquiries.state import InquiryState


def settle(state: InquiryState, entry: str, *, refused: str) -> InquiryState | None:
    """The writer's view once it knows the outcome; what was refused is as if never said.

    refused: the ground, "" where the entry took effect. None: the question itself was refused.
    """
    line = next((each for each in state.pending if each.entry == entry), None)
    if line is None:
        return state
    rest = replace(state, pending=tuple(each for each in state.pending if each is not line))
    if not refused:
        return added(rest, line)
    return rest if rest.lines or rest.pending else None
