"""Whether an item's fields agree with each other; software relies on all of this."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tongban.core.items.classification import CaseType, CodeKind
from tongban.core.items.codes import (
    is_basic_code,
    is_code,
    is_credit_code,
    is_handling_code,
    is_implementation_code,
    is_local_code,
    is_place_code,
    level_of,
    owner_of,
)
from tongban.core.items.explanation import Origin
from tongban.core.items.item import Item
from tongban.core.items.lists import Share
from tongban.core.items.problem import Problem


def find_contradictions(item: Item) -> Iterator[Problem]:
    """Everything in the item that contradicts something else in it or the shape of its codes."""
    for rule in RULES:
        yield from rule(item)


def _codes(item: Item) -> Iterator[Problem]:
    national = item.code_kind is CodeKind.NATIONAL
    if national and not is_implementation_code(item.code):
        yield Problem(
            field="code",
            reason="not an implementation code 实施编码 of 31 characters",
            remedy="mend it, or set code_kind to local or legacy where it follows another rule",
        )
    if not is_local_code(item.code):
        yield Problem(field="code", reason="not a code of up to 50 printable characters")
    if item.basic_code and not is_basic_code(item.basic_code):
        yield Problem(field="basic_code", reason="not a basic code 基本编码 of 12 digits")
    if not is_place_code(item.place):
        yield Problem(field="place", reason="not a place code of 6 digits (GB/T 2260)")


def _owner(item: Item) -> Iterator[Problem]:
    field = "organisation.code"
    if not is_credit_code(item.organisation.code):
        yield Problem(field=field, reason="the check character does not fit (GB 32100)")
    elif item.code_kind is not CodeKind.NATIONAL:
        return
    elif owner_of(item.code) != item.organisation.code:
        yield Problem(field=field, reason="the code belongs to another organisation")
    elif item.level is not None and level_of(item.code) != item.level:
        yield Problem(
            field="level", reason=f"the code says level {level_of(item.code)}, not {item.level}"
        )


def _handling_items(item: Item) -> Iterator[Problem]:
    known = {line.code for line in item.materials}
    for index, line in enumerate(item.handling_items):
        where = f"handling_items[{index}]"
        if not is_handling_code(line.code, item.code):
            yield Problem(
                field=f"{where}.code",
                reason="not a handling item code 业务办理项编码",
                remedy=f"write {item.code} and two digits",
            )
        for code in sorted(set(line.materials) - known):
            yield Problem(field=f"{where}.materials", reason=f"the item has no material {code}")


def _signatories(item: Item) -> Iterator[Problem]:
    known = {line.code for line in item.materials}
    for index, line in enumerate(item.signatories):
        for code in sorted(set(line.materials) - known):
            where = f"signatories[{index}].materials"
            yield Problem(field=where, reason=f"the item has no material {code}")


def _limits(item: Item) -> Iterator[Problem]:
    limits = item.limits
    if limits.promised_days < 0 or (limits.legal_days or 0) < 0 or item.visits < 0:
        yield Problem(field="limits", reason="days and visits cannot be negative")
    if limits.legal_days is not None and limits.promised_days > limits.legal_days:
        yield Problem(
            field="limits.promised_days",
            reason="a promise may only shorten the legal limit",
            remedy=f"promise {limits.legal_days} working days or fewer (优化营商环境条例 36)",
        )
    if item.case_type is CaseType.INSTANT and limits.promised_days:
        yield Problem(
            field="limits.promised_days",
            reason="what is done at once (即办件) has a promise of 0 days",
            remedy="promise 0, or make it case_type 2 (承诺件)",
        )


def _days(item: Item) -> Iterator[Problem]:
    for index, step in enumerate(item.steps):
        if step.days is not None and step.days < 0:
            yield Problem(field=f"steps[{index}].days", reason="days cannot be negative")
    for index, procedure in enumerate(item.special_procedures):
        if procedure.days <= 0:
            where = f"special_procedures[{index}].days"
            yield Problem(field=where, reason="a special procedure takes at least a day")


def _fees(item: Item) -> Iterator[Problem]:
    first = [("fee", item.fee)] if item.fee else []
    further = [(f"further_fees[{index}]", fee) for index, fee in enumerate(item.further_fees)]
    for where, fee in first + further:
        if fee.amount_fen <= 0:
            yield Problem(
                field=f"{where}.amount_fen",
                reason="a fee is above 0",
                remedy="leave it out where it is free",
            )
        if fee.reduction is not None and not fee.reducible:
            yield Problem(
                field=f"{where}.reducible", reason="it is said when it is reduced, but not that"
            )


def _names(item: Item) -> Iterator[Problem]:
    yield from _unique("materials", [line.code for line in item.materials])
    yield from _unique("modes", [offer.mode for offer in item.modes])
    yield from _unique("handling_items", [line.code for line in item.handling_items])
    yield from _unique("signatories", [line.code for line in item.signatories])
    yield from _unique("parameters", [line.code for line in item.parameters])
    if not item.modes:
        yield Problem(field="modes", reason="an item is handled in at least one mode")


def _copies(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.materials):
        if line.originals < 0 or line.copies < 0:
            yield Problem(field=f"materials[{index}]", reason="copies cannot be negative")


def _form(item: Item) -> Iterator[Problem]:
    properties = item.form.schema.get("properties")
    if not isinstance(properties, dict):
        yield Problem(
            field="form.schema.properties", reason="the form's schema describes an object"
        )
        return
    names = [field.name for field in item.form.fields]
    yield from _unique("form.fields", names)
    for name in sorted(set(names) ^ properties.keys()):
        reason = f"{name} is not in both the schema and the fields"
        yield Problem(field="form.fields", reason=reason)


def _asked_twice(item: Item) -> Iterator[Problem]:
    """政务数据共享条例 19: what sharing brings is not collected from people once more."""
    if item.lists is None:
        return
    asked = {field.name: index for index, field in enumerate(item.form.fields)}
    for line in item.lists.data_used:
        for name in line.fields:
            if name in asked and line.share is not Share.NOT_SHARED:
                yield Problem(
                    field=f"form.fields[{asked[name]}]",
                    reason=f"{name} already comes with {line.code} of the list of data used",
                    remedy="take it out of the form (政务数据共享条例 19)",
                )


def _lists(item: Item) -> Iterator[Problem]:
    if item.lists is None:
        return
    known = {material.code for material in item.materials}
    for line in item.lists.used():
        for code in sorted(set(line.materials) - known):
            yield Problem(field="lists", reason=f"{line.code} brings {code}, which nobody asks for")
    yield from _unique("lists.data_used", [line.code for line in item.lists.data_used])
    certificates = [line.code for line in item.lists.certificates_used]
    yield from _unique("lists.certificates_used", certificates)


def _effect(item: Item) -> Iterator[Problem]:
    first, last = item.effective_from, item.effective_until
    if first is not None and last is not None and last < first:
        yield Problem(field="effective_until", reason="it ends before it begins")


def _origins(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.provenance):
        if line.origin is Origin.SOURCED and not line.source:
            yield Problem(
                field=f"provenance[{index}].source",
                reason="it is said to have a source, and none is named",
                remedy="name the source, or set origin to memory",
            )


def _unique(field: str, values: Iterable[str]) -> Iterator[Problem]:
    for value, times in Counter(values).items():
        if times > 1:
            yield Problem(field=field, reason=f"{value} appears {times} times")
        if not is_code(value):
            reason = f"{value} is not printable ASCII, and entries name it"
            yield Problem(field=field, reason=reason)


RULES: tuple[Callable[[Item], Iterator[Problem]], ...] = (
    _codes,
    _owner,
    _limits,
    _days,
    _fees,
    _names,
    _copies,
    _handling_items,
    _signatories,
    _form,
    _asked_twice,
    _lists,
    _effect,
    _origins,
)
