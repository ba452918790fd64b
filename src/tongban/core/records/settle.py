"""The writer of an act learns its outcome."""

from dataclasses import replace

from tongban.core.records.state import RecordState


def settle(state: RecordState, entry: str, *, refused: str) -> RecordState | None:
    """The writer's view once it knows the outcome; what was refused is as if never said.

    refused: the ground, "" where the entry took effect. None: nothing was ever said.
    """
    line = next((each for each in state.pending if each.entry == entry), None)
    if line is None:
        return state
    rest = replace(state, pending=tuple(each for each in state.pending if each is not line))
    if not refused:
        return replace(rest, lines=(*rest.lines, line))
    return rest if rest.lines or rest.pending else None
