"""Home and search: the pair, one search field, and what of one's own is under way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tongban.accounts.models import Person
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.pages.components import Tone
from tongban.pages.node_access import current_node
from tongban.pages.places import Pair, every_place, pair_of, place_of
from tongban.pages.search import find
from tongban.portal.cases import lines_of
from tongban.portal.drafts import open_drafts
from tongban.portal.guide import Way, way_of, way_words

_CASES_ON_HOME = 5
_TONES = {Way.ONLINE: Tone.GOOD, Way.COUNTER: Tone.HERE, Way.DIRECT: Tone.PLAIN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An item in a list, with its place; possible: it can be done from here."""

    item: Item
    place: Place | None
    way: str
    tone: Tone
    possible: bool


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
    offers = _offers(current_node().items(), pair, there_only=not pair.same)
    possible = [offer for offer in offers if offer.possible]
    return render(
        request,
        "portal/home.html",
        {
            "offers": possible if pair.same else offers,
            "possible": bool(possible),
            "cases": lines_of(person, limit=_CASES_ON_HOME) if person else [],
            "drafts": _drafts(person) if person else [],
            "other_places": not pair.same,
        },
    )


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Items that fit what was asked, those of the chosen place first."""
    text = request.GET.get("q", "").strip()[:100]
    pair = pair_of(request)
    found = find(current_node().items(), _without_places(text), place=_place_asked(text, pair).code)
    offers = _offers([each.item for each in found], pair)
    return render(request, "portal/search.html", {"text": text, "offers": offers})


def _place_asked(text: str, pair: Pair) -> Place:
    """A place that is named in the question counts more than the pair."""
    named = (place for place in every_place() if place.short.zh in text)
    return next(named, pair.there)


def _without_places(text: str) -> str:
    for place in every_place():
        text = text.replace(place.name.zh, " ").replace(place.short.zh, " ")
    return text


def _offers(items: Iterable[Item], pair: Pair, *, there_only: bool = False) -> list[Offer]:
    return [_offer(item, pair) for item in items if not there_only or item.place == pair.there.code]


def _offer(item: Item, pair: Pair) -> Offer:
    place = place_of(item.place)
    way = way_of(item, Pair(here=pair.here, there=place or pair.there))
    return Offer(
        item=item,
        place=place,
        way=way_words(way),
        tone=_TONES[way],
        possible=way is not Way.DIRECT,
    )


def _drafts(person: Person) -> Sequence[DraftLine]:
    items = {item.code: item for item in current_node().items()}
    return [
        DraftLine(token=draft.token, item=items[draft.item])
        for draft in open_drafts(person)
        if draft.item in items
    ]
