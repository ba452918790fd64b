"""Finds the checkpoint under which an entry of the store is proven, and makes the proof."""

from collections.abc import Iterator, Sequence

from tongban.evidence.keys import NoteSignature, VerifierKey
from tongban.evidence.notes import SignedNote, parse_note, verify_note
from tongban.evidence.proofs import TlogProof
from tongban.logs.rows import StoredCheckpoint
from tongban.node.bundles.places import read_place
from tongban.node.bundles.timeline import Spot
from tongban.node.faults import BrokenInvariant
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.trees import inclusion_under


def covering(kernel: Kernel, connection: Connection, spot: Spot) -> StoredCheckpoint:
    """The first checkpoint over an entry that both sides signed, or else the first of any kind.

    The first, because its cosignature gives the earliest time.
    """
    place = (connection, spot.log, spot.generation)
    for cosigned in (True, False):
        found = kernel.store.earliest_checkpoint(*place, cosigned=cosigned, at_least=spot.index + 1)
        if found is not None:
            return found
    raise BrokenInvariant(f"nothing was stated about entry {spot.index} of log {spot.log}")


def prove(
    kernel: Kernel, connection: Connection, spot: Spot, checkpoint: StoredCheckpoint
) -> TlogProof:
    """The proof of an entry under a checkpoint that this node has signed."""
    return TlogProof(
        index=spot.index,
        hashes=inclusion_under(kernel, connection, checkpoint, spot.index),
        checkpoint_note=_joint_note(kernel, checkpoint),
    )


def _joint_note(kernel: Kernel, checkpoint: StoredCheckpoint) -> SignedNote:
    """The checkpoint under one signature of the writer and one of its mirror, and nobody else's.

    The other side's copy may carry further lines, which prove nothing and could spoil the note.
    """
    copies = [parse_note(data) for data in (checkpoint.signature, checkpoint.note) if data]
    text, lines = copies[0].text, [line for copy in copies for line in copy.signatures]
    chosen = (_best(text, lines, keys) for keys in _keys(kernel, checkpoint))
    return SignedNote(text=text, signatures=tuple(line for line in chosen if line))


def _best(
    text: str, lines: list[NoteSignature], keys: Sequence[VerifierKey]
) -> NoteSignature | None:
    """The line under this name that one of the keys made, or any where none did."""
    named = [line for line in lines if line.name == keys[0].name]
    return max(named, key=lambda line: any(_holds(text, line, k) for k in keys), default=None)


def _keys(kernel: Kernel, checkpoint: StoredCheckpoint) -> Iterator[Sequence[VerifierKey]]:
    """Of the writer, and of the mirror where the log has one; one for each key set."""
    log = read_place(checkpoint.origin, 0).log
    yield _party(kernel, log.writer).checkpoint_keys(checkpoint.origin)
    if log.reader:
        yield _party(kernel, log.reader).cosignature_keys()


def _party(kernel: Kernel, name: str) -> Peer:
    identity = kernel.identity
    return identity.as_peer() if name == identity.name else kernel.peers.require(name)


def _holds(text: str, line: NoteSignature, key: VerifierKey) -> bool:
    return key in verify_note(SignedNote(text=text, signatures=(line,)), [key])
