"""The port behind which search engines stand, and what is asked of them.

Guarantees every engine gives, held by one conformance suite: a token of one or two characters is
found like any other; filters hold exactly; what fits more tokens, or rarer ones, comes first; the
same question gets the same answer; no text is ever read as a query language. An index is written
once and then only read, by any thread; what has changed is written anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tongban.search.entry import Entry
from tongban.search.vocabulary import Vocabulary


class IndexUnreadable(Exception):
    """The index cannot be read by this engine; write it anew, it holds nothing of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What a result must be; empty means anything.

    places: any of these codes. first_wording: where no places are named, only the first entry of
    each wording, so that an item that 333 places publish in the same words is looked at once.
    """

    places: tuple[str, ...] = ()
    audience: str = ""
    theme: str = ""
    life_event: str = ""
    mode: str = ""
    first_wording: bool = False

    def hold(self, entry: Entry) -> bool:
        """Whether this entry is what a result must be, its wording apart."""
        return (
            (not self.places or entry.place in self.places)
            and (not self.audience or self.audience in entry.audience)
            and (not self.theme or self.theme in entry.themes)
            and (not self.life_event or self.life_event in entry.life_events)
            and (not self.mode or self.mode in entry.modes)
        )


#: No filter at all.
ANYTHING = Filters()


class SearchIndex(Protocol):
    """Entries that were written, read by token."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all entries, with how rare they are."""
        ...

    def candidates(self, tokens: Sequence[str], filters: Filters, limit: int) -> list[Entry]:
        """Entries with any of these tokens, most promising first; for no token, any entry."""
        ...

    def of_basic(self, basic: str, places: Sequence[str], limit: int) -> list[Entry]:
        """Entries of one basic item, of these places where any are named, in no order."""
        ...


class Engine(Protocol):
    """Makes indexes; `folder` None: in memory."""

    def write(self, entries: Iterable[Entry], folder: Path | None) -> SearchIndex:
        """Index all entries in an empty folder, and open it."""
        ...

    def open(self, folder: Path) -> SearchIndex:
        """Open what `write` wrote; raises IndexUnreadable."""
        ...
