"""An entry as a bundle carries it: exact bytes, proof of its place, and bodies."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongban.core.entry import Entry
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.faults import UnreadableProof
from tongban.evidence.proofs import TlogProof, parse_proof
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.places import Place, read_place


@dataclass(frozen=True, kw_only=True, slots=True)
class SaltedBody:
    """Content that an entry committed to, with its salt of 32 bytes."""

    salt: bytes = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class BundledEntry:
    """bodies: those that are in the bundle, by the name that the entry gives them."""

    data: bytes
    entry: Entry
    proof: TlogProof
    checkpoint: Checkpoint
    place: Place
    bodies: Mapping[str, SaltedBody] = field(default_factory=dict)


def read_entry(data: bytes, proof: bytes, *, name: str) -> BundledEntry:
    """The entry without bodies; name: what to call it where something is unreadable.

    Whether the proof holds is another question. Raises BundleUnreadable.
    """
    try:
        entry, parsed = wire.decode(data), parse_proof(proof)
    except (EntryUnreadable, UnreadableProof) as error:
        raise BundleUnreadable(f"{name}: {error}") from error
    checkpoint = parse_checkpoint(parsed.checkpoint_note.text)
    try:
        place = read_place(checkpoint.origin, parsed.index)
    except ValueError as error:
        raise BundleUnreadable(f"{name}: its proof is about no log of a node: {error}") from error
    return BundledEntry(data=data, entry=entry, proof=parsed, checkpoint=checkpoint, place=place)
