"""A node that stops at any write of a case's whole course loses nothing and forks nothing."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tongban.core.cases.events import Grade, Mode
from tongban.testing.simulation import people
from tongban.testing.simulation.checkers import CHECKERS
from tongban.testing.simulation.people import Matter, sign_both
from tongban.testing.simulation.world import PAIR, World

SONGJIANG, HEFEI = PAIR
#: Who does what, in this order; the applicant takes part at Songjiang.
COURSE = (
    (HEFEI, "notify"),
    (SONGJIANG, "complete"),
    (HEFEI, "accept"),
    (HEFEI, "grant"),
    (SONGJIANG, "rate"),
)
#: Writes, truncations and fsyncs of one machine during the course, rounded up.
BOUNDARIES = 400
STEP = 17


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path / "world", PAIR, Random(1))
    found.start()
    found.run(2)
    nodes = {name: found[name] for name in PAIR}
    for agreement in found.agreements:
        sign_both(nodes, agreement)
    found.run(2)
    yield found
    found.close()


def play(world: World) -> None:
    """The course once; whoever is down does what there is to do when it is up again."""
    node = world[SONGJIANG]
    item = next(each for each in node.items() if each.competent == HEFEI)
    matter = Matter(node.new_case("310117"), item, Mode.ALL_ONLINE)
    world.matters.append(matter)
    command = people.application(matter, node.kernel.clock.now())
    world.do(lambda: node.execute(command))
    world.run(1)
    for name, act in COURSE:
        if not world.machines[name].running:
            world.run(6)
        world.do(partial(people.do, world[name], matter, act))
        world.run(1)


def check(world: World) -> None:
    world.calm()
    world.run(30)
    for machine in world.machines.values():
        world.fall(machine, power=False, away=0.1)
    world.run(30)
    for checker in CHECKERS:
        checker(world).look_at_last()


def _stopped_at(world: World, name: str, boundary: int, *, power: bool) -> None:
    world.machines[name].disk.arm(boundary)
    world.chance = Random(f"{boundary}/{power}")
    play(world)
    check(world)


@pytest.mark.parametrize("boundary", range(1, BOUNDARIES, STEP))
@pytest.mark.parametrize("name", PAIR)
def test_a_fall_at_a_write_loses_nothing(world: World, name: str, boundary: int) -> None:
    _stopped_at(world, name, boundary, power=bool(boundary % 2))


@pytest.mark.drill
@pytest.mark.parametrize("power", [True, False])
@pytest.mark.parametrize("boundary", range(1, BOUNDARIES))
@pytest.mark.parametrize("name", PAIR)
def test_a_fall_at_every_write_loses_nothing(
    world: World, name: str, boundary: int, *, power: bool
) -> None:
    _stopped_at(world, name, boundary, power=power)


def test_the_course_has_no_more_writes_than_are_tried(world: World) -> None:
    before = {name: world.machines[name].disk.boundaries for name in PAIR}
    play(world)
    made = {name: world.machines[name].disk.boundaries - before[name] for name in PAIR}
    assert max(made.values()) < BOUNDARIES, made
    state = world[SONGJIANG].case_state(world.matters[0].case)
    assert state is not None
    assert (state.stage, state.grade) == ("delivered", Grade.SATISFIED)
