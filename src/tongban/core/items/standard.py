"""A common standard of one basic item (同标准办理), and how far each place keeps it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.core import canonical
from tongban.core.cases.events import Mode
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import is_basic_code
from tongban.core.items.comparison import money
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.plain_codes import is_number
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardMaterial:
    """A material that may be asked for; code: as items name it."""

    code: str
    name: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """What every place that keeps it grants people at least.

    materials: nothing beyond them is required. A place may ask for less, be faster and cheaper.
    fee_fen_max: of all fees together. modes: at least these. number: its publisher's, under which
    its versions follow each other. publisher: node name; "" until it is published.
    """

    number: str
    version: int
    title: Words
    issuer: Words
    published_on: date
    basic_code: str
    materials: tuple[StandardMaterial, ...]
    promised_days_max: int
    visits_max: int
    fee_fen_max: int
    results: tuple[Words, ...]
    modes: tuple[Mode, ...]
    illustrative: bool = False
    publisher: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One normative field at one place; kept: whether the place keeps the standard there."""

    field: Words
    asked: Words
    found: Words
    kept: bool


def parse_standard(mapping: Mapping[str, Any]) -> Standard:
    """Read a standard as its author wrote it; raises DocumentInvalid naming the field."""
    return check_standard(parse_document(mapping, Standard))


def check_standard(standard: Standard) -> Standard:
    """The same standard where its fields make sense; raises DocumentInvalid naming the field."""
    for field, reason in _problems(standard):
        raise DocumentInvalid(field, reason)
    return standard


def read_standard(document: bytes) -> Standard:
    """Read a standard's canonical document; raises NotCanonical or DocumentInvalid."""
    return check_standard(canonical.decode(document, Standard))


def standard_document(standard: Standard) -> bytes:
    """The canonical bytes that are published and that partners pin."""
    return canonical.encode(standard)


def standard_digest(standard: Standard) -> str:
    """What an entry names the version by."""
    return canonical.digest(standard_document(standard))


def conformance(item: Item, standard: Standard) -> tuple[Finding, ...]:
    """Every normative field, and whether the item keeps it."""
    return tuple(finding for rule in _RULES for finding in rule(item, standard))


def fees_of(item: Item) -> int:
    """All fees together, in fen."""
    return sum(fee.amount_fen for fee in item.fees)


def _problems(standard: Standard) -> Iterator[tuple[str, str]]:
    if not is_basic_code(standard.basic_code):
        yield "basic_code", "not a basic code of 12 digits"
    if not is_number(standard.number):
        yield "number", "not a number of letters, digits and separators, such as G60/S-1"
    if standard.version < 1:
        yield "version", "versions are counted from 1"
    if not standard.title.zh.strip():
        yield "title.zh", "a standard has a title"
    for name in ("promised_days_max", "visits_max", "fee_fen_max"):
        if getattr(standard, name) < 0:
            yield name, "not a natural number"
    codes = [line.code for line in standard.materials]
    if len(set(codes)) < len(codes):
        yield "materials", "a material stands there twice"
    if len(set(standard.modes)) < len(standard.modes):
        yield "modes", "a way to handle the item stands there twice"


def _materials(item: Item, standard: Standard) -> Iterator[Finding]:
    known = {line.code for line in standard.materials}
    beyond = [
        line.name
        for line in item.materials
        if line.necessity is Necessity.REQUIRED and line.code not in known
    ]
    yield Finding(
        field=Words(zh="申请材料", en="Materials"),
        asked=_all([line.name for line in standard.materials]),
        found=Words(
            zh=f"多要 {len(beyond)} 份：{_all(beyond).zh}" if beyond else "没有多要",
            en=f"{len(beyond)} more: {_all(beyond).en}" if beyond else "nothing more is asked",
        ),
        kept=not beyond,
    )


def _limit(item: Item, standard: Standard) -> Iterator[Finding]:
    days = item.limits.promised_days
    yield _at_most(
        Words(zh="承诺办结时限（工作日）", en="Promised working days"),
        days,
        standard.promised_days_max,
    )


def _visits(item: Item, standard: Standard) -> Iterator[Finding]:
    yield _at_most(Words(zh="到办事现场次数", en="Visits"), item.visits, standard.visits_max)


def _fees(item: Item, standard: Standard) -> Iterator[Finding]:
    fen = fees_of(item)
    most = money(standard.fee_fen_max)
    yield Finding(
        field=Words(zh="收费", en="Fees"),
        asked=Words(zh=f"不超过 {most.zh}", en=f"at most {most.en}"),
        found=money(fen),
        kept=fen <= standard.fee_fen_max,
    )


def _results(item: Item, standard: Standard) -> Iterator[Finding]:
    given = {line.name.zh for line in item.results}
    yield Finding(
        field=Words(zh="审批结果", en="Results"),
        asked=_all(standard.results),
        found=_all([line.name for line in item.results]),
        kept={line.zh for line in standard.results} <= given,
    )


def _modes(item: Item, standard: Standard) -> Iterator[Finding]:
    offered = {offer.mode for offer in item.modes}
    yield Finding(
        field=Words(zh="通办方式", en="Ways to handle it"),
        asked=_all([MODE_WORDS[mode] for mode in standard.modes]),
        found=_all([MODE_WORDS[offer.mode] for offer in item.modes]),
        kept=set(standard.modes) <= offered,
    )


def _at_most(field: Words, found: int, most: int) -> Finding:
    return Finding(
        field=field,
        asked=Words(zh=f"不超过 {most}", en=f"at most {most}"),
        found=Words(zh=str(found), en=str(found)),
        kept=found <= most,
    )


def _all(names: "list[Words] | tuple[Words, ...]") -> Words:
    if not names:
        return Words(zh="无", en="none")
    return Words(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))


MODE_WORDS: Mapping[Mode, Words] = {
    Mode.ALL_ONLINE: Words(zh="全程网办", en="online throughout"),
    Mode.DELEGATED_INTAKE: Words(zh="异地代收代办", en="taken in elsewhere"),
}

_RULES: tuple[Callable[[Item, Standard], Iterator[Finding]], ...] = (
    _materials,
    _limit,
    _visits,
    _fees,
    _results,
    _modes,
)
