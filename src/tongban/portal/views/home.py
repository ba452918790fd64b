"""Home: the pair, one search field, and what of one's own is under way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tongban.accounts.models import Person
from tongban.core.items.classification import Audience
from tongban.core.items.item import Item
from tongban.pages.node_access import current_node
from tongban.pages.places import Pair, every_place, pair_of
from tongban.pages.search import find_items
from tongban.portal.cases import lines_of
from tongban.portal.drafts import open_drafts
from tongban.portal.filters import selects_of
from tongban.portal.offers import Offer, offer_of
from tongban.search.finder import Wanted
from tongban.search.index import Filters

_CASES_ON_HOME = 5
_OFFERS_ON_HOME = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftLine:
    """An application that was begun and not sent."""

    token: str
    item: Item


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    pair = pair_of(request)
    person = request.user if isinstance(request.user, Person) else None
    offers = _offers(pair)
    possible = [offer for offer in offers if offer.possible]
    return render(
        request,
        "portal/home.html",
        {
            "offers": possible if pair.same else offers,
            "events": next(each for each in selects_of({}) if each.name == "event"),
            "possible": bool(possible),
            "cases": lines_of(person, limit=_CASES_ON_HOME) if person else [],
            "drafts": _drafts(person) if person else [],
            "other_places": not pair.same,
        },
    )


def _offers(pair: Pair) -> list[Offer]:
    """Some of what the chosen place offers to people, or all places but one's own."""
    others = tuple(place.code for place in every_place() if place != pair.here)
    places = others if pair.same else (pair.there.code,)
    filters = Filters(places=places, audience=Audience.PERSON)
    wanted = Wanted(text="", here=pair.here.code, filters=filters, limit=_OFFERS_ON_HOME)
    return [offer_of(result) for result in find_items(wanted).results]


def _drafts(person: Person) -> Sequence[DraftLine]:
    items = {item.code: item for item in current_node().items()}
    return [
        DraftLine(token=draft.token, item=items[draft.item])
        for draft in open_drafts(person)
        if draft.item in items
    ]
