"""What both engines do alike: which entry is the first of its wording, its tokens and flags."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tongban.search.entry import Entry
from tongban.search.index import Filters
from tongban.search.tokens import tokens
from tongban.search.vocabulary import Vocabulary

_FIRST = "first"


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """An entry with its tokens, and what filters look for, all joined by spaces."""

    entry: Entry
    named: str
    said: str
    flags: str


def worded(entries: Iterable[Entry], vocabulary: Vocabulary) -> Iterator[Worded]:
    """Entries as they are written; the vocabulary learns each wording once.

    Names, aliases and keywords make a wording. Descriptions name their place, so that no two are
    the same, and say little that the names do not. First is whatever differs from all before it in
    wording or in a flag, so that no other filter but that of places hides a wording.
    """
    seen: set[int] = set()
    for entry in entries:
        wording, marks = (entry.basic, entry.phrases, entry.keywords), _flags(entry)
        if _is_new(wording, seen):
            named = (*entry.phrases, *entry.keywords)
            vocabulary.add(named, (entry.summary.zh, entry.summary.en))
        described = " ".join(tokens(f"{entry.summary.zh} {entry.summary.en}"))
        said = f"{_joined(entry.keywords)} {described}"
        if _is_new((wording, *marks), seen):
            marks.append(_FIRST)
        yield Worded(entry=entry, named=_joined(entry.phrases), said=said, flags=" ".join(marks))


def _is_new(thing: Hashable, seen: set[int]) -> bool:
    """Whether this was not seen before; a hash is kept, for there may be a million things."""
    new = hash(thing) not in seen
    seen.add(hash(thing))
    return new


@lru_cache(maxsize=65_536)
def _joined(phrases: tuple[str, ...]) -> str:
    """Tokens of these words, joined by spaces; many places use the same."""
    return " ".join(token for phrase in phrases for token in tokens(phrase))


def _flags(entry: Entry) -> list[str]:
    """What filters look for, each with a letter for its kind."""
    return [
        *(f"a{each}" for each in entry.audience),
        *(f"t{each}" for each in entry.themes),
        *(f"l{each}" for each in entry.life_events),
        *(f"m{each}" for each in entry.modes),
    ]


def flags_wanted(filters: Filters) -> list[str]:
    """The flags that an entry must have for these filters.

    Where places are named, the first entry of a wording may stand in another: then any will do.
    """
    wanted = {
        "a": filters.audience,
        "t": filters.theme,
        "l": filters.life_event,
        "m": filters.mode,
    }
    found = [letter + value for letter, value in wanted.items() if value]
    return [*found, _FIRST] if filters.first_wording and not filters.places else found
