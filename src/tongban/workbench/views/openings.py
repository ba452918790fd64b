"""Own items before partners: who knows of one, opening items, taking them back, withdrawing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.catalogues.reasons import OF_CLOSURES
from tongban.core.items.item import Item
from tongban.node.faults import NotOpen, UnknownItem
from tongban.pages.begun import begun_applications
from tongban.pages.components import FieldError
from tongban.pages.whole_node import whole_node
from tongban.workbench.access import for_role
from tongban.workbench.item_acts import (
    EVERY_PARTNER,
    EndAsked,
    read_closing,
    read_end,
    read_opening,
)
from tongban.workbench.item_acts import withdraw as withdraw_now
from tongban.workbench.models import CounterDraft, Purpose
from tongban.workbench.own_items import OwnItem, OwnItems, cases_under_way, closed_by, opened_by

_FAULTY = 422


@require_GET
@for_role(Role.CATALOGUE_OFFICER)
def item(request: HttpRequest, officer: Person, code: str) -> HttpResponseBase:  # noqa: ARG001 - every view gets its officer
    """One own item: to whom it is open, who knows of it, and what can be done."""
    own = _own(code)
    context = {
        "own": own,
        "cases": cases_under_way(code),
        "opened_by": opened_by(code),
        "closed_by": closed_by(own),
        "every_partner": EVERY_PARTNER,
    }
    return render(request, "workbench/catalogue_item.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.CATALOGUE_OFFICER)
def open_items(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """What opening would change, and on a press the opening; pressing twice changes nothing."""
    given = request.POST if request.method == "POST" else request.GET
    asked = read_opening(given, OwnItems())
    if isinstance(asked, str):
        messages.error(request, asked)
        return HttpResponseRedirect(reverse("workbench:catalogue"))
    if request.method == "GET":
        return render(request, "workbench/open_items.html", {"asked": asked})
    try:
        asked.carry_out(officer.number)
    except UnknownItem:
        # Somebody withdrew one of them in this very moment.
        return HttpResponseRedirect(request.get_full_path())
    messages.success(request, gettext("已经开放，线路通着的伙伴马上就会知道。"))
    return _to_items(asked.items)


@require_http_methods(["GET", "POST"])
@for_role(Role.CATALOGUE_OFFICER)
def close_items(request: HttpRequest, officer: Person) -> HttpResponseBase:
    """Reason and day, then who is affected, then on a press taking back from one partner."""
    given = request.POST if request.method == "POST" else request.GET
    end = read_end(given, whole_node().published.today(), OF_CLOSURES)
    asked = read_closing(given, OwnItems(), end)
    if isinstance(asked, str):
        messages.error(request, asked)
        return HttpResponseRedirect(reverse("workbench:catalogue"))
    errors = end.errors() if "reason" in given or "from_day" in given else ()
    if request.method == "GET" or errors:
        confirming = "from_day" in given and not errors
        context = {"asked": asked, "errors": errors, "confirming": confirming}
        return render(
            request, "workbench/close_items.html", context, status=_FAULTY if errors else 200
        )
    try:
        asked.carry_out(officer.number)
    except (NotOpen, UnknownItem):
        # Somebody withdrew one of them, or took it back, in this very moment.
        return HttpResponseRedirect(request.get_full_path())
    messages.success(request, gettext("已经收回，线路通着的话对方马上就会知道；在办的件照常办。"))
    return _to_items(asked.items)


@require_http_methods(["GET", "POST"])
@for_role(Role.CATALOGUE_OFFICER)
def withdraw(request: HttpRequest, officer: Person, code: str) -> HttpResponseBase:
    """Reason and day, then who is affected, then on a press the withdrawal; once for each item."""
    own = _own(code)
    if own.gone is not None:
        messages.info(request, gettext("这个事项已经撤下。"))
        return _to_item(code)
    given = request.POST if request.method == "POST" else request.GET
    asked = read_end(given, whole_node().published.today())
    errors = asked.errors() if given else ()
    if request.method == "GET" or errors:
        return _withdrawal_page(request, own, asked, errors=errors, filled_in=bool(given))
    withdraw_now(code, asked, officer.number)
    messages.success(request, gettext("已经撤下，线路通着的伙伴马上就会知道；在办的件照常办。"))
    return _to_item(code)


def _own(code: str) -> OwnItem:
    own = OwnItems()
    if code not in own.by_code:
        raise Http404
    return own.of(own.by_code[code])


def _to_items(items: Sequence[Item]) -> HttpResponseRedirect:
    if len(items) == 1:
        return _to_item(items[0].code)
    return HttpResponseRedirect(reverse("workbench:catalogue"))


def _to_item(code: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("workbench:catalogue_item", args=[code]))


def _withdrawal_page(
    request: HttpRequest,
    own: OwnItem,
    asked: EndAsked,
    *,
    errors: tuple[FieldError, ...],
    filled_in: bool,
) -> HttpResponse:
    drafts = CounterDraft.objects.filter(item=own.item.code, purpose=Purpose.INTAKE, sent_at=None)
    context = {
        "own": own,
        "asked": asked,
        "errors": errors,
        "confirming": filled_in and not errors,
        "cases": cases_under_way(own.item.code),
        "drafts": drafts.count(),
        "begun": begun_applications(own.item.code),
        "told": gettext("、").join(each.name for each in own.partners if each.telling),
    }
    status = _FAULTY if errors else 200
    return render(request, "workbench/withdraw_item.html", context, status=status)
