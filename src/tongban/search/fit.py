"""How well an entry answers a question, between 0 and 1; the same for every engine."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from tongban.search.entry import Entry
from tongban.search.question import words_of
from tongban.search.tokens import is_chinese, pairs, plain, runs
from tongban.search.vocabulary import Vocabulary

# What nobody knows counts against a result less than what is known and missing in it.
_UNKNOWN, _TELLING = 0.7, 1.0
_MENDED = 0.85
# A keyword is what people also type; it makes no item theirs as its name does.
_IN_NAME, _IN_KEYWORD, _IN_SUMMARY = 1.0, 0.75, 0.45
_COVERAGE, _LIKENESS = 0.7, 0.3
# One character may stand in any of so many pairs.
_PAIRS_MAX = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """One token of a question, as it is looked for in the text of an entry.

    weight: how much it says. meant: where nobody knows it, groups of which one was meant, whole.
    """

    sought: str
    weight: float
    meant: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question. tokens: everything to look for, in an order that does not change."""

    text: str
    wishes: tuple[Wish, ...]
    tokens: tuple[str, ...]


def asked_of(
    words: Sequence[str], vocabulary: Vocabulary, *, beyond: AbstractSet[str] = frozenset()
) -> Asked:
    """The question as this catalogue understands it.

    beyond: tokens that are words, though of no item here; what lacks them is not what was wanted.
    """
    known = [token for run in words for token in (pairs(run) if is_chinese(run) else [run])]
    meant: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for run in words:
        for token, group in _meant(run, vocabulary, beyond):
            meant[token][group] = None
    wishes = tuple(
        Wish(
            sought=_sought(token),
            weight=vocabulary.telling(token) or (_TELLING if token in beyond else _UNKNOWN),
            meant=tuple(tuple(map(_sought, group)) for group in meant[token]),
        )
        for token in dict.fromkeys(known)
    )
    guessed = [token for groups in meant.values() for group in groups for token in group]
    return Asked(text="".join(words), wishes=wishes, tokens=tuple(dict.fromkeys(known + guessed)))


def fit(entry: Entry, asked: Asked) -> float:
    """The share of the question that the entry answers, and how like its names the question is."""
    coverage = answered_share(entry, asked)
    if not coverage:
        return 0.0
    likeness = max(
        _IN_NAME * _likeness(asked.text, entry.phrases),
        _IN_KEYWORD * _likeness(asked.text, entry.keywords),
    )
    return _COVERAGE * coverage + _LIKENESS * likeness


def answered_share(entry: Entry, asked: Asked) -> float:
    """The share of the question that the entry answers."""
    named = _searchable(entry.phrases)
    answered = sum(
        wish.weight * (_IN_NAME if wish.sought in named else _otherwise(wish, named, entry))
        for wish in asked.wishes
    )
    return answered / sum(wish.weight for wish in asked.wishes) if answered else 0.0


def _otherwise(wish: Wish, named: str, entry: Entry) -> float:
    """How well a token is answered that no name has; what counts most is looked at first."""
    if _is_meant(wish, named):
        return _IN_NAME * _MENDED
    typed = _searchable(entry.keywords)
    if wish.sought in typed:
        return _IN_KEYWORD
    if _is_meant(wish, typed):
        return _IN_KEYWORD * _MENDED
    said = _searchable((entry.summary.zh, entry.summary.en))
    return _IN_SUMMARY if wish.sought in said else 0.0


def _is_meant(wish: Wish, text: str) -> bool:
    """Whether the text has what a mistyped token was probably meant to be."""
    return any(all(token in text for token in group) for group in wish.meant)


def _likeness(asked: str, phrases: tuple[str, ...]) -> float:
    """How like the question the likest of these phrases is."""
    found = process.extractOne(asked, map(_comparable, phrases), scorer=fuzz.ratio)
    return found[1] / 100 if found else 0.0


@lru_cache(maxsize=16_384)
def _comparable(phrase: str) -> str:
    """A phrase without empty words, as those of a question are left out."""
    return "".join(words_of(plain(phrase)))


@lru_cache(maxsize=8192)
def _searchable(texts: tuple[str, ...]) -> str:
    """The runs of all texts between blanks, for tokens to be looked for.

    Two Chinese characters that stand together are a token; a Latin word has blanks around it.
    """
    return f" {' '.join(run for text in texts for run in runs(text))} "


def _sought(token: str) -> str:
    return token if is_chinese(token) else f" {token} "


def _meant(
    run: str, vocabulary: Vocabulary, beyond: AbstractSet[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Tokens that nobody knows, each with what it was meant to be.

    A word of another authority is no mistyped one; only what a run begins with is a shortened one,
    for further on two words meet.
    """
    if not is_chinese(run):
        if run not in vocabulary:
            yield from ((run, (word,)) for word in vocabulary.like(run))
    elif len(run) == 1:
        for pair in vocabulary.with_character(run)[:_PAIRS_MAX]:
            yield run, (pair,)
    else:
        for span, passage in vocabulary.passages_like(run):
            if not beyond & set(pairs(span)):
                group = tuple(pairs(passage))
                yield from ((pair, group) for pair in pairs(span) if pair not in vocabulary)
        first = run[:2]
        if first not in vocabulary and first not in beyond:
            yield from ((first, tuple(pairs(each))) for each in vocabulary.shortened_to(first))
