"""Where somebody who has just logged in begins."""

from django.urls import reverse

from tongban.accounts.models import Person
from tongban.accounts.permissions import is_officer

_DESK = "workbench:counter"
_PORTAL = "/"


def landing_path(person: Person) -> str:
    """The desk for officers, the portal for everybody else."""
    return reverse(_DESK) if is_officer(person) else _PORTAL
