"""The outcome of a hand-over: where it lands, or how it comes back."""

from collections.abc import Callable, Mapping

from tongban.core.cases.counts import counted
from tongban.core.cases.legs import retrace, walk
from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState, Flag, FlagKind, Received, Transit
from tongban.core.cases.successor import changed
from tongban.core.faults import BrokenInvariant


def settle(
    state: CaseState, entry_id: str, refused: str = "", *, received: Received | None = None
) -> CaseState:
    """The writer's view once it knows the outcome of one of its entries.

    refused: the ground, "" where the entry took effect. received: what the outcome says of the
    push; needed where a hand-over took effect.
    """
    if state.transit and state.transit.entry == entry_id:
        if refused:
            return _returned(state, state.transit, refused)
        return landed(state, received)
    return _disowned(state, entry_id, refused) if refused else state


def landed(state: CaseState, received: Received | None) -> CaseState:
    """The case in the receiver's hands; its clock runs from availability (电子签名法 11)."""
    transit = state.transit
    if transit is None or received is None:
        raise BrokenInvariant("a hand-over lands with the outcome that says when")
    moved = changed(state, holder=transit.receiver, transit=None)
    receipt = _RECEIPTS.get(transit.act)
    if receipt:
        moved = receipt(moved, received)
    return walk(moved, transit.leg, received.available_at)


def _returned(state: CaseState, transit: Transit, refused: str) -> CaseState:
    back = changed(state, stage=transit.previous_stage, transit=None, returned=refused)
    return retrace(_undone(back, transit.act, transit.entry))


def _disowned(state: CaseState, entry_id: str, refused: str) -> CaseState:
    """What the partner refused is flagged, and undone where it was done for that partner.

    A delivery is undone also where the authority delivered because by its clock the counter's
    power had ended: by the partner's it had not, and one of the two delivers.
    """
    use = next((use for use in state.bases if use.entry == entry_id), None)
    undone = _undone(state, use.act, entry_id) if use else state
    if state.delivered and state.delivered.entry == entry_id:
        undone = _undone(state, ActKind.DELIVER, entry_id)
        undone = retrace(changed(undone, stage=state.delivered.stage))
    flag = Flag(kind=FlagKind.REFUSED_BY_PARTNER, entry=entry_id, detail=refused)
    return changed(undone, flags=(*undone.flags, flag))


def _undone(state: CaseState, act: ActKind, entry_id: str) -> CaseState:
    bases = tuple(use for use in state.bases if use.entry != entry_id)
    flags = tuple(flag for flag in state.flags if flag.entry != entry_id)
    return counted(changed(_cleared(state, act), bases=bases, flags=flags), act, -1)


def _cleared(state: CaseState, act: ActKind) -> CaseState:
    """Without what the act left; one that needs no basis leaves nothing where it was given one."""
    clear = _CLEARED.get(act)
    return clear(state) if clear else state


def _received(state: CaseState, received: Received) -> CaseState:
    return changed(
        state,
        received_at=received.received_at,
        available_at=received.available_at,
        available_source=received.source,
        corrected_available_at=received.available_at if state.corrected_at else None,
    )


def _received_again(state: CaseState, received: Received) -> CaseState:
    return changed(state, corrected_available_at=received.available_at)


_RECEIPTS: Mapping[ActKind, Callable[[CaseState, Received], CaseState]] = {
    ActKind.DISPATCH: _received,
    ActKind.COMPLETE_CORRECTION: _received_again,
}

_CLEARED: Mapping[ActKind, Callable[[CaseState], CaseState]] = {
    ActKind.DISPATCH: lambda state: changed(state, dispatched_on=None),
    ActKind.NOTIFY_CORRECTION: lambda state: changed(
        state, correction=(), correction_notified_at=None
    ),
    ActKind.COMPLETE_CORRECTION: lambda state: changed(
        state, corrected_at=None, correction_materials=()
    ),
    ActKind.DECIDE: lambda state: changed(state, decided=None),
    ActKind.DELIVER: lambda state: changed(state, delivered=None),
    ActKind.RATE: lambda state: changed(state, grade=None),
    ActKind.REQUEST_WITHDRAWAL: lambda state: changed(state, withdrawal_requested_at=None),
}
