"""The port behind which a node's private keys stay, and the signer that keeps them in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, Self

from tongban.evidence.faults import KeyMisuse
from tongban.evidence.keys import VerifierKey
from tongban.evidence.suite import Suite


class KeyPurpose(Enum):
    """What a private key is for; a node holds one key for each and never lends it to another."""

    LOG = "log"
    MIRROR = "mirror"
    WITNESS = "witness"
    SEALING = "sealing"


class Signer(Protocol):
    """Signs and unseals for a node without showing the keys.

    An implementation may be remote and slow, so callers never hold a transaction across a call.
    Signing the same bytes twice is harmless.
    """

    @property
    def suite(self) -> Suite:
        """The suite of all four keys."""
        ...

    def public(self, purpose: KeyPurpose) -> bytes:
        """The public half of the key for this purpose."""
        ...

    def sign(self, purpose: KeyPurpose, message: bytes) -> bytes:
        """A signature; raises KeyMisuse for the sealing key."""
        ...

    def unseal(self, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """What was sealed to this node; raises SealBroken."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRing:
    """A signer whose private keys are in memory."""

    suite: Suite
    private_keys: Mapping[KeyPurpose, bytes] = field(repr=False)
    _public: Mapping[KeyPurpose, bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every message names a public half, and deriving one costs as much as a signature.
        object.__setattr__(self, "_public", {p: self._half(p) for p in self.private_keys})

    @classmethod
    def from_seeds(cls, suite: Suite, seeds: Mapping[KeyPurpose, bytes]) -> Self:
        """The ring that grows from one secret seed of 32 bytes for each purpose."""
        return cls(suite=suite, private_keys={p: suite.new_private(seeds[p]) for p in KeyPurpose})

    def public(self, purpose: KeyPurpose) -> bytes:
        """The public half of the key for this purpose."""
        return self._public[purpose]

    def sign(self, purpose: KeyPurpose, message: bytes) -> bytes:
        """A signature; raises KeyMisuse for the sealing key."""
        if purpose is KeyPurpose.SEALING:
            raise KeyMisuse("the sealing key does not sign")
        return self.suite.sign(self.private_keys[purpose], message)

    def unseal(self, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """What was sealed to this node; raises SealBroken."""
        return self.suite.unseal(self.private_keys[KeyPurpose.SEALING], info, aad, sealed)

    def _half(self, purpose: KeyPurpose) -> bytes:
        half = self.suite.sealing_public if purpose is KeyPurpose.SEALING else self.suite.public_key
        return half(self.private_keys[purpose])


def verifier_key(signer: Signer, purpose: KeyPurpose, name: str) -> VerifierKey:
    """The public key under which others check what the signer signs for this purpose.

    A log signs plain notes; mirrors and witnesses make timestamped cosignatures.
    """
    if purpose is KeyPurpose.SEALING:
        raise KeyMisuse("nobody checks signatures with a sealing key")
    suite = signer.suite
    key_type = suite.note_type if purpose is KeyPurpose.LOG else suite.cosignature_type
    return VerifierKey(name=name, key_type=key_type, public=signer.public(purpose))
