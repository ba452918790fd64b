"""The two places that stay visible: 我在〔松江〕· 办〔合肥〕的事."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from tongban.catalogue.divisions import load_divisions
from tongban.core.items.place import Place, with_partners
from tongban.core.one_sided import marked
from tongban.core.words import Words
from tongban.pages.node_access import surroundings
from tongban.pages.words import said
from tongban.search.written_reach import PlaceWords

_COOKIE = "places"
_CHOSEN = "tongban.places"
_KEPT_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Where the person is, and whose matter it is."""

    here: Place
    there: Place

    @property
    def same(self) -> bool:
        """Whether the matter belongs to the place where the person is."""
        return self.here.code == self.there.code


def every_place() -> tuple[Place, ...]:
    """All places whose matters can be looked for, each under the node that answers for it."""
    around = surroundings()
    return with_partners(around.places, around.here, around.partner_places())


def served_places() -> tuple[Place, ...]:
    """The places that this node serves: where its people are."""
    return tuple(place for place in every_place() if place.code in surroundings().here)


def is_served(code: str) -> bool:
    """Whether this node serves the place with this code."""
    return code in surroundings().here


def place_of(code: str) -> Place | None:
    """The place with this GB/T 2260 code."""
    return next((place for place in every_place() if place.code == code), None)


def words_of_place(code: str) -> Words:
    """The short name of a place, also of one that takes no part; the code where nobody knows it."""
    return PlaceWords(load_divisions(), every_place())(code)


def place_of_node(node: str) -> Place | None:
    """The first place for which this node answers."""
    return next((place for place in every_place() if place.node == node), None)


def name_of_node(node: str) -> str:
    """The short name of its place, or the node's own where no place is known for it.

    What another signs for it is marked as a one-sided record (单方记录) wherever it is named.
    """
    place = place_of_node(node)
    name = place.short if place else Words(zh=node, en=node)
    return said(marked(name, surroundings().keeper_of(node)))


def pair_of(request: HttpRequest) -> Pair:
    """The pair that this person chose, or the node's own place twice."""
    here, there = _codes(request)
    served = served_places()
    return Pair(
        here=next((place for place in served if place.code == here), served[0]),
        there=place_of(there) or served[0],
    )


def choose_pair(request: HttpRequest, *, here: str = "", there: str = "") -> Pair:
    """Keep what this person chose; an unknown place leaves that side as it was."""
    before = pair_of(request)
    known = place_of(there) or before.there
    request.META[_CHOSEN] = (here or before.here.code, known.code)
    return pair_of(request)


def keep_pair(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a pair that was chosen stays, in a cookie, so that looking never writes."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _CHOSEN in request.META:
            response.set_cookie(
                _COOKIE,
                ".".join(_codes(request)),
                max_age=_KEPT_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    return respond


def _codes(request: HttpRequest) -> tuple[str, str]:
    """What was chosen in this request, or before it."""
    if _CHOSEN in request.META:
        here, there = request.META[_CHOSEN]
        return here, there
    here, _, there = request.COOKIES.get(_COOKIE, "").partition(".")
    return here, there
