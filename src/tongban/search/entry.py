"""What search keeps of one item of one place; enough to show a result without the item itself."""

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item
from tongban.core.items.offices import DirectWay
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A door for a place that is not the competent one; basis: the clause, in words.

    place: GB/T 2260 code of where people may stand.
    """

    place: str
    mode: str
    basis: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One item of one place.

    item: 实施编码. basic: 基本编码, the same in every place. place: GB/T 2260 code of the competent
    place. phrases: the names, and what people call it. keywords: what else they type who mean it.
    modes: ways of handling across places.
    openings: empty where the node is asked instead.
    """

    item: str
    basic: str
    place: str
    name: Words
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    summary: Words
    audience: tuple[str, ...]
    themes: tuple[str, ...]
    life_events: tuple[str, ...]
    modes: tuple[str, ...]
    organisation: Words
    direct_way: DirectWay
    openings: tuple[Opening, ...] = ()


#: Made before any thread is: see `core.kinds`.
_ENTRIES = msgspec.msgpack.Decoder(Entry)
# The nine cities' catalogue fits in; a few megabytes at the most.
_KEPT = 1024


@lru_cache(maxsize=_KEPT)
def decoded(data: bytes) -> Entry:
    """An entry out of an index; one that was decoded lately is given again."""
    return _ENTRIES.decode(data)


def entry_of(item: Item, openings: tuple[Opening, ...] = ()) -> Entry:
    """What search keeps of this item."""
    return Entry(
        item=item.code,
        basic=basic_code_of(item),
        place=item.place,
        name=item.name,
        phrases=tuple(dict.fromkeys((item.name.zh, item.name.en, *item.aliases))),
        keywords=item.keywords,
        summary=item.summary,
        audience=tuple(item.audience),
        themes=item.themes,
        life_events=item.life_events,
        modes=tuple(offer.mode for offer in item.modes),
        organisation=item.organisation.name,
        direct_way=item.direct_way,
        openings=openings,
    )
