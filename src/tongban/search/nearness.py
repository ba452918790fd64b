"""Telling what was asked for from what is near: another act on the thing, or another thing."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tongban.search.entry import Entry
from tongban.search.fit import Asked, answered_share

# The same thing by another act: always less than sure.
_NEAR = 0.59
# Of two items both are about the thing whose shares of it differ by no more.
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

    thing: the question without the acts that it names; where nothing is left, nothing is sure.
    """
    if not thing.wishes:
        return [each._replace(fit=each.fit * _NEAR) for each in scored]
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
    """Items that answer less of the thing than one that is for another act does."""
    shares = {each.entry.item: answered_share(each.entry, thing) for each in scored}
    least = max(shares[each.entry.item] for each in scored if each.near) - _ABOUT
    return {item for item, share in shares.items() if share < least}
