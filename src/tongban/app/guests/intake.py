"""A filled-in intake sheet (收件登记表): the intake that it tells of, or all that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation

from tongban.app.guests.intake_lines import (
    CHECKS,
    DELIVERIES,
    FIELD,
    FORMS,
    MATERIAL,
    NOT_BROUGHT,
    RECIPIENT,
    Row,
    options_of,
    rows_of,
)
from tongban.app.guests.reply import Mistake
from tongban.core.cases.events import Delivery, MaterialForm, PersonCheck
from tongban.core.items.item import Item
from tongban.core.items.material import Material
from tongban.core.words import Words
from tongban.pages.forms.complaints import complaints
from tongban.pages.forms.controls import value_from

#: What stands in each row: its cell, and its text.
Cells = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What a guest's counter took in. materials: in what form, by code."""

    day: date
    person_check: PersonCheck
    delivery: Delivery
    materials: Mapping[str, MaterialForm]
    answers: Mapping[str, Any] = field(repr=False)
    recipient: Mapping[str, str] = field(repr=False)


def check(
    cells: Cells, item: Item, *, scans: frozenset[str], today: date
) -> Intake | tuple[Mistake, ...]:
    """The intake that stands in the cells, or everything that is wrong with it.

    scans: codes of the materials whose files came with the sheet.
    """
    answers = dict(_answers(cells, item))
    mistakes = (
        *_of_choices(cells, item),
        *_of_day(cells, today),
        *_of_recipient(cells),
        *_of_answers(cells, item, answers),
        *_of_materials(cells, item, scans),
    )
    if mistakes:
        return mistakes
    brought = {each.code: cells[f"{MATERIAL}{each.code}"][1] for each in item.materials}
    return Intake(
        day=date.fromisoformat(cells["day"][1]),
        person_check=CHECKS[cells["check"][1]],
        delivery=DELIVERIES[cells["delivery"][1]],
        materials={code: FORMS[form] for code, form in brought.items() if form in FORMS},
        answers=answers,
        recipient=dict(_recipient(cells)),
    )


def _answers(cells: Cells, item: Item) -> Iterator[tuple[str, Any]]:
    """Typed as the form's schema says, as if somebody had typed them on a page."""
    for asked in item.form.fields:
        text = cells[f"{FIELD}{asked.name}"][1]
        typed = options_of(item, asked).get(text, text)
        value = value_from(typed, item.form.schema["properties"][asked.name])
        if value is not None:
            yield asked.name, value


def _recipient(cells: Cells) -> Iterator[tuple[str, str]]:
    for code, (_, text) in cells.items():
        if code.startswith(RECIPIENT):
            yield code.removeprefix(RECIPIENT), text


def _of_choices(cells: Cells, item: Item) -> Iterator[Mistake]:
    for row in rows_of(item):
        text = cells[row.code][1]
        left_out = not text and (row.code.startswith(FIELD) or NOT_BROUGHT in row.choices)
        if row.choices and text not in row.choices and not left_out:
            yield _mistake(
                cells,
                row,
                ("不在可选的里面", "this is none of the choices"),
                (f"请填{'、'.join(row.choices)}之一", f"write one of {', '.join(row.choices)}"),
            )


def _of_day(cells: Cells, today: date) -> Iterator[Mistake]:
    cell, text = cells["day"]
    remedy = Words(zh="请写成 2026-11-23 这样", en="write it as 2026-11-23")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield Mistake(cell=cell, what=Words(zh="不是日期", en="this is no day"), remedy=remedy)
        return
    if day > today:
        what = Words(zh="日期还没有到", en="the day is yet to come")
        yield Mistake(cell=cell, what=what, remedy=remedy)


def _of_recipient(cells: Cells) -> Iterator[Mistake]:
    if DELIVERIES.get(cells["delivery"][1]) is not Delivery.POST:
        return
    for name, text in _recipient(cells):
        if not text:
            yield Mistake(
                cell=cells[f"{RECIPIENT}{name}"][0],
                what=Words(zh="邮寄必须填写", en="the post needs this"),
                remedy=Words(zh="请填写", en="write it"),
            )


def _of_answers(cells: Cells, item: Item, answers: Mapping[str, Any]) -> Iterator[Mistake]:
    """What the page would say of the same answers, in both languages."""
    with translation.override("zh-hans"):
        chinese = complaints(item.form, answers)
    with translation.override("en"):
        english = complaints(item.form, answers)
    for name in chinese:
        yield Mistake(
            cell=cells[f"{FIELD}{name}"][0],
            what=Words(zh=chinese[name], en=english[name]),
            remedy=Words(zh="请改正", en="mend it"),
        )


def _of_materials(cells: Cells, item: Item, scans: frozenset[str]) -> Iterator[Mistake]:
    for material in item.materials:
        cell, text = cells[f"{MATERIAL}{material.code}"]
        found = _of_material(material, text, scanned=material.code in scans)
        if found:
            yield Mistake(cell=cell, what=found[0], remedy=found[1])


def _of_material(material: Material, text: str, *, scanned: bool) -> tuple[Words, Words] | None:
    brought = text in FORMS
    if brought and not scanned:
        return (
            Words(zh="没有它的扫描件", en="its scan did not come along"),
            Words(
                zh=f"请加 --material {material.code}=文件",
                en=f"name it with --material {material.code}=FILE",
            ),
        )
    if scanned and not brought:
        return (
            Words(zh="有扫描件，表上却没有写交了", en="there is a scan of what was not brought"),
            Words(zh="请选交来的是什么", en="choose in what form it was brought"),
        )
    if material.original_check and brought and FORMS[text] is not MaterialForm.ORIGINAL_SEEN:
        return (
            Words(zh="这一项必须核验原件", en="the original of this must be seen"),
            Words(zh="请核验原件后再收件", en="see the original, and take it in then"),
        )
    return None


def _mistake(cells: Cells, row: Row, what: tuple[str, str], remedy: tuple[str, str]) -> Mistake:
    return Mistake(
        cell=cells[row.code][0],
        what=Words(zh=what[0], en=what[1]),
        remedy=Words(zh=remedy[0], en=remedy[1]),
    )
