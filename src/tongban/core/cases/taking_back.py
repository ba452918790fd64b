"""What the owner of a power does itself once nobody else may do it in its name.

Else a case that was decided under an agreement that ended since, or under one that never granted
the delivery, could neither be delivered by the counter nor by the authority, for ever.
"""

from dataclasses import replace

from tongban.core.agreements.authorise import find_basis
from tongban.core.cases.permit import Attempt, delegation_of
from tongban.core.cases.process import Act, Party
from tongban.core.cases.state import CaseState
from tongban.core.refusal import Refusal


def as_owner(state: CaseState, attempt: Attempt) -> Attempt:
    """The attempt with the act as the competent party may do it; else as it is.

    Only an act that hands nothing over, and only while no clause and no instrument lets the intake
    party do it (spec/cases.md, "Taken back"). It needs no custody, which the other cannot use.
    """
    act = attempt.act
    if act is None or not _may_be_taken_back(state, act, attempt.writer):
        return attempt
    found = find_basis(attempt.pair, delegation_of(state, act, attempt))
    if not isinstance(found, Refusal):
        return attempt
    owned = replace(act, by=Party.COMPETENT, power=None, bases=(), additive=state.transit is None)
    return replace(attempt, act=owned)


def _may_be_taken_back(state: CaseState, act: Act, writer: str) -> bool:
    delegated = act.power is not None and act.by is Party.INTAKE and act.hands_over_to is None
    return delegated and writer == state.competent
