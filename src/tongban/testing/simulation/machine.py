"""One simulated machine: a disk, a clock, and the production node that runs on them."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from sqlite3 import Error as DatabaseError
from sqlite3 import connect

from tongban.catalogue.calendar import load_calendar
from tongban.channels.descriptors import Reads, Title, make_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.channels.quota import Meter, Quota
from tongban.core.cases.process import Process
from tongban.core.items.item import Item
from tongban.evidence.key_sets import KeySets
from tongban.evidence.suites import SUITES
from tongban.logs.faults import LogDamaged
from tongban.logs.pieces import PieceFolder
from tongban.logs.sqlite import SqliteStore
from tongban.logs.sqlite.sql import load
from tongban.node.delivery import LONGEST_WAIT, Delivery
from tongban.node.faults import NodeFault
from tongban.node.identity import Identity
from tongban.node.kernel import VERSIONS, Kernel
from tongban.node.library import Library
from tongban.node.node import Node
from tongban.node.peers import PeerBook
from tongban.node.plain_database import PlainDatabase
from tongban.supervision.rounds import DUTIES
from tongban.testing.memory_nodes import BEGINNING, SeededRandomness, made_up_keys
from tongban.testing.simulation.disk import Disk
from tongban.testing.simulation.lines import Lines
from tongban.testing.simulation.signed import HeardSigner, Signatures
from tongban.testing.simulation.timeline import Timeline

SQL = load("rotting.sql", __package__)

_SUITE = SUITES["ed25519-sha256"]
#: More than honest partners need, and few enough to be exceeded in a world.
QUOTA = Quota(messages=150, bytes=10**8, window_seconds=60)
#: A part of an answer is a few entries, so that much happens between two of them.
_PART_BYTES = 1_000
#: As few as can be, so that whenever days pass in a world, refused bytes go.
REFUSED_DAYS = 1
#: By how much a new key set raises the serial of the descriptor; new software does by one.
KEYS_SERIAL = 1_000
#: Simulated seconds between the rounds of supervision, and in which each machine went one.
_ROUND = 10.0
A_ROUND = 10.5


@dataclass(slots=True)
class MachineClock:
    """Tells the world's time, wrongly by what the machine's clock is off; most: it ever was."""

    timeline: Timeline
    off: timedelta = timedelta()
    most: timedelta = timedelta()

    def now(self) -> datetime:
        """The instant as this machine has it."""
        self.most = max(self.most, self.off)
        return BEGINNING + timedelta(seconds=round(self.timeline.now, 3)) + self.off

    def latest(self) -> datetime:
        """No later than this has it ever been for the machine."""
        return self.now() - self.off + self.most

    def put(self, instant: datetime) -> None:
        """Let it be this instant for the machine."""
        self.off += instant - self.now()


@dataclass(slots=True)
class Machine:
    """A machine that may fall, start again, and be put back to an older disk.

    keys: how many key sets its key file holds, which lies on another disk.
    versions: of messages that its software speaks. serial: of the descriptor that says so.
    begun: how often the node on it has begun under a name of its own. disks: how many it has had.
    """

    name: str
    folder: Path
    timeline: Timeline
    lines: Lines
    signatures: Signatures
    published: tuple[Sequence[Item], Sequence[Process]]
    versions: tuple[int, ...] = VERSIONS
    serial: int = 1
    running: bool = False
    starts: int = 0
    begun: int = 0
    disks: int = 1
    keys: int = 1
    clock: MachineClock = field(init=False)
    database: PlainDatabase = field(init=False)
    disk: Disk = field(init=False)
    node: Node = field(init=False)
    delivery: Delivery = field(init=False)
    _turns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.clock = MachineClock(self.timeline)
        self.disk = Disk(self.folder)

    @property
    def path(self) -> Path:
        """The database."""
        return self.folder / "node.db"

    def start(self) -> None:
        """Start on what is on the disk; a machine that falls meanwhile is simply down again."""
        self._begin(self._start)

    def wake_up_older(self) -> None:
        """Go on from an older disk and an older memory, as a snapshot that was put back does."""
        self.disk.revive()
        self._begin(lambda _node: None)

    def _start(self, node: Node) -> None:
        node.start()
        self.begun += 1

    def _begin(self, start: Callable[[Node], None]) -> None:
        self.starts += 1
        self.running = True
        self.database = PlainDatabase(self.path)
        try:
            self.node = self._built()
            start(self.node)
        except (NodeFault, DatabaseError):
            if not self.disk.dead:
                raise
            return
        self.node.wake = self._wake
        self.delivery = Delivery(
            self.node.conversation,
            lambda peer: self.lines.road(self.name, peer),
            monotonic=lambda: self.timeline.now,
        )
        for peer in self.node.kernel.peers.names():
            self._wake(peer)
        self._begin_rounds()

    def stop(self) -> None:
        """The process ends, however it ends; what it had open writes no more."""
        self.running = False
        self.disk.stop()
        with suppress(DatabaseError):
            self.database.close()

    def hear(self, envelope: bytes) -> bytes | None:
        """Take an envelope; what was answered by a machine that fell meanwhile never left it."""
        answer = self.node.hear(envelope)
        return None if self.disk.dead else answer

    def lose_power(self, chance: Random) -> None:
        """The machine stops, and with it what was not on the platter."""
        self.disk.lose_power(chance)
        self.stop()

    def flip(self, what: str, place: tuple[int | str, ...], bit: int) -> tuple[bytes, bytes]:
        """A bit flips of an entry, body, hash or end, by place; before and after, while down."""
        self.disk.revive()
        with closing(connect(self.path)) as connection, connection:
            (data,) = connection.execute(SQL[what], place).fetchone()
            changed = bytearray(data)
            changed[bit // 8 % len(data)] ^= 1 << bit % 8
            connection.execute(SQL[f"flip_{what}"], (bytes(changed), *place))
        self.disk.stop()
        return bytes(data), bytes(changed)

    def restart(self) -> None:
        """Start again after a fall."""
        self.disk.revive()
        self.start()

    def copy_to(self, copy: Path) -> None:
        """A backup of the files as they are, made while nobody writes."""
        copy.mkdir()
        for file in self.folder.glob("node.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, copy)

    def put_back(self, copy: Path | None) -> None:
        """Replace the disk's content by an older one, or by an empty disk; the machine is down."""
        self.disks += 1
        for file in self.folder.glob("node.db*"):
            file.unlink()
        if copy is not None:
            shutil.copytree(copy, self.folder, dirs_exist_ok=True)

    @property
    def descriptor(self) -> bytes:
        """The node's descriptor on the memory road."""
        return self._descriptor_under(self._signer())

    def rotate(self) -> None:
        """Add a key set to the key file; the node that runs goes on under it where it can."""
        self.keys += 1
        if self.running:
            self.node.kernel.identity.signer.add(self._heard(self.keys))
            self.node.renew_keys()

    def _descriptor_under(self, signer: KeySets) -> bytes:
        return make_descriptor(
            name=self.name,
            title=Title(zh=self.name, en=self.name),
            jurisdictions=("310117",),
            endpoints=[Endpoint(road="memory", address=self.name)],
            reads=Reads(entries=(1,), messages=self.versions),
            serial=self.serial + KEYS_SERIAL * signer.number,
            signer=signer,
            earlier=signer.earlier,
        )

    def _built(self) -> Node:
        randomness = SeededRandomness(f"{self.name}/{self.starts}")
        data_key = sha256(self.name.encode()).digest()
        store = SqliteStore(data_key=data_key, draw=randomness.draw)
        signer = self._signer()
        kernel = Kernel(
            identity=Identity(name=self.name, signer=signer),
            store=store,
            pieces=PieceFolder(self.path.with_suffix(".blobs")),
            library=Library(store),
            peers=PeerBook(),
            database=self.database,
            clock=self.clock,
            randomness=randomness,
            calendar=load_calendar(),
            describe=lambda: self._descriptor_under(signer),
            part_bytes=_PART_BYTES,
            refused_days=REFUSED_DAYS,
            versions=self.versions,
        )
        node = Node(kernel, Meter(quota=QUOTA))
        node.published.publish(*self.published)
        return node

    def _signer(self) -> KeySets:
        return KeySets([self._heard(number) for number in range(1, self.keys + 1)])

    def _heard(self, number: int) -> HeardSigner:
        return HeardSigner(self.name, made_up_keys(self.name, number), self.signatures)

    def _wake(self, peer: str) -> None:
        """Look at the line now; what was planned for later is planned anew by that look."""
        turn = self._turns[peer] = self._turns.get(peer, 0) + 1
        self.timeline.after(0.001, lambda: self._look(peer, turn))

    def _look(self, peer: str, turn: int) -> None:
        if not self.running or self._turns[peer] != turn:
            return
        try:
            pause = self.delivery.step(peer)
        except LogDamaged:
            # It is noted and asked for; the thread of a real node waits as long.
            pause = LONGEST_WAIT
        self.timeline.after(max(pause, 0.001), lambda: self._look(peer, turn))

    def _begin_rounds(self) -> None:
        start = self.starts
        self.timeline.after(_ROUND, lambda: self._go_round(start))

    def _go_round(self, start: int) -> None:
        if not self.running or self.starts != start:
            return
        for duty in DUTIES:
            with suppress(NodeFault, LogDamaged):
                duty.do(self.node)
        self.timeline.after(_ROUND, lambda: self._go_round(start))
