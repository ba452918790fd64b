"""Reporting a missing power from where somebody was told that he may not, and what was reported."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.actors import actor_of
from tongban.accounts.permissions import for_roles, has_role
from tongban.accounts.roles import Role
from tongban.agreements.links import READERS
from tongban.agreements.missing_powers import Missing, report_lines, uppers
from tongban.agreements.views.authority import officer_of
from tongban.core.cases.process import Power
from tongban.core.grounds import words_for
from tongban.pages.places import name_of_node
from tongban.pages.pressing import pressed_on
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

#: Who is told that he may not, and under which role he says so.
REPORTERS = (*READERS, Role.CASE_OFFICER, Role.COUNTER_CLERK)
_A_PAGE = 50


@require_GET
@for_roles(*READERS)
def missing(request: HttpRequest) -> HttpResponseBase:
    """The supervisor's list, newest first, each with the clause that gives the power by now."""
    page = Paginator(whole_node().decision_powers.missing(), _A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "lines": report_lines(list(page))}
    return render(request, "agreements/missing.html", context)


@pressed_on("agreements:explain")
@for_roles(*REPORTERS)
def report(request: HttpRequest) -> HttpResponseBase:
    """Report it; pressed twice on a day it is reported once.

    to: an upper node; without the field the nearest one, "" for none.
    """
    found, above = _missing(request), uppers(request.POST.get("partner", ""))
    to = request.POST.get("to", above[0][0] if above else "")
    if to and to not in dict(above):
        raise Http404
    if found.reported_today:
        messages.info(request, gettext("今天已经报过，没有重复报。"))
        return _back(request)
    refusal = found.report(actor_of(officer_of(request), _role(request)), to=to)
    if refusal is not None:
        words = words_for(refusal.ground)
        messages.error(request, f"{said(words.what)}{said(words.why)}{said(words.next)}")
    elif to:
        done = gettext("已经记入缺权清单，并且向%(name)s提了问；答复会出现在口径咨询里。")
        messages.success(request, done % {"name": name_of_node(to)})
    else:
        messages.success(request, gettext("已经记入缺权清单，联席办看得到。上报本身不给任何权限。"))
    return _back(request)


def _missing(request: HttpRequest) -> Missing:
    given = request.POST
    item = whole_node().published.find(given.get("item", ""))
    partner, power = given.get("partner", ""), given.get("power", "")
    if item is None or power not in set(Power) or not _is_partner(partner):
        raise Http404
    return Missing(item=item, partner=partner, power=Power(power))


def _is_partner(name: str) -> bool:
    return whole_node().kernel.peers.get(name) is not None


def _role(request: HttpRequest) -> Role:
    return next(role for role in REPORTERS if has_role(request.user, role))


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page on which the button stands."""
    asked = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(asked if allowed else reverse("agreements:explain"))
