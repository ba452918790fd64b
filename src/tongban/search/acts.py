"""Whether an item is for the act that was asked for: 补领 of a licence is not 设立."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tongban.catalogue.acts import Act
from tongban.search.entry import Entry
from tongban.search.sayings import GAP, Sayings
from tongban.search.tokens import plain


class Acts:
    """The acts that are told from each other."""

    def __init__(self, acts: Sequence[Act] = ()) -> None:
        self._sayings = Sayings({word: act for act in acts for word in act.words})
        bare = [word for act in acts if not act.whole for word in act.words]
        self._bare = Sayings({word: " " for word in bare if GAP not in word})
        # The same few names and keywords come with every question.
        self._of_texts = lru_cache(maxsize=4096)(self._read)

    def asked(self, matter: str) -> tuple[Act, ...]:
        """The acts that a question names, in its order; a word like 申请 only where alone."""
        named = tuple({act.code: act for act in self._sayings.found(matter)}.values())
        return tuple(act for act in named if not act.stands_for) or named

    def without(self, matter: str) -> str:
        """The thing alone: the matter with a blank for every act that does not say it as well."""
        return self._bare.replaced(matter, str)

    def differ(self, entry: Entry, asked: Iterable[Act]) -> bool:
        """Whether the entry is for other acts alone; not where either names none."""
        wanted = {code for act in asked for code in act.stands_for or (act.code,)}
        done = self._of_texts((*entry.phrases, *entry.keywords)) if wanted else frozenset()
        return bool(done) and done.isdisjoint(wanted)

    def _read(self, texts: tuple[str, ...]) -> frozenset[str]:
        return frozenset(act.code for act in self._sayings.found(plain(" ".join(texts))))
