"""What every part of a node works with, wired once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass

from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.logs.pieces import PieceStore
from tongban.logs.store import Store
from tongban.node.identity import Identity
from tongban.node.library import Library
from tongban.node.peers import PeerBook
from tongban.node.ports import Clock, Database, Projector, Randomness

#: Versions of messages that this software reads; it writes the lowest that has what it says.
VERSIONS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kernel:
    """Identity, store, pieces of large files, documents, partners and the ports.

    describe: this node's signed descriptor under its newest keys.
    skew_seconds_max: a partner's instant further off than this is noted on the home log.
    refused_days: what may go of entries refused longer ago is erased. inquiry_days: so are words
    of inquiries that ended longer ago, unless an answer is in force; 0 keeps them. part_bytes:
    about how much a partner that lost something is given back at once. versions: of messages that
    it reads. four_eyes: two officers confirm a document before this node signs it.
    """

    identity: Identity
    store: Store
    pieces: PieceStore
    library: Library
    peers: PeerBook
    database: Database
    clock: Clock
    randomness: Randomness
    calendar: WorkingCalendar
    describe: Callable[[], bytes]
    projectors: tuple[Projector, ...] = ()
    skew_seconds_max: int = 300
    refused_days: int = 30
    inquiry_days: int = 0
    part_bytes: int = 8_000_000
    versions: tuple[int, ...] = VERSIONS
    four_eyes: bool = False

    def keeper_of(self, name: str) -> str:
        """The node whose people sign for this node or a partner now, "" where its own do."""
        if name == self.identity.name:
            return self.identity.kept_by
        peer = self.peers.get(name)
        return peer.sets[-1].kept_by if peer else ""

    def speaks(self, peer: str, version: int) -> bool:
        """Whether this node and the peer both read messages of a version."""
        return version in self.versions and version in self.peers.descriptor(peer).reads.messages
