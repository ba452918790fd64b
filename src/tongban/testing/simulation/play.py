"""Plays a story in a fresh world and says what came of it."""

import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import structlog

from tongban.core.china_time import next_midnight
from tongban.testing.simulation.affairs import AFFAIRS
from tongban.testing.simulation.checkers import CHECKERS
from tongban.testing.simulation.checkers.b_same_roots import SameRoots
from tongban.testing.simulation.checkers.checker import Checker
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.checkers.h_at_rest import let_rest
from tongban.testing.simulation.deeds import DEEDS, Deed
from tongban.testing.simulation.faults import FAULTS
from tongban.testing.simulation.machine import A_ROUND
from tongban.testing.simulation.people import sign_both
from tongban.testing.simulation.step import Step
from tongban.testing.simulation.story import Story
from tongban.testing.simulation.terms import TERMS
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import PAIR, TRIO, World

_KINDS: Mapping[str, Deed] = {**DEEDS, **AFFAIRS, **TERMS, **FAULTS}
#: Shares of worlds with two nodes, where officers have affairs, else where texts have other terms,
#: and else; and of agreements that are signed from the beginning.
_PAIRS_WITH_AFFAIRS, _PAIRS_WITH_TERMS, _PAIRS, _SIGNED = 0.4, 0.5, 0.7, 0.7
#: So long after midnight by its own clock a node takes the day to be over at its partner too.
_PAST_MIDNIGHT = timedelta(minutes=6)
#: Simulated seconds before a story begins: everybody has been paired.
_BEGIN = 4.0
#: A disk in memory, where there is one: what a simulated disk holds need not be on a real one.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a fresh folder is made below it


@dataclass(frozen=True, slots=True)
class Played:
    """How a story ended.

    strikes: how often each kind of fault struck. cases: how many began. print_: of everything that
    stood in any log at the end.
    """

    story: Story
    violation: Violation | None
    strikes: Counter[str]
    cases: int
    print_: str


def play(story: Story) -> Played:
    """Play the story to its end or to the first violation."""
    chance = Random(f"world/{story.seed}")
    with _folder() as folder, _silence():
        world = World(folder, PAIR if chance.random() < _pairs(story) else TRIO, chance)
        world.people_choose = story.has_terms
        checkers = [checker(world) for checker in CHECKERS]
        violation: Violation | None = None
        try:
            _begin(world, chance)
            for step in story.steps:
                _take(world, step, checkers)
            _end(world, checkers)
        except Violation as found:
            violation = found
        except Exception as error:  # noqa: BLE001 - whatever it is, an honest node raised it
            violation = _unforeseen(error)
        try:
            return Played(story, violation, world.strikes, len(world.matters), _print_of(world))
        finally:
            world.close()


def _pairs(story: Story) -> float:
    if story.has_affairs:
        return _PAIRS_WITH_AFFAIRS
    return _PAIRS_WITH_TERMS if story.has_terms else _PAIRS


def _begin(world: World, chance: Random) -> None:
    world.start()
    world.run(2)
    for agreement in world.agreements:
        if chance.random() < _SIGNED:
            nodes = {name: machine.node for name, machine in world.machines.items()}
            sign_both(nodes, agreement)
    world.run(2)


def _take(world: World, step: Step, checkers: list[Checker]) -> None:
    world.run(max(_BEGIN + step.at - world.timeline.now, 0))
    done = _KINDS[step.kind](world, Random(step.seed))
    world.looked()
    if done and step.kind not in DEEDS:
        world.strikes[step.kind] += 1
    for checker in checkers:
        checker.look()


def _end(world: World, checkers: list[Checker]) -> None:
    """All faults stop; then everybody starts again, twice.

    The first start brings back what a commit left on the platter whose fsync had failed; the
    second lets openings say what was applied.
    """
    world.calm()
    let_rest(world)
    for _ in range(2):
        # Where both disks rotted, what one could not give at first it has back by then.
        world.repair()
        let_rest(world)
    if not world.unaware:
        # Even one that was rolled back unawares has learned by now what it had said itself; what it
        # had heard it learns with the next push.
        SameRoots(world).look_at_writers(world.signatures.forgiven)
    if world.rounds_matter:
        _another_day(world)
        for checker in checkers:
            checker.look()
    for _ in range(2):
        for machine in world.machines.values():
            world.fall(machine, power=False, away=0.1)
        let_rest(world)
    for checker in checkers:
        checker.look_at_last()


def _another_day(world: World) -> None:
    """It comes by all clocks at once, and nothing sends what was held back but the rounds."""
    latest = max(machine.clock.now() for machine in world.machines.values())
    for machine in world.machines.values():
        machine.clock.put(next_midnight(latest) + _PAST_MIDNIGHT)
    world.run(A_ROUND)
    let_rest(world)


def _print_of(world: World) -> str:
    """What tells two runs of one story apart, if anything does."""
    digest = sha256(f"{world.timeline.now} {len(world.lines.letters)} {world.strikes}".encode())
    for machine in world.running:
        for (leaf_hash,) in rows(machine, SQL["hashes"]):
            digest.update(leaf_hash)
    return digest.hexdigest()


def _unforeseen(error: Exception) -> Violation:
    violation = Violation("-", f"{type(error).__name__}: {error}")
    violation.__cause__ = error
    return violation


@contextmanager
def _folder() -> Iterator[Path]:
    parent = _MEMORY if _MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="tongban-world-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _silence() -> Iterator[None]:
    """Nodes tell operators of every line that goes down; here that would be all one reads."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)
