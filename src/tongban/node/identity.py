"""Who a node is on its logs: names of origins and keys (spec/channels.md, "Names")."""

from dataclasses import dataclass

from tongban.channels.signed_messages import key_name
from tongban.evidence.keys import VerifierKey
from tongban.evidence.signer import KeyPurpose, Signer
from tongban.evidence.suite import Suite


def channel_origin(writer: str, reader: str, generation: int, start: str) -> str:
    """Origin of a channel log's generation; also the name under which its writer signs."""
    return f"{writer}/channel/{reader}/{generation}-{start}"


def home_origin(name: str, generation: int, start: str) -> str:
    """Origin of a home log's generation."""
    return f"{name}/home/{generation}-{start}"


def mirror_name(name: str) -> str:
    """The name under which a node cosigns what it has durably stored."""
    return f"{name}/mirror"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """A partner as its accepted descriptor presents it."""

    name: str
    suite: Suite
    log_key: bytes
    mirror_key: bytes
    sealing_key: bytes

    def checkpoint_key(self, origin: str) -> VerifierKey:
        """What the partner's checkpoints of one generation verify under."""
        return VerifierKey(name=origin, key_type=self.suite.note_type, public=self.log_key)

    def message_key(self) -> VerifierKey:
        """What the partner's messages verify under."""
        return VerifierKey(
            name=key_name(self.name), key_type=self.suite.note_type, public=self.log_key
        )

    def cosignature_key(self) -> VerifierKey:
        """What the partner's cosignatures verify under."""
        return VerifierKey(
            name=mirror_name(self.name),
            key_type=self.suite.cosignature_type,
            public=self.mirror_key,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """This node: its name and the signer that speaks for it."""

    name: str
    signer: Signer

    @property
    def suite(self) -> Suite:
        """The suite of the node's keys and logs."""
        return self.signer.suite

    def as_peer(self) -> Peer:
        """This node as its partners see it, to check what they give back."""
        return Peer(
            name=self.name,
            suite=self.suite,
            log_key=self.signer.public(KeyPurpose.LOG),
            mirror_key=self.signer.public(KeyPurpose.MIRROR),
            sealing_key=self.signer.public(KeyPurpose.SEALING),
        )
