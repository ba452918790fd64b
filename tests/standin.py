"""A small node in memory for tests of pages: remembers what it was asked, says what it is told."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pytest
from django.utils import translation

from tongban.catalogue import load_items, load_places
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import TableCalendar
from tongban.core.decided import Decided
from tongban.core.entry import Actor
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.ports import Connection
from tongban.pages.node_access import Surroundings, surround

START = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
CITIES = ("hefei", "hangzhou", "wuhu")


@dataclass(kw_only=True, slots=True)
class StandingClock:
    """Stands until a test moves it."""

    instant: datetime = START

    def now(self) -> datetime:
        return self.instant


@dataclass(kw_only=True, slots=True)
class CountingRandomness:
    """The same bytes in every run, never twice in one."""

    drawn: int = 0

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(self.drawn.to_bytes(8, "big")).digest(count)


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    subject: str
    waiting: bool = False


@dataclass(kw_only=True, slots=True)
class StandInNode:
    """Executes everything unless it was told to refuse."""

    commands: list[CaseCommand] = field(default_factory=list)
    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    reads: list[tuple[str, str, Actor, str]] = field(default_factory=list)
    refusal: Refusal | None = None
    waiting: bool = False
    cases: int = 0
    states: dict[str, CaseState] = field(default_factory=dict)

    def execute(
        self, command: CaseCommand, *, beside: Callable[[Connection], None] | None = None
    ) -> Done | Refusal:
        if self.refusal is not None:
            return self.refusal
        if beside is not None:
            beside(None)
        self.commands.append(command)
        self.bodies |= {(command.case, body.name): body.content for body in command.bodies}
        return Done(subject=command.case, waiting=self.waiting)

    def consider(self, command: CaseCommand) -> Sequence[Decided] | Refusal:  # noqa: ARG002 - a stand-in allows everything
        return self.refusal or ()

    def new_case(self, place: str) -> str:
        self.cases += 1
        return f"{place}-20261123-{self.cases:08d}"

    def read_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> bytes | None:
        self.reads.append((case, name, reader, purpose))
        return self.bodies.get((case, name))

    def items(self) -> Sequence[Item]:
        return ITEMS

    def case_state(self, case: str) -> CaseState | None:
        return self.states.get(case)


CALENDAR = TableCalendar(holidays=frozenset(), workdays=frozenset(), years=frozenset({2026}))
ITEMS = tuple(item for city in CITIES for item in load_items(city))


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What a test of pages holds in its hands."""

    node: StandInNode
    clock: StandingClock
    randomness: CountingRandomness


@pytest.fixture(autouse=True)
def world() -> Iterator[World]:
    """Songjiang's pages, at half past nine on a Monday, in Chinese until asked for English."""
    world = World(node=StandInNode(), clock=StandingClock(), randomness=CountingRandomness())
    surround(
        Surroundings(
            node=world.node,
            clock=world.clock,
            calendar=CALENDAR,
            randomness=world.randomness,
            places=load_places(),
            here=("310117",),
        )
    )
    with translation.override("zh-hans"):
        yield world
