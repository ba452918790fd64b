"""不予, with reasons and remedies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, Decide
from tongban.core.cases.events import Verdict
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench import letters
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please, please_give_reasons
from tongban.workbench.reasons import REFUSED, choices


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    body = Body(name="decision", media="text/plain", content=b"")
    return Decide(
        case=view.row.case, actor=actor, verdict=Verdict.REFUSED, ground="SAMPLE", bodies=(body,)
    )


def _read(sent: Submission) -> Read:
    ground, words = sent.text("ground"), sent.text("words")
    if ground not in REFUSED:
        return please("refuse-ground", gettext("请选不予办理的情形。"))
    if not words:
        return please_give_reasons("refuse-words")
    return Decide(
        case=sent.view.row.case,
        actor=sent.actor,
        verdict=Verdict.REFUSED,
        ground=ground,
        bodies=(letters.refused(sent.head, REFUSED[ground].zh, words),),
    )


def _offer(_view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    return {
        "grounds": choices(REFUSED),
        "ground": posted.get("ground", ""),
        "words": posted.get("words", ""),
    }


ACT = OfficerAct(
    code="refuse",
    name=lambda: gettext("决定不予办理"),
    article=Words(
        zh="行政许可法第三十八条第二款", en="Administrative Licensing Law, article 38 (2)"
    ),
    sample=_sample,
    read=_read,
    done=lambda: gettext("不予办理的决定已经发出，连同理由和救济途径。"),
    offer=_offer,
    grave=True,
)
