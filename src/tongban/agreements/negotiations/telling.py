"""Whether an act in a negotiation was done before, so that a second press is told plainly."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.agreements.negotiations.talks import Talk, talk_of
from tongban.agreements.telling import tell
from tongban.core.negotiations.state import NegotiationStanding
from tongban.core.refusal import Refusal
from tongban.node.agreement_acts import Answers
from tongban.pages.whole_node import whole_node


def tell_once(request: HttpRequest, answers: Answers, done: str, *, already: bool) -> None:
    """As `tell`; already: what was asked stands here as this place's own act."""
    if already and _all_refused(answers):
        messages.info(request, gettext("以前已经办过，没有重复办。"))
    else:
        tell(request, answers, done)


def laid_already(name: str, document: str) -> bool:
    """Whether this place laid the text on this table before."""
    talk = talk_of(name)
    return talk is not None and any(
        each.document == document and each.by == whole_node().name for each in talk.state.versions
    )


def closed_already(name: str, standing: NegotiationStanding) -> bool:
    """Whether this place brought it to this end before, or has asked so while the line waits."""
    talk = talk_of(name)
    if talk is None:
        return False
    closing = talk.state.closing
    ours = closing is not None and closing.by == whole_node().name
    return bool(talk.waiting) or (ours and talk.standing is standing)


def said_already(talk: Talk, version: int, clause: str, words: str) -> bool:
    """Whether this place's last word on the clause of this version was this very one."""
    told = whole_node().negotiations.history(talk.peer, talk.name)
    spoken = {line.entry.id: line.words for line in told}
    me = whole_node().name
    mine = [
        spoken.get(each.entry, "")
        for each in talk.state.comments
        if (each.by, each.version, each.clause) == (me, version, clause)
    ]
    return bool(mine) and mine[-1] == words


def refused(answers: Mapping[str, object]) -> Refusal | None:
    """The first refusal, None where everybody took it."""
    return next((each for each in answers.values() if isinstance(each, Refusal)), None)


def _all_refused(answers: Mapping[str, object]) -> bool:
    return all(isinstance(each, Refusal) for each in answers.values())
