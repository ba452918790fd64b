"""Matrix, calendar of expiries, and the explanation: all read and nothing done."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.agreements import matrix as powers_matrix
from tongban.agreements.calendar import endings
from tongban.agreements.explanations import explanation, items_like
from tongban.agreements.labels import mode_words
from tongban.agreements.links import READERS
from tongban.agreements.missing_powers import uppers
from tongban.core.cases.events import Mode
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

_ROWS_A_PAGE = 40
_FAULTY = 422


@require_GET
@for_roles(*READERS)
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Who may do what for whom, narrowed as the reader likes."""
    filters = powers_matrix.filters_of(request.GET)
    rows = powers_matrix.rows_of(filters)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "filters": filters,
        "powers": powers_matrix.powers(),
        "page": Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("page")),
        "count": len(rows),
        "kept": kept.urlencode(),
        "partners": _partners(),
    }
    return render(request, "agreements/matrix.html", context)


@require_GET
@for_roles(*READERS)
def calendar(request: HttpRequest) -> HttpResponseBase:
    """What ends when."""
    return render(request, "agreements/calendar.html", {"endings": endings()})


@require_GET
@for_roles(*READERS)
def explain(request: HttpRequest) -> HttpResponseBase:
    """May this organisation do this act on this item now, and under which clause."""
    given = request.GET
    item, partner, mode = (given.get(name, "").strip() for name in ("item", "partner", "mode"))
    errors = _errors(item, partner) if given else ()
    context: dict[str, object] = {
        "item": item,
        "partner": partner,
        "mode": mode,
        "modes": [(each.value, mode_words(each)) for each in Mode],
        "partners": _partners(),
        "errors": errors,
    }
    if not given or errors:
        return _explain_page(request, context, _FAULTY if errors else 200)
    found = items_like(item)
    exact = [each for each in found if each.code == item]
    if found and not exact:
        return _explain_page(request, context | {"found": found}, 200)
    chosen = Mode(mode) if mode in set(Mode) else None
    context |= {"view": explanation(item, partner, chosen), "uppers": uppers(partner)}
    return _explain_page(request, context, 200)


def _explain_page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "agreements/explain.html", context, status=status)


def _errors(item: str, partner: str) -> tuple[FieldError, ...]:
    found = []
    if not item:
        found.append(FieldError(anchor="item", words=gettext("请写事项的名称或者编码。")))
    if partner not in dict(_partners()):
        found.append(FieldError(anchor="partner", words=gettext("请选与哪个地方之间。")))
    return tuple(found)


def _partners() -> list[tuple[str, str]]:
    return [(peer, name_of_node(peer)) for peer in whole_node().kernel.peers.names()]
