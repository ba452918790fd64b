"""Whether something can be done from where somebody is, why, and what would make it so."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tongban.core.words import Words
from tongban.search.entry import Entry


class Way(StrEnum):
    """How a matter can be handled from here."""

    OWN_PLACE = "own_place"
    ONLINE = "online"
    COUNTER = "counter"
    DIRECT = "direct"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The answer for one entry and one place.

    why: a sentence. remedy: what would make it possible, direct: the competent authority's own
    way; both only where it is not possible from here.
    """

    way: Way
    why: Words
    remedy: Words | None = None
    direct: Words | None = None

    @property
    def possible(self) -> bool:
        """Whether nobody has to travel."""
        return self.way is not Way.DIRECT


class Reach(Protocol):
    """Knows what is possible from a place.

    A node asks its agreements; the shipped catalogue looks into what was written with it.
    """

    def __call__(self, entry: Entry, here: str) -> Standing:
        """What somebody at this place can do; here: a code, or empty where nobody said."""
        ...
