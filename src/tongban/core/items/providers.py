"""Who provides what the four lists use; what nobody provides is a gap that people see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tongban.core.items.codes import province_of
from tongban.core.items.item import Item
from tongban.core.items.lists import ListLine, ProviderPlace, Share
from tongban.core.words import Words

#: GB/T 2260 has no code for the whole country; 000000 is what the basic catalogue's 00 means.
NATION = "000000"


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """An organisation, or its system, that opens data or certificates to others.

    kind: as in a list's line. place: GB/T 2260 code of city, province or NATION. offers: codes of
    lines that it provides. illustrative: made up for the demonstration.
    """

    name: Words
    kind: str
    place: str
    offers: tuple[str, ...]
    illustrative: bool = True


class Gap(StrEnum):
    """Why a line of the lists has nobody who provides it."""

    NOT_SHARED = "not_shared"
    NO_PROVIDER = "no_provider"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """Who provides a line, or else why nobody does; exactly one of the two is there."""

    line: ListLine
    provider: Provider | None = None
    gap: Gap | None = None


def resolve(item: Item, providers: Iterable[Provider]) -> tuple[Resolution, ...]:
    """A provider or a gap for every line that the item uses; the nearest provider first."""
    if item.lists is None:
        return ()
    known = tuple(providers)
    return tuple(resolve_line(line, item.place, known) for line in item.lists.used())


def resolve_line(line: ListLine, place: str, known: tuple[Provider, ...]) -> Resolution:
    """The same for one line of an item of this place."""
    if line.share is Share.NOT_SHARED:
        return Resolution(line=line, gap=Gap.NOT_SHARED)
    asked = [each for each in _asked(line, place, known) if each.kind == line.provider]
    offering = next((each for each in asked if line.code in each.offers), None)
    if offering is not None:
        return Resolution(line=line, provider=offering)
    return Resolution(line=line, gap=Gap.NOT_OFFERED if asked else Gap.NO_PROVIDER)


def _asked(line: ListLine, place: str, known: tuple[Provider, ...]) -> Iterator[Provider]:
    for code in _PLACES[line.at](place):
        yield from (each for each in known if each.place == code)


_PLACES: Mapping[ProviderPlace, Callable[[str], tuple[str, ...]]] = {
    ProviderPlace.NATION: lambda _place: (NATION,),
    ProviderPlace.PROVINCE: lambda place: (province_of(place), NATION),
    ProviderPlace.COMPETENT: lambda place: (place, province_of(place), NATION),
    # Only who serves the whole country serves somebody whose place nobody knows beforehand.
    ProviderPlace.ANYWHERE: lambda _place: (NATION,),
}
