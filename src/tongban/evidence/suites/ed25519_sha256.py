"""Ed25519 (RFC 8032), SHA-256, and HPKE (RFC 9180) with X25519 and ChaCha20-Poly1305."""

import hashlib

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tongban.evidence.faults import SealBroken, UnreadableKey
from tongban.evidence.suite import SEED_BYTES

_HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)

_PUBLIC_BYTES = 32
_FIELD = 2**255 - 19
_ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD83D3D706A17C7
# The heights of the eight points that vanish when added to themselves eight times: a signature
# by one of them proves nothing, since its owner can say that anyone could have made it.
_SMALL_ORDER = {0, 1, _FIELD - 1, _ORDER_EIGHT, _FIELD - _ORDER_EIGHT}


class Ed25519Sha256:
    """The suite that every C2SP tool reads; private keys are the 32-byte seeds themselves."""

    name = "ed25519-sha256"
    note_type = b"\x01"
    cosignature_type = b"\x04"

    def digest(self, data: bytes) -> bytes:
        """SHA-256."""
        return hashlib.sha256(data).digest()

    def new_private(self, seed: bytes) -> bytes:
        """The seed itself: both Ed25519 and X25519 define their private keys as any 32 bytes."""
        if len(seed) != SEED_BYTES:
            raise UnreadableKey(f"a private key grows from {SEED_BYTES} bytes, not {len(seed)}")
        return seed

    def is_public(self, public: bytes) -> bool:
        """32 bytes, and none of the points of small order, for which anyone can sign."""
        # The last bit is the sign of the other coordinate, which small order does not depend on.
        height = int.from_bytes(public, "little") & (2**255 - 1)
        return len(public) == _PUBLIC_BYTES and height % _FIELD not in _SMALL_ORDER

    def public_key(self, private: bytes) -> bytes:
        """The 32 bytes of RFC 8032 section 5.1.5."""
        return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, message: bytes) -> bytes:
        """64 bytes, the same for the same key and message."""
        return Ed25519PrivateKey.from_private_bytes(private).sign(message)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """RFC 8032 section 5.1.7; a scalar outside the group order is refused."""
        if not self.is_public(public):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def sealing_public(self, private: bytes) -> bytes:
        """The 32 bytes of RFC 7748 section 6.1."""
        return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def seal(self, recipient_public: bytes, info: bytes, aad: bytes, plaintext: bytes) -> bytes:
        """HPKE base mode, single shot: encapsulated key followed by ciphertext.

        The ephemeral key is drawn by the library, which offers no way to hand one in.
        """
        try:
            recipient = X25519PublicKey.from_public_bytes(recipient_public)
            return _HPKE.encrypt(plaintext, recipient, info=_bound(info, aad))
        except ValueError as error:
            raise UnreadableKey("the recipient's sealing key is not a usable X25519 key") from error

    def unseal(self, recipient_private: bytes, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """Inverse of seal."""
        recipient = X25519PrivateKey.from_private_bytes(recipient_private)
        try:
            return _HPKE.decrypt(sealed, recipient, info=_bound(info, aad))
        except InvalidTag as error:
            raise SealBroken("sealed bytes do not open with this key and context") from error


def _bound(info: bytes, aad: bytes) -> bytes:
    # The library's public interface takes no associated data. In a single shot, binding it
    # through the key schedule's info is as strong; the length keeps the two apart.
    return len(info).to_bytes(4, "big") + info + aad
