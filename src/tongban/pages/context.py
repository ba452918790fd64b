"""What the frame of every page needs, handed to templates as `frame`."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.items.place import Place
from tongban.pages.display import wants_large_print
from tongban.pages.guest_papers import keeper_here
from tongban.pages.navigation import Link, links_for
from tongban.pages.places import Pair, every_place, name_of_node, pair_of, served_places
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceChoices:
    """What the two selects of the pair offer."""

    here: tuple[Place, ...]
    there: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Site name, the two places, navigation, and how the reader likes the page.

    kept_by: what the place is called whose node keeps this one for a guest, "" for none.
    """

    site_name: str
    pair: Pair
    places: PlaceChoices
    nav: list[Link]
    large_print: bool
    demo: bool
    kept_by: str = ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor; reads the session and the cookies, never the database of cases."""
    pair = pair_of(request)
    return {
        "frame": Frame(
            site_name=gettext("%(place)s政务服务 · 跨省通办") % {"place": said(pair.here.short)},
            pair=pair,
            places=PlaceChoices(
                here=served_places(),
                there=tuple(place for place in every_place() if place != pair.here),
            ),
            nav=links_for(request),
            large_print=wants_large_print(request),
            demo=settings.TONGBAN_DEMO,
            kept_by=name_of_node(keeper) if (keeper := keeper_here()) else "",
        )
    }
