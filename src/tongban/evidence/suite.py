"""What a family of cryptographic algorithms must offer; suites/ has one file for each."""

from typing import Protocol

HASH_BYTES = 32
SEED_BYTES = 32


class Suite(Protocol):
    """One hash, one signature scheme and one sealing scheme that belong together.

    All keys, digests and signatures are raw bytes in the suite's own published encoding. Key
    types are the bytes that precede a public key in a C2SP verifier key; a suite without an
    assigned byte uses 0xff and an identifier of its own, so a type may be longer than one byte.
    """

    @property
    def name(self) -> str:
        """The suite's name in descriptors and settings, for instance `ed25519-sha256`."""
        ...

    @property
    def note_type(self) -> bytes:
        """Key type of plain note signatures."""
        ...

    @property
    def cosignature_type(self) -> bytes:
        """Key type of timestamped cosignatures."""
        ...

    def digest(self, data: bytes) -> bytes:
        """The 32-byte hash of data."""
        ...

    def new_private(self, seed: bytes) -> bytes:
        """A private key determined by a secret seed of 32 bytes; one seed serves one key."""
        ...

    def is_public(self, public: bytes) -> bool:
        """Whether the bytes are a public signing key under which only its owner can sign."""
        ...

    def public_key(self, private: bytes) -> bytes:
        """The public half for verifying signatures."""
        ...

    def sign(self, private: bytes, message: bytes) -> bytes:
        """A signature over message."""
        ...

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether signature is public's over message; false for malformed input of any kind."""
        ...

    def sealing_public(self, private: bytes) -> bytes:
        """The public half for sealing to the owner of private."""
        ...

    def seal(self, recipient_public: bytes, info: bytes, aad: bytes, plaintext: bytes) -> bytes:
        """Ciphertext that only the recipient opens, and only with the same info and aad.

        Raises UnreadableKey when recipient_public is no sealing key.
        """
        ...

    def unseal(self, recipient_private: bytes, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """The plaintext of what `seal` returned; raises SealBroken for anything else."""
        ...
