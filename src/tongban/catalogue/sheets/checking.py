"""Holds a file to every rule of items, and says what it would change; writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from tongban.catalogue.sheets.assembling import Assembled, assemble
from tongban.catalogue.sheets.columns import Plain
from tongban.catalogue.sheets.editions import Edition
from tongban.catalogue.sheets.forms import form_named
from tongban.catalogue.sheets.locating import locate
from tongban.catalogue.sheets.mistakes import Mistake, Mistakes
from tongban.catalogue.sheets.references import find_dangling
from tongban.catalogue.sheets.tables import Book, Tell, silent
from tongban.core.items.document import find_problems
from tongban.core.items.item import Item
from tongban.core.items.problem import Problem, problem
from tongban.core.items.succession import succeeded
from tongban.core.kinds import converted

#: How many items are checked between two words to whoever waits.
_ROUND = 100
#: Takes the place of a form that nobody named, so that the rest can be looked at.
_NO_FORM: Plain = {"schema": {"type": "object", "properties": {}}, "fields": []}
#: What an item has in any case, be it empty.
_LISTS = ("aliases", "keywords", "conditions", "materials", "modes", "legal_basis")
#: What a new item lacks when its other rows have another code, or are not there.
_ON_OTHER_SHEETS = frozenset({"result", "modes", "legal_basis", "is_fee"})
#: What the days of steps are held against.
_WHOLE_LIMITS = tuple(
    problem(field, ("", ""), ("", "")) for field in ("limits.legal_days", "limits.promised_days")
)
_NO_RESULT: Plain = {"name": {"zh": "", "en": ""}, "kind": "record"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Whose catalogue it is, and what stands in it.

    node: its name. places: codes of the places that it serves. today: from when on a version that
    is published now may hold. own: by code the version that holds and those to come. others: codes
    of its partners' items.
    """

    node: str
    places: frozenset[str]
    today: date
    own: Mapping[str, Sequence[Item]]
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An item that is new, or another version of one; before: the version that it changes.

    later: versions that take its place on a day to come.
    """

    item: Item
    before: Item | None
    later: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a file would do. Where there are mistakes there are no changes: all or nothing."""

    mistakes: tuple[Mistake, ...]
    changes: tuple[Change, ...]
    items: int


def check_book(book: Book, standing: Standing, tell: Tell = silent) -> Checked:
    """Every mistake of the file, or every change that it makes."""
    mistakes = Mistakes()
    for each in book.mistakes:
        mistakes.add(each)
    assembled = assemble(book, standing.own, standing.today, mistakes)
    changes = list(_changes(assembled, standing, mistakes, tell))
    found = mistakes.in_order(tuple(book.tables))
    return Checked(mistakes=found, changes=() if found else tuple(changes), items=len(assembled))


def _changes(
    assembled: list[Assembled], standing: Standing, mistakes: Mistakes, tell: Tell
) -> Iterator[Change]:
    for done, each in enumerate(assembled):
        if done % _ROUND == 0:
            tell("check", done, len(assembled))
        item = _item(each, standing, mistakes)
        if item is not None and not each.edition.is_unchanged(item):
            yield change_of(each.edition, each.edition.settled(item))
    tell("check", len(assembled), len(assembled))


def change_of(edition: Edition, item: Item) -> Change:
    """The change that publishing this version would make to what stands."""
    after = succeeded(edition.versions, item, edition.base, edition.today)
    later = tuple(after[after.index(item) + 1 :])
    return Change(item=item, before=edition.base, later=later)


def _item(assembled: Assembled, standing: Standing, mistakes: Mistakes) -> Item | None:
    """The item under the version that stands; None where it cannot be built at all."""
    edition = assembled.edition
    before = edition.base
    said = _Said(assembled.plain)
    plain = said.plain(before, standing.node)
    try:
        item = converted(plain, Item)
    except msgspec.ValidationError as error:
        _note(assembled, [_unfit(error)], mistakes)
        return None
    if said.form:
        item = replace(item, form=form_named(said.form, item))
    problems = [*said.missing(before), *find_problems(item), *find_dangling(item)]
    problems += [*_of_this_node(item, standing), *said.contradictions(item)]
    if not edition.is_unchanged(item):
        problems += [*said.staleness(edition), *edition.find_clashes(item)]
    _note(assembled, list(_without_consequences(assembled, problems, mistakes)), mistakes)
    return item


def _follows(
    each: Problem, problems: list[Problem], assembled: Assembled, mistakes: Mistakes
) -> bool:
    """Whether it is only said because something else of the item is missing or unreadable."""
    if each.field.startswith("decisions"):
        return any(other.field == "form" for other in problems)
    if each.field.startswith("steps") and each.field.endswith(".days"):
        return any(locate(assembled, other).spot in mistakes.spots for other in _WHOLE_LIMITS)
    return False


