"""Pieces on their way between two nodes: offered, asked for, given (spec/blobs.md, "Crossing")."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from tongban.channels.messages import Declined, DeclinedFor, Message, Offer
from tongban.core.blobs.events import BlobStored
from tongban.core.blobs.manifest import FILE_BYTES_MAX
from tongban.core.entry import Subject, SubjectKind
from tongban.evidence.pieces import (
    NAME_BYTES,
    piece_name,
    pieces_of,
    root_of_pieces,
)
from tongban.logs.blobs import BlobRow
from tongban.logs.rows import LogKind
from tongban.node.blobs.placing import is_whole
from tongban.node.blobs.receipts import has_stored, receipts
from tongban.node.blobs.waiting import VERSION
from tongban.node.effects import SYSTEM, Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.storage import disk_faults
from tongban.node.work import Draft, Work

#: Pieces that are asked for at once: about as much as a push carries.
ASKED_MAX = 7
#: What one partner may have offered at a time.
OFFERS_MAX = 64
OFFERED_BYTES_MAX = 4 * FILE_BYTES_MAX

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """Pieces that a peer asked for, and names of those that are not here."""

    pieces: list[bytes] = field(default_factory=list)
    absent: list[bytes] = field(default_factory=list)


class Crossing:
    """Files between this node and its peers; what it remembers is only a hint."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._absent: dict[str, set[bytes]] = {}
        self._given: dict[str, set[bytes]] = {}

    def has_news(self, connection: Connection, peer: str) -> bool:
        """Whether there is a file to offer, or a piece to ask for."""
        return bool(self._awaited(connection, peer) or self._repairing(connection, peer))

    def offers(self, connection: Connection, peer: str) -> list[Offer]:
        """Files that something waits for, until the peer has signed for them."""
        store = self._kernel.store
        return [
            Offer(root=row.root, size=row.size, names=b"".join(store.pieces(connection, row.root)))
            for root in self._awaited(connection, peer)[:OFFERS_MAX]
            if (row := store.blob(connection, root)) is not None
        ]

    def lacking(self, connection: Connection, peer: str) -> list[bytes]:
        """Names of pieces to ask a peer for: of what it offers, and of what rotted or got lost."""
        if not self._kernel.speaks(peer, VERSION):
            return []
        store = self._kernel.store
        roots = [row.root for row in store.offers(connection, peer)]
        roots += store.lacking_blobs(connection, peer)
        found: list[bytes] = []
        for root in roots:
            found += self._lacking_of(connection, peer, root)
            if len(found) >= ASKED_MAX:
                break
        return list(dict.fromkeys(found))[:ASKED_MAX]

    def give(self, asked: Sequence[bytes], room: int) -> Given:
        """What is here of pieces that were asked for, as far as it has room in a message."""
        given = Given()
        for name in asked:
            sealed = self._kernel.pieces.get(name)
            if sealed is None:
                given.absent.append(name)
                continue
            room -= len(sealed)
            if room < 0:
                break
            given.pieces.append(sealed)
        return given

    def keep(self, message: Message) -> bool:
        """Make pieces durable that somebody here lists and that are not here; whether any came.

        Before the transaction in which the message takes effect, since disks take their time.
        """
        fresh = False
        for sealed in message.pieces:
            name = piece_name(sealed)
            with self._kernel.database.read() as connection:
                listed = self._kernel.store.is_listed(connection, name)
            if listed and not self._kernel.pieces.holds(name):
                with disk_faults():
                    self._kernel.pieces.put(sealed)
                fresh = True
        return fresh

    def take(self, work: Work, peer: str, message: Message) -> list[Declined]:
        """Take offers, and sign for what is whole by now; the offers that are declined."""
        self._absent.setdefault(peer, set()).update(message.absent)
        declined = [
            Declined(root=offer.root, ground=ground)
            for offer in message.offers
            if (ground := self._take_offer(work, peer, offer))
        ]
        if message.offers or message.pieces:
            self._sign_for(work, peer)
            self._complete(work, peer)
        for each in message.declined:
            _log.warning("file_declined", peer=peer, root=each.root, ground=each.ground.value)
        return declined

    def is_progress(self, peer: str, asked: Sequence[bytes]) -> bool:
        """Whether a peer asks for what it was not given before; then it is worth talking on."""
        given = self._given.setdefault(peer, set())
        fresh = {name for name in asked if name not in given and self._kernel.pieces.holds(name)}
        given |= fresh
        return bool(fresh)

    def signed_for(self, peer: str) -> None:
        """The peer has a file: what it was given of it need not be remembered."""
        self._given.pop(peer, None)

    def crossed(self, connection: Connection, peer: str, root: str) -> int:
        """How many pieces of a file the peer was given since the start, about."""
        given = self._given.get(peer, set())
        return sum(name in given for name in self._kernel.store.pieces(connection, root))

    def ask_again(self) -> None:
        """Forget who lacked what: a partner may have its own copy back."""
        self._absent.clear()

    def _awaited(self, connection: Connection, peer: str) -> list[str]:
        if not self._kernel.speaks(peer, VERSION):
            return []
        return [
            root
            for root in self._kernel.store.awaited_blobs(connection, peer)
            if not has_stored(self._kernel, connection, root, peer)
        ]

    def _repairing(self, connection: Connection, peer: str) -> bool:
        roots = self._kernel.store.lacking_blobs(connection, peer)
        return self._kernel.speaks(peer, VERSION) and any(
            self._lacking_of(connection, peer, root) for root in roots
        )

    def _lacking_of(self, connection: Connection, peer: str, root: str) -> list[bytes]:
        absent = self._absent.get(peer, set())
        found = []
        for name in self._kernel.store.pieces(connection, root):
            if name not in absent and not self._kernel.pieces.holds(name):
                found.append(name)
                if len(found) == ASKED_MAX:
                    break
        return found

    def _take_offer(self, work: Work, peer: str, offer: Offer) -> DeclinedFor | None:
        names = _names(offer)
        fits = 0 < offer.size <= FILE_BYTES_MAX and len(names) == pieces_of(offer.size)
        if not fits or root_of_pieces(names) != offer.root:
            return DeclinedFor.UNFIT
        store, connection = self._kernel.store, work.connection
        if receipts(self._kernel, connection, offer.root, LogKind.OWN, peer):
            # The receipt comes with the push; it is never written twice.
            return None
        known = {row.root: row.size for row in store.offers(connection, peer)}
        known.setdefault(offer.root, offer.size)
        if len(known) > OFFERS_MAX or sum(known.values()) > OFFERED_BYTES_MAX:
            return DeclinedFor.TOO_MUCH
        row = BlobRow(root=offer.root, peer=peer, size=offer.size, stored=False)
        store.put_blob(connection, row, work.now, names)
        return None

    def _sign_for(self, work: Work, peer: str) -> None:
        """Put a receipt on the log for every file that is whole."""
        store, connection = self._kernel.store, work.connection
        whole = [
            row
            for row in store.offers(connection, peer)
            if is_whole(self._kernel, store.pieces(connection, row.root))
        ]
        for row in whole:
            kept = BlobRow(root=row.root, peer="", size=row.size, stored=True)
            store.put_blob(connection, kept, work.now)
            store.forget_blob(connection, row.root, peer)
        if whole:
            effects = Effects(work, peer)
            effects.append([_receipt(row) for row in whole])
            effects.close()

    def _complete(self, work: Work, peer: str) -> None:
        """Files that had rotted or got lost, and are whole again."""
        store, connection = self._kernel.store, work.connection
        for root in store.lacking_blobs(connection, peer):
            row = store.blob(connection, root)
            if row and is_whole(self._kernel, store.pieces(connection, root)):
                kept = BlobRow(root=root, peer="", size=row.size, stored=True)
                store.put_blob(connection, kept, work.now)


def _names(offer: Offer) -> list[bytes]:
    joined = offer.names
    return [joined[at : at + NAME_BYTES] for at in range(0, len(joined), NAME_BYTES)]


def _receipt(row: BlobRow) -> Draft:
    subject = Subject(kind=SubjectKind.BLOB, id=row.root)
    return Draft(event=BlobStored(size=row.size), subject=subject, actor=SYSTEM)
