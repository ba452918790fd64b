"""Laws that hold for every sequence of commands, pushes and delays."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.cases.commands import (
    CaseCommand,
    ConfirmWithdrawal,
    Recall,
    RecordDeadline,
    ReportStep,
    RequestWithdrawal,
)
from tongban.core.cases.decide import decide
from tongban.core.cases.events import Delivery, MaterialForm, Verdict
from tongban.core.cases.state import CaseState, FlagKind
from tongban.core.cases.successor import changed
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

from .examples import (
    APPLICANT,
    CASE,
    CLERK,
    FOOD,
    FUND,
    MORNING,
    OFFICER,
    SHIP,
    accept,
    complete,
    counter,
    counter_on_behalf,
    dispatch,
    hand_out,
    licence_counter,
    look,
    notify,
    online,
    rate,
    refuse_acceptance,
    reported,
    settle_it,
    take_in,
)
from .line import Line, Node, Outcome

LATER = reported(MORNING + timedelta(hours=1), MORNING + timedelta(days=30))

ANYBODYS: list[CaseCommand] = [
    dispatch(),
    dispatch(CLERK),
    look(),
    accept(),
    accept(LATER),
    refuse_acceptance(),
    refuse_acceptance(LATER),
    notify("floor_plan"),
    notify("purchase_contract", reported=LATER),
    notify("inspection_certificate"),
    complete("floor_plan", "purchase_contract", "inspection_certificate"),
    complete("purchase_contract", actor=CLERK, form=MaterialForm.ORIGINAL_SEEN),
    complete("inspection_certificate", actor=CLERK),
    complete("inspection_certificate", actor=CLERK, form=MaterialForm.ORIGINAL_SEEN),
    settle_it(),
    settle_it(Verdict.REFUSED),
    settle_it(reported=LATER),
    hand_out(),
    hand_out(Delivery.POST, tracking="EMS3"),
    rate(),
    RequestWithdrawal(case=CASE, actor=APPLICANT),
    ConfirmWithdrawal(case=CASE, actor=OFFICER),
    Recall(case=CASE, actor=OFFICER),
    ReportStep(case=CASE, actor=OFFICER, step="site_inspection", reported=LATER),
    RecordDeadline(case=CASE, actor=OFFICER, rule="correction_notice"),
]

#: A number asks for something that is allowed just then, so that long stories are told too.
Move = int | tuple[str, CaseCommand] | str

MOVES: st.SearchStrategy[list[Move]] = st.lists(
    st.one_of(
        st.integers(min_value=0, max_value=40),
        st.integers(min_value=0, max_value=40),
        st.just("push both"),
        st.sampled_from(["push intake", "push competent", "wait"]),
        st.tuples(st.sampled_from(["intake", "competent"]), st.sampled_from(ANYBODYS)),
    ),
    min_size=6,
    max_size=24,
)

STARTS: dict[str, tuple[Callable[[], Line], Item]] = {
    "online": (online, FOOD),
    "counter": (counter, FUND),
    "counter, dispatched": (counter, FUND),
    "licence, dispatched": (licence_counter, SHIP),
    "licence, on behalf": (counter_on_behalf, SHIP),
    "licence, on behalf, dispatched": (counter_on_behalf, SHIP),
    "online, dispatched": (online, FOOD),
}
LINES = st.sampled_from(sorted(STARTS))


def play(line: Line, moves: list[Move]) -> None:
    for move in moves:
        if isinstance(move, int):
            ask_allowed(line, move)
        elif isinstance(move, tuple):
            line.ask(line.intake if move[0] == "intake" else line.competent, move[1])
        elif move == "wait":
            line.wait(days=3)
        else:
            push(line, move)
        assert_one_holder(line)


def push(line: Line, move: str) -> None:
    if move != "push competent":
        line.push(line.intake)
    if move != "push intake":
        line.push(line.competent)


def ask_allowed(line: Line, choice: int) -> None:
    """Ask for one of the things that would not be refused now."""
    allowed = [
        (node, command)
        for node in (line.intake, line.competent)
        for command in ANYBODYS
        if not isinstance(decide(node.state, command, line.context(node)), Refusal)
    ]
    if allowed:
        node, command = allowed[choice % len(allowed)]
        line.ask(node, command)


def assert_one_holder(line: Line) -> None:
    """At most one node may move the case, and where none may, a hand-over is on its way."""
    nodes = (line.intake, line.competent)
    assert len([node for node in nodes if may_move(node)]) <= 1
    in_transit = any(node.state and node.state.transit for node in nodes)
    assert in_transit or any(may_move(node) for node in nodes)


def may_move(node: Node) -> bool:
    state = node.state
    return state is not None and state.transit is None and state.holder == node.name


def flush(line: Line) -> None:
    """Carry everything over until neither side has news."""
    for _ in range(3):
        line.push(line.intake)
        line.push(line.competent)


def shared(state: CaseState | None) -> CaseState | None:
    """What both views must agree on: all but what only the writer of a refused entry notes."""
    if state is None:
        return None
    flags = tuple(flag for flag in state.flags if flag.kind is not FlagKind.REFUSED_BY_PARTNER)
    return changed(state, flags=flags, returned="")


@settings(max_examples=60, deadline=None)
@given(start=LINES, moves=MOVES)
def test_the_sender_recomputes_what_the_receiver_decided(start: str, moves: list[Move]) -> None:
    line = begun(start)
    play(line, moves)
    event(f"competent at {line.competent.state and line.competent.state.stage}")
    for node in (line.intake, line.competent):
        pronounced = [one.refused for one in node.log if isinstance(one, Outcome)]
        assert line.recompute(node) == pronounced


@settings(max_examples=60, deadline=None)
@given(start=LINES, moves=MOVES)
def test_both_views_are_equal_once_everything_is_known(start: str, moves: list[Move]) -> None:
    line = begun(start)
    play(line, moves)
    flush(line)
    if line.competent.state is not None:
        assert shared(line.intake.state) == shared(line.competent.state)
        assert line.intake.state is not None
        assert line.intake.state.transit is None


@settings(max_examples=60, deadline=None)
@given(start=LINES, moves=MOVES)
def test_every_state_has_one_form_of_bytes(start: str, moves: list[Move]) -> None:
    line = begun(start)
    play(line, moves)
    for node in (line.intake, line.competent):
        if node.state:
            assert canonical.decode(canonical.encode(node.state), CaseState) == node.state


@settings(max_examples=60, deadline=None)
@given(start=LINES, moves=MOVES)
def test_legs_follow_each_other_without_gap_or_overlap(start: str, moves: list[Move]) -> None:
    line = begun(start)
    play(line, moves)
    state = line.intake.state
    assert state is not None
    for earlier, later in zip(state.legs, state.legs[1:], strict=False):
        assert earlier.ended_at == later.began_at
        assert earlier.began_at <= later.began_at


def begun(start: str) -> Line:
    """A line on which the case is taken in, and perhaps sent."""
    make, item = STARTS[start]
    line = make()
    line.do(line.intake, take_in(item))
    if "dispatched" in start:
        line.do(line.intake, dispatch(take_in(item).actor))
    return line
