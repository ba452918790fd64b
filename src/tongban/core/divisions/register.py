"""Looking divisions up by code and by name; pure, made once out of the shipped tables."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from tongban.core.divisions.division import Division, DivisionChange


class DivisionRegister:
    """All divisions of one day, with the changes that led to them.

    changes: asked for when a change is first needed; a node that only knows places never needs any.
    """

    def __init__(
        self,
        divisions: Iterable[Division],
        changes: Callable[[], Iterable[DivisionChange]] = tuple,
    ) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._read_changes = changes

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Division | None:
        """The division that has this code today."""
        return self._by_code.get(code)

    def named(self, name: str) -> tuple[Division, ...]:
        """Divisions with this full or short name, such as 松江; the higher level first."""
        return tuple(sorted(self._named.get(name, ()), key=by_height))

    def parent(self, code: str) -> Division | None:
        """What stands directly above: a prefecture where there is one, else the province."""
        above = (code[:4] + "00", code[:2] + "0000")
        return next((self._by_code[up] for up in above if up != code and up in self._by_code), None)

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """What stands above, the nearest first."""
        parent = self.parent(code)
        return () if parent is None else (parent, *self.ancestors(parent.code))

    def children(self, code: str) -> tuple[Division, ...]:
        """What stands directly below, by code."""
        below = (each for each in self._by_code if each != code)
        found = (each for each in below if (up := self.parent(each)) and up.code == code)
        return tuple(self._by_code[each] for each in sorted(found))

    def changes_of(self, code: str) -> tuple[DivisionChange, ...]:
        """What happened to the divisions that had this code, oldest first."""
        return tuple(sorted(self._changes.get(code, ()), key=lambda each: each.year))

    def changes_to(self, code: str) -> tuple[DivisionChange, ...]:
        """The changes that led to this code from another, oldest first."""
        leading = (
            change
            for changes in self._changes.values()
            for change in changes
            if change.new.code == code != change.old.code
        )
        return tuple(sorted(leading, key=lambda each: each.year))

    def successor(self, code: str) -> Division | None:
        """The division that a code leads to today: itself, or what replaced it; None if unknown.

        A change before the code was gained is somebody else's, so years only go forward.
        """
        year, seen = 0, {code}
        while code not in self._by_code:
            later = [each for each in self.changes_of(code) if each.year >= year]
            if not later or later[-1].new.code in seen:
                return None
            year, code = later[-1].year, later[-1].new.code
            seen.add(code)
        return self._by_code[code]

    @cached_property
    def _named(self) -> dict[str, list[Division]]:
        named: dict[str, list[Division]] = {}
        for division in self:
            for name in {division.name, division.short}:
                named.setdefault(name, []).append(division)
        return named

    @cached_property
    def _changes(self) -> dict[str, list[DivisionChange]]:
        """By the code that was."""
        changes: dict[str, list[DivisionChange]] = {}
        for change in self._read_changes():
            changes.setdefault(change.old.code, []).append(change)
        return changes


def by_height(division: Division) -> tuple[int, str]:
    """Provinces first, then prefectures, then counties, each by code."""
    code = division.code
    return (code[2:4] != "00") + (code[4:] != "00"), code
