"""Negotiations in words: how one stands, why it ended, what was done in it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from tongban.agreements.labels import Say, listed
from tongban.agreements.negotiations.talks import Talk
from tongban.agreements.register import line_of
from tongban.core.entry import Event
from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationCountered,
    NegotiationProposed,
    NegotiationRejected,
    NegotiationWithdrawn,
)
from tongban.core.negotiations.state import NegotiationStanding as Standing
from tongban.pages.components import Tone
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node


def standing_words(talk: Talk) -> str:
    """How it stands, in one line."""
    return _STANDINGS[talk.standing](talk)


def standing_tone(talk: Talk) -> Tone:
    """How good that is for whoever reads it here."""
    if talk.standing is Standing.OPEN:
        return Tone.WAIT if talk.ours else Tone.PLAIN
    return Tone.GOOD if talk.standing is Standing.ACCEPTED else Tone.PLAIN


def rejection_words(code: str) -> str:
    """Why somebody wanted no agreement; a code that only a partner uses is shown as it is."""
    say = REJECTION_GROUNDS.get(code)
    return say() if say else code


def move_words(event: Event, writer: str) -> str:
    """What was done, and by whom."""
    say = _MOVES.get(type(event))
    if say is None:
        return type(event).__name__
    clause = event.clause if isinstance(event, NegotiationCommented) else ""
    version = getattr(event, "version", 0)
    return say() % {
        "who": name_of_node(writer),
        "version": version,
        "next": version + 1,
        "clause": clause,
    }


def _open(talk: Talk) -> str:
    if talk.ours:
        return gettext("轮到本地答复")
    return gettext("等%(name)s答复") % {"name": name_of_node(talk.state.holder)}


def _accepted(talk: Talk) -> str:
    line = line_of(talk.state.accepted)
    if line is not None:
        states = dict.fromkeys(each.words for each in line.at)
        return gettext("已经谈成：%(state)s") % {"state": listed(states)}
    closing = talk.state.closing
    if closing is None or closing.by == whole_node().name:
        return gettext("已经谈成：等本地提交签署")
    return gettext("已经谈成：等%(name)s提交签署") % {"name": name_of_node(closing.by)}


def _rejected(talk: Talk) -> str:
    closing = talk.state.closing
    names = {
        "name": name_of_node(closing.by) if closing else "",
        "why": rejection_words(closing.ground) if closing else "",
    }
    return gettext("%(name)s拒绝了：%(why)s") % names


def _withdrawn(talk: Talk) -> str:
    closing = talk.state.closing
    return gettext("%(name)s撤回了") % {"name": name_of_node(closing.by) if closing else ""}


def _lapsed(_talk: Talk) -> str:
    return gettext("过了答复期限，已经失效")


#: Grounds that officers choose from; the log keeps the code, which names nobody.
REJECTION_GROUNDS: Mapping[str, Say] = {
    "no_capacity": lambda: gettext("目前没有力量承办"),
    "terms_unacceptable": lambda: gettext("条件不能接受"),
    "no_legal_basis": lambda: gettext("没有法律依据"),
    "not_our_power": lambda: gettext("不是本地的职权"),
    "another_way": lambda: gettext("改用别的方式合作"),
}
_STANDINGS: Mapping[Standing, Callable[[Talk], str]] = {
    Standing.OPEN: _open,
    Standing.ACCEPTED: _accepted,
    Standing.REJECTED: _rejected,
    Standing.WITHDRAWN: _withdrawn,
    Standing.LAPSED: _lapsed,
}
_MOVES: Mapping[type[Event], Say] = {
    NegotiationProposed: lambda: gettext("%(who)s提出第 1 稿"),
    NegotiationCountered: lambda: gettext("%(who)s修改后提回第 %(next)s 稿"),
    NegotiationCommented: lambda: gettext("%(who)s对第 %(version)s 稿 §%(clause)s 提了意见"),
    NegotiationAccepted: lambda: gettext("%(who)s同意第 %(version)s 稿"),
    NegotiationRejected: lambda: gettext("%(who)s拒绝第 %(version)s 稿"),
    NegotiationWithdrawn: lambda: gettext("%(who)s撤回第 %(version)s 稿"),
}
