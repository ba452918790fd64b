"""The guide of an item, and the button that begins an application."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tongban.accounts.models import Person
from tongban.accounts.permissions import is_verified
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.items.item import Item
from tongban.pages.node_access import current_node
from tongban.pages.places import Pair, choose_pair
from tongban.pages.pressing import pressed_on
from tongban.pages.refusals import direct_doors, refusal_view
from tongban.portal.drafts import begin_application
from tongban.portal.guide import guide_of, way_of
from tongban.portal.requests import for_person, item_or_404
from tongban.search.standing import Way


@require_GET
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """Can I do it from here, how, with what, how long, how much, who decides; then one button."""
    withdrawn = current_node().withdrawn_item(code)
    if withdrawn is not None:
        view = refusal_view(refuse(CaseGround.ITEM_WITHDRAWN), withdrawn)
        context = {"item": withdrawn, "refusal": view}
        return render(request, "portal/withdrawn.html", context, status=410)
    item = item_or_404(code)
    return render(request, "portal/guide.html", {"guide": guide_of(item, _pair(request, item))})


@pressed_on("portal:guide", "code")
@for_person
def begin(request: HttpRequest, person: Person, code: str) -> HttpResponseBase:
    """Begin an application, or go on with the one that was begun."""
    item = item_or_404(code)
    pair = _pair(request, item)
    if way_of(item, pair) is not Way.ONLINE:
        return HttpResponseRedirect(reverse("portal:guide", args=[code]))
    if not is_verified(person):
        context = {"item": item, "doors": list(direct_doors(item))}
        return render(request, "portal/unverified.html", context, status=403)
    draft = begin_application(person, item, pair.here.code)
    return HttpResponseRedirect(reverse("portal:step", args=[draft.token, 1]))


def _pair(request: HttpRequest, item: Item) -> Pair:
    """Whoever opens a guide of Hefei wants something of Hefei."""
    return choose_pair(request, there=item.place)
