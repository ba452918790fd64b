"""撤回: the holder stops the case as the applicant asked."""

from django.utils.translation import gettext

from tongban.core.cases.commands import CaseCommand, ConfirmWithdrawal
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench.acts.act import OfficerAct, Read, Submission


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    return ConfirmWithdrawal(case=view.row.case, actor=actor)


def _read(sent: Submission) -> Read:
    return ConfirmWithdrawal(case=sent.view.row.case, actor=sent.actor)


ACT = OfficerAct(
    code="confirm_withdrawal",
    name=lambda: gettext("确认撤回"),
    article=Words(zh="申请人要求撤回", en="The applicant asked for it"),
    sample=_sample,
    read=_read,
    done=lambda: gettext("已经撤回，办件停止。"),
    offer=lambda _view, _posted: {},
)
