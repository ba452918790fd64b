"""Partners' catalogues: what they told, and what changed since an officer looked."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.accounts.roles import Role
from tongban.oversight.partner_lists import (
    change_lines,
    newest_version,
    partner_lines,
)
from tongban.pages.places import name_of_node
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node

_A_PAGE = 50


@require_GET
@for_roles(Role.CATALOGUE_OFFICER)
def partners(request: HttpRequest) -> HttpResponseBase:
    """Every partner with what each side told the other."""
    return render(request, "oversight/partners.html", {"partners": list(partner_lines())})


@require_GET
@for_roles(Role.CATALOGUE_OFFICER)
def changes(request: HttpRequest, partner: str) -> HttpResponseBase:
    """What changed on one partner's list, newest first."""
    _require(partner)
    lines = change_lines(partner)
    context = {
        "partner": partner,
        "name": name_of_node(partner),
        "page": Paginator(lines, _A_PAGE).get_page(request.GET.get("page")),
        "news": sum(line.new for line in lines),
    }
    return render(request, "oversight/changes.html", context)


@pressed_on("oversight:changes", "partner")
@for_roles(Role.CATALOGUE_OFFICER)
def looked(request: HttpRequest, partner: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its request
    """The officer has looked; what comes later is new."""
    _require(partner)
    whole_node().openings.look_at(partner, newest_version(partner))
    return HttpResponseRedirect(reverse("oversight:changes", args=[partner]))


def _require(partner: str) -> None:
    if whole_node().kernel.peers.get(partner) is None:
        raise Http404
