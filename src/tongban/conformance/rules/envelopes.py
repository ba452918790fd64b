"""Envelopes and signatures: what is refused before anything is read."""

from tongban.channels.envelopes import Envelope, parse_envelope, seal_envelope
from tongban.channels.messages import encode_message
from tongban.channels.signed_messages import sign_message
from tongban.conformance.rule import Differs, Rule, asks
from tongban.conformance.rules.door import DOOR_FOR_PARTNERS
from tongban.conformance.runner import Runner
from tongban.conformance.talk import NOTHING_TO_SAY, OK, REFUSED, Talk
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.suites import SUITES

_FORMAT = ("envelopes.md", "Format")
_TAKING = ("channels.md", "Taking a message")


def refused(talk: Talk, what: str, envelope: bytes) -> str:
    """The node must answer 400, and nothing that a stranger could learn from."""
    reply = talk.line.post(envelope)
    if reply.status != REFUSED:
        raise Differs(f"status {reply.status} to {what}; expected {REFUSED}")
    return f"{REFUSED} to {what}"


def _plain(talk: Talk) -> bytes:
    """A message that an honest partner may say at any time."""
    return encode_message(talk.message())


def _taken(talk: Talk) -> str:
    status = talk.line.post(talk.pen.seal(_plain(talk))).status
    if status not in {OK, NOTHING_TO_SAY}:
        raise Differs(
            f"status {status}; if the operator of the node took {talk.runner.name} in as a "
            "partner, the node cannot open or verify what is right"
        )
    return f"status {status}"


def _garbage(talk: Talk) -> str:
    right = talk.pen.seal(_plain(talk))
    refused(talk, "no envelope at all", b"garbage")
    refused(talk, "an envelope without its header", right.split(b"\n", 4)[4])
    return refused(talk, "another format", right.replace(b"tongban-envelope/1", b"envelope/9", 1))


def _size(talk: Talk) -> str:
    whole = parse_envelope(talk.pen.seal(_plain(talk)))
    longer = Envelope(
        sender=whole.sender, receiver=whole.receiver, sealed=whole.sealed + b"\x00"
    ).encode()
    refused(talk, "a byte more than its size says", talk.pen.seal(_plain(talk)) + b"\x00")
    return refused(talk, "a byte behind the sealed text", longer)


def _other_key(talk: Talk) -> str:
    stranger = Runner.make(talk.draw, suite=talk.node.suite)
    signed = _signed(talk)
    return refused(
        talk,
        "an envelope that is sealed to somebody else",
        talk.pen.seal_bytes(
            signed, sender=talk.runner.name, key=stranger.signer.public(KeyPurpose.SEALING)
        ),
    )


def _other_receiver(talk: Talk) -> str:
    envelope = seal_envelope(
        _signed(talk),
        sender=talk.runner.name,
        receiver="somebody-else",
        recipient_key=talk.node.keys.sealing,
        suite=SUITES[talk.node.suite],
    )
    return refused(talk, "an envelope for somebody else", envelope)


def _moved(talk: Talk) -> str:
    stranger = talk.pen.seal_bytes(_signed(talk), sender="somebody-else")
    moved = stranger.replace(b"somebody-else", talk.runner.name.encode(), 1)
    return refused(talk, "an envelope whose sender was changed after sealing", moved)


def _stranger(talk: Talk) -> str:
    stranger = Runner.make(talk.draw, suite=talk.runner.suite_name)
    envelope = talk.pen.seal(
        _plain(talk), stranger.signer, claimed=stranger.name, sender=stranger.name
    )
    reply = talk.line.post(envelope)
    if reply.status != REFUSED or reply.body:
        raise Differs(
            f"status {reply.status} and {len(reply.body)} bytes to somebody who is no partner"
        )
    return refused(talk, "somebody who is no partner", envelope)


