"""What a question asks for that no place's catalogue has, because another authority does it."""

from collections.abc import Iterable

from tongban.catalogue.other_authorities import OtherMatter
from tongban.search.tokens import plain, tokens


class Elsewhere:
    """Finds them by the words that they are called by."""

    def __init__(self, matters: Iterable[OtherMatter] = ()) -> None:
        self._by_word = {plain(word): each for each in matters for word in each.words}
        #: A result that lacks one of these is not what was wanted.
        self.tokens = frozenset(token for word in self._by_word for token in tokens(word))

    def meant_by(self, matter: str) -> tuple[OtherMatter, ...]:
        """What the matter of a question names, in the order of the directory."""
        named = (each for word, each in self._by_word.items() if word in matter)
        return tuple({each.site: each for each in named}.values())
