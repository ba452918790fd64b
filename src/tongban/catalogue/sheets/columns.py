"""The plan of a sheet: its columns, and which part of an item its rows are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tongban.catalogue.sheets.kinds import TEXT, Kind

#: An item, or a part of one, as mappings and lists (msgspec.to_builtins).
Plain = dict[str, Any]

#: The first column of every sheet: whose row it is.
CODE_HEADING, CODE_ENGLISH = "实施编码", "Implementation code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """key: path in the row's mapping, such as "name.zh". needed: an empty cell is a mistake.

    heading: the standard's name, which stands in the file; english: what it means.
    """

    heading: str
    english: str
    key: str
    kind: Kind = TEXT
    needed: bool = False
    wide: bool = False

    @property
    def both(self) -> str:
        """The heading with its meaning, for English sentences."""
        return with_meaning(self.heading, self.english)


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """field: which field of the item the rows are; "" where a row is the item itself.

    rows_of: the part of an item as mappings of a row each. put: the way back. paths: by what path
    the rules of items name each row.
    """

    name: str
    english: str
    field: str
    columns: tuple[Column, ...]
    rows_of: Callable[[Plain], Sequence[Plain]]
    put: Callable[[Plain, list[Plain]], None]
    paths: Callable[[Sequence[Plain]], Iterator[str]]

    @property
    def both(self) -> str:
        """The name with its meaning, for English sentences."""
        return with_meaning(self.name, self.english)

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        """Columns by what stands above them."""
        return {column.heading: column for column in self.columns}

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row of the sheet."""
        return (CODE_HEADING, *(column.heading for column in self.columns))


def list_plan(name: str, english: str, field: str, columns: tuple[Column, ...]) -> SheetPlan:
    """A sheet whose rows are the entries of one list of the item."""

    def rows_of(item: Plain) -> Sequence[Plain]:
        held: Sequence[Plain] = item.get(field) or ()
        return held

    def put(item: Plain, rows: list[Plain]) -> None:
        item[field] = rows

    def paths(rows: Sequence[Plain]) -> Iterator[str]:
        return (f"{field}[{index}]" for index in range(len(rows)))

    return SheetPlan(
        name=name,
        english=english,
        field=field,
        columns=columns,
        rows_of=rows_of,
        put=put,
        paths=paths,
    )


def words(
    heading: str, english: str, key: str = "", *, needed: bool = False
) -> tuple[Column, Column]:
    """Two columns for what is said in both languages; without a key the row itself is the words."""
    path = f"{key}." if key else ""
    return (
        Column(heading=heading, english=english, key=f"{path}zh", needed=needed, wide=True),
        Column(
            heading=f"{heading}（英文）",
            english=f"{english} (English)",
            key=f"{path}en",
            needed=needed,
            wide=True,
        ),
    )


def with_meaning(chinese: str, english: str) -> str:
    """A name as it stands in the file, and in brackets what it means where that is known."""
    return f"{chinese} ({english})" if english else chinese


def get(plain: Mapping[str, Any], key: str) -> Any:
    """What stands at the path; None where nothing does."""
    held: Any = plain
    for name in key.split("."):
        held = held.get(name) if isinstance(held, Mapping) else None
    return held


def put(plain: Plain, key: str, value: Any) -> None:
    """Put a value at the path."""
    *way, last = key.split(".")
    for name in way:
        held = plain.get(name)
        if not isinstance(held, dict):
            held = plain[name] = {}
        plain = held
    plain[last] = value


def clear(plain: Plain, key: str) -> None:
    """Take out what stands at the path, and what is empty without it."""
    name, _, rest = key.partition(".")
    held = plain.get(name)
    if rest and isinstance(held, dict):
        clear(held, rest)
        if not held:
            del plain[name]
    else:
        plain.pop(name, None)
