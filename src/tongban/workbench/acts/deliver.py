"""送达 by the authority itself, where nobody delivers in its name."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from tongban.core.cases.commands import CaseCommand, Deliver
from tongban.core.cases.events import Delivery, PersonCheck
from tongban.core.entry import Actor
from tongban.core.words import Words
from tongban.projections.case_view import CaseView
from tongban.workbench.acts.act import OfficerAct, Read, Submission, please
from tongban.workbench.labels import COUNTER_CHECKS, check_choices, delivery_words

_TRACKING_MAX = 40


def _sample(view: CaseView, actor: Actor) -> CaseCommand:
    at_counter = view.state.delivery is Delivery.COUNTER
    return Deliver(
        case=view.row.case,
        actor=actor,
        method=view.state.delivery,
        person_check=PersonCheck.ID_CARD_SEEN if at_counter else PersonCheck.ACCOUNT,
        tracking="SAMPLE",
    )


def _read(sent: Submission) -> Read:
    way, check = sent.view.state.delivery, PersonCheck.ACCOUNT
    tracking = sent.text("tracking", _TRACKING_MAX) if way is Delivery.POST else ""
    if way is Delivery.POST and not tracking:
        return please("deliver-tracking", gettext("请写邮件号，申请人凭它查邮件。"))
    if way is Delivery.COUNTER:
        if sent.text("person_check") not in set(COUNTER_CHECKS):
            return please("deliver-check", gettext("请先核对人，再选核对的方式。"))
        check = PersonCheck(sent.text("person_check"))
    return Deliver(
        case=sent.view.row.case,
        actor=sent.actor,
        method=way,
        person_check=check,
        tracking=tracking,
    )


def _offer(view: CaseView, posted: Mapping[str, str]) -> dict[str, Any]:
    way = view.state.delivery
    return {
        "way": delivery_words(way),
        "by_post": way is Delivery.POST,
        "at_counter": way is Delivery.COUNTER,
        "checks": check_choices(posted.get("person_check", "")),
        "tracking": posted.get("tracking", ""),
    }


ACT = OfficerAct(
    code="deliver",
    name=lambda: gettext("办理送达"),
    article=Words(zh="行政许可法第四十四条", en="Administrative Licensing Law, article 44"),
    sample=_sample,
    read=_read,
    done=lambda: gettext("已经送达，办结。"),
    offer=_offer,
)
