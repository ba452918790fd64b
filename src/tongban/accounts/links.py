"""One-time log-in links, for demonstrations and the first set-up: 24 hours, used once."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from tongban.accounts.models import LogInLink, Person

LIFETIME = timedelta(hours=24)
_TOKEN_BYTES = 32


def issue_link(person: Person, now: datetime, draw: Callable[[int], bytes]) -> str:
    """Path of a fresh link; whoever opens it is this person, so hand it over in private."""
    token = urlsafe_b64encode(draw(_TOKEN_BYTES)).rstrip(b"=").decode()
    LogInLink.objects.create(token_hash=_hash(token), person=person, expires_at=now + LIFETIME)
    return reverse("accounts:link", args=[token])


def person_behind(token: str, now: datetime) -> Person | None:
    """Whom a link that is still good would log in."""
    link = _good(token, now).select_related("person").first()
    return link.person if link else None


def use_link(token: str, now: datetime) -> Person | None:
    """Use a link up; None when it is unknown, used or too old. Two at once: one of them wins."""
    person = person_behind(token, now)
    return person if person and _good(token, now).update(used_at=now) else None


def _good(token: str, now: datetime) -> QuerySet[LogInLink]:
    return LogInLink.objects.filter(
        token_hash=_hash(token),
        used_at__isnull=True,
        expires_at__gt=now,
        person__is_active=True,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
