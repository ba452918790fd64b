"""How well an entry answers a question, between 0 and 1; the same for every engine."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from tongban.search.entry import Entry
from tongban.search.tokens import is_chinese, pairs, plain, runs
from tongban.search.vocabulary import Vocabulary

# What nobody knows counts against a result less than what is known and missing in it.
_UNKNOWN = 0.5
_IN_NAME, _MENDED, _IN_SUMMARY = 1.0, 0.85, 0.45
_COVERAGE, _LIKENESS = 0.7, 0.3
# One character may stand in any of so many pairs.
_PAIRS_MAX = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question in tokens.

    weights: how much each says. meant: for a token that nobody knows, groups of tokens of which
    one was probably meant as a whole.
    """

    text: str
    weights: dict[str, float]
    meant: dict[str, list[frozenset[str]]]

    @property
    def tokens(self) -> list[str]:
        """Everything to look for, in an order that does not change."""
        others = {token for groups in self.meant.values() for group in groups for token in group}
        return [*self.weights, *sorted(others - self.weights.keys())]


def asked_of(words: Sequence[str], vocabulary: Vocabulary) -> Asked:
    """The question as this catalogue understands it."""
    known = [token for run in words for token in (pairs(run) if is_chinese(run) else [run])]
    meant: dict[str, list[frozenset[str]]] = defaultdict(list)
    for run in words:
        for token, group in _meant(run, vocabulary):
            meant[token].append(group)
    return Asked(
        text="".join(words),
        weights={token: vocabulary.telling(token) or _UNKNOWN for token in known},
        meant=dict(meant),
    )


def fit(entry: Entry, asked: Asked) -> float:
    """The share of the question that the entry answers, and how like its names the question is."""
    if not asked.weights:
        return 0.0
    named, said = _text(entry.phrases), _text((entry.summary.zh, entry.summary.en))
    answered = sum(
        weight * _answer(token, asked, named, said) for token, weight in asked.weights.items()
    )
    coverage = answered / sum(asked.weights.values())
    if not coverage:
        return 0.0
    likeness = max(fuzz.ratio(asked.text, phrase) for phrase in named.lines) / 100
    return _COVERAGE * coverage + _LIKENESS * likeness


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """Texts of an entry in plain form. Two Chinese characters that stand together are a token."""

    lines: list[str]
    whole: str
    latin: frozenset[str]

    def has(self, token: str) -> bool:
        return token in self.whole if is_chinese(token) else token in self.latin


@lru_cache(maxsize=8192)
def _text(texts: tuple[str, ...]) -> _Text:
    whole = plain("\n".join(texts))
    latin = frozenset(run for run in runs(whole) if not is_chinese(run))
    return _Text(lines=whole.split("\n"), whole=whole, latin=latin)


def _answer(token: str, asked: Asked, named: _Text, said: _Text) -> float:
    """How well one token of the question is answered."""
    if named.has(token):
        return _IN_NAME
    if any(all(map(named.has, group)) for group in asked.meant.get(token, ())):
        return _MENDED
    return _IN_SUMMARY if said.has(token) else 0.0


def _meant(run: str, vocabulary: Vocabulary) -> Iterator[tuple[str, frozenset[str]]]:
    if not is_chinese(run):
        if run not in vocabulary:
            yield from ((run, frozenset((word,))) for word in vocabulary.like(run))
    elif len(run) == 1:
        for pair in vocabulary.with_character(run)[:_PAIRS_MAX]:
            yield run, frozenset((pair,))
    else:
        for span, passage in vocabulary.passages_like(run):
            group = frozenset(pairs(passage))
            yield from ((pair, group) for pair in pairs(span) if pair not in vocabulary)
