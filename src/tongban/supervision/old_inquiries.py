"""Erases words of inquiries that nobody needs any more, as early as the place decided."""

from datetime import datetime, timedelta

from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.inquiries.state import InquiryStanding, InquiryState, LineKind
from tongban.node.node import Node

_GROUND = "retention_ended"


def erase_old_words(node: Node) -> int:
    """Erase words and attachments of inquiries that ended long ago; how many bodies.

    Kept is what somebody still waits for, and what an answer in force stands on
    (个人信息保护法 art. 19: no longer than the purpose needs).
    """
    days = node.kernel.inquiry_days
    until = node.kernel.clock.now() - timedelta(days=days)
    inquiries = node.inquiries.every() if days else ()
    return sum(_erase(node, peer, state) for peer, state in inquiries if _is_over(state, until))


def _is_over(state: InquiryState, until: datetime) -> bool:
    in_force = any(line.kind is LineKind.ANSWER for line in state.answers())
    ended = state.standing is not InquiryStanding.OPEN and not state.pending
    return ended and not in_force and max(line.at for line in state.lines) < until


def _erase(node: Node, peer: str, state: InquiryState) -> int:
    there = {
        name
        for said in node.inquiries.history(peer, state.id)
        for name in (line.name for line in said.entry.commitments)
        if name not in said.gone
    }
    subject = Subject(kind=SubjectKind.INQUIRY, id=state.id)
    system = Actor(kind=ActorKind.SYSTEM)
    return sum(
        node.erase_from(subject, name, actor=system, ground=_GROUND) for name in sorted(there)
    )
