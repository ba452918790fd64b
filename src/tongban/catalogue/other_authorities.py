"""Who does what no place's catalogue has: 国家知识产权局 for 商标."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from tongban.catalogue.reading import load
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherMatter:
    """A matter of a national authority; words: what people call it, small letters.

    site: its address. law: what makes it this authority's, from memory.
    """

    name: Words
    words: tuple[str, ...]
    authority: Words
    site: str
    law: Words


@cache
def load_other_matters() -> tuple[OtherMatter, ...]:
    """Everything that is known to be done elsewhere."""
    told = load(files(__package__) / "national" / "other_authorities.yaml")
    return msgspec.convert(told, tuple[OtherMatter, ...])
