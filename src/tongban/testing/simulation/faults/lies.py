"""A machine whose program lies: it writes and says what no honest node would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random

import msgspec

from tongban.channels.envelopes import seal_envelope
from tongban.channels.messages import Message, Segment, encode_message
from tongban.channels.signed_messages import sign_message
from tongban.core.cases.events import CaseAccepted
from tongban.core.entry import (
    Actor,
    ActorKind,
    Basis,
    BasisKind,
    Commitment,
    Entry,
    Seen,
    Subject,
    SubjectKind,
)
from tongban.evidence.tree import leaf_hash
from tongban.logs import wire
from tongban.logs.rows import ChannelStatus
from tongban.logs.wire import ENTRY_BYTES_MAX
from tongban.node.effects import Effects
from tongban.node.hearing import Heard
from tongban.node.identifiers import entry_id
from tongban.node.node import Node
from tongban.node.outcomes import needs_outcome
from tongban.node.work import SALT_BYTES, Work, readable
from tongban.testing.simulation.deeds import apply_between, have_to_tell, offers
from tongban.testing.simulation.world import World

_LIAR = Actor(kind=ActorKind.SYSTEM)
_NOBODYS = "310117-20261123-AAAAAAAA"
#: Simulated seconds in which an application gets there where nothing hinders it.
_ARRIVES = 0.3
_LIES_AT_ONCE = 5
#: Share of liars that a partner hands cases to, where one of two does.
_WITH_CASES = 0.8


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a lie is written: one node, its log to one peer, inside one transaction."""

    work: Work
    peer: str
    cases: Sequence[str]
    chance: Random

    def held(self) -> list[str]:
        """Cases that the node may decide, and the peer knows."""
        me = self.work.kernel.identity.name
        states = [Effects(self.work, self.peer).own.case(case) for case in self.cases]
        return [
            state.id
            for state in states
            if state is not None
            and (state.holder, state.competent, state.intake_party) == (me, me, self.peer)
            and not state.transit
        ]

    def one_of(self, cases: Sequence[str]) -> str:
        """One of them, or a case that nobody knows."""
        return self.chance.choice(cases or [_NOBODYS])

    def entry(self, case: str) -> Entry:
        """An acceptance as the node would write it, if it had anything to accept."""
        head = self.work.head(self.work.own_log(self.peer))
        last = head.last_entry_id if head else ""
        return Entry(
            id=entry_id(self.work.now, random=self.work.kernel.randomness.draw(10), after=last),
            at=self.work.now,
            actor=_LIAR,
            subject=Subject(kind=SubjectKind.CASE, id=case),
            event=CaseAccepted(number="SL-1"),
            seen=self.work.seen(self.peer),
        )


def write(world: World, chance: Random) -> bool:
    """A machine writes things that its partner must refuse."""
    name, peer = chance.sample(world.names, 2)
    if not offers(world, peer, name) and chance.random() < _WITH_CASES:
        name, peer = peer, name
    machine = world.machines[name]
    told = 0
    for lie in chance.sample(sorted(_LIES), _LIES_AT_ONCE):
        if lie in _ABOUT_A_CASE and apply_between(world, peer, name, chance):
            # Who lies about a case that it could decide lies best.
            world.run(_ARRIVES)
        if machine.running and _is_open(machine.node, peer):
            told += world.do(partial(_write, world, machine.node, peer, lie, chance))
    return told > 0


def tamper(world: World, chance: Random) -> bool:
    """A machine pushes other entries than those that it signed for."""
    name, peer = chance.sample(world.names, 2)
    machine = world.machines[name]
    if not machine.running or not _is_open(machine.node, peer):
        return False
    # There must be something that is not told yet.
    have_to_tell(world, name, peer, chance)
    return machine.running and world.do(lambda: _tamper(world, machine.node, peer, chance))


def _write(world: World, node: Node, peer: str, lie: str, chance: Random) -> bool:
    cases = [matter.case for matter in world.matters]
    kernel = node.kernel
    # Whatever becomes of the transaction: after a failed fsync nobody knows.
    world.liars.add(node.name)
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        data = _LIES[lie](_Desk(work, peer, cases, chance))
        head = work.head(work.own_log(peer))
        if head is None:
            return False
        row = work.arrived(data, leaf_hash(kernel.identity.suite, data), readable(data))
        # Where the transaction fails, something honest may take the same place later.
        world.lies.add((head.origin, head.size, row.leaf_hash))
        work.restate(kernel.store.append(connection, head, [row]))
        if lie == "wrong_body":
            place = (head.log, head.generation, head.size)
            kernel.store.put_body(connection, *place, "application", bytes(SALT_BYTES), b"other")
        work.close()
    node.wake(peer)
    return True


