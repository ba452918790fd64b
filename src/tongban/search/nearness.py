"""Telling what was asked for from what is near: another act on the thing, or another thing."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tongban.search.entry import Entry
from tongban.search.fit import Asked, fit

# The same thing by another act: always less than sure.
_NEAR = 0.59
# Two things fit a word equally well if not by more than this.
_ABOUT = 0.1
# The same act on another thing comes after what is at least about the thing.
_AFTER = 0.99


class Scored(NamedTuple):
    """An entry with how well it fits, and whether it is for another act."""

    entry: Entry
    fit: float
    near: bool = False


def told_apart(scored: list[Scored], thing: Asked) -> list[Scored]:
    """The same, less sure where an entry is near, or is about another thing than a near one.

    thing: the question without the acts that it names.
    """
    if not any(each.near for each in scored):
        return scored
    best = max(each.fit for each in scored if each.near) * _NEAR
    another = _about_another(scored, thing)
    return [_less_sure(each, best, another) for each in scored]


def _less_sure(scored: Scored, best: float, another: AbstractSet[str]) -> Scored:
    if scored.near:
        return scored._replace(fit=scored.fit * _NEAR)
    if scored.entry.item in another:
        return scored._replace(fit=min(scored.fit * _NEAR, best * _AFTER))
    return scored


def _about_another(scored: list[Scored], thing: Asked) -> set[str]:
    """Items that fit the thing worse than one that is for another act does; none for no thing."""
    fits = {each.entry.item: fit(each.entry, thing) for each in scored}
    least = max(fits[each.entry.item] for each in scored if each.near) - _ABOUT
    return {item for item, score in fits.items() if score < least}
