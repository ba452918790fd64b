"""Finding an item in plain words: pairs of characters for Chinese, whole words for English.

Everything is in memory: a node knows some hundred items and reads them all in a millisecond.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tongban.core.items.item import Item

_NAME, _ALIAS, _KEYWORD, _SUMMARY = 4.0, 4.0, 3.0, 1.0
_ENOUGH = 0.34
_LATIN = re.compile(r"[a-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Words that carry no matter: 我要在合肥开饭店 asks for 开饭店.
_EMPTY_WORDS = re.compile(r"我要|我想|想要|怎么|如何|办理|申请|请问|办|在|的|吗|呢")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An item with how well it fits, between 0 and 1."""

    item: Item
    score: float


def find(items: Iterable[Item], text: str, *, place: str = "") -> list[Found]:
    """Items that fit, those of the place with this code first; all of the place for no text."""
    asked = _tokens(_EMPTY_WORDS.sub(" ", text.lower()))
    found = (Found(item=item, score=_score(item, asked)) for item in items)
    fitting = [each for each in found if each.score >= _ENOUGH or not asked]
    return sorted(fitting, key=lambda each: (each.item.place != place, -each.score, each.item.code))


def _score(item: Item, asked: frozenset[str]) -> float:
    """The share of what was asked that the item's words answer, heavier words counting fully."""
    if not asked:
        return 0.0
    weights = _weights(item)
    return sum(min(weights.get(token, 0.0) / _KEYWORD, 1.0) for token in asked) / len(asked)


@lru_cache(maxsize=4096)
def _weights_of(texts: tuple[tuple[str, float], ...]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for text, weight in texts:
        for token in _tokens(text.lower()):
            weights[token] = max(weights.get(token, 0.0), weight)
    return weights


def _weights(item: Item) -> dict[str, float]:
    return _weights_of(tuple(_texts(item)))


def _texts(item: Item) -> Iterator[tuple[str, float]]:
    yield item.name.zh, _NAME
    yield item.name.en, _NAME
    yield item.summary.zh, _SUMMARY
    yield item.summary.en, _SUMMARY
    for alias in item.aliases:
        yield alias, _ALIAS
    for keyword in item.keywords:
        yield keyword, _KEYWORD


def _tokens(text: str) -> frozenset[str]:
    """Pairs of Chinese characters (one character alone stands for itself) and Latin words."""
    tokens = set(_LATIN.findall(text))
    for run in _CHINESE.findall(text):
        tokens |= {run} if len(run) == 1 else {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(tokens)
