"""The paths that the first journeys take, folded at both ends."""

from tongban.core import canonical
from tongban.core.cases.events import Delivery, MaterialForm, Verdict
from tongban.core.cases.process import LegKind
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState
from tongban.core.entry import BasisKind
from tongban.core.refusal import Refusal

from .examples import (
    APPLICANT,
    CLERK,
    FOOD,
    FUND,
    SHIP,
    accept,
    complete,
    counter,
    dispatch,
    hand_out,
    licence_counter,
    look,
    notify,
    online,
    rate,
    refuse_acceptance,
    settle_it,
    take_in,
)
from .line import Line


def agreed(line: Line) -> CaseState:
    """The state of the case when both views are the same."""
    assert line.intake.state is not None
    assert line.intake.state == line.competent.state
    assert line.recompute(line.intake) is not None
    return line.intake.state


def test_an_online_case_ends_delivered_and_rated() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    line.do(line.competent, look())
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    line.do(line.intake, rate())
    state = agreed(line)
    assert (state.stage, state.ended, state.holder) == ("delivered", True, FOOD.competent)
    assert state.grade is not None
    assert state.delivered is not None
    assert state.delivered.method is Delivery.ONLINE


def test_an_online_case_rests_on_the_applicants_own_right() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    assert agreed(line).dispatched_on is BasisKind.OWN_RIGHT


def test_a_counter_case_goes_through_one_correction_and_back_to_the_counter() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, notify("purchase_contract"))
    assert agreed(line).holder == line.intake.name
    line.do(
        line.intake, complete("purchase_contract", actor=CLERK, form=MaterialForm.ORIGINAL_SEEN)
    )
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    assert agreed(line).holder == line.intake.name
    line.do(line.intake, hand_out())
    state = agreed(line)
    assert state.stage == "delivered"
    assert [leg.kind for leg in state.legs] == [
        LegKind.INTAKE,
        LegKind.TRANSIT,
        LegKind.ACCEPTANCE,
        LegKind.TRANSIT,
        LegKind.CORRECTION,
        LegKind.TRANSIT,
        LegKind.ACCEPTANCE,
        LegKind.REVIEW,
        LegKind.TRANSIT,
        LegKind.DELIVERY,
    ]


def test_a_counter_case_names_its_clause_on_every_delegated_act() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    line.do(line.intake, hand_out())
    uses = agreed(line).bases
    assert [use.basis.clause for use in uses] == ["2.1", "2.1"]


def test_a_refused_application_is_delivered_too() -> None:
    line = licence_counter()
    line.do(line.intake, take_in(SHIP, delivery=Delivery.POST))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it(Verdict.REFUSED))
    line.do(line.intake, hand_out(Delivery.POST, tracking="EMS1"))
    state = agreed(line)
    assert state.delivered is not None
    assert state.delivered.tracking == "EMS1"


def test_refused_acceptance_closes_the_case() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    line.do(line.competent, refuse_acceptance())
    state = agreed(line)
    assert (state.stage, state.ended) == ("not_accepted", True)


def test_an_own_right_filing_at_a_counter_is_delivered_by_the_authority_itself() -> None:
    line = counter()
    line.pair = online().pair
    line.do(line.intake, take_in(FUND, actor=APPLICANT, delivery=Delivery.POST))
    line.do(line.intake, dispatch(APPLICANT))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    assert agreed(line).holder == line.competent.name
    line.do(line.competent, hand_out(Delivery.POST, tracking="EMS2"))
    assert agreed(line).ended


def test_what_nobody_may_deliver_for_the_authority_it_delivers_itself() -> None:
    """The clauses are gone, so the counter's power to deliver is."""
    line = counter()
    line.do(line.intake, take_in(FUND, delivery=Delivery.POST))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    assert agreed(line).holder == line.intake.name
    post = hand_out(Delivery.POST, tracking="EMS3")
    refusal = line.ask(line.competent, post)
    assert isinstance(refusal, Refusal)
    assert refusal.ground == CaseGround.WRONG_PARTY
    line.pair = online().pair
    line.do(line.competent, post)
    assert agreed(line).ended


def test_a_case_under_way_is_finished_after_the_agreement_expired() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, notify("application_form"))
    line.wait(days=3650)
    line.do(line.intake, complete("application_form", actor=CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    line.do(line.intake, hand_out())
    assert agreed(line).ended


def test_materials_show_what_the_correction_replaced() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    line.do(line.competent, notify("floor_plan"))
    line.do(line.intake, complete("floor_plan"))
    codes = [material.code for material in agreed(line).materials]
    assert codes == ["business_licence", "safety_rules", "floor_plan"]


def test_the_state_survives_a_round_trip_through_its_bytes() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    state = agreed(line)
    assert canonical.decode(canonical.encode(state), CaseState) == state


def test_the_other_party_is_found_from_either_side() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    state = line.intake.state
    assert state is not None
    assert state.partner(line.intake.name) == line.competent.name
    assert state.partner(line.competent.name) == line.intake.name
