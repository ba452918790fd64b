"""Starts: what a node asks, answers and honours, and when it starts again itself."""

from tongban.channels.messages import (
    CompareAnswer,
    CompareRequest,
    Holding,
    Message,
    Position,
    encode_message,
)
from tongban.conformance.acts import remark
from tongban.conformance.log import before, place
from tongban.conformance.rule import Deviation, Differs, Rule, asks
from tongban.conformance.talk import NOTHING_TO_SAY, Talk

_ANSWERING = ("channels.md", "Answering")
_RULE = ("channels.md", "The rule")
_VERIFYING = ("channels.md", "Verifying a push")


def _unknown_answerer(talk: Talk) -> str:
    talk.settle()
    known = talk.node_start
    talk.restart()
    heard = talk.exchange(request=_request(talk, answerer="0" * 32))
    trouble = heard.trouble if heard else ""
    if heard is None or trouble != "unknown_answerer" or heard.about != talk.start:
        about = heard.about if heard else ""
        raise Differs(f"trouble {trouble!r} about {about!r} to a request of another start of it")
    if talk.is_open:
        raise Differs("it answered a request that does not name its present start")
    return f"trouble {trouble}, and its present start {heard.start} (before: {known})"


def _answered(talk: Talk) -> str:
    talk.settle()
    talk.restart()
    heard = talk.exchange()
    if heard is None or not talk.is_open or talk.compared is None:
        trouble = heard.trouble if heard else "nothing"
        raise Differs(f"no answer to a request that names its present start; trouble {trouble!r}")
    if talk.compared.start != heard.start:
        raise Differs("the answer names another start of the node than its message")
    return f"answered under {talk.compared.start}"


def _answered_again(talk: Talk) -> str:
    talk.settle()
    talk.restart()
    first = talk.message()
    talk.exchange()
    taken = talk.compared
    again = _say(talk, first)
    if again is None or again.answer is None:
        raise Differs(f"trouble {again.trouble if again else ''!r} to the same request again")
    if taken is not None and _entries(again.answer) != _entries(taken):
        raise Differs("the same request again is answered with another log")
    return "the same request is answered again, in the same way"


def _entries(answer: CompareAnswer) -> list[bytes]:
    return [entry for segment in answer.askers_log for entry in segment.entries]


def _older_request(talk: Talk) -> str:
    talk.settle()
    talk.restart()
    older = talk.message()
    talk.exchange()
    talk.settle()
    talk.restart()
    talk.settle()
    heard = _say(talk, older)
    trouble = heard.trouble if heard else ""
    if heard is None or heard.answer is not None:
        # From now on it takes pushes of the older start, and none of the present one.
        talk.stale = True
        raise Differs("it answered a request of a start that was honoured before the present one")
    if (trouble, heard.about) != ("unknown_start", older.start):
        raise Differs(f"trouble {trouble!r} about {heard.about!r} to a request of an older start")
    return f"trouble {trouble} about the older start"


def _push_of_an_older_start(talk: Talk) -> str:
    talk.settle()
    older = talk.start
    talk.restart()
    talk.settle()
    return _push_under(talk, older)


def _push_of_an_unknown_start(talk: Talk) -> str:
    talk.settle()
    return _push_under(talk, talk.pen.fresh_start())


def _push_under(talk: Talk, start: str) -> str:
    """A push that would be right but for the start of its message."""
    segment = talk.pen.beyond(talk.own.last, remark(talk))
    talk.stale = True
    heard = _say(talk, talk.message(start=start, segments=[segment], holding=None))
    held = heard.holding.position if heard and heard.holding else talk.own.end
    if before(talk.own.end, held):
        talk.blocked = "the node took a push of a start that it must not know"
        raise Differs(f"it took a push under {start}, and holds {place(held)}")
    trouble = heard.trouble if heard else ""
    if heard is None or (trouble, heard.about) != ("unknown_start", start):
        raise Differs(f"trouble {trouble!r} to a push under {start}; expected unknown_start")
    return f"trouble {trouble} about {start}"


def _gives_back(talk: Talk) -> str:
    talk.settle()
    before_it = [(each.origin, list(each.entries)) for each in talk.own.generations]
    talk.restart(forget=True)
    for _ in range(3):
        if not talk.is_open:
            talk.exchange()
    if not talk.is_open:
        raise Deviation("starts.answered", "no answer to a runner that lost its disk")
    found = [(each.origin, each.entries) for each in talk.own.generations[:-1]]
    if found != before_it:
        talk.blocked = "the node did not give the runner its log back"
        raise Differs(
            f"it gave back {sum(len(e) for _, e in found)} entries of {len(found)} generations; "
            f"the runner had {sum(len(e) for _, e in before_it)} of {len(before_it)}"
        )
    return f"{sum(len(e) for _, e in found)} entries of {len(found)} generations came back"


def _after_told(talk: Talk) -> str:
    talk.settle()
    told = talk.node_start
    talk.exchange(trouble="unknown_start", about=told)
    return _started_again(talk, told, "it was told that its start is unknown")


def _after_holding(talk: Talk) -> str:
    talk.settle()
    known = talk.node_start
    end = talk.mirror.log.end
    beyond = Holding(position=Position(end.generation, end.size + 1000), notes=[])
    talk.exchange(holding=beyond)
    return _started_again(talk, known, "a holding showed more of its log than it has")


