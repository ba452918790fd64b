"""What both engines do alike: which entry is the first of its wording, and its tokens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tongban.search.entry import Entry
from tongban.search.index import Filters
from tongban.search.tokens import tokens
from tongban.search.vocabulary import Vocabulary

_FIRST = "first"


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """An entry with its tokens; first: no earlier entry of the basic item has these names."""

    entry: Entry
    named: str
    said: str
    first: bool


def worded(entries: Iterable[Entry], vocabulary: Vocabulary) -> Iterator[Worded]:
    """Entries as they are written; the vocabulary learns each wording once.

    Names, aliases and keywords make a wording. Descriptions name their place, so that no two are
    the same, and say little that the names do not.
    """
    seen: set[int] = set()
    for entry in entries:
        wording = hash((entry.basic, entry.phrases))
        first = wording not in seen
        if first:
            seen.add(wording)
            vocabulary.add(entry.phrases, (entry.summary.zh, entry.summary.en))
        said = " ".join(tokens(f"{entry.summary.zh} {entry.summary.en}"))
        yield Worded(entry=entry, named=_named(entry.phrases), said=said, first=first)


@lru_cache(maxsize=65_536)
def _named(phrases: tuple[str, ...]) -> str:
    """Tokens of the names, joined by spaces; many places use the same."""
    return " ".join(token for phrase in phrases for token in tokens(phrase))


def flags(entry: Entry, *, first: bool) -> list[str]:
    """What filters look for, each with a letter for its kind."""
    return [
        *(f"a{each}" for each in entry.audience),
        *(f"t{each}" for each in entry.themes),
        *(f"l{each}" for each in entry.life_events),
        *(f"m{each}" for each in entry.modes),
        *([_FIRST] if first else []),
    ]


def flags_wanted(filters: Filters) -> list[str]:
    """The flags that an entry must have for these filters."""
    wanted = {
        "a": filters.audience,
        "t": filters.theme,
        "l": filters.life_event,
        "m": filters.mode,
    }
    found = [letter + value for letter, value in wanted.items() if value]
    return [*found, _FIRST] if filters.first_wording else found
