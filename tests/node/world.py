"""A small world of whole nodes in which anything may go wrong, and what must hold in it.

The checks read the databases and know nothing of the code that wrote them. It is the seed of the
world simulator: one process, a set clock, roads that lose, repeat and delay, files that are put
back, and stores that fail.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from tests.node.looking import entries_of, home_events, rows_of, stored

from tongban.catalogue import load_agreements, load_items, load_processes
from tongban.channels.faults import ChannelFault
from tongban.core.agreements.commands import AgreementCommand, Offer, Sign, Suspend
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.body import Body
from tongban.core.canonical import decode, encode
from tongban.core.cases.commands import (
    Accept,
    CaseCommand,
    CompleteCorrection,
    ConfirmWithdrawal,
    Decide,
    Dispatch,
    NotifyCorrection,
    Open,
    Rate,
    Recall,
    RefuseAcceptance,
    RequestWithdrawal,
    TakeIn,
)
from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    Grade,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
    Verdict,
)
from tongban.core.cases.state import CaseState, FlagKind
from tongban.core.channel.events import OutcomeRecorded
from tongban.core.home.events import OutcomeDisputed
from tongban.core.items.item import Item, Necessity
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.logs.rows import ChannelStatus, LogKind, View
from tongban.logs.store import Store
from tongban.node.node import Node
from tongban.node.outcomes import needs_outcome
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HANGZHOU, HEFEI, OFFICER, RESIDENT, SONGJIANG
from tongban.testing.failing_store import FailingStore, StoreFell
from tongban.testing.memory_nodes import Letter, MemoryFederation, MemoryNode

PAIR, TRIO = (SONGJIANG, HEFEI), (SONGJIANG, HEFEI, HANGZHOU)

#: One leaf of a channel log: writer, reader, origin, index, hash.
Leaf = tuple[str, str, str, int, bytes]


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup, and when it was made."""

    path: Path
    number: int


@dataclass(slots=True)
class Ledger:
    """What was ever signed in the world, and what both sides of a channel may rely on."""

    roots: dict[tuple[str, str, str, int], bytes] = field(default_factory=dict)
    relied_on: set[Leaf] = field(default_factory=set)


