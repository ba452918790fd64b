"""A world of machines, people, lines and faults, and the checkers that watch it."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import NamedTuple

from tongban.catalogue import load_agreements, load_opened_items, load_processes
from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.core.agreements.document import Agreement
from tongban.core.cases.events import Mode
from tongban.core.items.item import Item
from tongban.logs.faults import LogDamaged
from tongban.logs.rows import ChannelStatus, LogKind
from tongban.node.faults import NodeFault
from tongban.node.node import Node
from tongban.testing.applications import HANGZHOU, HEFEI, SONGJIANG, SUZHOU
from tongban.testing.simulation.histories import is_left_behind
from tongban.testing.simulation.lines import Lines
from tongban.testing.simulation.machine import KEYS_SERIAL, SQL, Machine
from tongban.testing.simulation.people import Matter
from tongban.testing.simulation.signed import Signatures
from tongban.testing.simulation.timeline import Timeline

PAIR, TRIO = (SONGJIANG, HEFEI), (SUZHOU, HANGZHOU, HEFEI)
#: Simulated seconds within which everything converges once faults stop (invariant H).
CALM = 60.0


@dataclass(slots=True)
class World:
    """Machines by name, everything that happened to them, and what was begun.

    strikes: how often each kind of fault really struck. rolled_back: machines whose disks were
    replaced since checkers last looked. acknowledged: who said to have taken which case in, and
    erased: who said to have erased the application of which case, while it is on record. unaware:
    machines that were rolled back behind their own back and not told at once. liars: machines that
    lied. found_out: who must hold a proof against whom. lies: origin, index and hash of entries
    that every honest partner must refuse. is_calm: all faults have stopped.
    rotten: entries of which bits flipped. torn: machines of whose hashes bits flipped, and turned:
    by what such a hash became, what it was. flooded: who was flooded by whom, and how many messages
    of that it took. alliances: texts of many parties; last_step: when a machine last said what it
    owed on one, or could not. rounds_matter: something waits that only supervision does.
    people_choose: applicants choose how results reach them, and bring originals or copies.
    """

    folder: Path
    names: tuple[str, ...]
    chance: Random
    timeline: Timeline = field(default_factory=Timeline)
    signatures: Signatures = field(default_factory=Signatures)
    machines: dict[str, Machine] = field(default_factory=dict)
    matters: list[Matter] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    copies: dict[str, list[Path]] = field(default_factory=dict)
    copied: int = 0
    strikes: Counter[str] = field(default_factory=Counter)
    rolled_back: set[str] = field(default_factory=set)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    erased: list[tuple[str, str]] = field(default_factory=list)
    unaware: set[str] = field(default_factory=set)
    liars: set[str] = field(default_factory=set)
    found_out: list[tuple[str, str]] = field(default_factory=list)
    lies: set[tuple[str, int, bytes]] = field(default_factory=set)
    is_calm: bool = False
    rotten: set["Rotten"] = field(default_factory=set)
    torn: set[str] = field(default_factory=set)
    turned: dict[bytes, bytes] = field(default_factory=dict)
    flooded: list[tuple[str, str, int]] = field(default_factory=list)
    alliances: list[Agreement] = field(default_factory=list)
    last_step: float = 0.0
    rounds_matter: bool = False
    people_choose: bool = False
    lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        pairs = [frozenset(pair) for pair in combinations(self.names, 2)]
        polled = frozenset(pair for pair in pairs if self.chance.random() < _POLLED)
        self.lines = Lines(self.timeline, {}, self.chance, polled)
        published = (_items(), list(load_processes().values()))
        for name in self.names:
            machine = Machine(
                name, self.folder / name, self.timeline, self.lines, self.signatures, published
            )
            if self.chance.random() < _OLDER:
                machine.versions = self.chance.choice([(1,), (1, 2)])
            self.machines[name] = machine
            self.lines.stations[name] = machine
            self.copies[name] = []
        self.agreements = [a for a in load_agreements() if set(a.nodes) <= set(self.names)]

    def __getitem__(self, name: str) -> Node:
        return self.machines[name].node

    @property
    def running(self) -> Iterator[Machine]:
        """Machines that are up."""
        return (machine for machine in self.machines.values() if machine.running)

    def start(self) -> None:
        """Start every machine, and let everybody who does not know each other be paired."""
        for machine in self.machines.values():
            machine.start()
        self.introduce(self.names)

    def introduce(self, names: Iterable[str]) -> None:
        """Operators compare fingerprints, wherever a running machine does not know another."""
        for name in names:
            machine = self.machines[name]
            for other in self.machines.values():
                if machine.running and other is not machine:
                    self._introduce(machine, other)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.timeline.run(self.timeline.now + seconds, self.looked)

    def do(self, deed: Callable[[], object]) -> bool:
        """Let something be done at a machine that may fail; whether it was done, and said so."""
        standing = {name for name, machine in self.machines.items() if machine.running}
        try:
            done = deed()
        except (NodeFault, LogDamaged):
            done = False
        self.looked()
        fell = any(not self.machines[name].running for name in standing)
        return bool(done) and not fell

    def fall(self, machine: Machine, *, power: bool, away: float) -> None:
        """A machine goes down, and comes back after some seconds."""
        if not machine.running:
            return
        if power:
            machine.lose_power(self.chance)
        else:
            machine.stop()
        self.timeline.after(away, partial(self.come_back, machine))

    def come_back(self, machine: Machine) -> None:
        """A machine starts again, unless it is up already."""
        if not machine.running:
            machine.restart()
            self.introduce([machine.name])

    def replace_disk(self, machine: Machine, copy: Path | None) -> None:
        """The machine stops, its disk becomes an older or an empty one, and it starts again.

        Not where something rotted elsewhere that is only here: what two lose is lost. And not by a
        copy of what its partners have gone on without.
        """
        if self._is_needed(machine) or (copy is not None and self._is_left_behind(machine, copy)):
            return
        self._put_back(machine, copy)
        self.come_back(machine)
        self.looked()

    def roll_back(self, machine: Machine, copy: Path) -> None:
        """The disk becomes an older one behind the node's back: it does not start."""
        if self._is_needed(machine):
            return
        self._put_back(machine, copy)
        self.signatures.forgiven.add(machine.name)
        machine.wake_up_older()
        self.looked()

    def _put_back(self, machine: Machine, copy: Path | None) -> None:
        """What only the old disk knew is expected of nobody any more."""
        machine.stop()
        machine.put_back(copy)
        self.rolled_back.add(machine.name)
        self.signatures.replaced.add(machine.name)
        self.acknowledged = [line for line in self.acknowledged if line[0] != machine.name]
        self.erased = [line for line in self.erased if line[0] != machine.name]
        self.found_out = [line for line in self.found_out if line[0] != machine.name]

    @property
    def honest(self) -> list[Machine]:
        """Machines that neither lied nor were rolled back behind their own back."""
        apart = self.liars | self.signatures.forgiven
        return [machine for name, machine in self.machines.items() if name not in apart]

    def calm(self) -> None:
        """All faults stop."""
        self.is_calm = True
        self.lines.cut.clear()
        self.lines.ambushes.clear()
        self.lines.weather = type(self.lines.weather)()
        for machine in self.machines.values():
            machine.disk.mend()
            machine.disk.fall_at = 0
            self.come_back(machine)
        self.introduce(self.names)

    def settled(self) -> bool:
        """Whether nobody has anything to tell anybody, nor wrote anything on a text of many."""
        if self.alliances and self.timeline.now - self.last_step < _STEP:
            return False
        return self.is_told()

    def is_told(self) -> bool:
        """Whether nobody has anything to tell anybody."""
        return not any(
            self[one].conversation.has_news(other)
            for one, other in permutations(self.names, 2)
            if not self.parted(one, other)
        )

    def parted(self, one: str, other: str) -> bool:
        """Whether one of two that was rolled back behind its own back forked their logs for good.

        Their line is frozen then, or will never agree again until people have looked.
        """
        pair = {one, other}
        if self.signatures.twice & pair:
            return True
        frozen = any(
            row.status is ChannelStatus.FROZEN
            for name, peer in ((one, other), (other, one))
            for row in self[name].channels()
            if row.peer == peer
        )
        return frozen and bool(self.signatures.forgiven & (self.unaware | self.liars) & pair)

    def close(self) -> None:
        """Stop everything and take the disks away."""
        for machine in self.machines.values():
            if machine.running:
                machine.stop()
            machine.disk.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _introduce(self, machine: Machine, other: Machine) -> None:
        try:
            peers = machine.node.kernel.peers
            known = peers.descriptor(other.name).serial if peers.get(other.name) else None
            frozen = any(
                row.peer == other.name and row.status is ChannelStatus.FROZEN
                for row in machine.node.channels()
            )
            # Pairing again opens a frozen line, which is for people who have looked.
            offered = read_descriptor(other.descriptor)
            # Of new keys nodes tell each other themselves, unless both lost what told of them;
            # people tell of new software.
            is_newer = known is not None and known < offered.serial
            is_due = is_newer and not _has_heard(machine, other.name)
            is_due |= known is None or known % KEYS_SERIAL < offered.serial % KEYS_SERIAL
            if is_due and (known is None or not frozen):
                machine.node.pair(other.descriptor, compared=fingerprint(offered))
        except NodeFault:
            return

    def repair(self) -> None:
        """Operators look through every disk on which something rotted."""
        for name in sorted({each.name for each in self.rotten} | self.torn):
            self[name].repairs.look(self[name].repairs.windows())
            self[name].repairs.ask_again()
            for peer in self.names:
                if peer != name:
                    self[name].wake(peer)

    def rotting(self) -> Iterator["Rotten"]:
        """What rotted and has not come back, where that can be seen."""
        for each in sorted(self.rotten):
            machine = self.machines[each.name]
            if any(each.leaf_hash == leaf_hash for leaf_hash in _not_whole(machine, each)):
                yield each

    def _is_needed(self, machine: Machine) -> bool:
        """Whether this machine alone holds whole what rotted elsewhere."""
        from_here = {each.name for each in self.rotten if each.peer == machine.name}
        if any(not self.machines[name].running for name in from_here):
            return True
        return any(each.peer == machine.name for each in self.rotting())

    def _is_left_behind(self, machine: Machine, copy: Path) -> bool:
        partners = [other for other in self.machines.values() if other is not machine]
        return is_left_behind(machine.name, copy, partners)

    def looked(self) -> None:
        """See whether a machine fell in what just happened."""
        for machine in self.machines.values():
            if machine.running and machine.database.certainty.lost:
                self.strikes["uncertain commit"] += 1
                self.fall(
                    machine, power=self.chance.choice([True, False]), away=self.chance.random()
                )
            if machine.running and machine.disk.dead:
                self.strikes["fall at a write"] += 1
                self.fall(
                    machine, power=self.chance.choice([True, False]), away=self.chance.random() * 5
                )


