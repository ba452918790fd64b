"""A text column that only this node can read: AES-256-GCM under the node's data key."""

from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from tongban.pages.node_access import draw

_NONCE_BYTES = 12
_VERSION = b"\x01"


class SealBroken(Exception):
    """A sealed value does not open: wrong data key or changed bytes; restore the right key file."""


def seal(content: bytes, *, place: str) -> bytes:
    """Ciphertext bound to the place it is kept in, so that it cannot be moved to another."""
    nonce = draw(_NONCE_BYTES)
    return _VERSION + nonce + _cipher().encrypt(nonce, content, place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """The content; raises SealBroken when the key or the place is another."""
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return _cipher().decrypt(nonce, body, place.encode())
    except InvalidTag as error:
        raise SealBroken(f"a value of {place} does not open with this data key") from error


def _cipher() -> AESGCM:
    return AESGCM(settings.TONGBAN_DATA_KEY)


class SealedBytesField(models.BinaryField):  # type: ignore[type-arg] # no generics at run time
    """Bytes, sealed at rest; not searchable, on purpose."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Seal on the way in."""
        sealed = None if value is None else seal(bytes(value), place=_place(self))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> bytes | None:
        """Unseal on the way out."""
        return None if value is None else unseal(bytes(value), place=_place(self))


class SealedTextField(models.TextField):  # type: ignore[type-arg] # no generics at run time
    """Text, sealed at rest in a column of bytes; not searchable, on purpose."""

    def get_internal_type(self) -> str:
        """The column holds ciphertext, which is bytes."""
        return "BinaryField"

    def get_prep_value(self, value: Any) -> Any:
        """Keep the text as it is until it is sealed."""
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Seal on the way in."""
        sealed = None if value is None else seal(str(value).encode(), place=_place(self))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> str | None:
        """Unseal on the way out."""
        return None if value is None else unseal(bytes(value), place=_place(self)).decode()


def _place(column: "models.Field[Any, Any]") -> str:
    return f"{column.model.__name__}.{column.attname}"
