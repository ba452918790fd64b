"""Whole nodes in one process: production code on plain SQLite, memory roads and a set clock."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from sqlite3 import connect
from typing import Protocol

from tongban.catalogue.calendar import load_calendar
from tongban.channels.descriptors import (
    Reads,
    Title,
    fingerprint,
    make_descriptor,
    read_descriptor,
)
from tongban.channels.endpoints import Endpoint
from tongban.channels.faults import Unreachable
from tongban.channels.keepers import Keeper
from tongban.channels.quota import Meter, Quota
from tongban.core.cases.process import Process
from tongban.core.items.item import Item
from tongban.evidence.key_sets import KeySets
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suites import SUITES, USUAL
from tongban.logs.pieces import PieceFolder
from tongban.logs.sqlite import SqliteStore
from tongban.logs.store import Store
from tongban.node.clock import CHINA_TIME
from tongban.node.identity import Identity
from tongban.node.kernel import VERSIONS, Kernel
from tongban.node.library import Library
from tongban.node.node import Node
from tongban.node.peers import PeerBook
from tongban.node.plain_database import SETTINGS, PlainDatabase
from tongban.node.ports import Database, Projector

_PLENTY = Quota(messages=100_000, bytes=10**10, window_seconds=60)

BEGINNING = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA_TIME)


@cache
def made_up_keys(name: str, number: int, suite: str = USUAL) -> KeyRing:
    """The key set of this number of a made-up node; everybody can compute it."""
    place = name if number == 1 else f"{name}/{number}"
    seeds = {p: sha256(f"{place}/{p.value}".encode()).digest() for p in KeyPurpose}
    return KeyRing.from_seeds(SUITES[suite], seeds)


def _as_it_is(store: Store) -> Store:
    return store


def _named_as_it_is(_name: str, store: Store) -> Store:
    return store


@dataclass(slots=True)
class SetClock:
    """A clock that moves only when told, and by a millisecond at each look."""

    instant: datetime = BEGINNING

    def now(self) -> datetime:
        """The set instant."""
        self.instant += timedelta(milliseconds=1)
        return self.instant

    def pass_days(self, days: float) -> None:
        """Let time pass."""
        self.instant += timedelta(days=days)


@dataclass(slots=True)
class SeededRandomness:
    """Bytes that depend on the seed and on how often they were drawn."""

    seed: str
    drawn: int = 0

    def draw(self, count: int) -> bytes:
        """The next `count` bytes."""
        data = b""
        while len(data) < count:
            self.drawn += 1
            data += sha256(f"{self.seed}/{self.drawn}".encode()).digest()
        return data[:count]


#: These nodes die as processes do and never as machines, so nothing waits for a disk.
HASTY = (*SETTINGS, "PRAGMA synchronous=OFF")


class ClosableDatabase(Database, Protocol):
    """A database that a node which dies lets go of."""

    def close(self) -> None:
        """Let go of it."""
        ...


class Keeping(Protocol):
    """Where nodes keep what they know."""

    def store(self, *, data_key: bytes, draw: Callable[[int], bytes]) -> Store:
        """A store on the databases that are opened here."""
        ...

    def open(self, node: "MemoryNode") -> ClosableDatabase:
        """The database of a node, as it was left."""
        ...

    def copy_to(self, node: "MemoryNode", copy: Path) -> None:
        """A backup of what the node knows now."""
        ...

    def put_back(self, node: "MemoryNode", copy: Path) -> None:
        """Put what an empty database once knew into it."""
        ...

    def drop(self, node: "MemoryNode") -> None:
        """Leave nothing of what a stopped node knew."""
        ...


class OnFiles:
    """Each node on a file of its own."""

    store = SqliteStore

    def open(self, node: "MemoryNode") -> PlainDatabase:
        """The database in the node's file."""
        return PlainDatabase(node.path, node.settings)

    def copy_to(self, node: "MemoryNode", copy: Path) -> None:
        """A backup of the file as it is now."""
        with closing(connect(node.path)) as source, closing(connect(copy)) as target:
            source.backup(target)

    def put_back(self, node: "MemoryNode", copy: Path) -> None:
        """Copy an older file to where the present one was."""
        shutil.copy(copy, node.path)

    def drop(self, node: "MemoryNode") -> None:
        """Delete the file and what SQLite keeps beside it."""
        for leftover in node.path.parent.glob(f"{node.path.name}*"):
            leftover.unlink()


