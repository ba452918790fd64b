"""Which links stand beside the two places; rooms bring their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One link of the navigation; current: it leads to the page that is being read."""

    href: str
    words: str
    current: bool = False


#: Asked for every page, so it must not query.
Provider = Callable[[HttpRequest], Iterable[Link]]

_providers: list[Provider] = []


def offer_links(provider: Provider) -> None:
    """Let a room add links; called once, when the room's AppConfig is ready."""
    if provider not in _providers:
        _providers.append(provider)


def links_for(request: HttpRequest) -> list[Link]:
    """Links of every room, in the order of INSTALLED_APPS."""
    return [link for provider in _providers for link in provider(request)]
