"""ed25519-sha256 against published vectors, the openssl command, and an HPKE from the RFC."""

import hashlib
import hmac
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tongban.evidence.suites import SUITES

SUITE = SUITES["ed25519-sha256"]
PRIVATE = SUITE.new_private(bytes(range(32)))
OTHER = SUITE.new_private(bytes(32))
FIELD = 2**255 - 19


def test_signing_follows_rfc_8032_section_7_1_test_2() -> None:
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    signature = SUITE.sign(SUITE.new_private(seed), b"\x72")
    assert signature.hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def small_order_points() -> list[bytes]:
    """Every encoding of a point that eight additions to itself make vanish."""
    eight = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD83D3D706A17C7
    heights = (0, 1, FIELD - 1, FIELD, FIELD + 1, eight, FIELD - eight)
    return [(y | sign << 255).to_bytes(32, "little") for y in heights for sign in (0, 1)]


@pytest.mark.parametrize("point", small_order_points())
def test_a_key_for_which_anyone_can_sign_is_no_key(point: bytes) -> None:
    assert not SUITE.is_public(point)


def test_the_library_alone_would_let_anyone_sign_for_the_neutral_point() -> None:
    neutral = (1).to_bytes(32, "little")
    # With a neutral key the equation is R = sB for every message; s = 1 makes R the base point.
    base_point = (4 * pow(5, -1, FIELD) % FIELD).to_bytes(32, "little")
    forged = base_point + (1).to_bytes(32, "little")
    Ed25519PublicKey.from_public_bytes(neutral).verify(forged, b"any message")
    assert not SUITE.verify(neutral, b"any message", forged)


class Rfc9180:
    """HPKE base mode as RFC 9180 writes it, for X25519, HKDF-SHA256 and ChaCha20-Poly1305."""

    KEM = b"KEM\x00\x20"
    HPKE = b"HPKE\x00\x20\x00\x01\x00\x03"

    @staticmethod
    def extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256)

    @staticmethod
    def expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.digest(key, labelled + b"\x01", hashlib.sha256)[:length]

    def __init__(self, shared: bytes, encapsulated: bytes, recipient: bytes, info: bytes) -> None:
        prk = self.extract(self.KEM, b"", b"eae_prk", shared)
        secret = self.expand(self.KEM, prk, b"shared_secret", encapsulated + recipient, 32)
        context = b"\x00" + b"".join(
            self.extract(self.HPKE, b"", label, value)
            for label, value in ((b"psk_id_hash", b""), (b"info_hash", info))
        )
        key = self.extract(self.HPKE, secret, b"secret", b"")
        self.cipher = ChaCha20Poly1305(self.expand(self.HPKE, key, b"key", context, 32))
        self.nonce = self.expand(self.HPKE, key, b"base_nonce", context, 12)

    @classmethod
    def receiver(cls, private: bytes, encapsulated: bytes, info: bytes) -> "Rfc9180":
        own = X25519PrivateKey.from_private_bytes(private)
        shared = own.exchange(X25519PublicKey.from_public_bytes(encapsulated))
        return cls(shared, encapsulated, own.public_key().public_bytes_raw(), info)


def test_the_reference_itself_follows_rfc_9180_appendix_a_2_1() -> None:
    receiver = Rfc9180.receiver(
        bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
        bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
        bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
    )
    sealed = bytes.fromhex(
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    opened = receiver.cipher.decrypt(receiver.nonce, sealed, b"Count-0")
    assert opened == b"Beauty is truth, truth beauty"


def test_sealing_is_rfc_9180_with_the_context_in_the_info() -> None:
    sealed = SUITE.seal(SUITE.sealing_public(PRIVATE), b"purpose", b"context", b"plaintext")
    receiver = Rfc9180.receiver(PRIVATE, sealed[:32], b"\x00\x00\x00\x07purposecontext")
    assert receiver.cipher.decrypt(receiver.nonce, sealed[32:], b"") == b"plaintext"


openssl = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(openssl is None, reason="SKIPPED: no openssl command here")


@pytest.mark.openssl
@needs_openssl
def test_openssl_accepts_our_signature(tmp_path: Path) -> None:
    public = Ed25519PublicKey.from_public_bytes(SUITE.public_key(PRIVATE))
    (tmp_path / "key").write_bytes(
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "signature").write_bytes(SUITE.sign(PRIVATE, b"message"))
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-rawin"]
    files = ["-in", "message", "-sigfile", "signature"]
    subprocess.run([*verify, *files], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.openssl
@needs_openssl
def test_we_accept_the_signature_of_openssl(tmp_path: Path) -> None:
    private = Ed25519PrivateKey.from_private_bytes(PRIVATE)
    (tmp_path / "key").write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (tmp_path / "message").write_bytes(b"message")
    sign = ["openssl", "pkeyutl", "-sign", "-inkey", "key", "-rawin", "-in", "message"]
    made = subprocess.run(sign, cwd=tmp_path, check=True, capture_output=True)
    assert SUITE.verify(SUITE.public_key(PRIVATE), b"message", made.stdout)
