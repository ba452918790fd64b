"""不予受理, with reasons and remedies: the competent authority's alone."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, RefuseAcceptance
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench import letters
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please, please_give_reasons
from tongban.workbench.reasons import NOT_ACCEPTED, choices


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    body = Body(name="decision", media="text/plain", content=b"")
    return RefuseAcceptance(case=view.row.case, actor=actor, ground="SAMPLE", bodies=(body,))


def _read(sent: Submission) -> Read:
    ground, words = sent.text("ground"), sent.text("words")
    if ground not in NOT_ACCEPTED:
        return please("refuse-acceptance-ground", gettext("请选不予受理的情形。"))
    if not words:
        return please_give_reasons("refuse-acceptance-words")
    letter = letters.not_accepted(sent.head, NOT_ACCEPTED[ground].zh, words)
    return RefuseAcceptance(
        case=sent.view.row.case, actor=sent.actor, ground=ground, bodies=(letter,)
    )


def _offer(_view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    return {
        "grounds": choices(NOT_ACCEPTED),
        "ground": posted.get("ground", ""),
        "words": posted.get("words", ""),
    }


ACT = OfficerAct(
    code="refuse_acceptance",
    name=lambda: gettext("决定不予受理"),
    article=Words(
        zh="行政许可法第三十二条第一款第一、二项",
        en="Administrative Licensing Law, article 32 (1) 1 and 2",
    ),
    sample=_sample,
    read=_read,
    done=lambda: gettext("不予受理的决定已经发出，连同理由和救济途径。"),
    offer=_offer,
    grave=True,
)