class World:
    """Nodes, everything that happened to them, and the ledger of what they signed."""

    def __init__(self, template: Path, folder: Path, names: tuple[str, ...]) -> None:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        self.names = names
        self.stores: dict[str, FailingStore] = {}
        self.federation = MemoryFederation(folder, names, store_of=self._watched)
        items = [item for city in ("hefei", "hangzhou") for item in load_items(city)]
        self.items = [item for item in items if item.process_for(Mode.ALL_ONLINE)]
        self.federation.publish(items, list(load_processes().values()))
        self.agreement = next(
            each for each in load_agreements() if each.nodes == {SONGJIANG, HEFEI}
        )
        self.cases: list[tuple[str, Item]] = []
        self.copies: dict[str, list[Copy]] = {name: [] for name in names}
        self.made = 0
        self.ledger = Ledger()

    def __getitem__(self, name: str) -> Node:
        return self.federation[name]

    # What may happen.

    def take_in(self, name: str, number: int) -> None:
        """Somebody applies at this place for something that another place decides."""
        offered = [item for item in self.items if item.competent in set(self.names) - {name}]
        if not offered:
            return
        item = offered[number % len(offered)]
        case = self[name].new_case("310117")
        self.cases.append((case, item))
        self._do(name, _application(case, item, self))

    def act(self, name: str, number: int, what: int) -> None:
        """Somebody wants something on a case, whether it is allowed or not."""
        if self.cases:
            case, item = self.cases[number % len(self.cases)]
            self._do(name, _ACTS[what % len(_ACTS)](case, item, self))

    def negotiate(self, name: str, what: int) -> None:
        """An official acts on the agreement."""
        partner = HEFEI if name == SONGJIANG else SONGJIANG
        if name not in self.agreement.nodes:
            return
        digest = document_digest(self.agreement)
        with self[name].kernel.database.write() as connection:
            self[name].kernel.library.put(connection, document_bytes(self.agreement))
        signed = self._signed(name, digest)
        commands: tuple[AgreementCommand, ...] = (
            Offer(document=digest, actor=OFFICER),
            Sign(document=digest, actor=OFFICER, party=name, note=signed),
            Suspend(document=digest, actor=OFFICER, ground="x"),
        )
        self._do(name, commands[what % len(commands)], partner=partner)

    def exchange(self, sender: str, receiver: str, *, lost: str = "") -> None:
        """One letter and its answer; lost: "letter" or "answer"."""
        try:
            if lost == "letter":
                letter = self[sender].conversation.say(receiver)
                self.federation.letters.append(Letter(sender, receiver, letter))
                self[sender].conversation.forget_standing(receiver)
            elif lost == "answer":
                letter = self[sender].conversation.say(receiver)
                self.federation.carry(sender, receiver, letter)
                self[sender].conversation.forget_standing(receiver)
            else:
                self.federation.exchange(sender, receiver)
        except ChannelFault:
            self[sender].conversation.forget_standing(receiver)

    def repeat(self, number: int) -> None:
        """A letter of any time comes once more, and its answer is lost."""
        if self.federation.letters:
            letter = self.federation.letters[number % len(self.federation.letters)]
            with suppress(ChannelFault):
                self[letter.receiver].hear(letter.envelope)

    def cut(self, sender: str, receiver: str) -> None:
        """Nothing passes this way until the line is mended."""
        self.federation.cut.add((sender, receiver))

    def mend(self) -> None:
        """Every line carries again."""
        self.federation.cut.clear()

    def crash(self, name: str) -> None:
        """The process dies and starts again."""
        self._node(name).stop()
        self._node(name).start()

    def fail(self, name: str, call: int, then: Callable[[], None]) -> None:
        """Something happens in which the store of one node fails at this call."""
        self.stores[name].arm(call)
        with suppress(StoreFell):
            then()
        self.stores[name].arm(0)

    def back_up(self, name: str) -> None:
        """Somebody makes a copy of the file."""
        self.made += 1
        copy = Copy(self.federation.folder / f"{name}-{self.made}.copy", self.made)
        self._node(name).copy_to(copy.path)
        self.copies[name].append(copy)

    def put_back(self, name: str, number: int) -> None:
        """The file is replaced by a copy of this course of events."""
        if not self.copies[name]:
            return
        copy = self.copies[name][number % len(self.copies[name])]
        self.copies[name] = [each for each in self.copies[name] if each.number <= copy.number]
        self._node(name).put_back(copy.path)
        there = {leaf for each in self.names for leaf in self._leaves(each)}
        self.ledger.relied_on &= there

    def jump(self, days: float) -> None:
        """All clocks jump."""
        self.federation.clock.pass_days(days)

    def erase(self, name: str, number: int) -> None:
        """A body is erased at one node."""
        if self.cases:
            case = self.cases[number % len(self.cases)][0]
            self[name].erase_body(case, "application", actor=OFFICER, ground="asked")

    def heal(self) -> None:
        """All faults stop; everybody says what there is to say, and once more what it has seen."""
        self.mend()
        self.federation.settle(rounds=40)
        for name in self.names:
            # An opening says what its writer had applied, so views stand where the logs do.
            self.crash(name)
        self.federation.settle(rounds=40)

    # What must hold.

    def check_always(self) -> None:
        """Nobody signs two roots for one size, and nobody holds what another holds."""
        for name in self.names:
            self._note_signed(name)
        for case, _ in self.cases:
            holders = [name for name in self.names if self._holds(name, case)]
            assert len(holders) <= 1, f"{case} is held by {holders}"

    def check_healed(self) -> None:
        """Everybody holds the same logs, states and views, and nothing relied on is lost."""
        for name in self.names:
            assert {row.status for row in self[name].channels()} == {ChannelStatus.OPEN}
            assert not home_events(self[name], OutcomeDisputed)
        for one, other in permutations(self.names, 2):
            self._check_logs(one, other)
            self._check_outcomes(one, other)
            self._check_views(one, other)
            assert not self[one].conversation.has_news(other)
        for leaf in self.ledger.relied_on:
            assert leaf in self._leaves(leaf[0])
            assert leaf in self._leaves(leaf[1])
        for case, _ in self.cases:
            self._check_holder(case)

    def check_rebuilds(self) -> None:
        """What is folded again is what was there."""
        for name in self.names:
            before = stored(self[name])
            rebuild(self[name].kernel)
            after = stored(self[name])
            assert after == before

    def _check_logs(self, writer: str, reader: str) -> None:
        own = list(rows_of(self[writer], LogKind.OWN, reader))
        mirrored = list(rows_of(self[reader], LogKind.MIRROR, writer))
        assert [row.leaf_hash for row in own] == [row.leaf_hash for row in mirrored]
        assert [row.ground for row in own] == [row.ground for row in mirrored]
        ids = [row.id for row in own]
        assert ids == sorted(set(ids))
        row = next(row for row in self[writer].channels() if row.peer == reader)
        assert (row.cosigned_generation, row.cosigned_size) == (
            own[-1].generation,
            own[-1].index + 1,
        )

    def _check_outcomes(self, writer: str, reader: str) -> None:
        """Each entry has exactly one outcome: the reader's, in order."""
        last, covered = (0, 0), set[tuple[int, int]]()
        places = [
            ((row.generation, row.index), entry)
            for row, entry in zip(
                rows_of(self[writer], LogKind.OWN, reader),
                entries_of(self[writer], LogKind.OWN, reader),
                strict=True,
            )
        ]
        for entry in entries_of(self[reader], LogKind.OWN, writer):
            if isinstance(entry.event, OutcomeRecorded):
                end = (entry.event.generation, entry.event.size)
                assert end > last
                covered |= {place for place, _ in places if last <= place < end}
                last = end
        assert {place for place, entry in places if needs_outcome(entry)} <= covered

    def _check_views(self, one: str, other: str) -> None:
        """What one believes of the other is what the other believes of itself.

        A case whose hand-over was refused is its intake place's own affair: what that place does
        with it at home, such as ending it, is told to nobody.
        """
        believed, known = self._states(one, View.PEER), self._states(other, View.OWN)
        own = self._states(one, View.OWN)
        for (kind, key), state in believed.items():
            if kind == "case" and {one, other} == _parties(state) and (kind, key) in own:
                assert state == known[kind, key]
            elif kind == "agreement" and key.startswith(f"{other}/"):
                theirs = known.get((kind, f"{one}/{key.removeprefix(f'{other}/')}"))
                assert state == theirs

    def _check_holder(self, case: str) -> None:
        states = {name: self[name].case_state(case) for name in self.names}
        known = {name: state for name, state in states.items() if state is not None}
        if not known:
            return  # Lost with a file that was put back, before anybody else had heard of it.
        first = next(iter(known.values()))
        if len(known) == 1:
            assert set(known) == {first.intake_party} == {first.holder}
            assert first.transit is None
        else:
            assert len({_common(state) for state in known.values()}) == 1
            assert first.transit is None

    # How it is done.

    def _do(self, name: str, command: CaseCommand | AgreementCommand, partner: str = "") -> None:
        answer = self[name].execute(command, partner=partner)
        assert isinstance(answer, Refusal) or answer.subject

    def _node(self, name: str) -> MemoryNode:
        return self.federation.nodes[name]

    def _watched(self, name: str, store: Store) -> Store:
        self.stores[name] = FailingStore(store)
        return self.stores[name].as_store()

    def _signed(self, name: str, digest: str) -> str:
        party = next(each for each in self.agreement.parties if each.node == name)
        now = self.federation.clock.now()
        text = signing_text(digest, name, party.office.zh, now)
        signer = self[name].kernel.identity.signer
        return encode_note(sign_note(text, name=key_name(name), signer=signer)).decode()

    def _holds(self, name: str, case: str) -> bool:
        state = self[name].case_state(case)
        if state is None or state.holder != name or state.transit is not None:
            return False
        partner = state.partner(name)
        return any(
            row.peer == partner and row.status is ChannelStatus.OPEN
            for row in self[name].channels()
        )

    def _note_signed(self, name: str) -> None:
        with self[name].kernel.database.read() as connection:
            rows = connection.execute(_SIGNED).fetchall()
        mirrored: dict[str, int] = {}
        for kind, origin, size, root in rows:
            known = self.ledger.roots.setdefault((name, kind, origin, size), root)
            assert known == root, f"{name} signed two roots for size {size} of {origin}"
            if kind == "cosignature":
                mirrored[origin] = max(size, mirrored.get(origin, 0))
        self.ledger.relied_on |= {
            leaf for leaf in self._leaves(name) if leaf[3] < mirrored.get(leaf[2], 0)
        }

    def _leaves(self, name: str) -> set[Leaf]:
        with self[name].kernel.database.read() as connection:
            rows = connection.execute(_LEAVES).fetchall()
        return {
            (name, peer, origin, leaf, hash_)
            if kind == "own"
            else (peer, name, origin, leaf, hash_)
            for kind, peer, origin, leaf, hash_ in rows
        }

    def _states(self, name: str, view: View) -> dict[tuple[str, str], Any]:
        kernel, found = self[name].kernel, dict[tuple[str, str], Any]()
        with kernel.database.read() as connection:
            for kind, type_ in (("case", CaseState), ("agreement", AgreementState)):
                for row in kernel.store.states(connection, view, kind):
                    if row.data:
                        found[kind, row.id] = decode(row.data, type_)
        return found


