"""The words that the catalogue knows: how telling each is, and what a mistyped one was meant to be.

Counted over first wordings, so an item is not taken for common because 333 places offer it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import ne

import msgspec
from rapidfuzz import fuzz, process

from tongban.search.tokens import is_chinese, pairs, plain, runs, tokens

_SPANS = (3, 4)
# How many characters a shortened word may leave out, among how many names it is looked for, and how
# many words it may be short for.
_LEFT_OUT, _SHORTENED_AMONG, _SHORTENED_MAX = 6, 40, 3
_LATIN_SHORTEST, _LATIN_LIKE, _LATIN_MAX = 4, 78, 3


class _Kept(msgspec.Struct, array_like=True):
    """The file form."""

    total: int
    counts: dict[str, int]
    phrases: list[str]


#: Made before any thread is: see `core.kinds`.
_KEPT = msgspec.msgpack.Decoder(_Kept)


class Vocabulary:
    """Words of the catalogue; grown by `add`, then only read."""

    def __init__(self) -> None:
        self._total = 0
        self._counts: Counter[str] = Counter()
        self._phrases: dict[str, None] = {}

    def add(self, phrases: Iterable[str], rest: Iterable[str]) -> None:
        """Learn one wording: names and aliases, and the other texts of the item."""
        named = list(phrases)
        self._total += 1
        self._counts.update({token for text in (*named, *rest) for token in tokens(text)})
        self._phrases.update(dict.fromkeys(named))

    def encode(self) -> bytes:
        """For a file beside the index."""
        return msgspec.msgpack.encode(
            _Kept(total=self._total, counts=self._counts, phrases=list(self._phrases))
        )

    @classmethod
    def decode(cls, data: bytes) -> "Vocabulary":
        """What `encode` wrote; raises msgspec.MsgspecError."""
        kept = _KEPT.decode(data)
        vocabulary = cls()
        vocabulary._total = kept.total
        vocabulary._counts = Counter(kept.counts)
        vocabulary._phrases = dict.fromkeys(kept.phrases)
        return vocabulary

    def __contains__(self, token: str) -> bool:
        return token in self._counts

    def telling(self, token: str) -> float:
        """How much a token says: 1 where one wording has it, towards 0 where all do."""
        count = self._counts.get(token, 0)
        if not count:
            return 0.0
        return math.log(1 + self._total / count) / math.log(1 + self._total)

    def with_character(self, character: str) -> list[str]:
        """Pairs that this character is half of, the commonest first."""
        holding = (token for token in self._counts if character in token and is_chinese(token))
        return sorted(holding, key=lambda token: (-self._counts[token], token))

    def like(self, word: str) -> list[str]:
        """Latin words that this one was probably meant to be; for a short one, none."""
        if len(word) < _LATIN_SHORTEST:
            return []
        found = process.extract(
            word,
            self._latin,
            scorer=fuzz.ratio,
            score_cutoff=_LATIN_LIKE,
            limit=_LATIN_MAX,
        )
        return [each for each, _, _ in found]

    def passages_like(self, run: str) -> Iterator[tuple[str, str]]:
        """Passages of a Chinese run with what each was probably meant to be.

        One character inside is wrong: at an end, the pairs beside it find the item all the same.
        """
        for length in _SPANS:
            for at in range(len(run) - length + 1):
                span = run[at : at + length]
                if not any(pair in self for pair in pairs(span)[1:-1] or pairs(span)):
                    for passage in self._passages.get(_ends(span), ()):
                        if sum(map(ne, span, passage)) == 1:
                            yield span, passage

    def shortened_to(self, pair: str) -> list[str]:
        """Passages of names of which only the first and the last character were said: 船证.

        None where many names have such a passage: then it says nothing.
        """
        both = self._with.get(pair[0], set()) & self._with.get(pair[1], set())
        if len(both) > _SHORTENED_AMONG:
            return []
        within = re.compile(f"{pair[0]}[\u3400-\u9fff]{{1,{_LEFT_OUT}}}?{pair[1]}")
        found = (within.search(plain(phrase)) for phrase in both)
        passages = sorted({hit.group() for hit in found if hit})
        return passages if len(passages) <= _SHORTENED_MAX else []

    @cached_property
    def _with(self) -> dict[str, set[str]]:
        """The names and aliases that have a character."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for phrase in self._phrases:
            for character in set(plain(phrase)):
                found[character].add(phrase)
        return dict(found)

    @cached_property
    def _latin(self) -> list[str]:
        return [token for token in self._counts if not is_chinese(token)]

    @cached_property
    def _passages(self) -> dict[tuple[int, str, str], list[str]]:
        """The short passages of names and aliases, by length, first and last character."""
        found = {
            run[at : at + length]: None
            for phrase in self._phrases
            for run in runs(phrase)
            if is_chinese(run)
            for length in _SPANS
            for at in range(len(run) - length + 1)
        }
        passages: dict[tuple[int, str, str], list[str]] = {}
        for passage in found:
            passages.setdefault(_ends(passage), []).append(passage)
        return passages


def _ends(passage: str) -> tuple[int, str, str]:
    return len(passage), passage[0], passage[-1]
