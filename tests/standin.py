"""A node in memory for tests of pages: the real core and the real read models, without a channel.

What the partner does is done through `partner`; a hand-over arrives when `arrive` is called.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cache

import pytest
from django.db import connection, transaction
from django.utils import translation

from tongban.catalogue import load_items, load_places, load_processes, load_providers
from tongban.core.agreements.document import Document
from tongban.core.agreements.state import pair_agreements
from tongban.core.blobs.manifest import Manifest, read_manifest, write_manifest
from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, Dispatch, TakeIn
from tongban.core.cases.decide import CaseContext, Decided, decide
from tongban.core.cases.evolve import evolve
from tongban.core.cases.process import Process, process_digest
from tongban.core.cases.settle import settle
from tongban.core.cases.state import CaseState, Received
from tongban.core.catalogues.state import Withdrawal
from tongban.core.channel.events import AvailabilitySource
from tongban.core.deadlines.calendar import TableCalendar
from tongban.core.entry import Actor, Commitment, Entry, Event, Subject, SubjectKind
from tongban.core.home.events import IntentRecorded, PersonalDataRead
from tongban.core.items.classification import CodeKind
from tongban.core.items.codes import ITEM_CODE_MAX
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.evidence.pieces import pieces_of
from tongban.node.blobs.files import Reading
from tongban.node.ports import Change, Connection
from tongban.pages.contents import shown
from tongban.pages.node_access import OwnCatalogue, Surroundings, surround
from tongban.projections.projector import DjangoProjector

#: A Monday morning in Songjiang.
START = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HERE = "songjiang.g60.demo"
CITIES = ("hefei", "hangzhou", "wuhu")
CALENDAR = TableCalendar(holidays=frozenset(), workdays=frozenset(), years=frozenset({2026}))
EMPTY_PAIR = pair_agreements((), {})
ITEMS = tuple(item for city in CITIES for item in load_items(city))
FOOD_LICENCE = next(item for item in ITEMS if item.name.zh == "食品经营许可（新办）")
#: Not among the items until a test puts it there; its code is as long as one may be.
LOCALLY_CODED = replace(
    FOOD_LICENCE,
    code="SB-".ljust(ITEM_CODE_MAX, "7"),
    code_kind=CodeKind.LOCAL,
    basic_code="",
)


@cache
def processes() -> dict[str, Process]:
    """The processes by their digests."""
    return {process_digest(process): process for process in _processes_by_name().values()}


@cache
def _processes_by_name() -> dict[str, Process]:
    return load_processes()


ITEMS_BY_DIGEST = {item_digest(item): item for item in (*ITEMS, LOCALLY_CODED)}


def item_of(code: str) -> Item | None:
    return next((item for item in ITEMS_BY_DIGEST.values() if item.code == code), None)


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
    held_until: datetime | None = None
    crossing: bool = False


@dataclass(kw_only=True, slots=True)
class StandInNode:
    """Songjiang's node. line_open: whether the partner answers."""

    clock: StandingClock
    commands: list[CaseCommand] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    states: dict[str, CaseState] = field(default_factory=dict)
    bodies: dict[tuple[str, str], bytes] = field(default_factory=dict)
    files: dict[bytes, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)
    published: Sequence[Item] = ITEMS
    refusal: Refusal | None = None
    line_open: bool = True
    cases: int = 0

    def execute(
        self, command: CaseCommand, *, beside: Callable[[Connection], None] | None = None
    ) -> Done | Refusal:
        """As the node's facade does: a take-in is dispatched at once where the line allows."""
        if self.refusal is not None:
            return self.refusal
        done = self._act(command, HERE)
        if isinstance(done, Refusal):
            return done
        if beside is not None:
            beside(connection.connection)
        self.commands.append(command)
        if not isinstance(command, TakeIn):
            return done
        if not self.line_open:
            intent = IntentRecorded(intent="1", act="Dispatch", peer=command.competent)
            self._append(intent, command.case, command.actor, HERE)
            return replace(done, waiting=True)
        dispatch = Dispatch(case=command.case, actor=command.actor, bodies=command.bodies)
        return self._act(dispatch, HERE)

    def partner(self, command: CaseCommand) -> None:
        """The competent party did this; it may not be refused."""
        done = self._act(command, self.states[command.case].competent)
        if isinstance(done, Refusal):
            pytest.fail(done.ground)

    def arrive(self, case: str) -> None:
        """The hand-over in transit took effect at its receiver."""
        state = self.states[case]
        if state.transit is None:
            pytest.fail("nothing is on its way")
        sent = next(c for c in self.changes if c.entry.id == state.transit.entry)
        self.states[case] = settle(state, sent.entry.id, received=self._received())
        self._project(replace(sent, state=self.states[case], settled=True))

    def new_case(self, place: str) -> str:
        self.cases += 1
        return f"{place}-20261123-{self.cases:08d}"

    def read_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> bytes | None:
        content = self.bodies.get((case, name))
        if content is not None:
            self._append(PersonalDataRead(body=name, purpose=purpose), case, reader, HERE)
        return content

    def find_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> Body | None:
        content = self.read_body(case, name, reader=reader, purpose=purpose)
        if content is None:
            return None
        blob = read_manifest(content).blob if content in self.files else None
        return Body(name=name, media=shown(content).media, content=content, blob=blob)

    def read_file(self, case: str, name: str, *, reader: Actor, purpose: str) -> Reading | None:
        content = self.read_body(case, name, reader=reader, purpose=purpose)
        if content is None:
            return None
        whole = self.files.get(content, content)
        return Reading(media="", size=len(whole), chunks=iter([whole]))

    def keep_file(self, name: str, media: str, chunks: Iterable[bytes]) -> Body:
        whole = b"".join(chunks)
        names = tuple(
            hashlib.sha256(whole + bytes([n])).hexdigest() for n in range(pieces_of(len(whole)))
        )
        manifest = Manifest(media=media, size=len(whole), key="00" * 32, pieces=names)
        content = write_manifest(manifest)
        self.files[content] = whole
        return Body(name=name, media=media, content=content, blob=manifest.blob)

    def consider(self, command: CaseCommand) -> Sequence[Decided] | Refusal:
        state = self.states.get(command.case)
        return decide(state, command, self._context(command, state, HERE))

    def document(self, digest: str) -> Document | None:
        return self.documents.get(digest)

    @property
    def own(self) -> OwnCatalogue:
        raise NotImplementedError

    def items(self) -> Sequence[Item]:
        return self.published

    def item_version(self, digest: str) -> Item | None:
        return ITEMS_BY_DIGEST.get(digest)

    def withdrawn_item(self, _code: str) -> Item | None:
        return None

    def withdrawal(self, case: CaseState) -> Withdrawal | None:
        return self.withdrawals.get(case.item)

    def case_state(self, case: str) -> CaseState | None:
        return self.states.get(case)

    def _act(self, command: CaseCommand, party: str) -> Done | Refusal:
        state = self.states.get(command.case)
        answer = decide(state, command, self._context(command, state, party))
        if isinstance(answer, Refusal):
            return answer
        for line in answer:
            self._keep(command.case, command.bodies)
            self._append(line.event, command.case, command.actor, party, line)
        return Done(subject=command.case)

    def _context(self, command: CaseCommand, state: CaseState | None, party: str) -> CaseContext:
        code = command.item if isinstance(command, TakeIn) else (state.item if state else "")
        item = item_of(code)
        process = processes().get(state.process) if state else None
        if isinstance(command, TakeIn) and item:
            name = item.process_for(command.mode)
            process = _processes_by_name().get(name or "")
        return CaseContext(
            now=self.clock.now(),
            party=party,
            item=item,
            process=process,
            pair=EMPTY_PAIR,
            calendar=CALENDAR,
        )

    def _keep(self, case: str, bodies: Sequence[Body]) -> None:
        self.bodies |= {(case, body.name): body.content for body in bodies}

    def _append(
        self, event: Event, case: str, actor: Actor, writer: str, line: Decided | None = None
    ) -> None:
        entry = Entry(
            id=f"{len(self.changes):026d}",
            at=self.clock.now(),
            actor=actor,
            subject=Subject(kind=SubjectKind.CASE, id=case),
            event=event,
            basis=line.basis if line else None,
            commitments=tuple(_commitment(name) for name in line.bodies) if line else (),
        )
        if line is not None:
            self._fold(entry, case, writer)
        self._project(
            Change(
                seq=len(self.changes),
                entry=entry,
                writer=writer,
                peer="hefei.g60.demo",
                ground="",
                state=self.states.get(case),
                settled=line is None or line.home or writer != HERE,
                body=lambda name: self.bodies.get((case, name)),
            )
        )

    def _fold(self, entry: Entry, case: str, writer: str) -> None:
        state = self.states.get(case)
        digest = state.process if state else getattr(entry.event, "process", "")
        self.states[case] = evolve(
            state,
            entry,
            writer=writer,
            viewer=HERE,
            process=processes()[digest],
            received=None if writer == HERE else self._received(),
        )

    def _received(self) -> Received:
        now = self.clock.now()
        return Received(received_at=now, available_at=now, source=AvailabilitySource.NODE)

    def _project(self, change: Change) -> None:
        self.changes.append(change)
        with transaction.atomic():
            PROJECTOR.project(connection.connection, [change])


def _commitment(name: str) -> Commitment:
    return Commitment(name=name, digest="0" * 64, size=1, media="text/plain")


PROJECTOR = DjangoProjector(
    lambda _connection, digest: ITEMS_BY_DIGEST.get(digest),
    lambda _connection, _digest: None,
    CALENDAR,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What a test of pages holds in its hands."""

    node: StandInNode
    clock: StandingClock
    randomness: CountingRandomness


@pytest.fixture(autouse=True)
def world() -> Iterator[World]:
    """Songjiang's pages in Chinese until asked for English."""
    clock = StandingClock()
    world = World(node=StandInNode(clock=clock), clock=clock, randomness=CountingRandomness())
    surround(
        Surroundings(
            node=world.node,
            clock=world.clock,
            calendar=CALENDAR,
            randomness=world.randomness,
            places=load_places(),
            here=("310117",),
            providers=load_providers(),
        )
    )
    with translation.override("zh-hans"):
        yield world