@dataclass(slots=True)
class MemoryNode:
    """A node that can be stopped, restarted on its database, and put back to an older one.

    published: items and processes that it offers after each start. store_of: puts something
    around the store, such as faults. projectors: fold what took effect. keys: how many key sets its
    key file holds. part_bytes: about how much it gives back at once. reads: versions of messages.
    keeper: who keeps it for a guest. suites: of its key sets, the last one of all further ones.
    settings: of its database. keeping: where that is.
    """

    name: str
    path: Path
    clock: SetClock
    node: Node = field(init=False)
    starts: int = 0
    published: tuple[Sequence[Item], Sequence[Process]] = ((), ())
    store_of: Callable[[Store], Store] = _as_it_is
    projectors: tuple[Projector, ...] = ()
    quota: Quota = _PLENTY
    keys: int = 1
    part_bytes: int = 8_000_000
    reads: tuple[int, ...] = VERSIONS
    keeper: Keeper | None = None
    suites: tuple[str, ...] = (USUAL,)
    settings: Sequence[str] = HASTY
    keeping: Keeping = field(default_factory=OnFiles)
    database: ClosableDatabase | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start, or start again on what the file holds."""
        self.stop()
        self.starts += 1
        signer = KeySets([self._keys(number) for number in range(1, self.keys + 1)])
        randomness = SeededRandomness(f"{self.name}/{self.starts}")
        store = self.store_of(
            self.keeping.store(
                data_key=sha256(self.name.encode()).digest(),
                draw=randomness.draw,
            )
        )
        self.database = database = self.keeping.open(self)
        kernel = Kernel(
            identity=Identity(name=self.name, signer=signer, keeper=self.keeper),
            store=store,
            pieces=PieceFolder(self.pieces),
            library=Library(store),
            peers=PeerBook(),
            database=database,
            clock=self.clock,
            randomness=randomness,
            calendar=load_calendar(),
            describe=lambda: self.descriptor_under(signer),
            projectors=self.projectors,
            part_bytes=self.part_bytes,
        )
        self.node = Node(kernel, Meter(quota=self.quota))
        self.node.published.publish(*self.published)
        self.node.start()

    @property
    def pieces(self) -> Path:
        """The folder of pieces beside the file."""
        return self.path.with_suffix(".blobs")

    def rotate(self) -> None:
        """Add a key set and go on under it wherever a line is open."""
        self.keys += 1
        self.node.kernel.identity.signer.add(self._keys(self.keys))
        self.node.renew_keys()

    def _keys(self, number: int) -> KeyRing:
        suite = self.suites[min(number, len(self.suites)) - 1]
        return made_up_keys(self.name, number, suite)

    def stop(self) -> None:
        """Let go of the database, as a process that dies does."""
        if self.database is not None:
            self.database.close()

    def copy_to(self, copy: Path) -> None:
        """A backup of the database as it is now."""
        self.keeping.copy_to(self, copy)

    def put_back(self, copy: Path) -> None:
        """Stop, put an older backup in the place of what is there, and start on it."""
        self._drop()
        self.keeping.put_back(self, copy)
        self.start()

    def lose_disk(self) -> None:
        """Start on an empty disk, knowing nobody, with the keys that are kept elsewhere."""
        self._drop()
        shutil.rmtree(self.pieces, ignore_errors=True)
        self.start()

    def _drop(self) -> None:
        self.stop()
        self.keeping.drop(self)

    @property
    def descriptor(self) -> bytes:
        """The node's descriptor on the memory road."""
        return self.descriptor_under(self.node.kernel.identity.signer)

    def descriptor_under(self, signer: KeySets, serial: int = 0) -> bytes:
        """The descriptor that these key sets make; serial: the number of sets unless it is said."""
        return make_descriptor(
            name=self.name,
            title=Title(zh=self.name, en=self.name),
            jurisdictions=("310117",),
            endpoints=[Endpoint(road="memory", address=self.name)],
            reads=Reads(entries=(1,), messages=self.reads),
            serial=serial or signer.number,
            signer=signer,
            earlier=signer.earlier,
            keeper=self.keeper,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope on its way."""

    sender: str
    receiver: str
    envelope: bytes


@dataclass(slots=True)
class MemoryFederation:
    """Nodes that all know each other.

    cut: pairs between which nothing passes, by who sends. letters: all that was ever carried.
    store_of: puts something around the store of the node of that name. part_bytes: about how much
    each gives back at once. reads: versions of messages that each of them reads. keepers: of those
    that are kept for a guest, by name. suites: of key sets, by name. settings: of all
    databases. keeping: where those are. Files that are in the folder already are gone on with.
    """

    folder: Path
    names: tuple[str, ...]
    clock: SetClock = field(default_factory=SetClock)
    nodes: dict[str, MemoryNode] = field(default_factory=dict)
    cut: set[tuple[str, str]] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)
    store_of: Callable[[str, Store], Store] = _named_as_it_is
    part_bytes: int = 8_000_000
    reads: tuple[int, ...] = VERSIONS
    keepers: Mapping[str, Keeper] = field(default_factory=dict)
    suites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Sequence[str] = HASTY
    keeping: Keeping = field(default_factory=OnFiles)

    def __post_init__(self) -> None:
        for name in self.names:
            path = self.folder / f"{name}.db"
            self.nodes[name] = MemoryNode(
                name,
                path,
                self.clock,
                # A file that is there was begun by a first start, whose name is used up.
                starts=int(path.exists()),
                store_of=partial(self.store_of, name),
                part_bytes=self.part_bytes,
                reads=self.reads,
                keeper=self.keepers.get(name),
                suites=self.suites.get(name, (USUAL,)),
                settings=self.settings,
                keeping=self.keeping,
            )
        self.introduce()

    def introduce(self) -> None:
        """Pair whoever does not know each other."""
        for one, other in permutations(self.nodes.values(), 2):
            if one.node.kernel.peers.get(other.name) is None:
                compared = fingerprint(read_descriptor(other.descriptor))
                one.node.pair(other.descriptor, compared=compared)

    def __getitem__(self, name: str) -> Node:
        return self.nodes[name].node

    def publish(self, items: Sequence[Item], processes: Sequence[Process]) -> None:
        """Let every node offer these, now and after each start."""
        for node in self.nodes.values():
            node.published = (items, processes)
            node.node.published.publish(items, processes)

    def stop(self) -> None:
        """Let go of all files."""
        for node in self.nodes.values():
            node.stop()

    def exchange(self, sender: str, receiver: str) -> None:
        """One letter and its answer; raises Unreachable where the line is cut."""
        reply = self.carry(sender, receiver, self[sender].conversation.say(receiver))
        if reply is not None and (receiver, sender) not in self.cut:
            self.letters.append(Letter(receiver, sender, reply))
            self[sender].conversation.hear_reply(receiver, reply)

    def carry(self, sender: str, receiver: str, envelope: bytes) -> bytes | None:
        """The receiver's answer to a letter; raises Unreachable where the line is cut."""
        if (sender, receiver) in self.cut:
            raise Unreachable(f"{receiver} is cut off")
        self.letters.append(Letter(sender, receiver, envelope))
        return self[receiver].hear(envelope)

    def settle(self, rounds: int = 20) -> int:
        """Exchange until nobody has news; how many letters it took."""
        letters = 0
        for _ in range(rounds):
            talked = 0
            for sender, receiver in self._pairs():
                if self[sender].conversation.has_news(receiver):
                    try:
                        self.exchange(sender, receiver)
                        talked += 1
                    except Unreachable:
                        self[sender].conversation.forget_standing(receiver)
            letters += talked
            if not talked:
                break
        return letters

    def _pairs(self) -> Iterable[tuple[str, str]]:
        return permutations(self.names, 2)
