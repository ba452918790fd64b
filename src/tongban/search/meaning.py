"""Search by meaning (按意思找), for questions that no word of the catalogue meets.

A model of texts is optional and stands behind a port. It only ever adds guesses: it is asked where
nothing surely fits, and nothing is surely what was wanted because it means something near.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Protocol

from tongban.search.entry import Entry
from tongban.search.index import ANYTHING, SearchIndex

# Short questions are near to everything and foreign ones far, so what counts is how far an item
# stands out from the one in the middle. The best of a plain question does so by some 0.08.
_FAR_OUT = 0.08
#: What stands out less is no answer; of 写诗 and 开发票 nothing does.
STANDS_OUT = 0.25
_NEAREST = 8
# Found by words as well as nearly sure, and by meaning as well as can be: still less than sure.
_BEST, _NEARLY_SURE = 0.59, 0.6
_EVERY_WORDING = 100_000


class TextModel(Protocol):
    """Tells how near in meaning a question is to texts; name: with its version."""

    @property
    def name(self) -> str:
        """What vectors are read by alone."""
        ...

    def vectors_of(self, texts: Sequence[str]) -> bytes:
        """What the model knows of these texts, in their order; it alone reads it."""
        ...

    def closeness(self, question: str, vectors: bytes) -> list[float]:
        """For each of these texts how near it is, at most 1."""
        ...


class Meaning:
    """Which items of one index mean about what a question means.

    waits: whether the first question waits until the model has read all items, which takes some
    50 ms an item; otherwise it reads aside, and until then nothing is found by meaning.
    """

    def __init__(self, index: SearchIndex, model: TextModel, *, waits: bool) -> None:
        self._index = index
        self._model = model
        self._waits = waits
        self._reading = threading.Lock()
        self._read: tuple[tuple[str, ...], bytes] | None = None

    def nearness(self, question: str) -> dict[str, float]:
        """Of each basic item how far it stands out for this question, from 0 to 1; nearest first.

        Empty where nothing stands out.
        """
        if self._read is None:
            self._begin()
        if self._read is None or not question or not self._read[0]:
            return {}
        basics, vectors = self._read
        closeness = self._model.closeness(question, vectors)
        middle = median(closeness)
        out = ((each - middle) / _FAR_OUT for each in closeness)
        near = {basic: min(max(each, 0.0), 1.0) for basic, each in zip(basics, out, strict=True)}
        if max(near.values()) < STANDS_OUT:
            return {}
        return dict(sorted(near.items(), key=lambda each: (-each[1], each[0])))

    def _begin(self) -> None:
        if self._waits:
            with self._reading:
                self._read = self._read or self._learnt()
        elif self._reading.acquire(blocking=False):
            threading.Thread(target=self._learn_aside, name="meaning", daemon=True).start()

    def _learn_aside(self) -> None:
        try:
            self._read = self._learnt()
        finally:
            self._reading.release()

    def _learnt(self) -> tuple[tuple[str, ...], bytes]:
        texts = texts_of(self._index.candidates((), ANYTHING, _EVERY_WORDING))
        return tuple(texts), self._model.vectors_of(list(texts.values()))


def texts_of(entries: Iterable[Entry]) -> Mapping[str, str]:
    """What each basic item is called, and what people type who mean it, by 基本编码."""
    texts: dict[str, str] = {}
    for entry in entries:
        if entry.basic not in texts:
            texts[entry.basic] = f"{'、'.join(entry.phrases)}。{'、'.join(entry.keywords)}"
    return texts


def guesses(nearness: Mapping[str, float]) -> list[str]:
    """Those that stand out, nearest first."""
    return [basic for basic, out in nearness.items() if out >= STANDS_OUT][:_NEAREST]


def fit_by_both(by_words: float, nearness: float) -> float:
    """How well something fits that no words surely meet; never surely."""
    return _BEST * (by_words / _NEARLY_SURE + nearness) / 2
