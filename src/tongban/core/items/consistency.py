"""Whether an item's fields agree with each other; software relies on all of this."""

from collections.abc import Callable, Iterable, Iterator

from tongban.core.items.classification import CaseType
from tongban.core.items.codes import is_code, is_handling_code
from tongban.core.items.coding import find_wrong_codes, find_wrong_owner
from tongban.core.items.decision import find_unknown
from tongban.core.items.explanation import Origin
from tongban.core.items.item import Item
from tongban.core.items.lists import Share
from tongban.core.items.problem import Pair, Problem, problem

_NO_FEWER: Pair = ("填0或者更大的整数", "write 0 or a larger whole number")


def find_contradictions(item: Item) -> Iterator[Problem]:
    """Everything in the item that contradicts something else in it or the shape of its codes."""
    for rule in RULES:
        yield from rule(item)


def _handling_items(item: Item) -> Iterator[Problem]:
    known = {line.code for line in item.materials}
    for index, line in enumerate(item.handling_items):
        where = f"handling_items[{index}]"
        if not is_handling_code(line.code, item.code):
            yield problem(
                f"{where}.code",
                ("不是业务办理项编码", "not a handling item code 业务办理项编码"),
                (f"写{item.code}再加两位数字", f"write {item.code} and two digits"),
            )
        for code in sorted(set(line.materials) - known):
            yield _no_material(f"{where}.materials", code)


def _no_material(field: str, code: str) -> Problem:
    return problem(
        field,
        (f"本事项没有材料“{code}”", f"the item has no material {code}"),
        (
            "写“申请材料”里有的材料代码，或者先在那里加上它",
            "write codes of the sheet 申请材料 (Materials), or add it there first",
        ),
    )


def _decisions(item: Item) -> Iterator[Problem]:
    yield from find_unknown(item.decisions, item.form, item.handling_items)


def _signatories(item: Item) -> Iterator[Problem]:
    known = {line.code for line in item.materials}
    for index, line in enumerate(item.signatories):
        for code in sorted(set(line.materials) - known):
            yield _no_material(f"signatories[{index}].materials", code)


def _limits(item: Item) -> Iterator[Problem]:
    limits = item.limits
    for where, count in (
        ("limits.legal_days", limits.legal_days or 0),
        ("limits.promised_days", limits.promised_days),
        ("visits", item.visits),
    ):
        if count < 0:
            yield problem(
                where, ("天数和次数不能是负数", "days and visits cannot be negative"), _NO_FEWER
            )
    if limits.legal_days is not None and limits.promised_days > limits.legal_days:
        yield problem(
            "limits.promised_days",
            ("承诺时限只能比法定时限短", "a promise may only shorten the legal limit"),
            (
                f"承诺{limits.legal_days}个工作日以内（优化营商环境条例第三十六条）",
                f"promise {limits.legal_days} working days or fewer (优化营商环境条例 36)",
            ),
        )
    if item.case_type is CaseType.INSTANT and limits.promised_days:
        yield problem(
            "limits.promised_days",
            (
                "即办件当场办结，承诺时限是0",
                "what is done at once (即办件) has a promise of 0 days",
            ),
            ("承诺0天，或者改成承诺件", "promise 0, or make it case_type 2 (承诺件)"),
        )


def _days(item: Item) -> Iterator[Problem]:
    for index, step in enumerate(item.steps):
        if step.days is not None and step.days < 0:
            reason = ("天数不能是负数", "days cannot be negative")
            yield problem(f"steps[{index}].days", reason, _NO_FEWER)
    for index, procedure in enumerate(item.special_procedures):
        if procedure.days <= 0:
            reason = ("特别程序至少一天", "a special procedure takes at least a day")
            remedy = (
                "写工作日数，没有特别程序的删掉这一行",
                "write its days, or leave the row out",
            )
            yield problem(f"special_procedures[{index}].days", reason, remedy)


def _fees(item: Item) -> Iterator[Problem]:
    first = [("fee", item.fee)] if item.fee else []
    further = [(f"further_fees[{index}]", fee) for index, fee in enumerate(item.further_fees)]
    for where, fee in first + further:
        if fee.amount_fen <= 0:
            yield problem(
                f"{where}.amount_fen",
                ("收费金额要大于0", "a fee is above 0"),
                ("不收费的不要写这一行", "leave it out where it is free"),
            )
        if fee.reduction is not None and not fee.reducible:
            reason = (
                "写了何时减免，却没有写允许减免",
                "it is said when it is reduced, but not that",
            )
            remedy = (
                "是否允许减免填“是”，或者删去减免说明",
                "say 是 (yes) under 是否允许减免 (Can be reduced), or take out when",
            )
            yield problem(f"{where}.reducible", reason, remedy)


