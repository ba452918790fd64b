"""The parts of a guide below its answer: steps, fees, figures, offices, data, and origins."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tongban.core.items.classification import HandlingForm, Service
from tongban.core.items.decision import Answers, DecisionRow, Given, asked_fields, decide
from tongban.core.items.explanation import Aspect, Origin, Parameter, Unit
from tongban.core.items.handling import Fee, SpecialProcedure, Step
from tongban.core.items.item import Item
from tongban.core.items.lists import ListLine
from tongban.core.items.material import Signatory
from tongban.core.items.providers import Gap, Resolution, resolve
from tongban.core.words import Words
from tongban.pages.components import Tone
from tongban.pages.node_access import surroundings
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A name with what is said of it, and a quieter note."""

    name: str
    words: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Supply:
    """A line of the four lists: what it is, who provides it, and what it saves people."""

    name: str
    tag: str
    tone: Tone
    words: str
    saves: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One row of the decision table. answers: empty for every case that is left.

    name: of the situation; "" where the item is not for this case, and note says what is.
    """

    answers: tuple[str, ...]
    name: str
    materials: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sections:
    """Everything of the guide that people read when they want to know more.

    steps_note: what the days noted at steps are; "" where none are noted.
    """

    situations: tuple[str, ...]
    cases: tuple[Case, ...]
    signatories: tuple[Row, ...]
    steps: tuple[Row, ...]
    steps_note: str
    special: tuple[Row, ...]
    fees: tuple[Row, ...]
    figures: tuple[Row, ...]
    results: tuple[Row, ...]
    doors: str
    services: str
    supplies: tuple[Supply, ...]
    produces: tuple[str, ...]
    origins: tuple[str, ...]


def sections_of(item: Item) -> Sections:
    """The sections for this item, in the reader's language."""
    return Sections(
        situations=tuple(said(line.name) for line in item.handling_items),
        cases=tuple(_case(item, row) for row in item.decisions),
        signatories=tuple(_signatory(item, line) for line in item.signatories),
        steps=tuple(_step(step) for step in item.steps),
        steps_note=_steps_note(item),
        special=tuple(_special(procedure) for procedure in item.special_procedures),
        fees=tuple(_fee(fee) for fee in item.fees),
        figures=tuple(_figure(line) for line in item.parameters),
        results=tuple(
            Row(name=said(each.name), words=_validity(each.validity)) for each in item.results
        ),
        doors=_joined(_FORMS[form]() for form in item.handling_forms),
        services=_joined(_SERVICES[service]() for service in item.services),
        supplies=tuple(_supply(item, line) for line in resolve(item, surroundings().providers)),
        produces=tuple(_produced(item)),
        origins=tuple(_origins(item)),
    )


def case_of(item: Item, answers: Answers) -> Case | None:
    """Which case it is of somebody who answered so; None while what decides it is not answered."""
    decides = asked_fields(item.decisions, item.form)
    answered = all(answers.get(field.name) for field in decides)
    row = decide(item.decisions, answers) if answered else None
    return _case(item, row) if row else None


def days_words(days: int) -> str:
    """A number of working days in words; at once for none."""
    if not days:
        return gettext("当场办结")
    return ngettext("%(count)s 个工作日", "%(count)s 个工作日", days) % {"count": days}


def money(fen: int) -> str:
    """An amount in yuan, whole where it is."""
    yuan = f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"
    return gettext("%(yuan)s 元") % {"yuan": yuan}


def _case(item: Item, row: DecisionRow) -> Case:
    situation = next((each for each in item.handling_items if each.code == row.handling_item), None)
    needed = situation.materials if situation else ()
    return Case(
        answers=tuple(_answer(item, given) for given in row.when),
        name=said(situation.name) if situation else "",
        materials=tuple(said(each.name) for each in item.materials if each.code in needed),
        note=said(row.says) if row.says else "",
    )


def _answer(item: Item, given: Given) -> str:
    """The question of the form and the answers to it; a table names only what the form has."""
    field = next(each for each in item.form.fields if each.name == given.field)
    chosen = [said(each.label) for each in field.options if each.value in given.values]
    return gettext("%(question)s：%(answer)s") % {
        "question": said(field.label),
        "answer": gettext("或者").join(chosen),
    }


def _signatory(item: Item, line: Signatory) -> Row:
    """Who signs what; an item names only materials that it has."""
    signed = [said(each.name) for each in item.materials if each.code in line.materials]
    note = gettext("每一位都要签") if line.each else ""
    return Row(name=said(line.name), words=_joined(signed), note=note)


def _step(step: Step) -> Row:
    return Row(
        name=said(step.name),
        words=said(step.what),
        note=_joined(
            [
                *([_longest(step, step.days)] if step.days is not None else []),
                *([said(step.basis)] if step.basis else []),
            ]
        ),
    )


def _longest(step: Step, days: int) -> str:
    """How long a step takes at most; the law's maximum is not what the place promises."""
    if not days:
        return days_words(days)
    most = gettext("法定最长 %(days)s") if step.basis else gettext("最长 %(days)s")
    return most % {"days": days_words(days)}


