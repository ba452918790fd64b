"""Versions of one item one after the other: which holds on a day, and what a new one replaces.

Versions are in the order of their first days. A version is coming while its first day is still
ahead; the one that holds until then stands beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tongban.core.items.item import Item


def in_effect(versions: Sequence[Item], day: date) -> Item | None:
    """The last that may be applied for; a later version takes the place of an earlier one."""
    return next((each for each in reversed(versions) if each.in_effect_on(day)), None)


def coming(versions: Iterable[Item], day: date) -> tuple[Item, ...]:
    """Those that take effect after the day."""
    return tuple(each for each in versions if first_day_after(each, day) is not None)


def standing_on(versions: Sequence[Item], day: date) -> tuple[Item, ...]:
    """The one that holds on the day and those that come; the last where none does or will."""
    now = in_effect(versions, day)
    return (*((now,) if now else ()), *coming(versions, day)) or tuple(versions[-1:])


def holding_on(versions: Sequence[Item], day: date) -> Item:
    """The one that holds on the day; else the first that comes, or the last that there was."""
    return standing_on(versions, day)[0]


def newest_of(versions: Iterable[Item]) -> Item:
    """The one that was published last, whenever it takes effect."""
    return max(versions, key=lambda each: each.version)


def base_of(versions: Sequence[Item], new: Item, day: date) -> Item | None:
    """Which of them a new one changes that does not say so: the one of its first day, or now's."""
    first = first_day_after(new, day)
    same = (each for each in coming(versions, day) if each.effective_from == first)
    return next(same, None) or (holding_on(versions, day) if versions else None)


def succeeded(versions: Sequence[Item], new: Item, base: Item | None, day: date) -> list[Item]:
    """What stands when the new version is published on the day.

    It takes the place of what begins on the same day as it, and of the version that it changes
    where that one is still to come.
    """
    first = first_day_after(new, day)
    now = in_effect(versions, day)
    kept = [
        each
        for each in coming(versions, day)
        if each.effective_from != first and (base is None or each.version != base.version)
    ]
    if first is not None and now is not None:
        kept.append(now)
    return sorted([*kept, new], key=lambda each: first_day_after(each, day) or date.min)


def first_day_after(item: Item, day: date) -> date | None:
    """The version's first day where that is still ahead; None where it holds at once."""
    first = item.effective_from
    return first if first is not None and first > day else None
