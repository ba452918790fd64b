"""The two places that stay visible: 我在〔松江〕· 办〔合肥〕的事."""

from dataclasses import dataclass

from django.http import HttpRequest

from tongban.core.items.place import Place
from tongban.pages.node_access import surroundings

_SESSION_KEY = "pair"


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
    """All places whose matters can be looked for."""
    return surroundings().places


def served_places() -> tuple[Place, ...]:
    """The places that this node serves: where its people are."""
    return tuple(place for place in every_place() if place.code in surroundings().here)


def place_of(code: str) -> Place | None:
    """The place with this GB/T 2260 code."""
    return next((place for place in every_place() if place.code == code), None)


def place_of_node(node: str) -> Place | None:
    """The first place for which this node answers."""
    return next((place for place in every_place() if place.node == node), None)


def pair_of(request: HttpRequest) -> Pair:
    """The pair that this person chose, or the node's own place twice."""
    here, there = request.session.get(_SESSION_KEY, ("", ""))
    served = served_places()
    return Pair(
        here=next((place for place in served if place.code == here), served[0]),
        there=place_of(there) or served[0],
    )


def choose_pair(request: HttpRequest, *, here: str = "", there: str = "") -> Pair:
    """Keep what this person chose; an unknown place leaves that side as it was."""
    before = pair_of(request)
    request.session[_SESSION_KEY] = (here or before.here.code, there or before.there.code)
    return pair_of(request)
