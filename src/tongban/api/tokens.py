"""Access of connected systems: issued once in plain text, kept as a hash, revoked by system."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tongban.accounts.people import fresh_number
from tongban.api.models import ConnectorToken
from tongban.pages.node_access import draw

_TOKEN_BYTES = 32
_PREFIX = "tbc_"


@dataclass(frozen=True, kw_only=True, slots=True)
class FreshToken:
    """A token that opens nothing before it is kept, and the number that stands for it."""

    text: str = field(repr=False)
    number: str

    def keep(self, system: str, organisations: Sequence[str], now: datetime) -> None:
        """Let a system in with it; what is kept does not tell the token."""
        ConnectorToken.objects.create(
            token_hash=_hash(self.text),
            number=self.number,
            system=system,
            organisations=sorted(set(organisations)),
            issued_at=now,
        )


def fresh_token() -> FreshToken:
    """A token that nobody can guess."""
    text = _PREFIX + urlsafe_b64encode(draw(_TOKEN_BYTES)).rstrip(b"=").decode()
    return FreshToken(text=text, number=fresh_number())


def revoke_tokens(system: str, now: datetime) -> int:
    """End every access of a system; how many were good until now."""
    good = ConnectorToken.objects.filter(system=system, revoked_at__isnull=True)
    return good.update(revoked_at=now)


def access_of(token: str) -> ConnectorToken | None:
    """The access that a token gives, None where it is unknown or revoked."""
    return ConnectorToken.objects.filter(token_hash=_hash(token), revoked_at__isnull=True).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
