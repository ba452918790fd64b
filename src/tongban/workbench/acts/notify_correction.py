"""一次性告知: the one list of everything that has to be mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, NotifyCorrection
from tongban.core.cases.events import CorrectionLine
from tongban.core.entry import Actor
from tongban.core.items.item import Item
from tongban.core.words import Words
from tongban.pages.defects import DEFECTS
from tongban.pages.words import said
from tongban.projections.case_view import CaseView
from tongban.workbench import letters
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please

_REMARK_MAX = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A material or a question that may have to be mended; choices: defects with the chosen one."""

    code: str
    name: str
    is_material: bool
    choices: tuple[tuple[str, str, bool], ...]
    remark: str


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    line = CorrectionLine(code="SAMPLE", defect="missing")
    body = Body(name="correction", media="text/plain", content=b"")
    return NotifyCorrection(case=view.row.case, actor=actor, lines=(line,), bodies=(body,))


def _read(sent: Submission) -> Read:
    chosen = list(_chosen(sent))
    if not chosen:
        return please("notify-correction", gettext("请至少选一处要补正的内容，并选缺什么。"))
    defects = [
        letters.Defect(what=name.zh, defect=DEFECTS[defect].zh, remark=remark)
        for _, name, defect, remark in chosen
    ]
    return NotifyCorrection(
        case=sent.view.row.case,
        actor=sent.actor,
        lines=tuple(CorrectionLine(code=code, defect=defect) for code, _, defect, _ in chosen),
        bodies=(letters.correction(sent.head, defects, sent.text("remark")),),
    )


def _chosen(sent: Submission) -> Iterator[tuple[str, Words, str, str]]:
    for code, name, _ in _names(sent.view.item):
        defect = sent.text(f"defect-{code}")
        if defect in DEFECTS:
            yield code, name, defect, sent.text(f"remark-{code}", _REMARK_MAX)


def _offer(view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    targets = [
        Target(
            code=code,
            name=said(name),
            is_material=is_material,
            choices=tuple(
                (defect, said(words), posted.get(f"defect-{code}") == defect)
                for defect, words in DEFECTS.items()
            ),
            remark=posted.get(f"remark-{code}", ""),
        )
        for code, name, is_material in _names(view.item)
    ]
    return {"targets": targets, "remark": posted.get("remark", "")}


def _names(item: Item) -> Iterator[tuple[str, Words, bool]]:
    for material in item.materials:
        yield material.code, material.name, True
    for field in item.form.fields:
        yield field.name, field.label, False


ACT = OfficerAct(
    code="notify_correction",
    name=lambda: gettext("一次性告知补正"),
    article=Words(
        zh="行政许可法第三十二条第一款第四项",
        en="Administrative Licensing Law, article 32 (1) 4",
    ),
    sample=_sample,
    read=_read,
    done=lambda: gettext("补正告知已经发给收件地；补齐后必须受理。"),
    offer=_offer,
)
