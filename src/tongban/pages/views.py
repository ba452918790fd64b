"""The two choices that every page offers: the pair of places, and the size of print."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from tongban.pages.display import remember_large_print
from tongban.pages.places import choose_pair
from tongban.pages.pressing import pressed_on


@pressed_on("portal:home")
def choose_places(request: HttpRequest) -> HttpResponse:
    """Keep the pair, and go back to where the person was."""
    choose_pair(request, here=request.POST.get("here", ""), there=request.POST.get("there", ""))
    return HttpResponseRedirect(_way_back(request))


@pressed_on("portal:home")
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep the size of print, and go back to where the person was."""
    response = HttpResponseRedirect(_way_back(request))
    large = request.POST.get("large") == "1"
    remember_large_print(response, large=large, secure=request.is_secure())
    return response


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if allowed else "/"
