"""Hears every signature that a machine makes, also those that it forgets."""

from dataclasses import dataclass, field

from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.faults import UnreadableCheckpoint
from tongban.evidence.signer import KeyPurpose, Signer
from tongban.evidence.suite import Suite

_COSIGNATURE_LINES = 2


@dataclass(slots=True)
class Signatures:
    """Roots by who signed, for what, under which origin and size; kept outside every machine.

    forgiven: machines that were rolled back behind their own back (docs/explanation/promises.md);
    replaced: machines that started on an older or an empty disk; twice: who signed two roots;
    unforgiven: the words for each time that somebody did who may not.
    """

    roots: dict[tuple[str, str, str, int], bytes] = field(default_factory=dict)
    forgiven: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    unforgiven: list[str] = field(default_factory=list)

    def note(self, name: str, purpose: KeyPurpose, message: bytes) -> None:
        """Somebody signs; perhaps another root for a size than before."""
        lines = message.decode(errors="replace").split("\n")
        skipped = _COSIGNATURE_LINES if purpose is KeyPurpose.MIRROR else 0
        try:
            checkpoint = parse_checkpoint("\n".join(lines[skipped:]))
        except UnreadableCheckpoint:
            return  # Messages and agreements are signed too.
        key = (name, purpose.value, checkpoint.origin, checkpoint.size)
        known = self.roots.setdefault(key, checkpoint.root)
        if known != checkpoint.root:
            if not self._may(name, checkpoint.origin.partition("/")[0]):
                place = f"size {checkpoint.size} of {checkpoint.origin}"
                self.unforgiven.append(f"{name} signed two roots for {place}")
            self.twice.add(name)

    def _may(self, name: str, writer: str) -> bool:
        """A machine that forgot what it cosigned cannot know that a rolled-back writer forks."""
        return name in self.forgiven or (name in self.replaced and writer in self.forgiven)


@dataclass(frozen=True, slots=True)
class HeardSigner:
    """A signer that tells of what it signs."""

    name: str
    signer: Signer
    signatures: Signatures

    @property
    def suite(self) -> Suite:
        """The suite of all four keys."""
        return self.signer.suite

    def public(self, purpose: KeyPurpose) -> bytes:
        """The public half of the key for this purpose."""
        return self.signer.public(purpose)

    def sign(self, purpose: KeyPurpose, message: bytes) -> bytes:
        """A signature that was told of."""
        self.signatures.note(self.name, purpose, message)
        return self.signer.sign(purpose, message)

    def unseal(self, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """What was sealed to this node; raises SealBroken."""
        return self.signer.unseal(info, aad, sealed)
