"""受理, under a number."""

from collections.abc import Mapping

from django.utils.translation import gettext

from tongban.core.cases.commands import Accept, CaseCommand
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please

_NUMBER_MAX = 60


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    return Accept(case=view.row.case, actor=actor, number="SAMPLE")


def _read(sent: Submission) -> Read:
    number = sent.text("number", _NUMBER_MAX)
    if not number:
        return please("accept-number", gettext("请写受理文书编号。"))
    return Accept(case=sent.view.row.case, actor=sent.actor, number=number)


def _offer(view: CaseView, posted: Mapping[str, str]) -> dict[str, str]:
    return {"number": posted.get("number", f"SL-{view.row.case}")}


ACT = OfficerAct(
    code="accept",
    name=lambda: gettext("予以受理"),
    article=Words(zh="行政许可法第三十二条", en="Administrative Licensing Law, article 32"),
    sample=_sample,
    read=_read,
    done=lambda: gettext("已经受理，审查时限从今天起算。"),
    offer=_offer,
)
