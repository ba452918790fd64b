"""SM2 (GB/T 32918-2016), SM3 (GB/T 32905-2016), and sealing by SM2 with SM4-GCM (GB/T 32907-2016).

The algorithms of the Chinese standards (商用密码) as software; a certified module (密码模块) goes
behind the signer port and speaks the same bytes.
"""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tongban.evidence.faults import SealBroken, UnreadableKey
from tongban.evidence.suite import HASH_BYTES, SEED_BYTES
from tongban.evidence.suites import libcrypto

_NUMBER = 32
_SECRET, _SM4_KEY, _TAG = 32, 16, 16
# One key seals one text, so that one nonce serves all.
_NONCE = bytes(12)
# The point, the hash and the secret: C1, C3 and C2 of GB/T 32918.4.
_ENCRYPTED = libcrypto.POINT_BYTES + HASH_BYTES + _SECRET
_UNCOMPRESSED = b"\x04"


@asn1.sequence
class _Encrypted:
    """SM2Cipher of GM/T 0009-2012 section 7.2."""

    x: int
    y: int
    hash: bytes
    text: bytes


class Sm2Sm3:
    """The suite of the Chinese standards; private keys are scalars of 32 bytes, big-endian."""

    name = "sm2-sm3"
    # C2SP assigns no bytes to SM2: 0xff, and identifiers of this specification.
    note_type = b"\xfftongban/sm2-sm3/note"
    cosignature_type = b"\xfftongban/sm2-sm3/cosignature"

    def digest(self, data: bytes) -> bytes:
        """SM3."""
        return hashlib.new("sm3", data).digest()

    def new_private(self, seed: bytes) -> bytes:
        """A scalar from 1 to n - 2: twice the hash of the seed, so that none is likelier."""
        if len(seed) != SEED_BYTES:
            raise UnreadableKey(f"a private key grows from {SEED_BYTES} bytes, not {len(seed)}")
        wide = self.digest(b"\x00" + seed) + self.digest(b"\x01" + seed)
        return (int.from_bytes(wide, "big") % (libcrypto.ORDER - 2) + 1).to_bytes(_NUMBER, "big")

    def is_public(self, public: bytes) -> bool:
        """65 bytes, 04 ‖ x ‖ y, of a point of the curve; its group has no small subgroups."""
        return public[:1] == _UNCOMPRESSED and libcrypto.is_point(public)

    def public_key(self, private: bytes) -> bytes:
        """The point as 65 bytes, 04 ‖ x ‖ y."""
        return libcrypto.point_of(private)

    def sign(self, private: bytes, message: bytes) -> bytes:
        """64 bytes, r ‖ s, under the identity 1234567812345678; never the same twice."""
        numbers = decode_dss_signature(libcrypto.sign(private, message))
        return b"".join(number.to_bytes(_NUMBER, "big") for number in numbers)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """GB/T 32918.2 section 7."""
        if len(signature) != 2 * _NUMBER or not self.is_public(public):
            return False
        r, s = (int.from_bytes(half, "big") for half in (signature[:_NUMBER], signature[_NUMBER:]))
        return libcrypto.verify(public, message, encode_dss_signature(r, s))

    def sealing_public(self, private: bytes) -> bytes:
        """The point, as for signatures."""
        return libcrypto.point_of(private)

    def seal(self, recipient_public: bytes, info: bytes, aad: bytes, plaintext: bytes) -> bytes:
        """C1 ‖ C3 ‖ C2 of a fresh secret, then the text under the SM4 key that grows from it."""
        secret = libcrypto.drawn(_SECRET)
        public = recipient_public if self.is_public(recipient_public) else b""
        encrypted = libcrypto.encrypt(public, secret)
        if encrypted is None:
            raise UnreadableKey("the recipient's sealing key is not a usable SM2 key")
        sealing = Cipher(algorithms.SM4(self._key(secret, info)), modes.GCM(_NONCE)).encryptor()
        sealing.authenticate_additional_data(aad)
        text = sealing.update(plaintext) + sealing.finalize()
        return _plain(asn1.decode_der(_Encrypted, encrypted)) + text + sealing.tag

    def unseal(self, recipient_private: bytes, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        """Inverse of seal."""
        head, text, tag = sealed[:_ENCRYPTED], sealed[_ENCRYPTED:-_TAG], sealed[-_TAG:]
        secret = None
        if len(sealed) >= _ENCRYPTED + _TAG and head[:1] == _UNCOMPRESSED:
            secret = libcrypto.decrypt(recipient_private, asn1.encode_der(_structured(head)))
        if secret is None:
            raise SealBroken("sealed bytes do not open with this key and context")
        key = self._key(secret, info)
        opening = Cipher(algorithms.SM4(key), modes.GCM(_NONCE, tag)).decryptor()
        opening.authenticate_additional_data(aad)
        try:
            return opening.update(text) + opening.finalize()
        except InvalidTag as error:
            raise SealBroken("sealed bytes do not open with this key and context") from error

    def _key(self, secret: bytes, info: bytes) -> bytes:
        return self.digest(b"tongban seal" + secret + info)[:_SM4_KEY]


def _plain(encrypted: _Encrypted) -> bytes:
    numbers = (number.to_bytes(_NUMBER, "big") for number in (encrypted.x, encrypted.y))
    return _UNCOMPRESSED + b"".join(numbers) + encrypted.hash + encrypted.text


def _structured(head: bytes) -> _Encrypted:
    x, y, hash_ = (head[start : start + _NUMBER] for start in (1, 33, 65))
    return _Encrypted(
        x=int.from_bytes(x, "big"), y=int.from_bytes(y, "big"), hash=hash_, text=head[97:]
    )
