"""The receiver's decision on an incoming entry about a case; the sender recomputes it.

Everything it depends on is an argument, and both nodes end up holding each of them.
"""

from collections.abc import Sequence
from datetime import datetime

from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.acts import ACT_OF
from tongban.core.cases.beginning import begin, notice_at_intake
from tongban.core.cases.events import (
    CaseDispatched,
    CaseTakenIn,
    DeemedAcceptanceReversed,
    HandoverRecalled,
)
from tongban.core.cases.evolve import act_for
from tongban.core.cases.permit import Attempt, custody_refusal, merit_refusal
from tongban.core.cases.process import ActKind, Process
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.state import CaseState
from tongban.core.cases.taking_back import as_owner
from tongban.core.catalogues.state import Withdrawal
from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased
from tongban.core.refusal import Refusal


def admit(
    state: CaseState | None,
    entry: Entry,
    *,
    writer: str,
    receiver: str,
    process: Process | None,
    pair: PairAgreements,
    at: datetime,
    recalled: frozenset[str] = frozenset(),
    withdrawal: Withdrawal | None = None,
    listed_as: str = "",
) -> Refusal | None:
    """None where the entry takes effect.

    state: in the receiver's view. process: the one that the case pins, None where its digest is
    unknown. at: the receipt instant of the push. recalled: `recalls` of the same push.
    withdrawal: what the receiver has told the writer of the item, None where it is not withdrawn.
    listed_as: the item's 基本编码 as the competent party told the other of it, or "".
    """
    if entry.id in recalled or isinstance(entry.event, HandoverRecalled):
        return _admit_recalled(entry, recalled)
    if process is None:
        return refuse(CaseGround.UNKNOWN_PROCESS)
    before = state or _begun(entry, process)
    if before is None:
        return refuse(CaseGround.UNKNOWN_CASE)
    if {writer, receiver} != {before.intake_party, before.competent}:
        return refuse(CaseGround.NOT_THE_COMPETENT_PARTY, before.competent)
    if isinstance(entry.event, BodyErased):
        # What a party says of its own copy moves nothing, so no act of the process is asked.
        return None
    if isinstance(entry.event, DeemedAcceptanceReversed):
        return _admit_reversal(before, writer)
    if state is None and withdrawal and withdrawal.stops(before.intake.taken_in_at):
        return refuse(CaseGround.ITEM_WITHDRAWN, before.item)
    return _admit_act(
        before, entry, writer=writer, process=process, pair=pair, at=at, listed_as=listed_as
    )


def recalls(push: Sequence[Entry]) -> frozenset[str]:
    """Ids of hand-overs that a later entry of the same push, on the same case, asks back."""
    asked = {
        (entry.subject, entry.event.handover)
        for entry in push
        if isinstance(entry.event, HandoverRecalled)
    }
    return frozenset(entry.id for entry in push if (entry.subject, entry.id) in asked)


def _begun(entry: Entry, process: Process) -> CaseState | None:
    if not isinstance(entry.event, CaseDispatched):
        return None
    bodies = (line.name for line in entry.commitments)
    return begin(entry.subject.id, entry.event, bodies, process)


def _admit_act(
    state: CaseState,
    entry: Entry,
    *,
    writer: str,
    process: Process,
    pair: PairAgreements,
    at: datetime,
    listed_as: str,
) -> Refusal | None:
    if type(entry.event) not in ACT_OF or isinstance(entry.event, CaseTakenIn):
        return refuse(CaseGround.UNKNOWN_ACT, type(entry.event).__name__)
    if state.mode is not process.mode:
        return refuse(CaseGround.MODE_NOT_OFFERED, state.mode)
    if isinstance(entry.event, CaseDispatched) and _tells_out_of_process(entry.event, process):
        return refuse(CaseGround.UNKNOWN_ACT, ActKind.NOTIFY_CORRECTION)
    attempt = Attempt(
        event=entry.event,
        act=act_for(state, entry.event, entry.basis, process),
        basis=entry.basis,
        actor=entry.actor,
        writer=writer,
        pair=pair,
        at=at,
        written_at=entry.at,
        bodies=frozenset(line.name for line in entry.commitments),
        listed_as=listed_as,
    )
    attempt = as_owner(state, attempt)
    return custody_refusal(state, attempt) or merit_refusal(state, attempt)


def _tells_out_of_process(event: CaseDispatched, process: Process) -> bool:
    """Whether it says what only a process with a notice at the counter lets it say."""
    return event.intake.on_behalf is not None and notice_at_intake(process, event) is None


def _admit_recalled(entry: Entry, recalled: frozenset[str]) -> Refusal | None:
    """A hand-over that is asked back in the same push, or what asks one back."""
    event = entry.event
    if not isinstance(event, HandoverRecalled) or entry.id in recalled:
        return refuse(CaseGround.RECALLED)
    if event.handover in recalled:
        return None
    return refuse(CaseGround.RECALL_TOO_LATE, event.handover)


def _admit_reversal(state: CaseState, writer: str) -> Refusal | None:
    reversible = state.deemed_accepted and state.holder == writer and not state.transit
    return None if reversible else refuse(CaseGround.NOT_REVERSIBLE)