_SIGNED = """
SELECT statement.kind, origin, statement.size, root
FROM tongban_statement AS statement JOIN tongban_generation USING (log, generation)
WHERE signature IS NOT NULL
"""
_LEAVES = """
SELECT kind, peer, origin, leaf, leaf_hash
FROM tongban_entry JOIN tongban_generation USING (log, generation) JOIN tongban_log USING (log)
WHERE kind <> 'home'
"""


def make_template(folder: Path, names: tuple[str, ...]) -> None:
    """Nodes that are paired and have compared once, to begin worlds with."""
    federation = MemoryFederation(folder, names)
    federation.settle()
    federation.stop()


def _common(state: CaseState) -> bytes:
    """What both sides know, apart from what only the writer of a refused entry notes.

    spec/cases.md, "Custody": the refusal's ground, and a flag where the entry was no hand-over.
    """
    flags = tuple(line for line in state.flags if line.kind is not FlagKind.REFUSED_BY_PARTNER)
    return encode(replace(state, returned="", flags=flags))


def _parties(state: CaseState) -> set[str]:
    return {state.intake_party, state.competent}


def _body(name: str) -> Body:
    return Body(name=name, media="application/json", content=b'{"made_up": true}')


def _lines(item: Item) -> tuple[MaterialLine, ...]:
    return tuple(
        MaterialLine(code=m.code, form=MaterialForm.ELECTRONIC, body=f"material:{m.code}")
        for m in item.materials
        if m.necessity is Necessity.REQUIRED
    )


