"""SM2 out of the libcrypto (OpenSSL 3) that Python itself is linked with.

`cryptography` brings a libcrypto of its own that has no SM2. Keys come as GM/T 0009-2012 encodes
them and are handed over in the DER that OpenSSL reads. Functions of their arguments alone, but for
what libcrypto draws when it signs and encrypts. Raises UnreadableKey where this Python's libcrypto
has no SM2.
"""

import _hashlib
import ctypes
import weakref
from ctypes import c_char_p, c_int, c_long, c_size_t, c_void_p
from functools import cache, lru_cache
from typing import Any

from tongban.evidence.faults import UnreadableKey

POINT_BYTES, SCALAR_BYTES = 65, 32
#: The order of the curve's group.
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
# SubjectPublicKeyInfo and PrivateKeyInfo (RFC 5480, RFC 5915) of the curve 1.2.156.10197.1.301, up
# to where the point and the scalar stand.
_BEFORE_POINT = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
_BEFORE_SCALAR = bytes.fromhex(
    "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420"
)
# The standards leave the signer's identity to its users; this is the one that they presume.
_IDENTITY = b"1234567812345678"
# More than any signature of a point's size and any encryption of a short secret takes.
_ROOM = 512
_KEYS_KEPT = 4096

#: What is called of it: result and arguments.
FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "d2i_PUBKEY": (c_void_p, (c_void_p, c_void_p, c_long)),
    "d2i_AutoPrivateKey": (c_void_p, (c_void_p, c_void_p, c_long)),
    "i2d_PUBKEY": (c_int, (c_void_p, c_void_p)),
    "EVP_PKEY_free": (None, (c_void_p,)),
    "EVP_PKEY_CTX_new": (c_void_p, (c_void_p, c_void_p)),
    "EVP_PKEY_CTX_free": (None, (c_void_p,)),
    "EVP_PKEY_CTX_set1_id": (c_int, (c_void_p, c_char_p, c_size_t)),
    "EVP_MD_CTX_new": (c_void_p, ()),
    "EVP_MD_CTX_free": (None, (c_void_p,)),
    "EVP_MD_CTX_set_pkey_ctx": (None, (c_void_p, c_void_p)),
    "EVP_sm3": (c_void_p, ()),
    "EVP_DigestSignInit": (c_int, (c_void_p,) * 5),
    "EVP_DigestSign": (c_int, (c_void_p, c_void_p, c_void_p, c_char_p, c_size_t)),
    "EVP_DigestVerifyInit": (c_int, (c_void_p,) * 5),
    "EVP_DigestVerify": (c_int, (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)),
    "EVP_PKEY_encrypt_init": (c_int, (c_void_p,)),
    "EVP_PKEY_encrypt": (c_int, (c_void_p, c_void_p, c_void_p, c_char_p, c_size_t)),
    "EVP_PKEY_decrypt_init": (c_int, (c_void_p,)),
    "EVP_PKEY_decrypt": (c_int, (c_void_p, c_void_p, c_void_p, c_char_p, c_size_t)),
    "RAND_bytes": (c_int, (c_void_p, c_int)),
    "ERR_clear_error": (None, ()),
}


class _Key:
    """A key as libcrypto holds it, until nobody does."""

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer
        weakref.finalize(self, library().EVP_PKEY_free, pointer)


def is_point(point: bytes) -> bool:
    """Whether it is an uncompressed point of the curve; the group has no smaller ones."""
    return _public(point) is not None


def point_of(scalar: bytes) -> bytes:
    """The public key of a private key of 32 bytes."""
    key = _private(scalar)
    out = ctypes.create_string_buffer(_ROOM)
    size = library().i2d_PUBKEY(key.pointer, ctypes.byref(c_char_p(ctypes.addressof(out))))
    return out.raw[size - POINT_BYTES : size]


def sign(scalar: bytes, message: bytes) -> bytes:
    """A signature over Z ‖ message (GB/T 32918.2) with SM3, in DER."""
    out, size = ctypes.create_string_buffer(_ROOM), c_size_t(_ROOM)
    arguments = (out, ctypes.byref(size), message, len(message))
    must(done=_with_identity(_private(scalar), "EVP_DigestSignInit", "EVP_DigestSign", arguments))
    return out.raw[: size.value]


