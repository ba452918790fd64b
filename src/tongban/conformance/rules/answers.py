"""The form of what the node says; looked at in each of its answers."""

from tongban.conformance.rule import NotReached, Rule, asks
from tongban.conformance.talk import Talk


def _answers(talk: Talk) -> str:
    if not talk.answers:
        raise NotReached("the node never answered")
    return f"{talk.answers} answers looked at"


ANSWERS = (
    Rule(
        id="answers.sealed",
        document="envelopes.md",
        heading="Format",
        asks=asks(
            "回答是节点密封给对方的信封",
            "an answer is an envelope from the node that opens with the asker's sealing key",
        ),
        probe=_answers,
    ),
    Rule(
        id="answers.signed",
        document="channels.md",
        heading="Signature",
        asks=asks(
            "回答里的报文由节点的日志密钥签名",
            "the message in an answer is signed by the node's log key, for the asker",
        ),
        probe=_answers,
    ),
    Rule(
        id="answers.readable",
        document="channels.md",
        heading="Parts",
        asks=asks(
            "回答的内容是合格的报文，各部分属于同一启动",
            "what an answer holds is a message between the two, its parts of one start",
        ),
        probe=_answers,
    ),
    Rule(
        id="answers.version",
        document="README.md",
        heading="Versions",
        asks=asks(
            "只用对方节点说明书列出的报文版本",
            "an answer is of a version that the asker's descriptor reads, with no later part",
        ),
        probe=_answers,
    ),
)
