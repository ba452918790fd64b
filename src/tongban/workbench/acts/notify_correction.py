"""一次性告知: the one list of everything that has to be mended."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, NotifyCorrection
from tongban.core.cases.events import CorrectionLine
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench import letters
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please
from tongban.workbench.defect_lists import listed, targets


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    line = CorrectionLine(code="SAMPLE", defect="missing")
    body = Body(name="correction", media="text/plain", content=b"")
    return NotifyCorrection(case=view.row.case, actor=actor, lines=(line,), bodies=(body,))


def _read(sent: Submission) -> Read:
    chosen = listed(sent.view.item, sent.posted)
    if not chosen.lines:
        return please("notify-correction", gettext("请至少选一处要补正的内容，并选缺什么。"))
    return NotifyCorrection(
        case=sent.view.row.case,
        actor=sent.actor,
        lines=chosen.lines,
        bodies=(letters.correction(sent.head, chosen.defects, sent.text("remark")),),
    )


def _offer(view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    return {"targets": targets(view.item, posted), "remark": posted.get("remark", "")}


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
