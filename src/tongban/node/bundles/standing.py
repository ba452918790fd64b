"""How far each entry is proven, and what its addressee's outcome made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongban.channels.descriptors import Descriptor
from tongban.core.channel.events import GenerationOpened, KeyRotated, OutcomeRecorded
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, cosigned_at, verify_note
from tongban.evidence.proofs import check_proof
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.places import LogName
from tongban.node.bundles.report import Effect
from tongban.node.identity import mirror_name

#: The end of the year 9998, as for the instants of entries (spec/entries.md).
_TIME_MAX = 253_370_764_799


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """signed: the writer's log holds the entry. cosigned_at: unix seconds, None where one-sided.

    keys: number of the writer's key set under which it does, 0 where it does not.
    signed_for_by, cosigned_for_by: the node whose people hold the key that did it for the writer or
    the reader, "" where it is their own.
    spoiled: the checkpoint has a line of the reader's mirror that is no cosignature by it, or one
    of a time that no calendar has.
    """

    signed: bool
    keys: int = 0
    spoiled: bool = False
    cosigned_at: int | None = None
    signed_for_by: str = ""
    cosigned_for_by: str = ""

    @property
    def proven(self) -> bool:
        """Whether both sides stand behind the entry."""
        return self.signed and self.cosigned_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """An entry's effect, and the outcome that says so."""

    effect: Effect
    ground: str = ""
    outcome: OutcomeRecorded | None = None


def mirror_keys(reader: Descriptor) -> tuple[VerifierKey, ...]:
    """The keys under which a node cosigns what it has durably stored, one for each key set."""
    return reader.verifier_keys(KeyPurpose.MIRROR, mirror_name(reader.name))


def mirror_key(reader: Descriptor, bundled: BundledEntry) -> VerifierKey:
    """The key under which the entry's reader cosigned the log that it stands in."""
    return signing_key(mirror_keys(reader), bundled.proof.checkpoint_note)


def log_key(writer: Descriptor, bundled: BundledEntry) -> VerifierKey:
    """The key under which the entry's writer signed the log that it stands in."""
    keys = writer.verifier_keys(KeyPurpose.LOG, bundled.checkpoint.origin)
    return signing_key(keys, bundled.proof.checkpoint_note)


def signing_key(keys: Sequence[VerifierKey], note: SignedNote) -> VerifierKey:
    """That of a node's keys, the newest last, which signed; or else says so; or else the newest."""
    signed = (key for key in keys if verify_note(note, [key]))
    claimed = (key for key in keys if any(line.claims(key) for line in note.signatures))
    return next(signed, None) or next(claimed, None) or keys[-1]


def stand(bundled: BundledEntry, nodes: Mapping[str, Descriptor]) -> Standing:
    """Check an entry's proof under the keys of the nodes of its log."""
    writer, reader = (nodes.get(n) for n in (bundled.place.log.writer, bundled.place.log.reader))
    if writer is None:
        return Standing(signed=False)
    own = log_key(writer, bundled)
    signed = check_proof(bundled.proof, bundled.data, own).proven
    log_keys = writer.verifier_keys(KeyPurpose.LOG, bundled.checkpoint.origin)
    keys = log_keys.index(own) + 1 if signed else 0
    kept_by = writer.sets[keys - 1].kept_by if signed else ""
    if reader is None:
        return Standing(signed=signed, keys=keys, signed_for_by=kept_by)
    key, note = mirror_key(reader, bundled), bundled.proof.checkpoint_note
    cosigned = check_proof(bundled.proof, bundled.data, own, [key]).proven
    time = cosigned_at(note, key) if cosigned else None
    good = time is not None and time <= _TIME_MAX
    return Standing(
        signed=signed,
        keys=keys,
        spoiled=signed and not good and any(line.claims(key) for line in note.signatures),
        cosigned_at=time if good else None,
        signed_for_by=kept_by,
        cosigned_for_by=reader.sets[mirror_keys(reader).index(key)].kept_by if good else "",
    )


class Settlements:
    """Finds the outcome of each entry among those that the bundle holds.

    An outcome binds only under a checkpoint that its addressee has cosigned.
    """

    def __init__(self, contents: Contents, standings: Sequence[Standing]) -> None:
        self._outcomes: dict[LogName, list[OutcomeRecorded]] = {}
        for bundled, standing in zip(contents.entries, standings, strict=True):
            event = bundled.entry.event
            if standing.proven and isinstance(event, OutcomeRecorded):
                self._outcomes.setdefault(bundled.place.log, []).append(event)

    def of(self, bundled: BundledEntry) -> Settlement:
        """What became of an entry."""
        if not needs_outcome(bundled):
            return Settlement(effect=Effect.NOT_DUE)
        for event in self._outcomes.get(bundled.place.log.opposite, ()):
            if decides(event, bundled.place.position):
                return _read(event, bundled.place.position)
        return Settlement(effect=Effect.UNSETTLED)


def _read(event: OutcomeRecorded, position: tuple[int, int]) -> Settlement:
    grounds = {(line.generation, line.index): line.ground for line in event.refused}
    if position in grounds:
        return Settlement(effect=Effect.REFUSED, ground=grounds[position], outcome=event)
    return Settlement(effect=Effect.TAKEN_EFFECT, outcome=event)


def decides(event: OutcomeRecorded, position: tuple[int, int]) -> bool:
    """Whether the outcome is about this position of the opposite log: generation and index."""
    since = (event.since_generation, event.since_size)
    return since <= position < (event.generation, event.size)


def needs_outcome(bundled: BundledEntry) -> bool:
    """Whether the addressee answers for the entry's effect."""
    upkeep = isinstance(bundled.entry.event, OutcomeRecorded | GenerationOpened | KeyRotated)
    return bool(bundled.place.log.reader) and not upkeep
