"""What a receiver refuses of a partner that sends what it should not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tongban.core.agreements.events import AgreementOffered
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.admit import admit
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseDispatched,
    CaseOpened,
    CaseRated,
    CaseTakenIn,
    DeemedAcceptanceReversed,
    Grade,
    HandoverRecalled,
    Mode,
    PersonCheck,
)
from tongban.core.cases.evolve import evolve
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.settle import landed
from tongban.core.cases.successor import changed
from tongban.core.entry import Basis, BasisKind, Entry, Event
from tongban.core.faults import BrokenInvariant

from .examples import (
    CLERK,
    FUND,
    MORNING,
    PROCESSES,
    accept,
    counter,
    dispatch,
    online,
    take_in,
)
from .line import Line


def sent(line: Line) -> Entry:
    """The dispatch of a case that waits in the intake party's log."""
    item = line.item
    line.do(line.intake, take_in(item))
    line.ask(line.intake, dispatch(CLERK if item is FUND else take_in(item).actor))
    entry = line.intake.log[-1]
    assert isinstance(entry, Entry)
    return entry


def refused(line: Line, entry: Entry, *, receiver: str = "") -> str:
    """The ground on which the competent party refuses this entry of the intake party."""
    refusal = admit(
        line.competent.state,
        entry,
        writer=line.intake.name,
        receiver=receiver or line.competent.name,
        process=line.process,
        pair=line.pair,
        at=line.now,
    )
    return refusal.ground if refusal else ""


def about(entry: Entry, event: Event, **changes: object) -> Entry:
    return replace(entry, event=event, basis=None, **changes)  # type: ignore[arg-type]


def dispatched(entry: Entry) -> CaseDispatched:
    assert isinstance(entry.event, CaseDispatched)
    return entry.event


def test_a_good_dispatch_is_admitted() -> None:
    line = counter()
    assert refused(line, sent(line)) == ""


@pytest.mark.parametrize(
    ("spoil", "ground"),
    [
        (lambda entry: replace(entry, basis=None), CaseGround.NO_BASIS),
        (
            lambda entry: replace(entry, basis=Basis(kind=BasisKind.OWN_RIGHT)),
            AgreementGround.OWN_RIGHT_IS_THE_APPLICANTS,
        ),
        (
            lambda entry: replace(
                entry, basis=Basis(kind=BasisKind.CLAUSE, document="sha256:0", clause="2.1")
            ),
            AgreementGround.UNKNOWN_DOCUMENT,
        ),
        (lambda entry: replace(entry, commitments=()), CaseGround.BODY_MISSING),
        (
            lambda entry: replace(entry, event=replace(entry.event, competent="wuhu.g60.demo")),
            CaseGround.NOT_THE_COMPETENT_PARTY,
        ),
        (
            lambda entry: replace(
                entry,
                event=replace(
                    entry.event,
                    competent=entry.event.intake_party,
                    intake_party=entry.event.competent,
                ),
            ),
            CaseGround.WRONG_PARTY,
        ),
        (
            lambda entry: replace(entry, event=replace(entry.event, mode=Mode.ALL_ONLINE)),
            CaseGround.MODE_NOT_OFFERED,
        ),
        (
            lambda entry: replace(
                entry,
                event=replace(
                    entry.event,
                    intake=replace(entry.event.intake, person_check=PersonCheck.ACCOUNT),
                ),
            ),
            CaseGround.PERSON_CHECK_NOT_ENOUGH,
        ),
        (
            lambda entry: replace(entry, at=MORNING - timedelta(hours=1)),
            CaseGround.INSTANT_IN_FUTURE,
        ),
        (lambda entry: about(entry, CaseOpened()), CaseGround.UNKNOWN_CASE),
    ],
)
def test_a_spoiled_dispatch_is_refused(spoil: Callable[[Entry], Entry], ground: str) -> None:
    line = counter()
    assert refused(line, spoil(sent(line))) == ground


def test_a_process_that_is_not_known_is_refused() -> None:
    line = counter()
    entry = sent(line)
    refusal = admit(
        None,
        entry,
        writer=line.intake.name,
        receiver=line.competent.name,
        process=None,
        pair=line.pair,
        at=line.now,
    )
    assert refusal is not None
    assert refusal.ground == CaseGround.UNKNOWN_PROCESS


