"""Entering people into the node's books."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tongban.accounts.models import Organisation, Person, RoleGrant
from tongban.accounts.roles import Role
from tongban.pages.node_access import draw

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LENGTH = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """What is known of somebody who gets an account; there is no password yet."""

    username: str
    display_name: str
    roles: frozenset[Role]
    organisation: Organisation | None = None
    name: str = field(default="", repr=False)
    identity_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@transaction.atomic
def register(new: NewPerson) -> Person:
    """Enter a person; whoever has that user name already is brought up to date instead."""
    known = {
        "display_name": new.display_name,
        "organisation": new.organisation,
        "name": new.name,
        "identity_number": new.identity_number,
        "phone": new.phone,
        "address": new.address,
    }
    first = {"number": fresh_number(), "password": make_password(None)}
    person, _ = Person.objects.update_or_create(
        username=new.username, defaults=known, create_defaults=known | first
    )
    grant(person, new.roles)
    return person


def grant(person: Person, roles: Iterable[Role]) -> None:
    """Let the person have exactly these roles."""
    wanted = set(roles)
    person.grants.exclude(role__in=wanted).delete()
    for role in wanted:
        RoleGrant.objects.get_or_create(person=person, role=role)


def fresh_number() -> str:
    """A pseudonymous number that nobody can guess or count."""
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in draw(_NUMBER_LENGTH))