def _without_consequences(
    assembled: Assembled, problems: list[Problem], mistakes: Mistakes
) -> Iterator[Problem]:
    """One word of a new item that no other sheet knows, instead of one for each sheet."""
    alone = assembled.edition.base is None and not any(assembled.spots)
    problems = [each for each in problems if not _follows(each, problems, assembled, mistakes)]
    yield from (each for each in problems if not (alone and each.field in _ON_OTHER_SHEETS))
    if alone and all(each.field != "code" for each in problems):
        yield problem(
            "code",
            ("别的工作表里没有这个编码的行", "no other sheet has a row of this code"),
            (
                "编码写错的，改正；是新事项的，写出依据、通办方式和结果",
                "mend the code; a new item has its basis, modes and results on their sheets",
            ),
        )


class _Said:
    """What the columns say that no field of an item is."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self.form: str = plain.pop("form_name", "")
        self._version: int | None = plain.pop("version", None)
        self._has_fee: bool | None = plain.pop("is_fee", None)

    def plain(self, before: Item | None, node: str) -> Plain:
        """The whole item."""
        # Where every cell of them is empty, it offers none.
        services = self._plain.get("services", {})
        plain: Plain = dict.fromkeys(_LISTS, ())
        plain |= {"form": _NO_FORM, "result": _NO_RESULT, **self._plain}
        return plain | {
            "version": before.version if before else max(self._version or 1, 1),
            "competent": node,
            "limits": {"legal_days": None, **plain["limits"]},
            "result": plain["result"] or _NO_RESULT,
            "services": [name for name, offered in services.items() if offered],
        }

    def missing(self, before: Item | None) -> Iterator[Problem]:
        """What a file has to say of an item, and says nowhere."""
        if not self._plain.get("result"):
            yield problem(
                "result",
                ("没有写审批结果", "it does not say what the applicant gets"),
                ("在“结果”表里加一行", "add a row on the sheet 结果 (Results)"),
            )
        if before is None and not self.form:
            yield problem(
                "form",
                ("新事项要有表单", "a new item needs a form"),
                (
                    "在“申请表单”里选一个基本目录中的表单",
                    "choose one of the basic catalogue's in the column 申请表单 (Form)",
                ),
            )

    def contradictions(self, item: Item) -> Iterator[Problem]:
        """Columns that say something else than the rows."""
        if self._has_fee is not None and self._has_fee is not bool(item.fees):
            yield problem(
                "is_fee",
                (
                    f"是否收费与“收费”表不一致：那里有{len(item.fees)}行",
                    f"the sheet 收费 (Fees) says otherwise: it has {len(item.fees)} rows",
                ),
                (
                    "收费的写出每项收费及依据，不收费的填“否”",
                    "name each fee with its basis, or say 否 (no) where it is free",
                ),
            )

    def staleness(self, edition: Edition) -> Iterator[Problem]:
        """A version that does not stand any more."""
        numbers = [each.version for each in edition.versions]
        if not numbers or self._version is None or self._version in numbers:
            return
        zh, en = "、".join(map(str, numbers)), " or ".join(map(str, numbers))
        stand = "stand" if len(numbers) > 1 else "stands"
        yield problem(
            "version",
            (
                f"目录里现在是第{zh}版，表里写的是第{self._version}版",
                f"version {en.replace(' or ', ' and ')} {stand}, and the file says {self._version}",
            ),
            (
                f"重新导出再改；确实要覆盖的，这里填{zh}",
                f"export again and change that; to replace it all the same, write {en}",
            ),
        )


def _of_this_node(item: Item, standing: Standing) -> Iterator[Problem]:
    if item.code in standing.others:
        yield problem(
            "code",
            ("这是别处的事项", "this is another place's item"),
            ("只导入本地的事项", "import items of your own place"),
        )
    if item.place not in standing.places:
        yield problem(
            "place",
            (f"{item.place}不归这里管", f"{item.place} is not served here"),
            (
                f"填{'、'.join(sorted(standing.places))}",
                f"write {', '.join(sorted(standing.places))}",
            ),
        )


def _unfit(error: msgspec.ValidationError) -> Problem:
    """What no column's kind foresaw, such as a telephone of a contact without words."""
    reason, _, where = str(error).partition(" - at `$")
    return problem(
        where.removesuffix("`").removeprefix("."),
        (f"填写得不完整或者不对：{reason}", f"it is not complete, or not right: {reason}"),
        ("对照说明表填写", "see the explanation sheet"),
    )


def _note(assembled: Assembled, problems: list[Problem], mistakes: Mistakes) -> None:
    """Add what is new: of a cell that could not be read nothing more can be said."""
    located = [locate(assembled, each) for each in problems]
    for each in [each for each in located if each.spot not in mistakes.spots]:
        mistakes.add(each)
