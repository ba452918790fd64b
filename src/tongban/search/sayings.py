"""Finding the words of a list in a text: the longest first, and some with a gap."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

#: Stands in a word for up to four Chinese characters.
GAP = "…"
_FILLED = "[\u3400-\u9fff]{0,4}?"


class Sayings(Generic[T]):
    """What each word says; … in a word stands for up to four Chinese characters."""

    def __init__(self, said: Mapping[str, T]) -> None:
        self._plain = {word: meaning for word, meaning in said.items() if GAP not in word}
        gapped = {word: meaning for word, meaning in said.items() if GAP in word}
        self._gapped = [(re.compile(_as_pattern(word)), gapped[word]) for word in gapped]
        longest_first = sorted(said, key=len, reverse=True)
        either = "|".join(map(_as_pattern, longest_first)) or "(?!)"
        # At most places no word begins; a thousand need not be tried there.
        firsts = "".join(sorted({re.escape(word[0]) for word in said}))
        begins = f"(?=[{firsts}])" if firsts else ""
        self._either = re.compile(f"{begins}(?<![a-z])(?:{either})(?![a-z])")

    def found(self, text: str) -> Iterator[T]:
        """What the words in this text say, in its order; no two words overlap."""
        return map(self._meaning, self._either.finditer(text))

    def replaced(self, text: str, by: Callable[[T], str]) -> str:
        """The text with what stands for each word in its place."""
        return self._either.sub(lambda hit: by(self._meaning(hit)), text)

    def _meaning(self, hit: re.Match[str]) -> T:
        said = hit.group()
        if said in self._plain:
            return self._plain[said]
        return next(meaning for pattern, meaning in self._gapped if pattern.fullmatch(said))


def _as_pattern(word: str) -> str:
    return _FILLED.join(map(re.escape, word.split(GAP)))
