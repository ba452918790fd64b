"""What is said after an act on an agreement, partner by partner."""

from collections.abc import Collection, Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.agreements.labels import listed
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.grounds import words_for
from tongban.core.refusal import Refusal
from tongban.node.desk import Executed
from tongban.pages.places import name_of_node
from tongban.pages.words import said

#: Somebody pressed twice, or a partner knows already; nothing was done a second time.
_DONE_BEFORE = frozenset(
    {
        AgreementGround.ALREADY_OFFERED,
        AgreementGround.ALREADY_SIGNED,
        AgreementGround.ALREADY_SUSPENDED,
    }
)


def tell(
    request: HttpRequest,
    answers: Mapping[str, Executed | Refusal],
    done: str,
    again: Collection[str] = (),
) -> None:
    """Say on the next page what came of it; done: what was done, as a sentence.

    again: further grounds that say no more than that this was done before.
    """
    sent: list[str] = []
    waiting: list[str] = []
    before: list[str] = []
    for partner, answer in answers.items():
        if isinstance(answer, Executed):
            (waiting if answer.waiting else sent).append(name_of_node(partner))
        elif answer.ground in _DONE_BEFORE or answer.ground in again:
            before.append(name_of_node(partner))
        else:
            words = words_for(answer.ground)
            text = f"{name_of_node(partner)}{gettext('：')}{said(words.what)}{said(words.why)}"
            messages.error(request, f"{text}{said(words.next)}")
    if sent:
        text = gettext("已经发给%(names)s；收到对方回执以后对双方生效。") % {"names": listed(sent)}
        messages.success(request, f"{done}{text}")
    if waiting:
        text = gettext("到%(names)s的线路暂时不通，已经记下时间，连上后自动发出。")
        messages.warning(request, f"{done}{text % {'names': listed(waiting)}}")
    if before and not (sent or waiting):
        messages.info(request, gettext("以前已经办过，没有重复办。"))