def _names(item: Item) -> Iterator[Problem]:
    yield from _unique("materials", [line.code for line in item.materials])
    yield from _unique("modes", [offer.mode for offer in item.modes])
    yield from _unique("handling_items", [line.code for line in item.handling_items])
    yield from _unique("signatories", [line.code for line in item.signatories])
    yield from _unique("parameters", [line.code for line in item.parameters])
    if not item.modes:
        reason = ("至少要有一种通办方式", "an item is handled in at least one mode")
        remedy = (
            "在“通办方式”里加一行；只在本地窗口办的，不放进这个目录",
            "add a row on the sheet 通办方式 (Modes); an item of its own counter alone stays out",
        )
        yield problem("modes", reason, remedy)


def _copies(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.materials):
        for name, count in (("originals", line.originals), ("copies", line.copies)):
            if count < 0:
                reason = ("份数不能是负数", "copies cannot be negative")
                yield problem(f"materials[{index}].{name}", reason, _NO_FEWER)


def _form(item: Item) -> Iterator[Problem]:
    properties = item.form.schema.get("properties")
    if not isinstance(properties, dict):
        reason = ("表单的模式描述的要是一个对象", "the form's schema describes an object")
        remedy = ("给模式写出properties", "give the schema its properties")
        yield problem("form.schema.properties", reason, remedy)
        return
    names = [field.name for field in item.form.fields]
    yield from _unique("form.fields", names)
    for name in sorted(set(names) ^ properties.keys()):
        reason = (
            f"{name}没有同时写在模式和字段里",
            f"{name} is not in both the schema and the fields",
        )
        remedy = ("两处都写，或者都删去", "write it in both, or in neither")
        yield problem("form.fields", reason, remedy)


def _asked_twice(item: Item) -> Iterator[Problem]:
    """政务数据共享条例 19: what sharing brings is not collected from people once more."""
    if item.lists is None:
        return
    asked = {field.name: index for index, field in enumerate(item.form.fields)}
    for line in item.lists.data_used:
        for name in line.fields:
            if name in asked and line.share is not Share.NOT_SHARED:
                yield problem(
                    f"form.fields[{asked[name]}]",
                    (
                        f"用数清单的{line.code}已经带来{name}",
                        f"{name} already comes with {line.code} of the list of data used",
                    ),
                    (
                        "从表单里去掉，没有人提供的从“四清单”里去掉（政务数据共享条例第十九条）",
                        (
                            "take it out of the form, or out of the sheet 四清单 (Four lists) "
                            "where nobody provides it (政务数据共享条例 19)"
                        ),
                    ),
                )


def _lists(item: Item) -> Iterator[Problem]:
    if item.lists is None:
        return
    known = {material.code for material in item.materials}
    for line in item.lists.used():
        for code in sorted(set(line.materials) - known):
            reason = (
                f"{line.code}带来的{code}并没有人要",
                f"{line.code} brings {code}, which nobody asks for",
            )
            remedy = (
                "从“免交的材料”里去掉，或者在“申请材料”里加上它",
                "take it out of 免交的材料, or add it on the sheet 申请材料 (Materials)",
            )
            yield problem("lists", reason, remedy)
    yield from _unique("lists.data_used", [line.code for line in item.lists.data_used])
    certificates = [line.code for line in item.lists.certificates_used]
    yield from _unique("lists.certificates_used", certificates)


def _effect(item: Item) -> Iterator[Problem]:
    first, last = item.effective_from, item.effective_until
    if first is not None and last is not None and last < first:
        yield problem(
            "effective_until",
            ("取消在生效之前", "it ends before it begins"),
            (
                f"计划取消日期填{first}或者以后；不取消的空着",
                f"write {first} or a later day, or leave it empty where no end is planned",
            ),
        )


def _origins(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.provenance):
        if line.origin is Origin.SOURCED and not line.source:
            yield problem(
                f"provenance[{index}].source",
                ("说有来源，却没有写来源", "it is said to have a source, and none is named"),
                ("写出来源，或者改成“凭记忆”", "name the source, or set origin to memory"),
            )


def _unique(field: str, values: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        where = f"{field}[{index}]"
        if value in seen:
            reason = (f"{value}重复了，前面已有", f"{value} is there already")
            yield problem(where, reason, ("删去一个，或者改正", "take one out, or mend it"))
        elif not is_code(value):
            reason = (
                f"{value}不是可打印的ASCII字符，而日志要写它",
                f"{value} is not printable ASCII, and entries name it",
            )
            remedy = ("用半角字母、数字和符号", "write letters, digits and signs of ASCII")
            yield problem(where, reason, remedy)
        seen.add(value)


RULES: tuple[Callable[[Item], Iterator[Problem]], ...] = (
    find_wrong_codes,
    find_wrong_owner,
    _limits,
    _days,
    _fees,
    _names,
    _copies,
    _handling_items,
    _decisions,
    _signatories,
    _form,
    _asked_twice,
    _lists,
    _effect,
    _origins,
)
