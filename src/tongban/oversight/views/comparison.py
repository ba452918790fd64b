"""Items side by side, and the register of legal obstacles."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tongban.accounts.permissions import for_roles
from tongban.oversight.comparing import (
    choices,
    obstacle_lines,
    place_choices,
    table_of,
)
from tongban.oversight.links import READERS
from tongban.pages.places import every_place


@require_GET
@for_roles(*READERS)
def compare_places(request: HttpRequest) -> HttpResponseBase:
    """Choose an item and places, and see where they differ."""
    basic = request.GET.get("item", "")
    places = request.GET.getlist("place") or [place.code for place in every_place()]
    context = {
        "items": choices(basic),
        "item": basic,
        "places": place_choices(basic, places),
        "table": table_of(basic, places) if basic else None,
    }
    return render(request, "oversight/compare.html", context)


@require_GET
@for_roles(*READERS)
def obstacles(request: HttpRequest) -> HttpResponseBase:
    """What law keeps items from crossing, until when, and who must change it."""
    return render(request, "oversight/obstacles.html", {"obstacles": list(obstacle_lines())})
