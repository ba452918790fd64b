"""代为受理: the counter receives for the authority, and tells once what has to be supplied."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.granting import granting

from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.commands import RecordDeadline, TakeIn
from tongban.core.cases.events import (
    CaseDispatched,
    CorrectionLine,
    MaterialForm,
    MaterialLine,
    OnBehalf,
    ToldAtIntake,
)
from tongban.core.cases.process import ActKind, LegKind, Power
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.deadlines.running import deadlines_of
from tongban.core.entry import Basis, BasisKind, Entry
from tongban.core.refusal import Refusal

from .examples import (
    APPLICANT,
    CALENDAR,
    CASE,
    CLERK,
    MORNING,
    NOTHING,
    SHIP,
    SYSTEM,
    accept,
    bodies,
    complete,
    dispatch,
    line,
    materials,
    notify,
    pair_of,
    refuse_acceptance,
    signed,
    take_in,
)
from .line import Line

TEXT = granting("jiaxing.g60.demo", "wuhu.g60.demo", more=frozenset({Power.NOTIFY}))
PAIR = pair_of((signed(TEXT), TEXT))
WITHOUT = granting("jiaxing.g60.demo", "wuhu.g60.demo", less=frozenset({Power.NOTIFY}))
LACKING = SHIP.materials[0].code


def told_counter(pair: PairAgreements = PAIR) -> Line:
    """The Jiaxing counter takes in a licence for Wuhu and may notify in its name."""
    return line(SHIP, "jiaxing", pair)


def lacking(*codes: str, **changes: Any) -> TakeIn:
    """An intake without the first material, which the counter names to the applicant."""
    brought = tuple(
        each for each in materials(SHIP, MaterialForm.ORIGINAL_SEEN) if each.code != LACKING
    )
    notice = tuple(CorrectionLine(code=code, defect="missing") for code in codes or (LACKING,))
    fields = {
        "materials": brought,
        "notice": notice,
        "bodies": bodies("application", "correction"),
        **changes,
    }
    return take_in(SHIP, **fields)


def stage_of(state: CaseState | None) -> str:
    assert state is not None
    return state.stage


def due(state: CaseState | None) -> dict[str, tuple[str, str]]:
    """Against whom each limit runs, and from which day on."""
    assert state is not None
    return {
        each.rule: (each.party.partition(".")[0], each.began_on.isoformat())
        for each in deadlines_of(state, SHIP, CALENDAR)
    }


def told(case: Line) -> None:
    case.do(case.intake, lacking())


def supplied(case: Line) -> None:
    told(case)
    case.wait(days=1)
    case.do(
        case.intake,
        replace(
            complete(LACKING, actor=CLERK, form=MaterialForm.ORIGINAL_SEEN), completed_at=case.now
        ),
    )


def arrived(case: Line) -> None:
    supplied(case)
    case.wait(days=1)
    case.do(case.intake, dispatch(CLERK))


def refused(case: Line, node: Any, command: Any) -> str:
    answer = case.ask(node, command)
    assert isinstance(answer, Refusal), answer
    return str(answer.ground)


def test_the_counter_tells_before_the_dispatch_and_the_applicant_supplies_it_there() -> None:
    case = told_counter()
    told(case)
    assert stage_of(case.intake.state) == "correcting_at_intake"
    assert case.competent.state is None
    assert refused(case, case.intake, dispatch(CLERK)) == CaseGround.WRONG_STAGE
    case.wait(days=1)
    case.do(case.intake, complete(LACKING, actor=CLERK, form=MaterialForm.ORIGINAL_SEEN))
    assert stage_of(case.intake.state) == "corrected_at_intake"


def test_what_was_told_and_supplied_is_the_same_case_on_both_sides() -> None:
    case = told_counter()
    arrived(case)
    state = case.competent.state
    assert state is not None
    assert state == case.intake.state
    assert (state.stage, state.correction[0].code) == ("corrected", LACKING)
    assert LACKING in {each.code for each in state.materials}
    assert {"application", "correction"} <= {*state.bodies}
    assert [leg.kind for leg in state.legs] == [
        LegKind.INTAKE,
        LegKind.CORRECTION,
        LegKind.INTAKE,
        LegKind.TRANSIT,
        LegKind.ACCEPTANCE,
    ]
    assert case.recompute(case.competent) == [{}]


def test_it_is_told_once_and_then_acceptance_is_owed() -> None:
    case = told_counter()
    arrived(case)
    assert refused(case, case.competent, notify(LACKING)) == CaseGround.SECOND_CORRECTION
    owed = refused(case, case.competent, refuse_acceptance())
    assert owed == CaseGround.ACCEPTANCE_IS_OWED
    case.do(case.competent, accept())
    assert stage_of(case.competent.state) == "accepted"


def test_the_authority_tells_itself_where_the_counter_did_not() -> None:
    case = told_counter()
    case.do(case.intake, take_in(SHIP))
    case.do(case.intake, dispatch(CLERK))
    case.do(case.competent, notify(LACKING))
    assert stage_of(case.intake.state) == "correcting"
    again = replace(notify(LACKING), actor=CLERK)
    assert refused(case, case.intake, again) == CaseGround.WRONG_PARTY


def test_the_counter_tells_of_a_case_that_came_back_too() -> None:
    case = told_counter()
    case.do(case.intake, take_in(SHIP))
    case.do(case.intake, replace(notify(LACKING), actor=CLERK))
    assert stage_of(case.intake.state) == "correcting_at_intake"
    second = refused(case, case.intake, replace(notify(LACKING), actor=CLERK))
    assert second == CaseGround.WRONG_PARTY


def test_the_authority_s_days_run_from_the_receipt_of_the_counter() -> None:
    case = told_counter()
    case.do(case.intake, take_in(SHIP))
    first = MORNING.date().isoformat()
    assert due(case.intake.state)["correction_notice"] == ("jiaxing", first)
    case.wait(days=1)
    case.do(case.intake, dispatch(CLERK))
    assert due(case.competent.state)["correction_notice"] == ("wuhu", first)


def test_without_the_power_they_run_from_arrival() -> None:
    case = told_counter(pair_of((signed(WITHOUT), WITHOUT)))
    case.do(case.intake, take_in(SHIP))
    assert "correction_notice" not in due(case.intake.state)
    case.wait(days=1)
    case.do(case.intake, dispatch(CLERK))
    next_day = (MORNING + timedelta(days=1)).date().isoformat()
    assert due(case.competent.state)["correction_notice"] == ("wuhu", next_day)


def test_days_that_passed_before_arrival_count_and_acceptance_goes_back_to_the_receipt() -> None:
    case = told_counter()
    case.do(case.intake, take_in(SHIP))
    case.wait(days=10)
    rule = RecordDeadline(case=CASE, actor=SYSTEM, rule="correction_notice")
    assert refused(case, case.intake, rule) == CaseGround.WRONG_PARTY
    case.do(case.intake, dispatch(CLERK))
    case.do(case.competent, rule)
    state = case.intake.state
    assert state is not None
    assert (state.deemed_accepted, state.accepted_at) == (True, MORNING)
    assert state == case.competent.state


def test_no_clock_runs_while_the_applicant_supplies_what_was_told() -> None:
    case = told_counter()
    told(case)
    assert due(case.intake.state) == {}
    supplied(case := told_counter())
    second = china_day(case.now).isoformat()
    assert due(case.intake.state) == {"dispatch": ("jiaxing", second)}
    case.wait(days=1)
    case.do(case.intake, dispatch(CLERK))
    assert due(case.competent.state) == {"acceptance_after_correction": ("wuhu", second)}


def test_without_the_power_the_counter_tells_nothing() -> None:
    case = told_counter(pair_of((signed(WITHOUT), WITHOUT)))
    assert refused(case, case.intake, lacking()) == AgreementGround.POWER_NOT_GRANTED
    assert refused(case, case.intake, take_in(SHIP, materials=())) == CaseGround.MATERIAL_MISSING


def test_the_notice_is_complete_and_in_words() -> None:
    case = told_counter()
    nothing = lacking(materials=())
    assert refused(case, case.intake, nothing) == CaseGround.MATERIAL_MISSING
    wordless = lacking(bodies=bodies("application"))
    assert refused(case, case.intake, wordless) == CaseGround.BODY_MISSING


def test_what_is_told_about_an_original_need_not_have_been_seen_yet() -> None:
    checked = next(each.code for each in SHIP.materials if each.original_check)
    copies = tuple(
        replace(each, form=MaterialForm.COPY if each.code == checked else each.form)
        for each in materials(SHIP, MaterialForm.ORIGINAL_SEEN)
    )
    case = told_counter()
    case.do(case.intake, lacking(checked, materials=copies))
    assert stage_of(case.intake.state) == "correcting_at_intake"


def test_everything_that_was_told_is_supplied_before_the_dispatch() -> None:
    case = told_counter()
    told(case)
    form = replace(complete(actor=CLERK), bodies=bodies("application"))
    assert refused(case, case.intake, form) == CaseGround.MATERIAL_MISSING
    assert refused(case, case.intake, complete(actor=CLERK)) == CaseGround.CORRECTION_INCOMPLETE


def test_a_case_that_outlives_the_power_goes_by_the_own_right_and_counts_from_arrival() -> None:
    case = told_counter()
    supplied(case)
    case.pair = NOTHING
    case.wait(days=1)
    assert refused(case, case.intake, dispatch(CLERK)) == AgreementGround.NO_AGREEMENT
    case.do(case.intake, dispatch(APPLICANT))
    state = case.competent.state
    assert state is not None
    assert state == case.intake.state
    assert (state.stage, state.correction, state.intake.on_behalf) == ("dispatched", (), None)
    assert state.done(ActKind.NOTIFY_CORRECTION) == 0
    assert LACKING in {each.code for each in state.materials}
    assert due(state)["correction_notice"] == ("wuhu", china_day(case.now).isoformat())


def test_a_case_that_comes_back_can_be_sent_again() -> None:
    case = told_counter()
    supplied(case)
    assert not isinstance(case.ask(case.intake, dispatch(CLERK)), Refusal)
    case.pair = NOTHING
    case.push(case.intake)
    case.push(case.competent)
    assert stage_of(case.intake.state) == "corrected_at_intake"
    case.pair = PAIR
    case.do(case.intake, dispatch(CLERK))
    assert case.intake.state == case.competent.state
    assert stage_of(case.competent.state) == "corrected"


def sent(case: Line, **changes: Any) -> str:
    """How Wuhu answers a dispatch whose intake was forged in some field."""
    supplied(case)
    answer = case.ask(case.intake, dispatch(CLERK))
    assert not isinstance(answer, Refusal)
    entry = case.intake.log[-1]
    assert isinstance(entry, Entry)
    assert isinstance(entry.event, CaseDispatched)
    basis = changes.pop("basis", entry.basis)
    actor = changes.pop("actor", entry.actor)
    intake = replace(entry.event.intake, **changes)
    event = replace(entry.event, intake=intake)
    case.intake.log[-1] = replace(entry, event=event, basis=basis, actor=actor)
    outcome = case.push(case.intake)
    assert outcome is not None
    return outcome.refused.get(entry.id, "")


def behalf(**changes: Any) -> OnBehalf:
    whole = ToldAtIntake(
        lines=(CorrectionLine(code=LACKING, defect="missing"),),
        notified_at=MORNING,
        materials=(MaterialLine(code=LACKING, form=MaterialForm.ORIGINAL_SEEN),),
        completed_at=MORNING,
    )
    return OnBehalf(told=replace(whole, **changes))


@pytest.mark.parametrize(
    ("forged", "ground"),
    [
        ({}, ""),
        ({"lines": ()}, CaseGround.CORRECTION_EMPTY),
        ({"completed_at": MORNING + timedelta(days=9)}, CaseGround.INSTANT_IN_FUTURE),
        ({"notified_at": MORNING + timedelta(days=9)}, CaseGround.INSTANT_IN_FUTURE),
        ({"lines": (CorrectionLine(code="张 三", defect="missing"),)}, CaseGround.FIELD_UNFIT),
        (
            {"materials": (MaterialLine(code="张 三", form=MaterialForm.COPY),)},
            CaseGround.FIELD_UNFIT,
        ),
    ],
)
def test_the_authority_checks_what_it_is_told(forged: dict[str, Any], ground: str) -> None:
    assert sent(told_counter(), on_behalf=behalf(**forged)) == ground


def test_only_a_clause_or_instrument_lets_a_counter_receive_on_behalf() -> None:
    own = Basis(kind=BasisKind.OWN_RIGHT)
    answer = sent(told_counter(), basis=own, actor=APPLICANT)
    assert answer == AgreementGround.BASIS_KIND_NOT_ALLOWED


def test_a_clause_that_does_not_grant_it_carries_no_receipt_on_behalf() -> None:
    case = told_counter()
    supplied(case)
    assert not isinstance(case.ask(case.intake, dispatch(CLERK)), Refusal)
    entry = case.intake.log[-1]
    assert isinstance(entry, Entry)
    assert entry.basis is not None
    case.pair = pair_of((signed(WITHOUT), WITHOUT))
    basis = replace(entry.basis, document=signed(WITHOUT).document)
    case.intake.log[-1] = replace(entry, basis=basis)
    outcome = case.push(case.intake)
    assert outcome is not None
    assert [*outcome.refused.values()] == [AgreementGround.CLAUSE_DOES_NOT_GRANT]


def test_a_process_without_such_a_notice_admits_none() -> None:
    case = told_counter()
    supplied(case)
    assert not isinstance(case.ask(case.intake, dispatch(CLERK)), Refusal)
    known = case.process
    acts = tuple(
        each
        for each in known.acts
        if not (each.act is ActKind.NOTIFY_CORRECTION and each.power is Power.NOTIFY)
    )
    case.process = replace(known, acts=acts)
    outcome = case.push(case.intake)
    assert outcome is not None
    assert [*outcome.refused.values()] == [CaseGround.UNKNOWN_ACT]


def test_cases_of_the_older_process_go_on_as_they_began() -> None:
    """A case pins its process; one without the counter's notice runs from arrival."""
    case = told_counter()
    known = case.process
    case.process = replace(
        known,
        version=1,
        acts=tuple(
            each
            for each in known.acts
            if not {"taken_in", "correcting_at_intake", "corrected_at_intake"} & {*each.during}
            or each.act not in {ActKind.NOTIFY_CORRECTION, ActKind.COMPLETE_CORRECTION}
        ),
    )
    assert refused(case, case.intake, lacking()) == CaseGround.WRONG_PARTY
    case.do(case.intake, take_in(SHIP))
    case.wait(days=1)
    case.do(case.intake, dispatch(CLERK))
    state = case.competent.state
    assert state is not None
    assert state.intake.on_behalf is None
