"""准予: a decision, and a result under a number."""

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
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please

_NUMBER_MAX = 60


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    bodies = tuple(
        Body(name=name, media="text/plain", content=b"") for name in ("decision", "result")
    )
    return Decide(
        case=view.row.case,
        actor=actor,
        verdict=Verdict.GRANTED,
        result_number="SAMPLE",
        bodies=bodies,
    )


def _read(sent: Submission) -> Read:
    number = sent.text("number", _NUMBER_MAX)
    if not number:
        return please("grant-number", gettext("请写结果编号。"))
    return Decide(
        case=sent.view.row.case,
        actor=sent.actor,
        verdict=Verdict.GRANTED,
        result_number=number,
        bodies=(
            letters.granted(sent.head, number, sent.text("words")),
            letters.result(sent.head, number, sent.holder),
        ),
    )


def _offer(view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": posted.get("number", f"JG-{view.row.case}"),
        "words": posted.get("words", ""),
    }


ACT = OfficerAct(
    code="grant",
    name=lambda: gettext("决定准予"),
    article=Words(
        zh="行政许可法第三十八条第一款", en="Administrative Licensing Law, article 38 (1)"
    ),
    sample=_sample,
    read=_read,
    done=lambda: gettext("准予的决定和结果已经发出。"),
    offer=_offer,
    names_applicant=True,
)
