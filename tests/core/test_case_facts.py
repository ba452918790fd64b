"""Reports of what an authority did in its own system: stored, flagged, never argued with."""

from dataclasses import replace
from datetime import timedelta

from tongban.core.cases.commands import Decide, RecordDeadline, ReportStep
from tongban.core.cases.decide import decide
from tongban.core.cases.events import DeemedAcceptanceReversed, Verdict
from tongban.core.cases.process import ActKind
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState, FlagKind
from tongban.core.cases.successor import changed
from tongban.core.deadlines.calendar import TableCalendar
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal

from .examples import (
    CASE,
    CLERK,
    FOOD,
    FUND,
    MORNING,
    OFFICER,
    SHIP,
    SYSTEM,
    accept,
    counter,
    dispatch,
    licence_counter,
    notify,
    online,
    refuse_acceptance,
    reported,
    settle_it,
    take_in,
)
from .line import Line


def arrived() -> Line:
    line = licence_counter()
    line.do(line.intake, take_in(SHIP))
    line.do(line.intake, dispatch(CLERK))
    return line


def overdue() -> Line:
    """Five working days after availability, with one holiday and one make-up day, are over."""
    line = arrived()
    line.wait(days=8)
    return line


def deemed() -> Line:
    line = overdue()
    line.do(line.competent, RecordDeadline(case=CASE, actor=SYSTEM, rule="correction_notice"))
    return line


def view(line: Line) -> CaseState:
    assert line.intake.state is not None
    assert line.intake.state == line.competent.state
    return line.intake.state


def kinds(state: CaseState) -> list[FlagKind]:
    return [flag.kind for flag in state.flags]


def step(name: str = "site_inspection") -> ReportStep:
    return ReportStep(case=CASE, actor=SYSTEM, step=name, reported=reported(MORNING))


def test_a_reported_acceptance_counts_from_when_it_happened() -> None:
    line = arrived()
    line.wait(days=2)
    line.do(line.competent, accept(reported(MORNING + timedelta(hours=3), line.now)))
    assert view(line).accepted_at == MORNING + timedelta(hours=3)
    assert view(line).flags == ()


def test_steps_are_kept_in_the_order_of_the_log() -> None:
    line = arrived()
    line.do(line.competent, step("receipt_check"))
    line.do(line.competent, step("site_inspection"))
    assert [one.step for one in view(line).steps] == ["receipt_check", "site_inspection"]


def test_a_decision_without_acceptance_is_recorded_and_flagged() -> None:
    line = arrived()
    line.do(line.competent, settle_it(reported=reported(MORNING)))
    state = view(line)
    assert (state.stage, state.holder) == ("decided", line.intake.name)
    assert kinds(state) == [FlagKind.OUT_OF_PROCESS]


def test_an_acceptance_reported_after_the_decision_does_not_lead_back() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    late = replace(settle_it(), reported=reported(MORNING))
    line.do(line.competent, late)
    line.do(line.competent, accept(reported(MORNING)))
    state = view(line)
    assert state.stage == "delivered"
    assert state.accepted_at == MORNING
    assert kinds(state) == [FlagKind.OUT_OF_PROCESS, FlagKind.OUT_OF_PROCESS]


def test_a_repeated_decision_is_flagged() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    line.do(line.competent, accept())
    line.do(line.competent, settle_it(reported=reported(MORNING)))
    line.do(line.competent, settle_it(Verdict.REFUSED, reported=reported(MORNING)))
    state = view(line)
    assert kinds(state) == [FlagKind.OUT_OF_PROCESS, FlagKind.REPEATED]
    assert state.done(ActKind.DELIVER) == 1


def test_a_fact_without_its_documents_is_flagged() -> None:
    line = arrived()
    bare = Decide(case=CASE, actor=SYSTEM, verdict=Verdict.GRANTED, reported=reported(MORNING))
    line.do(line.competent, accept(reported(MORNING)))
    line.do(line.competent, bare)
    flags = view(line).flags
    assert [(flag.kind, flag.detail) for flag in flags] == [
        (FlagKind.BODY_MISSING, "decision"),
        (FlagKind.BODY_MISSING, "result"),
    ]


def test_a_fact_reported_before_it_happened_is_flagged() -> None:
    line = arrived()
    line.do(line.competent, accept(reported(MORNING, MORNING - timedelta(days=1))))
    assert kinds(view(line)) == [FlagKind.REPORTED_BEFORE_ACT]


