"""The writer of an act learns its outcome."""

from dataclasses import replace

from tongban.core.negotiations.order import advanced
from tongban.core.negotiations.state import NegotiationState


def settle(state: NegotiationState, entry: str, *, refused: str) -> NegotiationState | None:
    """The writer's view once it knows the outcome; what was refused is as if never said.

    refused: the ground, "" where the entry took effect. None: the proposal itself was refused.
    """
    move = next((each for each in state.pending if each.entry == entry), None)
    if move is None:
        return state
    rest = replace(state, pending=tuple(each for each in state.pending if each is not move))
    if not refused:
        return advanced(rest, move)
    return rest if rest.versions or rest.pending else None
