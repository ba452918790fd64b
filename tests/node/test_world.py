"""Anything may go wrong between nodes; afterwards everything is where it belongs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.node.world import (
    CONFIRM_WITHDRAWAL,
    PAIR,
    RECALL,
    REQUEST_WITHDRAWAL,
    TRIO,
    World,
    make_template,
)

from tongban.testing.applications import HEFEI, SONGJIANG

NUMBER = st.integers(0, 30)
FEW = st.integers(0, 3)

_TEMPLATES: dict[tuple[str, ...], Path] = {}


@pytest.fixture(autouse=True)
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    for names in (PAIR, TRIO):
        _TEMPLATES[names] = tmp_path_factory.mktemp("template")
        make_template(_TEMPLATES[names], names)
    yield
    _TEMPLATES.clear()


class Machine(RuleBasedStateMachine):
    """Draws what happens next; a failing run prints its shortest story."""

    names: ClassVar[tuple[str, ...]] = PAIR

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="tongban-world-")
        self.world = World(_TEMPLATES[self.names], Path(self.folder.name), self.names)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.heal()
            self.world.check_always()
            self.world.check_healed()
            self.world.check_rebuilds()
        finally:
            self.world.federation.stop()
            self.folder.cleanup()

    @invariant()
    def nothing_is_forked(self) -> None:
        if hasattr(self, "world"):
            self.world.check_always()

    def name(self, number: int) -> str:
        return self.names[number % len(self.names)]

    def two(self, number: int) -> tuple[str, str]:
        return self.name(number), self.name(number + 1 + number // 2 % (len(self.names) - 1))

    @rule(who=FEW, number=NUMBER)
    def take_in(self, who: int, number: int) -> None:
        self.world.take_in(self.name(who), number)

    @rule(who=FEW, number=NUMBER, what=NUMBER)
    def act(self, who: int, number: int, what: int) -> None:
        self.world.act(self.name(who), number, what)

    @rule(who=FEW, what=FEW)
    def negotiate(self, who: int, what: int) -> None:
        self.world.negotiate(self.name(who), what)

    @rule(who=FEW, lost=st.sampled_from(["", "", "", "letter", "answer"]))
    def exchange(self, who: int, lost: str) -> None:
        self.world.exchange(*self.two(who), lost=lost)

    @rule(who=FEW, number=NUMBER, what=st.integers(0, 5))
    def go_through(self, who: int, number: int, what: int) -> None:
        """An act that is told at once, so that cases get somewhere."""
        self.world.act(self.name(who), number, what)
        self.world.federation.settle(2)

    @rule(number=st.integers(0, 1000))
    def repeat(self, number: int) -> None:
        self.world.repeat(number)

    @rule(who=FEW)
    def cut(self, who: int) -> None:
        self.world.cut(*self.two(who))

    @rule()
    def mend(self) -> None:
        self.world.mend()

    @rule(who=FEW)
    def crash(self, who: int) -> None:
        self.world.crash(self.name(who))

    @rule(who=FEW, call=st.integers(1, 120), number=NUMBER, what=st.integers(0, 12))
    def fail(self, who: int, call: int, number: int, what: int) -> None:
        name = self.name(who)
        if what == 12:
            self.world.fail(name, call, lambda: self.world.exchange(*self.two(who)))
        else:
            self.world.fail(name, call, lambda: self.world.act(name, number, what))

    @rule(who=FEW)
    def back_up(self, who: int) -> None:
        self.world.back_up(self.name(who))

    @precondition(lambda self: any(self.world.copies.values()))
    @rule(who=FEW, number=FEW)
    def put_back(self, who: int, number: int) -> None:
        self.world.put_back(self.name(who), number)

    @rule(days=st.sampled_from([1, 30, -2, 3650, -3650]))
    def jump(self, days: int) -> None:
        self.world.jump(days)

    @rule(who=FEW, number=NUMBER)
    def erase(self, who: int, number: int) -> None:
        self.world.erase(self.name(who), number)


class Three(Machine):
    """The same among three."""

    names = TRIO


def play(machine: type[Machine], *, examples: int, steps: int, same: bool) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=same,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_two_nodes_agree_whatever_happened() -> None:
    play(Machine, examples=12, steps=40, same=True)


def test_three_nodes_agree_whatever_happened() -> None:
    play(Three, examples=4, steps=40, same=True)


def test_a_case_that_came_back_ends_at_home_without_the_partner_knowing(tmp_path: Path) -> None:
    """Why views of a case that the viewer never took are not compared (World._check_views)."""
    world = World(_TEMPLATES[PAIR], tmp_path, PAIR)
    world.federation.settle()
    world.take_in(SONGJIANG, 0)
    for what in (RECALL, REQUEST_WITHDRAWAL, CONFIRM_WITHDRAWAL):
        world.act(SONGJIANG, 0, what)
        world.federation.settle()
    world.heal()
    world.check_healed()
    case = world.cases[0][0]
    state = world[SONGJIANG].case_state(case)
    assert state is not None
    assert (state.stage, world[HEFEI].case_state(case)) == ("withdrawn", None)
    world.federation.stop()


@pytest.mark.drill
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("machine", [Machine, Three])
def test_many_worlds_agree_whatever_happened(machine: type[Machine]) -> None:
    play(machine, examples=400, steps=60, same=False)
