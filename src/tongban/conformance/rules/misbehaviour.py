"""A partner that signs two histories: these end the runner's channel, and nobody else's."""

from tongban.channels.messages import CompareRequest, Segment
from tongban.conformance.acts import remark, take_leave
from tongban.conformance.log import root_of
from tongban.conformance.rule import Differs, NotReached, Rule, asks
from tongban.conformance.talk import Talk
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.notes import parse_note

_WHERE = ("misbehaviour.md", "What a node does")
_FROZEN = "frozen"


def _two_roots(talk: Talk) -> str:
    """The runner contradicts itself about a size that the node holds and cosigned."""
    talk.settle()
    talk.push(remark(talk))
    other = remark(talk)
    take_leave(talk)
    talk.settle()
    talk.nudge()
    last, size = talk.own.last, talk.own.end.size
    root = root_of(last.suite, [*last.entries[:-1], other])
    fork = Segment(
        generation=last.number,
        start=last.start,
        first=size - 1,
        entries=[other],
        bodies=[],
        checkpoint=talk.pen.checkpoint(last.origin, size, root),
    )
    heard = talk.lay([fork])
    notes = heard.holding.notes if heard and heard.holding else []
    if any(parse_checkpoint(parse_note(note).text).root == root for note in notes):
        raise Differs("it cosigned a second root of a size that it had cosigned")
    # Whatever comes next must be refused.
    again = talk.nudge()
    talk.blocked = "the runner has contradicted itself, and is not heard any more"
    trouble = again.trouble if again else ""
    if trouble != _FROZEN:
        raise Differs(
            f"two roots of {size} entries were signed, and the next push gets trouble {trouble!r}; "
            f"expected {_FROZEN!r}"
        )
    talk.frozen = True
    return f"the channel is {_FROZEN}, and the second root is not cosigned"


def _takes_nothing(talk: Talk) -> str:
    if not talk.frozen:
        raise NotReached("the channel was not brought to a stop before")
    request = CompareRequest(
        start=talk.start, own=talk.own.end, mirror=talk.mirror.log.end, answerer=talk.node_start
    )
    heard = talk.exchange(request=request, holding=None)
    if heard is None or heard.trouble != _FROZEN:
        raise Differs(f"trouble {heard.trouble if heard else ''!r} to a request")
    if heard.answer or heard.holding or heard.segments:
        raise Differs("it gives something on a channel that is frozen")
    return f"trouble {_FROZEN} to a request, and no answer, holding or push"


def _without_cause(talk: Talk) -> str:
    if not talk.compared_ever:
        raise NotReached("the channel was never open")
    return "it was never frozen before the runner contradicted itself"


MISBEHAVIOUR = (
    Rule(
        id="misbehaviour.without_cause",
        document="misbehaviour.md",
        heading="Contradiction",
        asks=asks(
            "对方没有自相矛盾，不冻结通道：被拒绝的推送、乱序和重复都不是理由",
            "a channel is not frozen while the partner does not contradict itself: what is "
            "refused, late or repeated is no cause",
        ),
        probe=_without_cause,
    ),
    Rule(
        id="misbehaviour.two_roots",
        document=_WHERE[0],
        heading=_WHERE[1],
        asks=asks(
            "对方就同一大小签了两个根，冻结通道，不会签第二个",
            "a partner that signs two roots of one size freezes its channel; the second is not "
            "cosigned",
        ),
        probe=_two_roots,
    ),
    Rule(
        id="misbehaviour.frozen",
        document=_WHERE[0],
        heading=_WHERE[1],
        asks=asks(
            "冻结的通道不答复对账，不给出任何东西",
            "a frozen channel answers no comparison and gives nothing back",
        ),
        probe=_takes_nothing,
    ),
)