def test_a_fact_that_no_process_orders_is_flagged() -> None:
    line = arrived()
    acts = tuple(act for act in line.process.acts if act.act != "report_step")
    line.process = replace(line.process, acts=acts)
    line.do(line.competent, step())
    assert kinds(view(line)) == [FlagKind.OUT_OF_PROCESS]


def test_a_report_is_refused_from_who_does_not_hold_the_case() -> None:
    line = arrived()
    line.do(line.competent, notify("inspection_certificate"))
    answer = line.ask(line.competent, step())
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.NOT_HOLDER


def test_a_report_is_refused_from_the_intake_place() -> None:
    line = arrived()
    answer = line.ask(line.intake, step())
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.WRONG_PARTY


def test_a_report_is_refused_while_the_case_is_in_transit() -> None:
    line = arrived()
    line.ask(line.competent, notify("inspection_certificate"))
    answer = line.ask(line.competent, step())
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.IN_TRANSIT


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt() -> None:
    state = view(deemed())
    assert (state.stage, state.deemed_accepted) == ("accepted", True)
    assert state.accepted_at == MORNING


def test_silence_is_not_acceptance_before_the_last_day_is_over() -> None:
    line = arrived()
    line.wait(days=7)
    answer = line.ask(
        line.competent, RecordDeadline(case=CASE, actor=SYSTEM, rule="correction_notice")
    )
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.DEADLINE_NOT_PASSED


def test_a_deadline_without_effect_is_not_recorded() -> None:
    line = arrived()
    line.do(line.competent, accept())
    line.wait(days=60)
    answer = line.ask(line.competent, RecordDeadline(case=CASE, actor=SYSTEM, rule="decision"))
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.DEADLINE_NOT_PASSED


def test_an_estimated_calendar_has_no_effect_in_law() -> None:
    line = overdue()
    line.calendar = TableCalendar(holidays=frozenset(), workdays=frozenset(), years=frozenset())
    answer = line.ask(
        line.competent, RecordDeadline(case=CASE, actor=SYSTEM, rule="correction_notice")
    )
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.CALENDAR_PROVISIONAL


def test_a_deadline_needs_the_item() -> None:
    line = overdue()
    context = replace(line.context(line.competent), item=None)
    command = RecordDeadline(case=CASE, actor=SYSTEM, rule="correction_notice")
    answer = decide(line.competent.state, command, context)
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.UNKNOWN_ITEM


def test_a_late_report_of_a_timely_notice_reverses_the_deemed_acceptance() -> None:
    line = deemed()
    timely = MORNING + timedelta(days=3)
    line.do(line.competent, notify("inspection_certificate", reported=reported(timely, line.now)))
    state = view(line)
    assert (state.stage, state.holder) == ("correcting", line.intake.name)
    assert (state.deemed_accepted, state.accepted_at) == (False, None)
    events = [one.event for one in line.competent.log if isinstance(one, Entry)]
    assert DeemedAcceptanceReversed(fact="notify_correction") in events


def test_a_late_report_of_a_timely_acceptance_replaces_the_deemed_one() -> None:
    line = deemed()
    timely = MORNING + timedelta(days=1)
    line.do(line.competent, accept(reported(timely, line.now)))
    state = view(line)
    assert (state.stage, state.accepted_at) == ("accepted", timely)
    assert not state.deemed_accepted


def test_a_report_of_a_late_act_leaves_the_deemed_acceptance() -> None:
    line = deemed()
    line.do(line.competent, refuse_acceptance(reported(line.now)))
    state = view(line)
    assert state.deemed_accepted
    assert kinds(state) == [FlagKind.OUT_OF_PROCESS]


def test_a_reversal_does_not_lead_back_from_a_decision() -> None:
    line = counter()
    line.item = replace(FUND, type_code=SHIP.type_code)
    line.do(line.intake, take_in(line.item))
    line.do(line.intake, dispatch(CLERK))
    line.wait(days=8)
    line.do(line.competent, RecordDeadline(case=CASE, actor=OFFICER, rule="correction_notice"))
    state = view(line)
    moved = changed(state, stage="decided")
    context = line.context(line.competent)
    answer = decide(moved, accept(reported(MORNING)), context)
    assert not isinstance(answer, Refusal)
    line.competent.state = moved
    line.append(line.competent, line.entry(line.competent, accept(), answer[0]))
    assert line.competent.state.stage == "decided"
    assert not line.competent.state.deemed_accepted
