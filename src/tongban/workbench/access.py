"""Which cases an officer may open; all others do not exist (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from tongban.accounts.models import Person
from tongban.accounts.permissions import belongs_to, for_roles
from tongban.accounts.roles import Role
from tongban.core.cases.events import IntakeKind
from tongban.core.items.item import Item
from tongban.pages.node_access import find_item
from tongban.pages.places import served_places
from tongban.projections.case_view import CaseView, case_view

P = ParamSpec("P")
OfficerView = Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase]
RequestView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def own_node() -> str:
    """The name of the node whose pages these are."""
    return served_places()[0].node


def for_role(*roles: Role) -> Callable[[OfficerView[P]], RequestView[P]]:
    """Let only these roles in, and give the view the officer."""

    def guard(view: OfficerView[P]) -> RequestView[P]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Person):
                raise Http404
            return view(request, request.user, *args, **kwargs)

        guarded: RequestView[P] = for_roles(*roles)(asked)
        return guarded

    return guard


def counter_case(number: str) -> CaseView:
    """A case that a counter of this node took in; raises Http404 for any other.

    What somebody applied for online belongs to that account alone.
    """
    view = case_view(number)
    if view is None or view.state.intake_party != own_node():
        raise Http404
    if view.state.intake.kind is not IntakeKind.COUNTER:
        raise Http404
    return view


def officer_case(officer: Person, number: str) -> CaseView:
    """A case that the officer's authority decides; raises Http404 for any other."""
    view = case_view(number)
    if view is None or view.state.competent != own_node():
        raise Http404
    if not belongs_to(officer, view.state.organisation):
        raise Http404
    return view


def item_or_404(code: str) -> Item:
    """The item with this code; raises Http404 when nothing is published under it."""
    item = find_item(code)
    if item is None:
        raise Http404
    return item