def test_a_second_dispatch_of_the_same_case_is_refused() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    assert refused(line, entry) == CaseGround.SECOND_HANDOVER


def test_a_stranger_cannot_write_about_a_case_of_two_others() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    strange = refused(line, entry, receiver="wuhu.g60.demo")
    assert strange == CaseGround.NOT_THE_COMPETENT_PARTY


@pytest.mark.parametrize(
    ("event", "ground"),
    [
        (CaseAccepted(number="1"), CaseGround.WRONG_PARTY),
        (AgreementOffered(document="x"), CaseGround.UNKNOWN_ACT),
        (DeemedAcceptanceReversed(fact="accept"), CaseGround.NOT_REVERSIBLE),
        (HandoverRecalled(handover="nothing"), CaseGround.RECALL_TOO_LATE),
        (CaseDeemedAccepted(due_on="2026-11-09"), CaseGround.WRONG_PARTY),
    ],
)
def test_what_only_the_authority_says_is_refused_from_the_intake_place(
    event: Event, ground: str
) -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    assert refused(line, about(entry, event)) == ground


def test_a_take_in_never_travels() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    event = dispatched(entry)
    taken_in = CaseTakenIn(
        item=event.item,
        item_digest=event.item_digest,
        process=event.process,
        mode=event.mode,
        delivery=event.delivery,
        intake_party=event.intake_party,
        competent=event.competent,
        organisation=event.organisation,
        intake=event.intake,
    )
    assert refused(line, about(entry, taken_in)) == CaseGround.UNKNOWN_ACT


def test_the_authority_names_no_delegation_for_its_own_power() -> None:
    line = online()
    sent(line)
    line.push(line.intake)
    line.push(line.competent)
    line.ask(line.competent, accept())
    entry = line.competent.log[-1]
    assert isinstance(entry, Entry)
    refusal = admit(
        line.intake.state,
        replace(entry, basis=Basis(kind=BasisKind.OWN_RIGHT)),
        writer=line.competent.name,
        receiver=line.intake.name,
        process=line.process,
        pair=line.pair,
        at=line.now,
    )
    assert refusal is not None
    assert refusal.ground == CaseGround.BASIS_NOT_NEEDED


def test_a_basis_of_a_kind_that_the_process_does_not_know_is_refused() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    acts = tuple(
        replace(act, bases=(BasisKind.INSTRUMENT,)) if act.act == "dispatch" else act
        for act in line.process.acts
    )
    line.process = replace(line.process, acts=acts)
    line.competent.state = None
    assert refused(line, entry) == AgreementGround.BASIS_KIND_NOT_ALLOWED


def test_an_act_that_the_process_does_not_order_is_refused() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    acts = tuple(act for act in line.process.acts if act.act != "rate")
    line.process = replace(line.process, acts=acts)
    assert refused(line, about(entry, CaseRated(grade=Grade.SATISFIED))) == "unknown_act"


@pytest.mark.parametrize(
    "event",
    [
        AgreementOffered(document="x"),
        DeemedAcceptanceReversed(fact="accept"),
    ],
)
def test_an_entry_that_cannot_have_been_admitted_is_a_broken_invariant(event: Event) -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    with pytest.raises(BrokenInvariant):
        evolve(
            line.competent.state,
            about(entry, event),
            writer=line.intake.name,
            viewer=line.competent.name,
            process=line.process,
        )


def test_nothing_but_a_dispatch_or_take_in_begins_a_case() -> None:
    line = online()
    entry = sent(line)
    with pytest.raises(BrokenInvariant):
        evolve(
            None,
            about(entry, CaseOpened()),
            writer="a",
            viewer="b",
            process=PROCESSES["all_online"],
        )


def test_an_act_out_of_its_stage_is_a_broken_invariant() -> None:
    line = online()
    entry = sent(line)
    line.push(line.intake)
    state = line.competent.state
    assert state is not None
    with pytest.raises(BrokenInvariant):
        evolve(
            changed(state, stage="decided"),
            about(entry, CaseAccepted(number="1")),
            writer=line.competent.name,
            viewer=line.intake.name,
            process=line.process,
        )


def test_a_handover_lands_only_with_its_receipt() -> None:
    line = online()
    sent(line)
    state = line.intake.state
    assert state is not None
    with pytest.raises(BrokenInvariant):
        landed(state, None)
