"""What people say for what the catalogue calls otherwise."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from tongban.catalogue.reading import load


class _Group(msgspec.Struct):
    """Words that mean one thing; means: what the catalogue calls it, empty for nothing at all."""

    means: str
    said: tuple[str, ...]


@cache
def load_colloquial() -> Mapping[str, str]:
    """The catalogue's words by what people say, small letters; see `search.sayings` for …."""
    told = load(files(__package__) / "national" / "colloquial.yaml")
    groups = msgspec.convert(told, tuple[_Group, ...])
    return {word: group.means for group in groups for word in group.said}
