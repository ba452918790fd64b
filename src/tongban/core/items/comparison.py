"""The same basic item in several places, field by field, and how alike they are.

Compared is what decides what people must bring, do, wait and pay; names, addresses and telephones
differ by nature. How the similarity is defined stands in docs/explanation/comparing-items.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tongban.core.items.classification import HandlingForm
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.item import Item
from tongban.core.items.material import Material, Medium, Necessity
from tongban.core.words import Words

#: Short names of places by code.
PlaceNames = Mapping[str, Words]
NO_NAMES: PlaceNames = {}


class Facet(StrEnum):
    """What of an item is compared; each counts alike."""

    CONDITIONS = "conditions"
    MATERIALS = "materials"
    STEPS = "steps"
    LIMITS = "limits"
    FEES = "fees"
    RESULTS = "results"
    VISITS = "visits"
    MODES = "modes"
    PARAMETERS = "parameters"


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """One thing that an item asks or gives.

    key: the same in every place. value: as people read it. mark: what has to be equal.
    """

    key: str
    name: Words
    value: Words
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One element in each place; cells: None where a place does not have it."""

    facet: Facet
    key: str
    name: Words
    cells: tuple[Words | None, ...]
    same: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How alike two items are, as a whole and by facet; 1 is equal, 0 nothing in common."""

    whole: Fraction
    by_facet: Mapping[Facet, Fraction]


def basic_code_of(item: Item) -> str:
    """The 基本编码 by which the same item is found in other places.

    The item's own code where it names none: then no other place has the same.
    """
    return item.basic_code or catalogue_code_of(item.code) or item.code


def compare(items: Sequence[Item], names: PlaceNames = NO_NAMES) -> tuple[Row, ...]:
    """Every element of every item, with what each place says of it.

    names: with them, a place that names itself in its conditions does not differ by that.
    """
    return tuple(row for facet in Facet for row in _rows(facet, items, names))


def differences(one: Item, other: Item, names: PlaceNames = NO_NAMES) -> tuple[Row, ...]:
    """The elements in which two items differ."""
    return tuple(row for row in compare((one, other), names) if not row.same)


def likeness(one: Item, other: Item, names: PlaceNames = NO_NAMES) -> Likeness:
    """The mean over all facets of the share of elements that are equal in both."""
    by_facet = {
        facet: _share(_marks(facet, one, names), _marks(facet, other, names)) for facet in Facet
    }
    return Likeness(whole=sum(by_facet.values(), Fraction(0)) / len(by_facet), by_facet=by_facet)


def percent(share: Fraction) -> int:
    """A share in whole percent, so that only what is equal is called 100."""
    return int(share * 100)


def _rows(facet: Facet, items: Sequence[Item], names: PlaceNames) -> Iterator[Row]:
    by_place = [
        {element.key: element for element in _ELEMENTS[facet](item, names)} for item in items
    ]
    for key in dict.fromkeys(key for elements in by_place for key in elements):
        found = [elements.get(key) for elements in by_place]
        known = next(element for element in found if element is not None)
        yield Row(
            facet=facet,
            key=key,
            name=known.name,
            cells=tuple(element.value if element else None for element in found),
            same=len({element.mark if element else None for element in found}) == 1,
        )


def _marks(facet: Facet, item: Item, names: PlaceNames) -> frozenset[tuple[str, str]]:
    return frozenset((element.key, element.mark) for element in _ELEMENTS[facet](item, names))


def _share(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> Fraction:
    """Equal elements among all; where neither place has any, they are equal in that too."""
    return Fraction(len(one & other), len(one | other)) if one | other else Fraction(1)


def _conditions(item: Item, names: PlaceNames) -> Iterator[Element]:
    own = names.get(item.place)
    for line in item.conditions:
        words = Words(zh=line.zh, en=line.en)
        if own is not None:
            words = Words(
                zh=line.zh.replace(own.zh, _HERE.zh), en=line.en.replace(own.en, _HERE.en)
            )
        yield Element(key=words.zh, name=words, value=_YES, mark="")


def _materials(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for line in item.materials:
        words = [_NECESSITY[line.necessity], _MEDIUM[line.medium]]
        if line.original_check:
            words.append(_ORIGINAL)
        yield Element(key=line.code, name=line.name, value=_joined(words), mark=_mark_of(line))


def _mark_of(line: Material) -> str:
    return f"{line.necessity}/{line.medium}/{line.original_check}"


def _steps(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for line in item.steps:
        value = _longest(line.days) if line.days is not None else _YES
        yield Element(key=line.name.zh, name=line.name, value=value, mark=str(line.days))


def _limits(item: Item, _names: PlaceNames) -> Iterator[Element]:
    limits = item.limits
    if limits.legal_days is not None:
        mark = str(limits.legal_days)
        yield Element(key="legal", name=_LEGAL, value=_days(limits.legal_days), mark=mark)
    mark = str(limits.promised_days)
    yield Element(key="promised", name=_PROMISED, value=_days(limits.promised_days), mark=mark)


def _fees(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for line in item.fees:
        name = line.name or _FEE
        yield Element(
            key=name.zh, name=name, value=money(line.amount_fen), mark=str(line.amount_fen)
        )


def _results(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for line in item.results:
        value = line.validity or _YES
        yield Element(key=line.name.zh, name=line.name, value=value, mark=f"{line.kind}/{value.zh}")


def _visits(item: Item, _names: PlaceNames) -> Iterator[Element]:
    count = item.visits
    value = Words(zh=f"{count} 次", en=f"{count}")
    yield Element(key="visits", name=_VISITS, value=value, mark=str(count))


def _modes(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for offer in item.modes:
        yield Element(key=offer.mode, name=_MODES[offer.mode], value=_YES, mark="")
    for form in item.handling_forms:
        yield Element(key=f"form/{form}", name=_FORMS[form], value=_YES, mark="")


def _parameters(item: Item, _names: PlaceNames) -> Iterator[Element]:
    for line in item.parameters:
        mark = f"{line.value} {line.unit}"
        zh, en = _UNITS[line.unit]
        value = Words(zh=f"{line.value}{zh}", en=f"{line.value}{en}")
        yield Element(key=line.code, name=line.name, value=value, mark=mark)


def _joined(parts: Sequence[Words]) -> Words:
    return Words(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def _days(count: int) -> Words:
    if count == 0:
        return Words(zh="当场办结", en="at once")
    return Words(zh=f"{count} 个工作日", en=f"{count} working days")


def _longest(count: int) -> Words:
    """What a step takes at most, which is not what the place promises."""
    if count == 0:
        return _days(count)
    return Words(zh=f"最长 {count} 个工作日", en=f"{count} working days at most")


def money(fen: int) -> Words:
    """An amount in yuan as people read it."""
    amount = f"{fen // 100}" if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"
    return Words(zh=f"{amount} 元", en=f"{amount} yuan")


_HERE = Words(zh="本地", en="this place")
_YES = Words(zh="有", en="yes")
_FEE = Words(zh="收费", en="fee")
_LEGAL = Words(zh="法定办结时限", en="legal limit")
_PROMISED = Words(zh="承诺办结时限", en="promised limit")
_VISITS = Words(zh="到办事现场次数", en="visits")
_ORIGINAL = Words(zh="核验原件", en="original checked")

_NECESSITY: Mapping[Necessity, Words] = {
    Necessity.REQUIRED: Words(zh="必要", en="required"),
    Necessity.OPTIONAL: Words(zh="非必要", en="optional"),
    Necessity.MAY_FOLLOW: Words(zh="可容缺后补", en="may follow"),
}
_MEDIUM: Mapping[Medium, Words] = {
    Medium.PAPER: Words(zh="纸质", en="on paper"),
    Medium.ELECTRONIC: Words(zh="电子", en="electronic"),
    Medium.EITHER: Words(zh="纸质或电子", en="paper or electronic"),
}
_MODES: Mapping[str, Words] = {
    "all_online": Words(zh="全程网办", en="online throughout"),
    "delegated_intake": Words(zh="异地代收代办", en="taken in elsewhere"),
}
_FORMS: Mapping[HandlingForm, Words] = {
    HandlingForm.WINDOW: Words(zh="窗口办理", en="at a counter"),
    HandlingForm.WEB: Words(zh="网上办理", en="on the web"),
    HandlingForm.MOBILE: Words(zh="移动端办理", en="on a phone"),
    HandlingForm.COURIER: Words(zh="快递申请", en="by courier"),
    HandlingForm.OTHER: Words(zh="其他方式", en="another way"),
}
_UNITS: Mapping[str, tuple[str, str]] = {
    "percent": ("%", "%"),
    "yuan": (" 元", " yuan"),
    "months": (" 个月", " months"),
    "days": (" 天", " days"),
    "times": (" 次", " times"),
}

_ELEMENTS: Mapping[Facet, Callable[[Item, PlaceNames], Iterator[Element]]] = {
    Facet.CONDITIONS: _conditions,
    Facet.MATERIALS: _materials,
    Facet.STEPS: _steps,
    Facet.LIMITS: _limits,
    Facet.FEES: _fees,
    Facet.RESULTS: _results,
    Facet.VISITS: _visits,
    Facet.MODES: _modes,
    Facet.PARAMETERS: _parameters,
}