def _after_cosigned(talk: Talk) -> str:
    talk.settle()
    known = talk.node_start
    end = talk.own.end
    talk.exchange(cosigned=Position(end.generation, end.size + 1000))
    return _started_again(talk, known, "a message named a cosignature beyond what it holds")


def _started_again(talk: Talk, known: str, why: str) -> str:
    generation = talk.mirror.log.end.generation
    if talk.node_start == known:
        talk.nudge()
    if talk.node_start == known:
        raise Differs(f"it goes on under the start {known} after {why}")
    talk.settle()
    talk.nudge()
    if talk.mirror.log.end.generation == generation:
        raise Differs(f"it started again after {why}, and opened no new generation")
    return f"a fresh start {talk.node_start}, a comparison, and a new generation"


def _other_trouble(talk: Talk) -> str:
    talk.settle()
    known = talk.node_start
    talk.exchange(trouble="unknown_start", about="0" * 32)
    talk.nudge()
    if talk.node_start != known:
        raise Differs("it started again over trouble about another start than its present one")
    return "trouble about another start moves nothing"


def _request(talk: Talk, *, answerer: str) -> CompareRequest:
    return CompareRequest(
        start=talk.start, own=talk.own.end, mirror=talk.mirror.log.end, answerer=answerer
    )


def _say(talk: Talk, message: Message) -> Message | None:
    """Say an old message; what comes of it is no news to the conversation."""
    reply = talk.line.post(talk.pen.seal(encode_message(message)))
    return None if reply.status == NOTHING_TO_SAY else talk.read(reply)


STARTS = (
    Rule(
        id="starts.unknown_answerer",
        document=_ANSWERING[0],
        heading=_ANSWERING[1],
        asks=asks(
            "对账请求没有写出本节点当前启动的，不予承认，回 unknown_answerer",
            "a request that names another start of the node is not honoured: unknown_answerer",
        ),
        probe=_unknown_answerer,
    ),
    Rule(
        id="starts.answered",
        document=_ANSWERING[0],
        heading=_ANSWERING[1],
        asks=asks(
            "写出本节点当前启动的对账请求得到答复",
            "a request that names the node's present start is answered",
        ),
        probe=_answered,
    ),
    Rule(
        id="starts.answered_again",
        document=_ANSWERING[0],
        heading=_ANSWERING[1],
        asks=asks(
            "同一启动的请求再来一次，再答一次",
            "a request with the start that was honoured last is answered again",
        ),
        probe=_answered_again,
    ),
    Rule(
        id="starts.older_request",
        document=_ANSWERING[0],
        heading=_ANSWERING[1],
        asks=asks(
            "更早启动的请求不予承认，回 unknown_start",
            "a request of a start that was honoured before the last one gets unknown_start",
        ),
        probe=_older_request,
    ),
    Rule(
        id="starts.after_unknown_start",
        document=_RULE[0],
        heading=_RULE[1],
        asks=asks(
            "被告知当前启动不明时重新启动、对账并开启新的一代",
            "a node that is told unknown_start about its present start starts again",
        ),
        probe=_after_told,
    ),
    Rule(
        id="starts.other_trouble",
        document="channels.md",
        heading="Trouble",
        asks=asks(
            "关于别的启动的 unknown_start 不起作用",
            "unknown_start about another start than the present one moves nothing",
        ),
        probe=_other_trouble,
    ),
    Rule(
        id="starts.after_a_holding_beyond",
        document="channels.md",
        heading="Holdings and cosignatures",
        asks=asks(
            "对方持有的多于本节点所写时重新启动",
            "a node starts again when a holding shows more of its log than it has",
        ),
        probe=_after_holding,
    ),
    Rule(
        id="starts.after_a_cosignature_beyond",
        document=_RULE[0],
        heading=_RULE[1],
        asks=asks(
            "对方所称的会签超出本节点所存时重新启动",
            "a node starts again when a message names a cosignature of it beyond what it holds",
        ),
        probe=_after_cosigned,
    ),
)

#: Without its log the runner can go no further, so this comes late.
GIVING_BACK = (
    Rule(
        id="starts.gives_back",
        document=_ANSWERING[0],
        heading=_ANSWERING[1],
        asks=asks(
            "丢失一切的伙伴从答复中取回自己的全部日志",
            "a partner that lost everything is given back its whole log, byte for byte",
        ),
        probe=_gives_back,
    ),
)

#: A node that takes these has another history from then on, and the runner cannot go on with it.
LATE_PUSHES = (
    Rule(
        id="starts.push_of_an_older_start",
        document=_VERIFYING[0],
        heading=_VERIFYING[1],
        asks=asks(
            "更早启动的推送不接收，回 unknown_start",
            "a push of an earlier start is not taken: unknown_start",
        ),
        probe=_push_of_an_older_start,
    ),
    Rule(
        id="starts.push_of_an_unknown_start",
        document=_VERIFYING[0],
        heading=_VERIFYING[1],
        asks=asks(
            "未经承认的启动的推送不接收，回 unknown_start",
            "a push of a start that was never honoured is not taken: unknown_start",
        ),
        probe=_push_of_an_unknown_start,
    ),
)
