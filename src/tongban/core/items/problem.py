"""What is wrong with one field of an item, and what its author can do."""

from dataclasses import dataclass

from tongban.core.words import Words

#: The Chinese words, then the English.
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """field: path such as "materials[2].code"; remedy: what its author can do."""

    field: str
    reason: Words
    remedy: Words


def problem(field: str, reason: Pair, remedy: Pair) -> Problem:
    """A problem from pairs of Chinese and English."""
    return Problem(field=field, reason=_words(reason), remedy=_words(remedy))


def _words(pair: Pair) -> Words:
    return Words(zh=pair[0], en=pair[1])