def _steps_note(item: Item) -> str:
    if not any(step.days for step in item.steps):
        return ""
    promised = days_words(item.limits.promised_days)
    return gettext("承诺全部办好：%(promised)s。下面注明的是每一步最长的时间。") % {
        "promised": promised
    }


def _special(procedure: SpecialProcedure) -> Row:
    counted = gettext("计入法定时限") if procedure.counted else gettext("不计入法定时限")
    return Row(
        name=said(procedure.name),
        words=days_words(procedure.days),
        note=_joined([counted, said(procedure.basis)]),
    )


def _fee(fee: Fee) -> Row:
    notes = [said(fee.basis)]
    if fee.reducible:
        notes.append(said(fee.reduction) if fee.reduction else gettext("可以减免"))
    name = said(fee.name) if fee.name else gettext("费用")
    return Row(name=name, words=money(fee.amount_fen), note=_joined(notes))


def _figure(line: Parameter) -> Row:
    words = _UNITS[line.unit]() % {"value": line.value}
    return Row(name=said(line.name), words=words, note=said(line.note) if line.note else "")


def _validity(words: Words | None) -> str:
    return gettext("有效期 %(words)s") % {"words": said(words)} if words else ""


def _supply(item: Item, line: Resolution) -> Supply:
    name, saves = said(line.line.name), _joined(_saved(item, line.line))
    if line.provider is None:
        gap = _GAPS[line.gap or Gap.NO_PROVIDER]()
        return Supply(name=name, tag=gettext("取不到"), tone=Tone.WAIT, words=gap)
    return Supply(
        name=name,
        tag=gettext("能取到"),
        tone=Tone.GOOD,
        words=said(line.provider.name),
        saves=saves,
    )


def _saved(item: Item, line: ListLine) -> Iterator[str]:
    """What people need not type or bring because of the line."""
    if line.fields:
        yield gettext("这一项不用您再填")
    for code in line.materials:
        material = item.material(code)
        if material is not None:
            yield gettext("可以代替：%(material)s") % {"material": said(material.name)}


def _produced(item: Item) -> Iterator[str]:
    if item.lists is not None:
        for line in (*item.lists.data_produced, *item.lists.certificates_issued):
            yield said(line.name)


def _origins(item: Item) -> Iterator[str]:
    for line in item.provenance:
        yield gettext("%(about)s：%(origin)s") % {
            "about": _ASPECTS[line.about](),
            "origin": _ORIGINS[line.origin](),
        } + (f" — {line.source}" if line.source else "")


def _joined(parts: Iterator[str] | list[str]) -> str:
    return " · ".join(parts)


_FORMS: Mapping[HandlingForm, Callable[[], str]] = {
    HandlingForm.WINDOW: lambda: gettext("窗口"),
    HandlingForm.WEB: lambda: gettext("电脑上网"),
    HandlingForm.MOBILE: lambda: gettext("手机"),
    HandlingForm.COURIER: lambda: gettext("快递"),
    HandlingForm.OTHER: lambda: gettext("其他方式"),
}
_SERVICES: Mapping[Service, Callable[[], str]] = {
    Service.HALL: lambda: gettext("政务大厅有窗口"),
    Service.APPOINTMENT: lambda: gettext("可以预约"),
    Service.ONLINE_PAYMENT: lambda: gettext("可以网上缴费"),
    Service.COURIER: lambda: gettext("结果可以邮寄"),
    Service.TERMINAL: lambda: gettext("自助机可以办"),
}
_UNITS: Mapping[Unit, Callable[[], str]] = {
    Unit.PERCENT: lambda: gettext("%(value)s％"),
    Unit.YUAN: lambda: gettext("%(value)s 元"),
    Unit.MONTHS: lambda: gettext("%(value)s 个月"),
    Unit.DAYS: lambda: gettext("%(value)s 天"),
    Unit.TIMES: lambda: gettext("%(value)s 期"),
}
_GAPS: Mapping[Gap, Callable[[], str]] = {
    Gap.NOT_SHARED: lambda: gettext("不予共享，要自己带"),
    Gap.NO_PROVIDER: lambda: gettext("还没有人提供，要自己带或者自己填"),
    Gap.NOT_OFFERED: lambda: gettext("提供方还没有开放，要自己带或者自己填"),
}
_ASPECTS: Mapping[Aspect, Callable[[], str]] = {
    Aspect.NAME: lambda: gettext("事项名称"),
    Aspect.RULES: lambda: gettext("条件、材料和依据"),
    Aspect.LOCAL_VALUES: lambda: gettext("本地的时限、标准、地址和电话"),
}
_ORIGINS: Mapping[Origin, Callable[[], str]] = {
    Origin.SOURCED: lambda: gettext("有出处"),
    Origin.MEMORY: lambda: gettext("凭记忆整理，没有核对原文"),
    Origin.ILLUSTRATIVE: lambda: gettext("为演示虚构"),
}
