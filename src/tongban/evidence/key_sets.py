"""All key sets of one node: the newest signs, and what was sealed to an older one still opens."""

from collections.abc import Sequence

from tongban.evidence.faults import KeyMissing, SealBroken
from tongban.evidence.signer import KeyPurpose, Signer
from tongban.evidence.suite import Suite

KEY_SETS_MAX = 64
"""A descriptor names them all; one a year is enough for longer than any node lives."""


class KeySets:
    """Key sets numbered from 1, as one signer; `of` gives the one of a number.

    A set is never taken away: what was stated under it may have to be signed again.
    """

    def __init__(self, signers: Sequence[Signer]) -> None:
        if not signers:
            raise ValueError("a node without keys cannot speak")
        self._signers = tuple(signers)

    @property
    def number(self) -> int:
        """Number of the newest set."""
        return len(self._signers)

    @property
    def suite(self) -> Suite:
        """Suite of the newest set."""
        return self._signers[-1].suite

    @property
    def earlier(self) -> tuple[Signer, ...]:
        """Every set before the newest, oldest first."""
        return self._signers[:-1]

    def of(self, number: int) -> Signer:
        """The set of this number; raises KeyMissing."""
        if not 1 <= number <= self.number:
            raise KeyMissing(
                f"key set {number} is needed and the key file holds {self.number}; put the newest "
                "key file in place, from the backup that was made after the last rotation"
            )
        return self._signers[number - 1]

    def add(self, signer: Signer) -> int:
        """Put a new set behind all others; its number."""
        self._signers = (*self._signers, signer)
        return self.number

    def public(self, purpose: KeyPurpose) -> bytes:
        """The public half of the newest set's key for this purpose."""
        return self._signers[-1].public(purpose)

    def sign(self, purpose: KeyPurpose, message: bytes) -> bytes:
        """A signature by the newest set; raises KeyMisuse for the sealing key."""
        return self._signers[-1].sign(purpose, message)

    def unseal(self, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """What was sealed to any of the sets; raises SealBroken.

        A partner that was cut off, or is back on an older database, knows only an older one.
        """
        for signer in reversed(self._signers[1:]):
            try:
                return signer.unseal(info, aad, sealed)
            except SealBroken:
                continue
        return self._signers[0].unseal(info, aad, sealed)