def _no_entry(desk: _Desk) -> bytes:
    return desk.chance.choice([b"", b"{}", b"\xff" * 40, b'{"v":1}', b"[" * 500])


def _oversized(desk: _Desk) -> bytes:
    """What would be right, were it not longer than any entry may be."""
    data = wire.encode(desk.entry(desk.one_of(desk.held())))
    return data.replace(b'"SL-1"', b'"%s"' % (b"9" * ENTRY_BYTES_MAX))


def _replayed(desk: _Desk) -> bytes:
    """An entry that took effect before, once more."""
    log = desk.work.own_log(desk.peer)
    store, connection = desk.work.kernel.store, desk.work.connection
    written = [
        row.data
        for each in store.generations(connection, log)
        for row in store.entries(connection, log, each.generation, 0, each.size)
        if row.data and (entry := readable(row.data)) and needs_outcome(entry)
    ]
    return desk.chance.choice(written or [b""])


def _unknown_case(desk: _Desk) -> bytes:
    return wire.encode(desk.entry(_NOBODYS))


def _not_held(desk: _Desk) -> bytes:
    """An act on a case that is there, by one who may not act on it."""
    held = set(desk.held())
    return wire.encode(desk.entry(desk.one_of([case for case in desk.cases if case not in held])))


def _without_a_basis(desk: _Desk) -> bytes:
    """What would be right, did it not name an agreement that nobody signed."""
    entry = desk.entry(desk.one_of(desk.held()))
    basis = Basis(kind=BasisKind.CLAUSE, document=f"sha256:{'0' * 64}", clause="1")
    return wire.encode(replace(entry, basis=basis))


def _future_seen(desk: _Desk) -> bytes:
    """What would be right, had it not seen what was never written."""
    entry = desk.entry(desk.one_of(desk.held()))
    return wire.encode(replace(entry, seen=Seen(generation=9_999, size=1)))


def _old_id(desk: _Desk) -> bytes:
    return wire.encode(replace(desk.entry(desk.one_of(desk.held())), id="0" * 26))


def _wrong_body(desk: _Desk) -> bytes:
    commitment = Commitment(name="application", digest="0" * 64, size=5, media="text/plain")
    return wire.encode(replace(desk.entry(desk.one_of(desk.held())), commitments=(commitment,)))


#: Malformed, oversized, replayed, unauthorised, and false in what they say of themselves.
_LIES: dict[str, Callable[[_Desk], bytes]] = {
    "no_entry": _no_entry,
    "oversized": _oversized,
    "replayed": _replayed,
    "unknown_case": _unknown_case,
    "not_held": _not_held,
    "without_a_basis": _without_a_basis,
    "future_seen": _future_seen,
    "old_id": _old_id,
    "wrong_body": _wrong_body,
}
#: Those that lie best about a case that the liar could decide.
_ABOUT_A_CASE = {"oversized", "without_a_basis", "future_seen", "old_id", "wrong_body"}


def _tamper(world: World, node: Node, peer: str, chance: Random) -> bool:
    message = node.conversation._message(  # noqa: SLF001 - a liar has no manners
        node.kernel.peers.require(peer), Heard()
    )
    if not message.segments:
        return False
    world.liars.add(node.name)
    segments = [*message.segments[:-1], _changed(message.segments[-1], chance)]
    world.lines.repeat(
        node.name, peer, sealed(node, peer, msgspec.structs.replace(message, segments=segments))
    )
    return True


def _changed(segment: Segment, chance: Random) -> Segment:
    entries = list(segment.entries)
    place = chance.randrange(len(entries))
    entries[place] = entries[place].replace(b'"v":1', b'"v": 1')
    return msgspec.structs.replace(segment, entries=entries)


def sealed(node: Node, peer: str, message: Message) -> bytes:
    """A message as the node would sign and seal it, whatever it says."""
    found, signer = node.kernel.peers.require(peer), node.kernel.identity.signer
    signed = sign_message(
        encode_message(message),
        sender=node.name,
        receiver=peer,
        signer=signer,
        earlier=signer.earlier,
    )
    return seal_envelope(
        signed,
        sender=node.name,
        receiver=peer,
        recipient_key=found.sealing_key,
        suite=found.suite,
    )


def _is_open(node: Node, peer: str) -> bool:
    return any(row.peer == peer and row.status is ChannelStatus.OPEN for row in node.channels())
