"""Places as people name them, and the node that answers for each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A jurisdiction: GB/T 2260 code, full and short name, province, and its node's name."""

    code: str
    name: Words
    short: Words
    province: Words
    level: str
    node: str


def with_partners(
    known: Iterable[Place], here: Collection[str], partners: Iterable[Place]
) -> tuple[Place, ...]:
    """The known places, each under the partner that answers for it, and then the partners' others.

    here: codes that this node serves itself, which no partner takes from it. Where several partners
    claim one code, it stays with the one that is known for it, else with the first.
    """
    places = {place.code: place for place in known}
    claimed = list(partners)
    settled = {each.code for each in claimed if each in places.values()} | set(here)
    for place in claimed:
        if place.code not in settled:
            settled.add(place.code)
            places[place.code] = place
    return tuple(places.values())