#: Simulated seconds in which who owes something on a text of many parties has looked and said it.
_STEP = 1.5
#: Share of machines whose software is older at first.
_OLDER = 0.35
#: Share of pairs whose letters go through a drop-box.
_POLLED = 0.3
#: Simulated seconds at most until a machine that fell at a write comes back.
_AWAY = 5.0


class Rotten(NamedTuple):
    """An entry whose bits flipped at one machine, and the one that it must come back from.

    body: its name, where the bits were of a body of the entry; became: what is stored instead.
    """

    name: str
    peer: str
    leaf_hash: bytes
    body: str = ""
    became: bytes = b""


class Shared(NamedTuple):
    """An entry of a channel as it stands on a disk: log, generation and index; is it whole?"""

    place: tuple[int, int, int]
    peer: str
    leaf_hash: bytes
    whole: bool


class SharedBody(NamedTuple):
    """A body of an entry of a channel as it stands on a disk: log, generation, index and name."""

    place: tuple[int, int, int, str]
    peer: str
    leaf_hash: bytes
    sealed: bytes


def shared_bodies(machine: Machine) -> list[SharedBody]:
    """Every body of every channel log on a machine that is up."""
    with machine.database.read() as connection:
        rows = connection.execute(SQL["bodies"]).fetchall()
    return [
        SharedBody((log, generation, leaf, name), peer, leaf_hash, sealed)
        for log, generation, leaf, name, peer, leaf_hash, sealed in rows
    ]


