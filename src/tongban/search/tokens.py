"""Cutting words for the index: pairs of characters for Chinese, whole words for Latin letters.

Pairs, because Chinese is written without spaces and most words people look for have two
characters; an index of triples finds none of those.
"""

import re
import unicodedata
from functools import cache
from operator import add

from tongban.catalogue.characters import load_simplified

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+")
_FIRST_CHINESE = "\u3400"


def plain(text: str) -> str:
    """Small letters, ordinary forms of full-width and compatible characters, simplified ones."""
    return simplified(unicodedata.normalize("NFKC", text).lower())


def simplified(text: str) -> str:
    """The text with a simplified character for every traditional one."""
    return _traditional().sub(lambda hit: load_simplified()[hit.group()], text)


@cache
def _traditional() -> re.Pattern[str]:
    """To look for them first costs a tenth of translating each text of a million."""
    return re.compile(f"[{''.join(load_simplified())}]")


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
