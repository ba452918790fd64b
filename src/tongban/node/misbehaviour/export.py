"""Takes the proof that a peer misbehaved out of the store (spec/misbehaviour.md, "Exporting")."""

from collections.abc import Iterator

from tongban.channels.descriptors import fingerprints, read_descriptor
from tongban.core.entry import SubjectKind
from tongban.core.home.events import MisbehaviourNoticed, PeerPaired
from tongban.evidence.contradictions import Contradiction
from tongban.evidence.faults import Fault
from tongban.evidence.notes import parse_note
from tongban.evidence.proofs import encode_proof
from tongban.evidence.suite import HASH_BYTES
from tongban.logs.rows import ContradictionRow, LogKind
from tongban.node.bundles.entries import BundledEntry, read_entry
from tongban.node.bundles.proving import covering, prove
from tongban.node.bundles.timeline import Spot
from tongban.node.kernel import Kernel
from tongban.node.misbehaviour.notice import notice_of
from tongban.node.misbehaviour.proof import Exhibits, encode_proof_file
from tongban.node.ports import Connection
from tongban.node.signing import sign
from tongban.node.work import readable


class NothingNoticed(Fault):
    """This node noticed no such misbehaviour of the partner; see which there are, or none."""


def export_misbehaviour(kernel: Kernel, peer: str, number: int, *, descriptor: bytes) -> bytes:
    """The proof of a contradiction of the peer, the first one found being number 1.

    descriptor: this node's own, signed. Raises NothingNoticed.
    """
    row, entries = _settled(kernel, peer, number)
    exhibits = Exhibits(
        contradiction=contradiction_of(row),
        accused=row.descriptor,
        accuser=descriptor,
        entries=entries,
    )
    return encode_proof_file(
        exhibits,
        accused=peer,
        at=kernel.clock.now(),
        by=kernel.identity.name,
        signer=kernel.identity.signer,
    )


def contradiction_of(row: ContradictionRow) -> Contradiction:
    """The two notes and the path as the store keeps them."""
    starts = range(0, len(row.path), HASH_BYTES)
    return Contradiction(
        first=parse_note(row.first),
        second=parse_note(row.second),
        path=tuple(row.path[start : start + HASH_BYTES] for start in starts),
    )


def _settled(
    kernel: Kernel, peer: str, number: int
) -> tuple[ContradictionRow, tuple[BundledEntry, ...]]:
    """The contradiction and the home entries about it, once what proves these is signed."""
    while True:
        with kernel.database.read() as connection:
            row = _row(kernel, connection, peer, number)
            spots = list(_spots(kernel, connection, row))
            stated = [covering(kernel, connection, spot) for spot in spots]
            unsigned = [each for each in stated if each.signature is None]
            if not unsigned:
                return row, tuple(_entry(kernel, connection, spot) for spot in spots)
        for statement in {(each.origin, each.size): each for each in unsigned}.values():
            sign(kernel, statement)


def _row(kernel: Kernel, connection: Connection, peer: str, number: int) -> ContradictionRow:
    rows = kernel.store.contradictions(connection, peer)
    if not 1 <= number <= len(rows):
        raise NothingNoticed(
            f"{len(rows)} contradictions of {peer} are on record here, so there is no number "
            f"{number}; `tongban evidence misbehaviour {peer}` lists them"
        )
    return rows[number - 1]


def _spots(kernel: Kernel, connection: Connection, row: ContradictionRow) -> Iterator[Spot]:
    """On the home log: the newest pairing with these keys, and the notice."""
    known = fingerprints(read_descriptor(row.descriptor))
    found = contradiction_of(row)
    paired, noticed = None, None
    kind = SubjectKind.CHANNEL.value
    for line in kernel.store.journal_of(connection, kind, row.peer):
        entry = readable(line.data) if line.kind is LogKind.HOME else None
        spot = Spot(log=line.log, generation=line.generation, index=line.index)
        event = entry.event if entry else None
        if isinstance(event, PeerPaired) and event.peer == row.peer and event.fingerprint in known:
            paired = spot
        if isinstance(event, MisbehaviourNoticed) and event == notice_of(
            found, peer=row.peer, role=event.signed_as
        ):
            noticed = spot
    yield from (spot for spot in (paired, noticed) if spot)


def _entry(kernel: Kernel, connection: Connection, spot: Spot) -> BundledEntry:
    place = (spot.log, spot.generation, spot.index)
    row = kernel.store.entry(connection, *place)
    proof = prove(kernel, connection, spot, covering(kernel, connection, spot))
    data = row.data if row and row.data else b""
    return read_entry(data, encode_proof(proof), name=f"entry {spot.index} of the home log")
