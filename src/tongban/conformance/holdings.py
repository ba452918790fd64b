"""What the node under test says that it holds of the runner's log, and its cosignatures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tongban.channels.descriptors import Descriptor
from tongban.channels.messages import Holding, Position
from tongban.conformance.log import NOWHERE, Log, before, place
from tongban.conformance.rule import Deviation
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.faults import Fault
from tongban.evidence.notes import cosigned_at, parse_note
from tongban.evidence.signer import KeyPurpose


@dataclass(slots=True)
class Holdings:
    """cosigned: up to where the runner has the node's cosignature. counted: notes looked at.

    lines: the bytes of each cosignature, by origin and size.
    """

    node: Descriptor
    cosigned: Position = NOWHERE
    counted: int = 0
    lines: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def hear(self, holding: Holding, own: Log) -> None:
        """Check position and notes against the runner's own log; raises Deviation."""
        if before(holding.position, self.cosigned):
            raise Deviation(
                "cosignatures.kept",
                f"it holds {place(holding.position)} and cosigned {place(self.cosigned)}",
            )
        for checkpoint in self.notes(holding.notes):
            self._check(checkpoint, own)
        if before(holding.position, self.cosigned):
            raise Deviation(
                "cosignatures.kept",
                f"it cosigns {place(self.cosigned)}, and says that it holds "
                f"{place(holding.position)}",
            )

    def notes(self, notes: Sequence[bytes]) -> list[Checkpoint]:
        """What the node's mirror key cosigned; raises Deviation where a note is not cosigned."""
        return [self._cosigned(note) for note in notes]

    def _cosigned(self, data: bytes) -> Checkpoint:
        self.counted += 1
        name = f"{self.node.name}/mirror"
        try:
            note = parse_note(data)
            checkpoint = parse_checkpoint(note.text)
        except Fault as fault:
            raise Deviation("cosignatures.valid", f"a note is unreadable: {fault}") from fault
        keys = self.node.verifier_keys(KeyPurpose.MIRROR, name)
        if all(cosigned_at(note, key) is None for key in keys):
            raise Deviation(
                "cosignatures.valid",
                f"the note about {checkpoint.size} of {checkpoint.origin} is not cosigned by the "
                f"mirror key under {name}",
            )
        lines = [line.signature for line in note.signatures if line.name == name]
        self.lines.setdefault((checkpoint.origin, checkpoint.size), b"".join(lines))
        return checkpoint

    def _check(self, checkpoint: Checkpoint, own: Log) -> None:
        generation = own.under(checkpoint.origin)
        if generation is None or checkpoint.size > len(generation.entries):
            # What the runner signed and does not stand by is for the rule in hand to judge.
            return
        if checkpoint.root != generation.root(checkpoint.size):
            raise Deviation(
                "cosignatures.root",
                f"it cosigned {checkpoint.root.hex()} for {checkpoint.size} entries of "
                f"{checkpoint.origin}, whose root is {generation.root(checkpoint.size).hex()}",
            )
        reached = Position(generation=generation.number, size=checkpoint.size)
        if before(self.cosigned, reached):
            self.cosigned = reached
