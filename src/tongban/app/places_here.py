"""The places that pages know: those that this node serves, its partners', and the shipped ones."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tongban.app.settings import Settings
from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.channels.descriptors import Descriptor
from tongban.core.items.place import Place, with_partners
from tongban.core.words import Words
from tongban.node.peers import PeerBook


def places_here(settings: Settings) -> tuple[Place, ...]:
    """What this node serves stands first; a division that ships without a node is served too."""
    title = Words(zh=settings.title_zh, en=settings.title_en)
    codes = settings.jurisdictions
    own = (_place(code, settings.name, title) for code in codes)
    others = (place for place in load_places() if place.code not in codes)
    return (*own, *others)


def places_of_partners(peers: PeerBook) -> Callable[[], tuple[Place, ...]]:
    """Asked anew for every page: the places for which the partners of this moment answer."""
    made: dict[tuple[Descriptor, ...], tuple[Place, ...]] = {}

    def places() -> tuple[Place, ...]:
        present = peers.descriptors()
        if present not in made:
            made.clear()
            made[present] = tuple(_of_partners(present))
        return made[present]

    return places


def known_places(settings: Settings, peers: PeerBook) -> tuple[Place, ...]:
    """Those that this node serves, those of its partners, and the shipped ones."""
    partners = places_of_partners(peers)()
    return with_partners(places_here(settings), settings.jurisdictions, partners)


def _of_partners(descriptors: tuple[Descriptor, ...]) -> Iterator[Place]:
    for known in descriptors:
        title = Words(zh=known.title.zh, en=known.title.en)
        for code in known.jurisdictions:
            yield _place(code, known.name, title)


def _place(code: str, node: str, title: Words) -> Place:
    """The shipped place, or the division by its official name (行政区划)."""
    shipped = next((place for place in load_places() if place.code == code), None)
    return replace(shipped, node=node) if shipped else _from_the_register(code, node, title)


def _from_the_register(code: str, node: str, title: Words) -> Place:
    """English names nobody wrote; the node's own title stands in for that of its place."""
    register = load_divisions()
    division, province = register.get(code), register.get(f"{code[:2]}0000")
    name = Words(zh=division.name, en=title.en) if division else title
    short = Words(zh=division.short, en=title.en) if division else title
    above = province.name if province else title.zh
    return Place(
        code=code,
        name=name,
        short=short,
        province=Words(zh=above, en=above),
        level=_level(code),
        node=node,
    )


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "district"