def _application(case: str, item: Item, world: World) -> TakeIn:
    lines = _lines(item)
    return TakeIn(
        case=case,
        actor=RESIDENT,
        bodies=(_body("application"), *(_body(line.body) for line in lines)),
        item=item.code,
        competent=item.competent,
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        kind=IntakeKind.ONLINE,
        person_check=PersonCheck.ACCOUNT,
        materials=lines,
        place="310117",
        taken_in_at=world.federation.clock.now(),
    )


def _dispatch(case: str, item: Item, world: World) -> CaseCommand:
    bodies = _application(case, item, world).bodies
    return Dispatch(case=case, actor=RESIDENT, bodies=bodies)


def _complete(case: str, item: Item, world: World) -> CaseCommand:
    lines = _lines(item)
    return CompleteCorrection(
        case=case,
        actor=RESIDENT,
        materials=lines,
        completed_at=world.federation.clock.now(),
        bodies=tuple(_body(line.body) for line in lines),
    )


def _notify(case: str, item: Item, _world: World) -> CaseCommand:
    lines = tuple(CorrectionLine(code=line.code, defect="unreadable") for line in _lines(item))
    return NotifyCorrection(case=case, actor=OFFICER, lines=lines, bodies=(_body("correction"),))


def _decided(verdict: Verdict) -> Callable[[str, Item, World], CaseCommand]:
    def command(case: str, _item: Item, _world: World) -> CaseCommand:
        bodies = (_body("decision"), _body("result"))
        return Decide(
            case=case,
            actor=OFFICER,
            verdict=verdict,
            ground="" if verdict is Verdict.GRANTED else "made up",
            result_number="JY-1",
            bodies=bodies,
        )

    return command


_ACTS: tuple[Callable[[str, Item, World], CaseCommand], ...] = (
    lambda case, _item, _world: Accept(case=case, actor=OFFICER, number="SL-1"),
    _decided(Verdict.GRANTED),
    _notify,
    _complete,
    lambda case, _item, _world: Recall(case=case, actor=RESIDENT),
    _dispatch,
    lambda case, _item, _world: Open(case=case, actor=OFFICER),
    lambda case, _item, _world: RequestWithdrawal(case=case, actor=RESIDENT),
    lambda case, _item, _world: ConfirmWithdrawal(case=case, actor=OFFICER),
    _decided(Verdict.REFUSED),
    lambda case, _item, _world: Rate(case=case, actor=RESIDENT, grade=Grade.SATISFIED),
    lambda case, _item, _world: RefuseAcceptance(
        case=case, actor=OFFICER, ground="made up", bodies=(_body("decision"),)
    ),
)

#: Places of some of them, for stories that are told on purpose.
RECALL, REQUEST_WITHDRAWAL, CONFIRM_WITHDRAWAL = 4, 7, 8
