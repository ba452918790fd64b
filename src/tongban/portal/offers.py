"""An item in a list: where it is decided, how it works from here, and why not where it does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.words import Words
from tongban.pages.components import Door, Tone
from tongban.pages.places import place_of
from tongban.pages.refusals import direct_doors
from tongban.pages.search import found_item
from tongban.portal.guide import way_words
from tongban.search.entry import Entry
from tongban.search.finder import Result
from tongban.search.standing import Standing, Way

_OTHERS_SHOWN = 12
_TONES = {
    Way.ONLINE: Tone.GOOD,
    Way.COUNTER: Tone.HERE,
    Way.OWN_PLACE: Tone.PLAIN,
    Way.DIRECT: Tone.PLAIN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """The same basic item in another place; code: its 实施编码."""

    code: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An item with its place.

    standing: whether it works from here, why, and what would help. doors: the direct way, where it
    does not. not_the_same: that it is for another act than was asked for, where it is.
    """

    item: Item
    place: Place | None
    way: str
    tone: Tone
    standing: Standing
    doors: tuple[Door, ...]
    others: tuple[Elsewhere, ...]
    not_the_same: Words | None = None

    @property
    def possible(self) -> bool:
        """Whether it can be done from here."""
        return self.standing.possible


def offer_of(result: Result, not_the_same: Words | None = None) -> Offer:
    """A result of a search."""
    item, standing = found_item(result.entry.item), result.standing
    return Offer(
        item=item,
        place=place_of(item.place),
        way=way_words(standing.way),
        tone=_TONES[standing.way],
        standing=standing,
        doors=() if standing.possible else tuple(direct_doors(item)),
        others=tuple(_elsewhere(result.others[:_OTHERS_SHOWN])),
        not_the_same=not_the_same,
    )


def _elsewhere(others: Iterable[Entry]) -> Iterator[Elsewhere]:
    for entry in others:
        place = place_of(entry.place)
        if place is not None:
            yield Elsewhere(code=entry.item, place=place)
