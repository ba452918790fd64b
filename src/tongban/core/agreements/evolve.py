"""Folding the entries about one document into where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementOffered,
    AgreementPublished,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementWithdrawn,
    DepositStep,
    InstrumentCited,
)
from tongban.core.agreements.intakes import arrive, flow_of, land, send
from tongban.core.agreements.state import (
    AgreementState,
    Deposited,
    Laying,
    Leaving,
    Lift,
    Publication,
    Signature,
    Suspension,
    Termination,
    Withdrawal,
)
from tongban.core.china_time import china_day
from tongban.core.entry import Entry, Event
from tongban.core.faults import BrokenInvariant


def evolve(
    state: AgreementState | None, entry: Entry, *, writer: str, reader: str
) -> AgreementState:
    """The state after an admitted entry of either log; raises BrokenInvariant for any other."""
    if isinstance(entry.event, AgreementOffered | InstrumentCited):
        return _begun(state, entry, writer)
    if isinstance(entry.event, AgreementDeposited):
        # Between two that are no depositary, the first that is heard of a text is its conclusion.
        known = state or _begun(state, entry, writer)
        return _deposited(known, entry, entry.event, between=(writer, reader))
    fold = _FOLDS.get(type(entry.event))
    if state is None or fold is None:
        raise BrokenInvariant(f"{type(entry.event).__name__} on a document that is not here")
    return fold(state, entry, entry.event, writer)


def settle(state: AgreementState, entry: str, *, refused: str) -> AgreementState | None:
    """The writer learns the outcome of its entry; what was refused is as if never said.

    refused: the ground, "" where the entry took effect. None: the offer itself was refused.
    """
    if not refused:
        return state
    if state.entry == entry:
        return _led_by(state, state.again) if state.again else None
    if state.again and state.again.entry == entry:
        return replace(state, again=None)
    left = replace(
        state,
        signatures=tuple(line for line in state.signatures if line.entry != entry),
        suspensions=tuple(
            _without_lift(line, entry) for line in state.suspensions if line.entry != entry
        ),
        terminations=tuple(line for line in state.terminations if line.entry != entry),
        withdrawals=tuple(line for line in state.withdrawals if line.entry != entry),
        leavings=tuple(line for line in state.leavings if line.entry != entry),
        deposits=tuple(line for line in state.deposits if line.entry != entry),
        publications=tuple(line for line in state.publications if line.entry != entry),
    )
    # A signature that crossed the conclusion falls, for the reader has it out of that already.
    concluded = left.deposit(DepositStep.CONCLUDED)
    return _with_signatures(left, concluded) if concluded else left


def count_intake(
    state: AgreementState, entry: Entry, received_at: datetime | None
) -> AgreementState:
    """With a dispatch under one of its clauses; received_at: None while it is on its way."""
    flow = flow_of(entry)
    if flow is None:
        raise BrokenInvariant(f"entry {entry.id} is no intake under a clause")
    if received_at is None:
        return replace(state, intakes=send(state.intakes, flow, entry.id))
    return replace(state, intakes=land(state.intakes, flow, china_day(received_at)))


def settle_intake(
    state: AgreementState, entry: Entry, received_at: datetime, *, refused: bool
) -> AgreementState:
    """The sender learns what became of a dispatch; what was refused does not count."""
    flow = flow_of(entry)
    if flow is None:
        raise BrokenInvariant(f"entry {entry.id} is no intake under a clause")
    arrived = arrive(state.intakes, flow, entry.id)
    if refused:
        return replace(state, intakes=arrived)
    return replace(state, intakes=land(arrived, flow, china_day(received_at)))


def _begun(state: AgreementState | None, entry: Entry, writer: str) -> AgreementState:
    if state is not None:
        return _laid_again(state, Laying(by=writer, at=entry.at, entry=entry.id))
    return AgreementState(
        document=entry.subject.id,
        offered_by=writer,
        offered_at=entry.at,
        entry=entry.id,
        cited=isinstance(entry.event, InstrumentCited),
    )


def _laid_again(state: AgreementState, laid: Laying) -> AgreementState:
    """Both laid it before each other: what came first by its id leads, whoever looks."""
    if state.is_laid_by(laid.by):
        raise BrokenInvariant(f"{state.document} was laid before the partner twice")
    known = Laying(by=state.offered_by, at=state.offered_at, entry=state.entry)
    first, again = sorted((known, laid), key=lambda each: each.entry)
    return replace(_led_by(state, first), again=again)


def _led_by(state: AgreementState, laid: Laying) -> AgreementState:
    return replace(state, offered_by=laid.by, offered_at=laid.at, entry=laid.entry, again=None)


def _signed(
    state: AgreementState, entry: Entry, event: AgreementSigned, _writer: str
) -> AgreementState:
    line = Signature(party=event.party, note=event.note, at=entry.at, entry=entry.id)
    return replace(state, signatures=(*state.signatures, line))


def _suspended(
    state: AgreementState, entry: Entry, event: AgreementSuspended, writer: str
) -> AgreementState:
    line = Suspension(
        by=writer, ground=event.ground, items=event.items, at=entry.at, entry=entry.id
    )
    return replace(state, suspensions=(*state.suspensions, line))


def _resumed(
    state: AgreementState, entry: Entry, event: AgreementResumed, writer: str
) -> AgreementState:
    lift = Lift(items=event.items, at=entry.at, entry=entry.id)
    return replace(
        state,
        suspensions=tuple(
            replace(line, lifts=(*line.lifts, lift))
            if line.by == writer and not line.is_lifted
            else line
            for line in state.suspensions
        ),
    )


def _without_lift(stop: Suspension, entry: str) -> Suspension:
    return replace(stop, lifts=tuple(lift for lift in stop.lifts if lift.entry != entry))


def _terminated(
    state: AgreementState, entry: Entry, event: AgreementTerminated, writer: str
) -> AgreementState:
    line = Termination(
        by=writer,
        ground=event.ground,
        last_day=date.fromisoformat(event.last_day),
        at=entry.at,
        entry=entry.id,
    )
    return replace(state, terminations=(*state.terminations, line))


def _withdrawn(
    state: AgreementState, entry: Entry, event: AgreementWithdrawn, writer: str
) -> AgreementState:
    line = Withdrawal(by=writer, ground=event.ground, at=entry.at, entry=entry.id)
    return replace(state, withdrawals=(*state.withdrawals, line))


def _published(
    state: AgreementState, entry: Entry, event: AgreementPublished, _writer: str
) -> AgreementState:
    line = Publication(
        party=event.party,
        day=date.fromisoformat(event.published_on),
        at=entry.at,
        entry=entry.id,
    )
    return replace(state, publications=(*state.publications, line))


def _left(state: AgreementState, entry: Entry, event: AgreementLeft, writer: str) -> AgreementState:
    line = Leaving(by=writer, said=event, at=entry.at, entry=entry.id)
    return replace(state, leavings=(*state.leavings, line))


def _deposited(
    state: AgreementState, entry: Entry, event: AgreementDeposited, *, between: tuple[str, str]
) -> AgreementState:
    """An exit ends what stands between the party that left and another, and nothing else."""
    line = Deposited(said=event, at=entry.at, entry=entry.id)
    state = replace(state, deposits=(*state.deposits, line))
    if event.step is DepositStep.CONCLUDED:
        return _with_signatures(state, line)
    if event.step is DepositStep.EXITED and event.party in between:
        end = Termination(
            by=event.party,
            ground=event.ground,
            last_day=date.fromisoformat(event.last_day),
            at=entry.at,
            entry=entry.id,
        )
        return replace(state, terminations=(*state.terminations, end))
    return state


def _with_signatures(state: AgreementState, concluded: Deposited) -> AgreementState:
    brought = (
        Signature(party=line.party, note=line.note, at=concluded.at, entry=concluded.entry)
        for line in concluded.said.enclosed
        if not state.signed_by(line.party)
    )
    return replace(state, signatures=(*state.signatures, *brought))


_FOLDS: Mapping[type[Event], Callable[..., AgreementState]] = {
    AgreementSigned: _signed,
    AgreementSuspended: _suspended,
    AgreementResumed: _resumed,
    AgreementTerminated: _terminated,
    AgreementWithdrawn: _withdrawn,
    AgreementLeft: _left,
    AgreementPublished: _published,
}
