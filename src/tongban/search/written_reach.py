"""What is possible from a place by what was written into the index: for search without a node."""

from collections.abc import Sequence

from tongban.core.cases.events import Mode
from tongban.core.divisions.register import DivisionRegister
from tongban.core.items.place import Place
from tongban.core.words import Words
from tongban.search import sentences
from tongban.search.entry import Entry
from tongban.search.standing import Standing, Way


class PlaceWords:
    """Short names by code; English only for places that take part, for nobody wrote the others."""

    def __init__(self, register: DivisionRegister, places: Sequence[Place]) -> None:
        self._register = register
        self._short = {place.code: place.short for place in places}

    def __call__(self, code: str) -> Words:
        """The words for a code; the code itself where nobody knows it."""
        if code not in self._short:
            division = self._register.get(code)
            name = division.short if division else code
            self._short[code] = Words(zh=name, en=name)
        return self._short[code]


class WrittenReach:
    """See `Reach`."""

    def __init__(self, naming: PlaceWords) -> None:
        self._naming = naming

    def __call__(self, entry: Entry, here: str) -> Standing:
        """Own place, then online, then a counter with a basis, then the direct way."""
        there = self._naming(entry.place)
        if entry.place == here:
            return Standing(way=Way.OWN_PLACE, why=sentences.own_place(there))
        if Mode.ALL_ONLINE in entry.modes:
            return Standing(way=Way.ONLINE, why=sentences.online(entry, there))
        bases = {each.place: each.basis for each in entry.openings}
        if not here:
            return self._anywhere(entry, there)
        if here in bases:
            why = sentences.counter(self._naming(here), there, bases[here])
            return Standing(way=Way.COUNTER, why=why)
        return Standing(
            way=Way.DIRECT,
            why=sentences.not_open(self._naming(here), there),
            remedy=sentences.once_agreed(self._naming(here), there),
            direct=sentences.direct_way(entry),
        )

    def _anywhere(self, entry: Entry, there: Words) -> Standing:
        if entry.openings:
            named = [self._naming(each.place) for each in entry.openings]
            return Standing(way=Way.COUNTER, why=sentences.counters(named))
        why = sentences.not_open_anywhere(there)
        return Standing(way=Way.DIRECT, why=why, direct=sentences.direct_way(entry))
