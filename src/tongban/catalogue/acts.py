"""What can be done with a thing: 设立, 变更, 补领; and the words that say so."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from tongban.catalogue.reading import load
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One act.

    words: small letters; … stands for up to four characters. stands_for: codes of acts, for words
    that say no more than that something begins. whole: whether the words say the thing as well.
    """

    code: str
    name: Words
    words: tuple[str, ...]
    stands_for: tuple[str, ...] = ()
    whole: bool = False


@cache
def load_acts() -> tuple[Act, ...]:
    """Every act that search tells from the others."""
    told = load(files(__package__) / "national" / "acts.yaml")
    return msgspec.convert(told, tuple[Act, ...])
