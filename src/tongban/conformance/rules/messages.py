"""Messages: which of them are read, and what is read into them."""

from typing import Any

import msgspec

from tongban.channels.messages import encode_message
from tongban.conformance.rule import Differs, Rule, asks
from tongban.conformance.rules.envelopes import refused
from tongban.conformance.talk import NOTHING_TO_SAY, OK, Talk

_PARTS = ("channels.md", "Parts")
_TAKING = ("channels.md", "Taking a message")


def _as_map(talk: Talk, **changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.msgpack.decode(encode_message(talk.message()))
    return plain | changes


def _seal_map(talk: Talk, whole: Any) -> bytes:
    return talk.pen.seal(msgspec.msgpack.encode(whole))


def _no_message(talk: Talk) -> str:
    talk.settle()
    refused(talk, "bytes that are no MessagePack", talk.pen.seal(b"\xc1garbage"))
    return refused(talk, "an array instead of a map", _seal_map(talk, [1, 2, 3]))


def _unknown_key(talk: Talk) -> str:
    talk.settle()
    return refused(talk, "an unknown key", _seal_map(talk, _as_map(talk, unheard_of=1)))


def _wrong_type(talk: Talk) -> str:
    talk.settle()
    refused(talk, "a start that is no string", _seal_map(talk, _as_map(talk, start=7)))
    return refused(
        talk, "a start that is no 32 digits", _seal_map(talk, _as_map(talk, start="short"))
    )


def _version(talk: Talk) -> str:
    talk.settle()
    unread = max(talk.node.reads.messages) + 1
    return refused(talk, f"version {unread}", _seal_map(talk, _as_map(talk, version=unread)))


def _later_key(talk: Talk) -> str:
    talk.settle()
    wanted = [{"writer": talk.runner.name, "generation": 1, "index": 0}]
    return refused(
        talk, "a key of version 2 in version 1", _seal_map(talk, _as_map(talk, wanted=wanted))
    )


def _other_names(talk: Talk) -> str:
    talk.settle()
    refused(talk, "another sender inside", _seal_map(talk, _as_map(talk, sender="somebody-else")))
    return refused(
        talk, "another receiver inside", _seal_map(talk, _as_map(talk, receiver="somebody-else"))
    )


def _absent_keys(talk: Talk) -> str:
    """The four keys without a value to fall back on, in another order than anybody's."""
    talk.settle()
    least = {
        "start": talk.start,
        "receiver": talk.node.name,
        "version": 1,
        "sender": talk.runner.name,
    }
    status = talk.line.post(_seal_map(talk, least)).status
    if status not in {OK, NOTHING_TO_SAY}:
        raise Differs(f"status {status} to the least message")
    return f"status {status} to the least message"


def _unknown_trouble(talk: Talk) -> str:
    talk.settle()
    before = talk.node_start
    status = talk.line.post(
        talk.pen.seal(encode_message(talk.message(trouble="unheard_of", about=talk.node_start)))
    ).status
    if status not in {OK, NOTHING_TO_SAY}:
        raise Differs(f"status {status} to trouble that nobody knows")
    talk.nudge()
    if talk.node_start != before or talk.asked is not None:
        raise Differs("the node started again over trouble that nobody knows")
    return f"status {status}, and the channel is as it was"


def _no_answer_due(talk: Talk) -> str:
    talk.settle()
    # What the node still had to say went with the answer to this.
    talk.nudge()
    if talk.exchange() is not None:
        raise Differs("an answer to a message without request, push or trouble")
    return f"status {NOTHING_TO_SAY} to a message with nothing but a holding"


def _answer_to_a_push(talk: Talk) -> str:
    talk.settle()
    if talk.nudge() is None:
        raise Differs("no answer to a push that brings nothing new")
    return "a push that brings nothing new is answered by a holding"


MESSAGES = (
    Rule(
        id="messages.unreadable",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "签名正确而内容不是报文的以 400 拒绝",
            "signed bytes that are no message are refused by 400",
        ),
        probe=_no_message,
    ),
    Rule(
        id="messages.unknown_key",
        document=_PARTS[0],
        heading=_PARTS[1],
        asks=asks("带有未知键的报文以 400 拒绝", "a message with an unknown key is refused by 400"),
        probe=_unknown_key,
    ),
    Rule(
        id="messages.wrong_type",
        document=_PARTS[0],
        heading=_PARTS[1],
        asks=asks(
            "值的类型或形式不符的报文以 400 拒绝",
            "a message with a value of another type or form is refused by 400",
        ),
        probe=_wrong_type,
    ),
    Rule(
        id="messages.unknown_version",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "节点说明书没有列出的报文版本以 400 拒绝",
            "a message of a version that the node does not read is refused by 400",
        ),
        probe=_version,
    ),
    Rule(
        id="messages.key_of_a_later_version",
        document=_PARTS[0],
        heading=_PARTS[1],
        asks=asks(
            "低版本报文里出现高版本的键，以 400 拒绝",
            "a message with a key that its version has not got is refused by 400",
        ),
        probe=_later_key,
    ),
    Rule(
        id="messages.other_names",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "报文里的收发方与信封不同的以 400 拒绝",
            "a message that names another sender or receiver than its envelope is refused by 400",
        ),
        probe=_other_names,
    ),
    Rule(
        id="messages.absent_keys",
        document=_PARTS[0],
        heading=_PARTS[1],
        asks=asks(
            "省略有默认值的键、键的顺序任意的报文照收",
            "a message without the keys that have a value if absent, in any order, is taken",
        ),
        probe=_absent_keys,
    ),
    Rule(
        id="messages.unknown_trouble",
        document="channels.md",
        heading="Trouble",
        asks=asks("不认识的 trouble 略过", "trouble of an unknown code is passed over"),
        probe=_unknown_trouble,
    ),
    Rule(
        id="messages.answered",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "核对过的推送即使没有新内容也有回答",
            "a push that was checked is answered, also one that brought nothing new",
        ),
        probe=_answer_to_a_push,
    ),
    Rule(
        id="messages.no_answer_due",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "没有请求、推送或 trouble 的报文以 204 回答",
            "a message without request, push or anything to tell trouble about is answered by 204",
        ),
        probe=_no_answer_due,
    ),
)
