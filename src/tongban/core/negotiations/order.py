"""Whose act counts when two cross: the holder's acts are in order as the holder wrote them.

A view has what took effect, and acts of its own writer that wait for an outcome. What waits counts
for its writer at once. For what the other writes meanwhile only those count that the writer did as
the holder: a withdrawal by whoever is not the holder waits for the holder's word, as a hand-over
does (spec/negotiations.md, "Acts that cross").
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tongban.core.negotiations.events import (
    NegotiationCommented,
    NegotiationProposed,
    NegotiationWithdrawn,
)
from tongban.core.negotiations.refusals import NegotiationGround
from tongban.core.negotiations.state import (
    Act,
    Closing,
    Comment,
    Move,
    MoveKind,
    NegotiationStanding,
    NegotiationState,
    Version,
)


def misplaced(state: NegotiationState, act: Act, by: str) -> NegotiationGround | None:
    """Why an act has no place in what took effect so far, whatever it says; None where it has."""
    if isinstance(act, NegotiationProposed):
        return NegotiationGround.ALREADY_PROPOSED if state.versions else None
    if not state.versions:
        return NegotiationGround.UNKNOWN_NEGOTIATION
    if state.closing:
        return NegotiationGround.NEGOTIATION_ENDED
    if isinstance(act, NegotiationCommented):
        known = 0 < act.version <= len(state.versions)
        return None if known else NegotiationGround.NOT_ON_THE_TABLE
    if act.version != len(state.versions):
        return NegotiationGround.NOT_ON_THE_TABLE
    if by != state.holder and not isinstance(act, NegotiationWithdrawn):
        return NegotiationGround.NOT_YOUR_TURN
    return None


def advanced(state: NegotiationState, move: Move) -> NegotiationState:
    """The state after an act took effect; one that has no place any more changes nothing.

    A comment that was taken before the other knew of the end stays: it adds and moves nothing.
    """
    added = move.kind is MoveKind.COMMENT and state.closing
    if misplaced(state, move.event, move.by) and not added:
        return state
    return _FOLDS[move.kind](state, move)


def foreseen(state: NegotiationState) -> NegotiationState:
    """The state once everything that waits has taken effect."""
    ahead = replace(state, pending=())
    for move in state.pending:
        ahead = advanced(ahead, move)
    return ahead


def ordered(state: NegotiationState) -> NegotiationState:
    """The state for whatever the other wrote without having seen what waits here."""
    ahead = replace(state, pending=())
    for move in state.pending:
        if move.kind is not MoveKind.WITHDRAW or move.by == ahead.holder:
            ahead = advanced(ahead, move)
    return ahead


def _proposed(state: NegotiationState, move: Move) -> NegotiationState:
    # Where two proposals of one name cross and fall, each end began with its own before this one.
    other = next(party for party in state.parties if party != move.by)
    return replace(state, parties=(move.by, other), versions=(_version(move),))


def _countered(state: NegotiationState, move: Move) -> NegotiationState:
    return replace(state, versions=(*state.versions, _version(move)))


def _commented(state: NegotiationState, move: Move) -> NegotiationState:
    comment = Comment(
        version=move.version, clause=move.clause, by=move.by, at=move.at, entry=move.entry
    )
    comments = sorted((*state.comments, comment), key=lambda line: (line.entry, line.by))
    return replace(state, comments=tuple(comments))


def _version(move: Move) -> Version:
    return Version(
        document=move.document,
        by=move.by,
        answer_by=move.answer_by,
        at=move.at,
        entry=move.entry,
    )


def _closed(standing: NegotiationStanding) -> Callable[[NegotiationState, Move], NegotiationState]:
    def fold(state: NegotiationState, move: Move) -> NegotiationState:
        closing = Closing(
            standing=standing, by=move.by, ground=move.ground, at=move.at, entry=move.entry
        )
        return replace(state, closing=closing)

    return fold


_FOLDS: Mapping[MoveKind, Callable[[NegotiationState, Move], NegotiationState]] = {
    MoveKind.PROPOSE: _proposed,
    MoveKind.COUNTER: _countered,
    MoveKind.COMMENT: _commented,
    MoveKind.ACCEPT: _closed(NegotiationStanding.ACCEPTED),
    MoveKind.REJECT: _closed(NegotiationStanding.REJECTED),
    MoveKind.WITHDRAW: _closed(NegotiationStanding.WITHDRAWN),
}
