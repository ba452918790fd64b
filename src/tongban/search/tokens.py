"""Cutting words for the index: pairs of characters for Chinese, whole words for Latin letters.

Pairs, because Chinese is written without spaces and most words people look for have two
characters; an index of triples finds none of those.
"""

import re
import unicodedata
from operator import add

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+")
_FIRST_CHINESE = "\u3400"


def plain(text: str) -> str:
    """Small letters, and the ordinary form of full-width and other compatible characters."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """Unbroken Chinese passages and Latin words; digits and signs only separate them."""
    return _RUN.findall(plain(text))


def is_chinese(run: str) -> bool:
    """Whether this run, or token, is Chinese."""
    return run[:1] >= _FIRST_CHINESE


def pairs(run: str) -> list[str]:
    """Two characters at a time; one character alone stands for itself."""
    return list(map(add, run, run[1:])) or [run]


def tokens(text: str) -> list[str]:
    """What a text is indexed under, in order, with repetitions."""
    found: list[str] = []
    for run in runs(text):
        if is_chinese(run):
            found += pairs(run)
        else:
            found.append(run)
    return found
