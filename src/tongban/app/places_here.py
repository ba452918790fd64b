"""The places that pages know: those this node serves, under its own name, and the shipped ones."""

from collections.abc import Iterator
from dataclasses import replace

from tongban.app.settings import Settings
from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.core.items.place import Place
from tongban.core.words import Words


def places_here(settings: Settings) -> tuple[Place, ...]:
    """What this node serves stands first; a division that ships without a node is served too."""
    own = tuple(_own(settings))
    others = tuple(place for place in load_places() if place.code not in settings.jurisdictions)
    return (*own, *others)


def _own(settings: Settings) -> Iterator[Place]:
    shipped = {place.code: place for place in load_places()}
    for code in settings.jurisdictions:
        if code in shipped:
            yield replace(shipped[code], node=settings.name)
        else:
            yield _from_the_register(code, settings)


def _from_the_register(code: str, settings: Settings) -> Place:
    """English names nobody wrote; the node's own title stands in for that of its place."""
    register = load_divisions()
    division, province = register.get(code), register.get(f"{code[:2]}0000")
    title = Words(zh=settings.title_zh, en=settings.title_en)
    name = Words(zh=division.name, en=title.en) if division else title
    short = Words(zh=division.short, en=title.en) if division else title
    above = province.name if province else title.zh
    return Place(
        code=code,
        name=name,
        short=short,
        province=Words(zh=above, en=above),
        level=_level(code),
        node=settings.name,
    )


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "district"
