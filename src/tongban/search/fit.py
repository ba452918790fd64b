"""How well an entry answers a question, between 0 and 1; the same for every engine."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from tongban.search.entry import Entry
from tongban.search.question import words_of
from tongban.search.tokens import is_chinese, pairs, plain, runs
from tongban.search.vocabulary import Vocabulary

# What nobody knows counts against a result less than what is known and missing in it.
_UNKNOWN = 0.7
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


def asked_of(words: Sequence[str], vocabulary: Vocabulary) -> Asked:
    """The question as this catalogue understands it."""
    known = [token for run in words for token in (pairs(run) if is_chinese(run) else [run])]
    meant: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for run in words:
        for token, group in _meant(run, vocabulary):
            meant[token][group] = None
    wishes = tuple(
        Wish(
            sought=_sought(token),
            weight=vocabulary.telling(token) or _UNKNOWN,
            meant=tuple(tuple(map(_sought, group)) for group in meant[token]),
        )
        for token in dict.fromkeys(known)
    )
    guessed = [token for groups in meant.values() for group in groups for token in group]
    return Asked(text="".join(words), wishes=wishes, tokens=tuple(dict.fromkeys(known + guessed)))


def fit(entry: Entry, asked: Asked) -> float:
    """The share of the question that the entry answers, and how like its names the question is."""
    if not asked.wishes:
        return 0.0
    layers = _layers(entry)
    answered = sum(
        wish.weight * max(worth * _answer(wish, text) for worth, _, text in layers)
        for wish in asked.wishes
    )
    if not answered:
        return 0.0
    coverage = answered / sum(wish.weight for wish in asked.wishes)
    likeness = max(worth * _likeness(asked.text, lines) for worth, lines, _ in layers[:-1])
    return _COVERAGE * coverage + _LIKENESS * likeness


def _layers(entry: Entry) -> list[tuple[float, list[str], str]]:
    """The texts of an entry with what it is worth to be found in them; the summary comes last."""
    return [
        (_IN_NAME, *_searchable(entry.phrases)),
        (_IN_KEYWORD, *_searchable(entry.keywords)),
        (_IN_SUMMARY, *_searchable((entry.summary.zh, entry.summary.en))),
    ]


def _likeness(asked: str, lines: list[str]) -> float:
    """How like the question the likest of these lines is."""
    found = process.extractOne(asked, lines, scorer=fuzz.ratio)
    return found[1] / 100 if found else 0.0


def _answer(wish: Wish, text: str) -> float:
    """How well one token of the question is answered by a text."""
    if wish.sought in text:
        return 1.0
    return _MENDED if any(all(token in text for token in group) for group in wish.meant) else 0.0


@lru_cache(maxsize=8192)
def _searchable(texts: tuple[str, ...]) -> tuple[list[str], str]:
    """The texts as questions are compared with them, and all their runs between blanks.

    Among the runs tokens are looked for: two Chinese characters that stand together are one; a
    Latin word has blanks around it.
    """
    lines = [plain(text) for text in texts]
    words = ["".join(words_of(line)) for line in lines]
    return words, f" {' '.join(run for line in lines for run in runs(line))} "


def _sought(token: str) -> str:
    return token if is_chinese(token) else f" {token} "


def _meant(run: str, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not is_chinese(run):
        if run not in vocabulary:
            yield from ((run, (word,)) for word in vocabulary.like(run))
    elif len(run) == 1:
        for pair in vocabulary.with_character(run)[:_PAIRS_MAX]:
            yield run, (pair,)
    else:
        for span, passage in vocabulary.passages_like(run):
            group = tuple(pairs(passage))
            yield from ((pair, group) for pair in pairs(span) if pair not in vocabulary)
