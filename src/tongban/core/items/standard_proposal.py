"""What several places ask and give for one item, as a beginning for a common standard."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from tongban.core.cases.events import Mode
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.items.standard import Standard, StandardMaterial, fees_of
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice:
    """What at least one place asks or gives; places: how many do. code: of a result, its words."""

    code: str
    name: Words
    places: int


def asked_materials(items: Sequence[Item]) -> tuple[Practice, ...]:
    """Materials that places require, those of most places first."""
    return _counted(_required(item) for item in items)


def given_results(items: Sequence[Item]) -> tuple[Practice, ...]:
    """What comes out, at most places first."""
    return _counted([(line.name.zh, line.name) for line in item.results] for item in items)


def offering(items: Sequence[Item], mode: Mode) -> int:
    """How many places handle the item in this way."""
    return sum(any(offer.mode is mode for offer in item.modes) for item in items)


def propose_standard(items: Sequence[Item], day: date) -> Standard:
    """What most places keep already: materials that more than half ask, the figures of the middle.

    items: of one basic item, at least one. Its author changes what is wrong, and gives it a number.
    """
    first = items[0]
    return Standard(
        number="",
        version=1,
        title=Words(zh=f"{first.name.zh}统一标准", en=f"{first.name.en}: common standard"),
        issuer=Words(zh="", en=""),
        published_on=day,
        basic_code=basic_code_of(first),
        materials=tuple(
            StandardMaterial(code=each.code, name=each.name)
            for each in asked_materials(items)
            if each.places * 2 > len(items)
        ),
        promised_days_max=median_low([item.limits.promised_days for item in items]),
        visits_max=median_low([item.visits for item in items]),
        fee_fen_max=median_low([fees_of(item) for item in items]),
        results=tuple(each.name for each in given_results(items) if each.places == len(items)),
        modes=tuple(mode for mode in Mode if offering(items, mode) == len(items)),
    )


def _required(item: Item) -> Iterator[tuple[str, Words]]:
    for line in item.materials:
        if line.necessity is Necessity.REQUIRED:
            yield line.code, line.name


def _counted(places: Iterable[Iterable[tuple[str, Words]]]) -> tuple[Practice, ...]:
    names: dict[str, Words] = {}
    counts: dict[str, int] = {}
    for place in places:
        for code, name in dict(place).items():
            names.setdefault(code, name)
            counts[code] = counts.get(code, 0) + 1
    found = (Practice(code=code, name=name, places=counts[code]) for code, name in names.items())
    return tuple(sorted(found, key=lambda each: -each.places))
