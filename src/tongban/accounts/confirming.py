"""Proving once more who one is, just before an act that binds the place: a signature."""

from enum import StrEnum

from allauth.core import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from tongban.accounts.models import Person

#: A key without a display shows no code that could be typed.
_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class Proof(StrEnum):
    """What the person can show; NONE: nothing that counts, so nothing can be signed.

    A password typed again is no second factor (第二因素): it counts in demonstrations alone, whose
    made-up accounts have no authenticator, and whose pages say so.
    """

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - it says what is asked for
    NONE = "none"


def proof_of(person: Person) -> Proof:
    """A second factor where there is one; in a demonstration otherwise the password."""
    if Authenticator.objects.filter(user=person, type__in=_CODES).exists():
        return Proof.CODE
    by_password = settings.TONGBAN_DEMO and person.has_usable_password()
    return Proof.PASSWORD if by_password else Proof.NONE


def confirms(request: HttpRequest, person: Person, secret: str) -> bool:
    """Whether this is what `proof_of` asks for; guessing is slowed down."""
    proof = proof_of(person)
    if proof is Proof.CODE:
        form = ReauthenticateForm(data={"code": secret}, user=person)
        return bool(form.is_valid())
    allowed = ratelimit.consume(request, action="reauthenticate", user=person)
    return bool(allowed) and proof is Proof.PASSWORD and person.check_password(secret)
