"""What people are told of powers, and where documents stand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.granting import granting

from tongban.catalogue import load_processes
from tongban.core.agreements.authorise import Delegation, find_basis
from tongban.core.agreements.document import Document, Grant, Instrument, document_digest
from tongban.core.agreements.explain import Answer, Direction, explain, line_of
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.standing import DocumentStanding, items_of, standing_of
from tongban.core.agreements.state import AgreementState, PairAgreements, Suspension, Termination
from tongban.core.cases.events import Mode
from tongban.core.cases.process import CARRIED_OUT, NEEDED_WITH, Power

from .examples import (
    CARD,
    FUND,
    MORNING,
    NOTHING,
    agreement_between,
    in_force,
    instrument,
    offered,
    pair_of,
    signed,
)

AGREEMENT = agreement_between("suzhou", "hangzhou")
DIGEST = document_digest(AGREEMENT)
SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"
TOWARDS = Direction(granter=HANGZHOU, grantee=SUZHOU)
IN_FORCE = in_force("suzhou", "hangzhou")
WORDS_ONLY = replace(
    AGREEMENT, clauses=tuple(replace(clause, grants=()) for clause in AGREEMENT.clauses)
)


def suspension(*items: str) -> Suspension:
    return Suspension(by=HANGZHOU, ground="audit", items=items, at=MORNING, entry="x")


def stopped(*items: str) -> AgreementState:
    return replace(signed(AGREEMENT), suspensions=(suspension(*items),))


def answers(pair: PairAgreements, *modes: Mode) -> dict[tuple[Mode, Power], Answer]:
    found = explain(pair, TOWARDS, FUND.code, modes or tuple(Mode), at=MORNING)
    return {(each.mode, each.power): each for each in found}


RECEIVING = frozenset({Power.RECEIVE})
RECEIVE = (Mode.DELEGATED_INTAKE, Power.RECEIVE)


def test_every_power_is_answered_in_every_mode_that_is_asked() -> None:
    assert len(answers(IN_FORCE)) == len(Mode) * len(Power)
    assert set(answers(IN_FORCE, Mode.ALL_ONLINE)) == {(Mode.ALL_ONLINE, each) for each in Power}


def test_what_is_allowed_names_its_clause_and_needs_nothing() -> None:
    found = answers(IN_FORCE)[RECEIVE]
    assert found.basis is not None
    assert (found.basis.document, found.basis.clause) == (DIGEST, "2.1")
    assert (found.refusal, found.needed, found.stopped) == (None, None, ())


def test_an_explanation_says_what_acts_are_held_to() -> None:
    for (mode, power), answer in answers(IN_FORCE).items():
        wanted = Delegation(
            powers=(power, *NEEDED_WITH.get(power, ())),
            item=FUND.code,
            mode=mode,
            grantee=SUZHOU,
            granter=HANGZHOU,
            at=MORNING,
        )
        assert answer.found == find_basis(IN_FORCE, wanted)


@pytest.mark.parametrize("power", [Power.REVIEW, Power.PRINT])
def test_a_granted_power_that_no_act_uses_is_not_said_to_be_allowed(power: Power) -> None:
    clauses = tuple(
        replace(clause, grants=tuple(replace(each, powers=(power,)) for each in clause.grants))
        for clause in AGREEMENT.clauses
    )
    text = replace(AGREEMENT, clauses=clauses)
    found = answers(pair_of((signed(text), text)))[Mode.DELEGATED_INTAKE, power]
    assert found.basis is not None
    assert (found.allowed, found.carried_out) == (False, False)
    granting = [clause for clause in clauses if clause.grants]
    assert not any(clause.enforced for clause in granting if not clause.run_off)


def test_the_power_to_notify_needs_that_to_receive_beside_it() -> None:
    alone, both = (
        answers(pair_of((signed(text), text)))[Mode.DELEGATED_INTAKE, Power.NOTIFY]
        for text in (
            granting(SUZHOU, HANGZHOU, more=frozenset({Power.NOTIFY}), less=RECEIVING),
            granting(SUZHOU, HANGZHOU, more=frozenset({Power.NOTIFY})),
        )
    )
    assert (alone.allowed, alone.moves_days) == (False, False)
    assert alone.needed is not None
    assert alone.needed.powers == (Power.NOTIFY, Power.RECEIVE)
    assert (both.allowed, both.moves_days) == (True, True)


def test_every_power_that_a_shipped_process_uses_is_carried_out() -> None:
    used = {act.power for process in load_processes().values() for act in process.acts if act.power}
    assert used | {Power.CHECK_ORIGINALS} == CARRIED_OUT


def test_an_instrument_is_enforced_by_the_powers_that_acts_use() -> None:
    text = instrument()
    assert isinstance(text, Instrument)
    clause = text.clauses[0]
    assert clause.enforced
    assert not replace(clause, powers=(Power.PRINT,)).enforced


def test_what_nobody_granted_names_the_grant_that_is_needed() -> None:
    found = answers(NOTHING)[RECEIVE]
    assert found.refusal is not None
    assert found.basis is None
    assert found.refusal.ground == AgreementGround.NO_AGREEMENT
    assert found.needed == Grant(
        granter=HANGZHOU,
        grantee=SUZHOU,
        items=(FUND.code,),
        modes=(Mode.DELEGATED_INTAKE,),
        powers=(Power.RECEIVE,),
    )
    assert found.stopped == ()


def test_what_is_granted_and_stopped_names_the_clause_and_needs_no_other() -> None:
    found = answers(pair_of((stopped(), AGREEMENT)))[RECEIVE]
    assert found.refusal is not None
    assert found.refusal.ground == AgreementGround.SUSPENDED
    assert [line_of(each) for each in found.stopped] == [(DIGEST, "2.1")]
    assert found.needed is None


def standing(
    state: AgreementState, days: int = 0, document: Document = AGREEMENT
) -> DocumentStanding:
    pair = pair_of((state, document))
    return standing_of(pair, state.document, MORNING + timedelta(days=days))


def test_an_agreement_waits_for_those_who_have_not_signed() -> None:
    found = standing(offered(AGREEMENT))
    assert found.ground == AgreementGround.NOT_SIGNED_BY_ALL
    assert set(found.unsigned) == AGREEMENT.nodes
    assert not found.in_force


def test_an_agreement_of_all_signatures_is_in_force_within_its_days() -> None:
    assert standing(signed(AGREEMENT)).in_force
    assert standing(signed(AGREEMENT)).stopped == ()
    assert standing(signed(AGREEMENT), -9999).ground == AgreementGround.NOT_YET_IN_FORCE
    assert standing(signed(AGREEMENT), 9999).ground == AgreementGround.EXPIRED


def test_a_suspension_of_some_items_leaves_the_agreement_in_force_for_the_others() -> None:
    found = standing(stopped(FUND.code))
    assert found.in_force
    assert found.stopped == (FUND.code,)


def test_a_suspension_of_all_items_stops_the_agreement() -> None:
    assert standing(stopped()).ground == AgreementGround.SUSPENDED
    assert set(standing(stopped()).stopped) == set(items_of(AGREEMENT))


def test_an_agreement_that_grants_nothing_stands_by_its_signatures_and_days() -> None:
    assert standing(signed(WORDS_ONLY), document=WORDS_ONLY).in_force
    found = standing(offered(WORDS_ONLY), document=WORDS_ONLY)
    assert found.ground == AgreementGround.NOT_SIGNED_BY_ALL


def test_a_termination_brings_the_last_day_forward() -> None:
    last = MORNING.date() + timedelta(days=20)
    line = Termination(by=HANGZHOU, ground="audit", last_day=last, at=MORNING, entry="t")
    ending = replace(signed(AGREEMENT), terminations=(line,))
    assert (standing(ending).last_day, standing(ending).warning) == (last, 30)
    assert standing(ending, 21).ground == AgreementGround.TERMINATED


@pytest.mark.parametrize(
    ("before", "warning"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_warnings_come_due_90_30_and_7_days_before_the_last(
    before: int, warning: int | None
) -> None:
    left = standing(signed(AGREEMENT)).days_left
    assert left is not None
    found = standing(signed(AGREEMENT), left - before)
    assert (found.days_left, found.warning) == (before, warning)


def test_an_instrument_without_an_end_needs_no_signature_and_no_warning() -> None:
    found = standing(offered(instrument(), cited=True), document=instrument())
    assert (found.in_force, found.unsigned, found.days_left, found.warning) == (
        True,
        (),
        None,
        None,
    )
    assert CARD.code not in found.stopped
