"""Who may do what, as plain functions; what a person may not see does not exist for her (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from tongban.accounts.models import Person
from tongban.accounts.roles import OFFICER_ROLES, Role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def roles_of(person: Person | AnonymousUser) -> frozenset[Role]:
    """The roles of whoever asks; none when nobody is logged in."""
    return person.roles if isinstance(person, Person) else frozenset()


def has_role(person: Person | AnonymousUser, *roles: Role) -> bool:
    """Whether the person has at least one of these roles."""
    return bool(roles_of(person) & set(roles))


def is_officer(person: Person | AnonymousUser) -> bool:
    """Whether the person works here."""
    return bool(roles_of(person) & OFFICER_ROLES)


def belongs_to(person: Person | AnonymousUser, organisation: str) -> bool:
    """Whether the person acts for the organisation with this 统一社会信用代码."""
    return isinstance(person, Person) and person.organisation_id == organisation


def is_applicant(person: Person | AnonymousUser, number: str) -> bool:
    """Whether the person is the applicant with this pseudonymous number."""
    return isinstance(person, Person) and bool(number) and person.number == number


def is_verified(person: Person | AnonymousUser) -> bool:
    """Whether this account stands for a resident whose name and number were checked (实名)."""
    return has_role(person, Role.RESIDENT) and bool(
        isinstance(person, Person) and person.name and person.identity_number
    )


def for_roles(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let only these roles in: others find nothing (404), strangers are asked to log in."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not has_role(request.user, *roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard
