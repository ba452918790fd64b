"""Encryption at rest of what may be personal: bodies, and intents that wait."""

import hmac
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tongban.logs.faults import SealedDataDamaged

DATA_KEY_BYTES = 32
_NONCE_BYTES = 12


class Vault:
    """Seals content for one place in the database, so that no row can be passed off as another.

    AES-256-GCM, the place as associated data. Every place has a key of its own, derived from the
    data key, because random nonces under one key are safe for 2^32 contents only.
    """

    def __init__(self, data_key: bytes, draw: Callable[[int], bytes]) -> None:
        if len(data_key) != DATA_KEY_BYTES:
            raise ValueError(f"a data key has {DATA_KEY_BYTES} bytes, not {len(data_key)}")
        self._data_key = data_key
        self._draw = draw

    @property
    def fingerprint(self) -> str:
        """Names the data key without telling it."""
        return hmac.digest(self._data_key, b"tongban data key fingerprint", "sha256").hex()

    def seal(self, place: bytes, content: bytes) -> bytes:
        """Nonce and ciphertext."""
        nonce = self._draw(_NONCE_BYTES)
        return nonce + self._cipher(place).encrypt(nonce, content, place)

    def open(self, place: bytes, sealed: bytes) -> bytes:
        """Inverse of seal; raises SealedDataDamaged."""
        nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher(place).decrypt(nonce, ciphertext, place)
        except (InvalidTag, ValueError) as error:
            raise SealedDataDamaged(
                "a sealed row does not open: it was changed, or the data key is another"
            ) from error

    def _cipher(self, place: bytes) -> AESGCM:
        return AESGCM(hmac.digest(self._data_key, place, "sha256"))
