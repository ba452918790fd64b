"""Searching in plain words; a plain GET, so that a search can be sent to somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tongban.demand.counting import Lacking, count, lacking
from tongban.demand.models import Lack
from tongban.pages.node_access import now
from tongban.pages.places import Pair, is_served, pair_of, place_of
from tongban.pages.search import find_items, known_words
from tongban.portal.filters import filters_of, selects_of
from tongban.portal.offers import offer_of
from tongban.search.finder import Wanted
from tongban.search.index import ANYTHING, Filters

_RESULTS = 20
_EVERYTHING = 200


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What fits, what works from here first; what nobody got is counted, without who asked."""
    text = request.GET.get("q", "").strip()[:100]
    selects = selects_of(request.GET)
    filters = filters_of(selects)
    found = find_items(_wanted(text, filters, pair_of(request)))
    # What a filter took away was there, so nobody lacks it.
    lack = lacking(found, known_words()) if filters == ANYTHING else None
    if lack is not None and _is_known(lack):
        count(lack, now())
    context = {
        "text": text,
        "selects": selects,
        "chosen": " · ".join(select.words for select in selects if select.value),
        "offers": [offer_of(result, found.not_the_same(result)) for result in found.results],
        "asked": place_of(found.there) if found.there else None,
        "offered": found.offered,
        "sure": found.sure,
        "not_in_the_list": found.not_in_the_list,
        "elsewhere": found.elsewhere,
    }
    return render(request, "portal/search.html", context)


def _is_known(lack: Lacking) -> bool:
    """Whether it is for this node to say: what is open elsewhere, the node there knows."""
    return lack.lack is not Lack.NOT_OPEN or is_served(lack.here)


def _wanted(text: str, filters: Filters, pair: Pair) -> Wanted:
    return Wanted(
        text=text,
        here=pair.here.code,
        there="" if pair.same else pair.there.code,
        filters=filters,
        limit=_RESULTS if text else _EVERYTHING,
    )
