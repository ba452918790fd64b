"""sm2-sm3 against the examples of the standards, the openssl command, and a second library."""

import base64
import shutil
import subprocess
import textwrap
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from tongban.evidence.faults import UnreadableKey
from tongban.evidence.suites import SUITES, is_usable, libcrypto

gmssl_pyx = pytest.importorskip("gmssl_pyx", reason="SKIPPED CHECKS: no gmssl-pyx here")

SUITE = SUITES["sm2-sm3"]
PRIVATE = SUITE.new_private(bytes(range(32)))
PUBLIC = SUITE.public_key(PRIVATE)
# The scalar, the point and the signature of GB/T 32918.5-2017 annex A.
EXAMPLE = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
EXAMPLE_POINT = bytes.fromhex(
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
EXAMPLE_SIGNATURE = bytes.fromhex(
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
PKCS8 = bytes.fromhex("3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420")
IDENTITY = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]


def in_der(signature: bytes) -> bytes:
    return encode_dss_signature(*(int.from_bytes(signature[at : at + 32], "big") for at in (0, 32)))


def plain(der: bytes) -> bytes:
    return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der))


def test_hashing_follows_gb_t_32905_annex_a() -> None:
    assert SUITE.digest(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_keys_and_signatures_follow_gb_t_32918_5_annex_a() -> None:
    assert SUITE.public_key(EXAMPLE) == EXAMPLE_POINT
    assert SUITE.verify(EXAMPLE_POINT, b"message digest", EXAMPLE_SIGNATURE)


def test_a_point_beside_the_curve_is_no_key() -> None:
    assert not SUITE.is_public(EXAMPLE_POINT[:-1] + b"\0")
    assert not SUITE.is_public(b"\6" + EXAMPLE_POINT[1:])


@pytest.mark.parametrize("scalar", [b"", bytes(32), b"\xff" * 32, bytes(33)])
def test_a_scalar_outside_the_group_is_no_key(scalar: bytes) -> None:
    with pytest.raises(UnreadableKey):
        SUITE.sign(scalar, b"message")


def test_a_library_without_sm2_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(libcrypto.FUNCTIONS, "no_such_function", (None, ()))
    with pytest.raises(UnreadableKey, match="the OpenSSL of this Python does not do SM2"):
        libcrypto.library.__wrapped__()


def test_a_suite_is_usable_only_where_the_library_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_usable("sm2-sm3")
    monkeypatch.setattr(libcrypto, "library", partial(libcrypto.must, done=False))
    assert not is_usable("sm2-sm3")
    assert is_usable("ed25519-sha256")


def test_a_second_library_accepts_ours_and_we_accept_its() -> None:
    ours = in_der(SUITE.sign(PRIVATE, b"message"))
    assert gmssl_pyx.sm2_verify(PUBLIC[1:], b"message", ours)
    theirs = gmssl_pyx.sm2_sign(PRIVATE, PUBLIC[1:], b"message")
    assert SUITE.verify(PUBLIC, b"message", plain(theirs))


def test_a_signature_under_another_identity_is_refused() -> None:
    theirs = gmssl_pyx.sm2_sign(PRIVATE, PUBLIC[1:], b"message", signer_id=b"alice@example")
    assert not SUITE.verify(PUBLIC, b"message", plain(theirs))


def test_a_second_library_opens_the_secret_and_the_text() -> None:
    sealed = SUITE.seal(PUBLIC, b"info", b"aad", b"plaintext")
    point, check, secret = sealed[:65], sealed[65:97], sealed[97:129]
    numbers = (_integer(point[1:33]), _integer(point[33:]))
    body = b"".join(numbers) + b"\x04\x20" + check + b"\x04\x20" + secret
    opened = gmssl_pyx.sm2_decrypt(PRIVATE, b"\x30\x81" + bytes([len(body)]) + body)
    key = gmssl_pyx.sm3_hash(b"tongban seal" + opened + b"info")[:16]
    text, tag = sealed[129:-16], sealed[-16:]
    assert gmssl_pyx.sm4_gcm_decrypt(key, bytes(12), b"aad", text, tag) == b"plaintext"


def _integer(digits: bytes) -> bytes:
    """A positive INTEGER in DER."""
    value = digits.lstrip(b"\0")
    value = b"\0" * (value[0] >> 7) + value
    return bytes([2, len(value)]) + value


openssl = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(openssl is None, reason="SKIPPED: no openssl command here")


def pem(label: str, der: bytes) -> str:
    lines = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


@pytest.mark.openssl
@needs_openssl
def test_openssl_accepts_our_signature(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(pem("PUBLIC KEY", SPKI + PUBLIC))
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "signature").write_bytes(in_der(SUITE.sign(PRIVATE, b"message")))
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", *IDENTITY]
    files = ["-in", "message", "-sigfile", "signature"]
    subprocess.run([*verify, *files], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.openssl
@needs_openssl
def test_we_accept_the_signature_of_openssl(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(pem("PRIVATE KEY", PKCS8 + PRIVATE))
    (tmp_path / "message").write_bytes(b"message")
    sign = ["openssl", "pkeyutl", "-sign", "-inkey", "key", *IDENTITY, "-in", "message"]
    made = subprocess.run(sign, cwd=tmp_path, check=True, capture_output=True)
    assert SUITE.verify(PUBLIC, b"message", plain(made.stdout))