def shared(machine: Machine) -> list[Shared]:
    """Every entry of every channel log on a machine that is up."""
    with machine.database.read() as connection:
        rows = connection.execute(SQL["shared"]).fetchall()
    return [
        Shared((log, generation, leaf), peer, hash_, sha256(b"\0" + data).digest() == hash_)
        for log, generation, leaf, peer, hash_, data in rows
    ]


def _not_whole(machine: Machine, rotten: Rotten) -> list[bytes]:
    """Hashes of entries that are not whole, or whose body is still the one that rotted."""
    if not rotten.body:
        return [entry.leaf_hash for entry in shared(machine) if not entry.whole]
    return [body.leaf_hash for body in shared_bodies(machine) if body.sealed == rotten.became]


def _has_heard(machine: Machine, peer: str) -> bool:
    """Whether a machine that is up holds anything that the peer wrote to it."""
    store = machine.node.kernel.store
    with machine.database.read() as connection:
        log = store.find_log(connection, kind=LogKind.MIRROR, peer=peer)
        return log is not None and bool(store.generations(connection, log))


def _items() -> list[Item]:
    return [
        item
        for city in ("hefei", "hangzhou")
        for item in load_opened_items(city)
        if item.process_for(Mode.ALL_ONLINE) or item.process_for(Mode.DELEGATED_INTAKE)
    ]
