"""Which version of an item a file changes, and from which day the changed one holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tongban.core.items.item import Item
from tongban.core.items.problem import Problem, problem
from tongban.core.items.succession import first_day_after


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """versions: the one that holds and those to come. base: the one that the file changes.

    sure: whether the file leaves no doubt of it. today: the day on which it is checked.
    """

    versions: Sequence[Item]
    base: Item | None
    sure: bool
    today: date

    def is_unchanged(self, item: Item) -> bool:
        """Whether the item says what the version says that it would change."""
        compared = self.versions if not self.sure else [self.base] if self.base else []
        return any(self._said(item, each) == self._said(each, each) for each in compared)

    def settled(self, item: Item) -> Item:
        """The next version; a first day that has passed already is no plan any more."""
        newest = max((each.version for each in self.versions), default=item.version - 1)
        return replace(self._said(item, item), version=newest + 1)

    def _said(self, item: Item, other: Item) -> Item:
        passed = item.effective_from is not None and item.effective_from < self.today
        first = None if passed else item.effective_from
        return replace(item, version=other.version, effective_from=first)

    def find_clashes(self, item: Item) -> Iterator[Problem]:
        """What keeps this from being published next to the versions that stand."""
        first = item.effective_from
        if not self.sure:
            yield self._doubt()
        if first is not None and first < self.today and not self._had(first):
            yield problem(
                "effective_from",
                (f"{first}已经过去，版本不能倒签", f"{first} has passed; no version is backdated"),
                (
                    "填今天或者以后的日期；空着就是发布当天生效",
                    "write today or a later day; empty means from its publication on",
                ),
            )
        yield from (self._taken(each) for each in self.versions if self._would_replace(each, item))

    def _had(self, first: date) -> bool:
        return self.base is not None and self.base.effective_from == first

    def _would_replace(self, other: Item, item: Item) -> bool:
        """Whether another version to come than the one that was changed begins on the same day."""
        first = first_day_after(item, self.today)
        changed = self.base is not None and other.version == self.base.version
        return self.sure and not changed and first is not None and other.effective_from == first

    def _doubt(self) -> Problem:
        zh = "，".join(_named(each)[0] for each in self.versions)
        en = ", ".join(_named(each)[1] for each in self.versions)
        numbers = "/".join(str(each.version) for each in self.versions)
        days = "/".join(str(each.effective_from) for each in self.versions[1:])
        remedy = (
            f"“事项版本”填{numbers}；或者“计划生效日期”填今天改现行的，填{days}改将来的",
            f"事项版本 (Version) is {numbers}, or 计划生效日期 (First day) today or {days}",
        )
        return problem(
            "version",
            (f"没有写改的是哪一版：{zh}", f"it does not say which version it changes: {en}"),
            remedy,
        )

    def _taken(self, other: Item) -> Problem:
        named, base = _named(other), self.base.version if self.base else 0
        return problem(
            "effective_from",
            (
                f"{named[0]}，而这一行改的是第{base}版",
                f"{named[1]}, and this row changes version {base}",
            ),
            (
                f"要改那一版，“事项版本”填{other.version}，并写出它的内容；不改的，换一天",
                f"to change that one, its 事项版本 (Version) is {other.version}; or move the day",
            ),
        )


def edition_of(
    versions: Sequence[Item], *, version: int | None, first_day: date | None, today: date
) -> Edition:
    """The version that a row means: the one it names, or the one that its first day names."""
    named = next((each for each in versions if each.version == version), None)
    dated = next(
        (each for each in versions[1:] if first_day and each.effective_from == first_day), None
    )
    now = versions[0] if versions else None
    at_once = first_day is not None and first_day <= today
    sure = len(versions) <= 1 or version is not None or dated is not None or at_once
    return Edition(versions=versions, base=named or dated or now, sure=sure, today=today)


def _named(item: Item) -> tuple[str, str]:
    if item.effective_from is None:
        return f"现在是第{item.version}版", f"version {item.version} holds now"
    return (
        f"{item.effective_from}起是第{item.version}版",
        f"version {item.version} holds from {item.effective_from} on",
    )