def _other_signer(talk: Talk) -> str:
    stranger = Runner.make(talk.draw, suite=talk.runner.suite_name)
    return refused(
        talk, "a message signed by another key", talk.pen.seal(_plain(talk), stranger.signer)
    )


def _other_suite(talk: Talk) -> str:
    other = next(name for name in SUITES if name != talk.runner.suite_name)
    stranger = Runner.make(talk.draw, suite=other)
    return refused(
        talk, f"a message signed under {other}", talk.pen.seal(_plain(talk), stranger.signer)
    )


def _other_words(talk: Talk) -> str:
    plain = _plain(talk)
    refused(
        talk,
        "a message signed for another receiver",
        talk.pen.seal(plain, receiver="somebody-else"),
    )
    right, wrong = _signed(talk), encode_message(talk.message(start="0" * 32))
    bent = right.replace(plain, wrong) if len(plain) == len(wrong) else right[:-1] + b"\x00"
    return refused(
        talk,
        "a message other than the one that was signed",
        talk.pen.seal_bytes(bent, sender=talk.runner.name),
    )


def _signed(talk: Talk) -> bytes:
    return sign_message(
        _plain(talk),
        sender=talk.runner.name,
        receiver=talk.node.name,
        signer=talk.runner.signer,
    )


ENVELOPES = (
    Rule(
        id="envelopes.taken",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "伙伴的合格信封得到 200 或 204",
            "what a partner seals and signs as the text says is answered by 200 or 204",
        ),
        probe=_taken,
    ),
    Rule(
        id="envelopes.malformed",
        document=_FORMAT[0],
        heading=_FORMAT[1],
        asks=asks("不是信封的字节以 400 拒绝", "bytes that are no envelope are refused by 400"),
        probe=_garbage,
    ),
    Rule(
        id="envelopes.size",
        document=_FORMAT[0],
        heading=_FORMAT[1],
        asks=asks(
            "长度与所写不符，或者密文被加长的，以 400 拒绝",
            "an envelope with another size than it says, or with bytes added, is refused by 400",
        ),
        probe=_size,
    ),
    Rule(
        id="envelopes.sealed_to_another",
        document=_FORMAT[0],
        heading=_FORMAT[1],
        asks=asks("用他人密钥密封的以 400 拒绝", "what is sealed to another key is refused by 400"),
        probe=_other_key,
    ),
    Rule(
        id="envelopes.other_receiver",
        document=_FORMAT[0],
        heading=_FORMAT[1],
        asks=asks("写给别的节点的以 400 拒绝", "an envelope for another node is refused by 400"),
        probe=_other_receiver,
    ),
    Rule(
        id="envelopes.sender_changed",
        document=_FORMAT[0],
        heading=_FORMAT[1],
        asks=asks(
            "密封后改了发送方的以 400 拒绝",
            "an envelope whose sender was changed after sealing is refused by 400",
        ),
        probe=_moved,
    ),
    Rule(
        id="envelopes.stranger",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "不是伙伴的以 400 拒绝，不透露别的",
            "who is no partner is refused by 400, and learns no more",
        ),
        probe=_stranger,
    ),
    Rule(
        id="envelopes.signed_by_another",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "不是发送方日志密钥签名的报文以 400 拒绝",
            "a message that the sender's log key did not sign is refused by 400",
        ),
        probe=_other_signer,
    ),
    Rule(
        id="envelopes.other_suite",
        document=_TAKING[0],
        heading=_TAKING[1],
        asks=asks(
            "用另一套算法的密钥签名的以 400 拒绝",
            "a message signed by a key of another suite is refused by 400",
        ),
        probe=_other_suite,
    ),
    Rule(
        id="envelopes.signature_of_other_words",
        document="channels.md",
        heading="Signature",
        asks=asks(
            "签名所说的收件方或内容与报文不符的以 400 拒绝",
            "a signature over another receiver or another message is refused by 400",
        ),
        probe=_other_words,
    ),
    *DOOR_FOR_PARTNERS,
)