def verify(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the DER signature is this key's over the message."""
    key = _public(point)
    arguments = (signature, len(signature), message, len(message))
    return key is not None and _with_identity(
        key, "EVP_DigestVerifyInit", "EVP_DigestVerify", arguments
    )


def encrypt(point: bytes, secret: bytes) -> bytes | None:
    """A short secret for the owner of the point (GB/T 32918.4) in DER; None if it is no point."""
    key = _public(point)
    return _transformed(key, "encrypt", secret) if key else None


def decrypt(scalar: bytes, encrypted: bytes) -> bytes | None:
    """Inverse of `encrypt`; None for what is not."""
    return _transformed(_private(scalar), "decrypt", encrypted)


def drawn(size: int) -> bytes:
    """Random bytes for one secret."""
    out = ctypes.create_string_buffer(size)
    must(done=library().RAND_bytes(out, size) == 1)
    return out.raw


def _with_identity(key: _Key, begin: str, end: str, arguments: tuple[Any, ...]) -> bool:
    lent = library()
    hashing, signing = lent.EVP_MD_CTX_new(), lent.EVP_PKEY_CTX_new(key.pointer, None)
    try:
        lent.EVP_PKEY_CTX_set1_id(signing, _IDENTITY, len(_IDENTITY))
        lent.EVP_MD_CTX_set_pkey_ctx(hashing, signing)
        must(done=getattr(lent, begin)(hashing, None, lent.EVP_sm3(), None, key.pointer) == 1)
        return bool(getattr(lent, end)(hashing, *arguments) == 1)
    finally:
        lent.EVP_MD_CTX_free(hashing)
        lent.EVP_PKEY_CTX_free(signing)
        # What is left in the queue would be taken for a failure of the next TLS connection.
        lent.ERR_clear_error()


def _transformed(key: _Key, verb: str, data: bytes) -> bytes | None:
    lent = library()
    context = lent.EVP_PKEY_CTX_new(key.pointer, None)
    out, size = ctypes.create_string_buffer(_ROOM), c_size_t(_ROOM)
    try:
        must(done=getattr(lent, f"EVP_PKEY_{verb}_init")(context) == 1)
        transform = getattr(lent, f"EVP_PKEY_{verb}")
        done = transform(context, out, ctypes.byref(size), data, len(data)) == 1
        return out.raw[: size.value] if done else None
    finally:
        lent.EVP_PKEY_CTX_free(context)
        lent.ERR_clear_error()


@lru_cache(maxsize=_KEYS_KEPT)
def _public(point: bytes) -> _Key | None:
    return _read("d2i_PUBKEY", _BEFORE_POINT + point) if len(point) == POINT_BYTES else None


@lru_cache(maxsize=_KEYS_KEPT)
def _private(scalar: bytes) -> _Key:
    fit = len(scalar) == SCALAR_BYTES and 0 < int.from_bytes(scalar, "big") < ORDER - 1
    key = _read("d2i_AutoPrivateKey", _BEFORE_SCALAR + scalar) if fit else None
    if key is None:
        raise UnreadableKey("the bytes are no private key of SM2")
    return key


def _read(function: str, der: bytes) -> _Key | None:
    data = ctypes.create_string_buffer(der, len(der))
    start = c_char_p(ctypes.addressof(data))
    pointer = getattr(library(), function)(None, ctypes.byref(start), len(der))
    library().ERR_clear_error()
    return _Key(pointer) if pointer else None


def must(*, done: bool) -> None:
    """Raise UnreadableKey where libcrypto did not do what every SM2 can."""
    if not done:
        raise UnreadableKey(
            "the OpenSSL of this Python does not do SM2; take a Python that is linked with an "
            "OpenSSL 3 that has it (`openssl list -signature-algorithms` names SM2)"
        )


@cache
def library() -> Any:
    """The libcrypto behind hashlib: a handle to that module finds what it is linked with."""
    found = ctypes.CDLL(_hashlib.__file__)
    for name, (result, arguments) in FUNCTIONS.items():
        must(done=hasattr(found, name))
        function = getattr(found, name)
        function.restype, function.argtypes = result, arguments
    return found
