"""The door of the https road: what it answers to requests."""

import ssl
import warnings

from tongban.channels.descriptors import read_descriptor
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import DescriptorUnreadable
from tongban.channels.messages import encode_message
from tongban.conformance.acts import remark
from tongban.conformance.rule import Differs, Rule, asks
from tongban.conformance.talk import NOTHING_TO_SAY, OK, Talk

_DOCUMENT, _HEADING = "envelopes.md", "https"
#: To whatever is not one of the two requests; which of them, the text leaves to the node.
_NOT_A_REQUEST = {404, 405, 411, 414}
_TOO_MUCH = 413


def _certificate(talk: Talk) -> str:
    shown = talk.line.shown_certificate()
    expected = [each.certificate for each in talk.node.endpoints if each.road == "https"]
    if shown not in expected:
        raise Differs(f"the door shows a certificate of {len(shown)} bytes that no endpoint names")
    return f"{len(shown)} bytes, those of the descriptor"


def _old_tls(talk: Talk) -> str:
    """TLS 1.1 with whatever ciphers it can have must not come to a connection."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        accepted = talk.line.speaks(ssl.TLSVersion.TLSv1_1)
    if accepted:
        raise Differs("the door speaks TLS 1.1")
    return "TLS 1.1 came to nothing"


def _descriptor(talk: Talk) -> str:
    reply = talk.line.descriptor()
    if reply.status != OK:
        raise Differs(f"status {reply.status}")
    try:
        given = read_descriptor(reply.body)
    except DescriptorUnreadable as fault:
        raise Differs(str(fault)) from fault
    if (given.name, given.sets) != (talk.node.name, talk.node.sets):
        raise Differs(f"it is of {given.name}, with {len(given.sets)} key sets, not those given")
    return f"the descriptor of {given.name}, serial {given.serial}"


def _answers(talk: Talk, expected: set[int], *requests: bytes) -> str:
    found = [talk.line.ask(request) for request in requests]
    wrong = [
        f"{status or 'nothing'} to {request.split(b' HTTP')[0].decode()}"
        for request, status in zip(requests, found, strict=True)
        if status not in expected
    ]
    if wrong:
        raise Differs("; ".join(wrong))
    return ", ".join(map(str, found))


def _other_request(talk: Talk) -> str:
    one = b"Content-Length: 1\r\n\r\nx"
    return _answers(
        talk,
        _NOT_A_REQUEST,
        b"POST /elsewhere HTTP/1.1\r\nHost: node\r\n" + one,
        b"PUT /envelopes HTTP/1.1\r\nHost: node\r\n" + one,
        b"GET /envelopes HTTP/1.1\r\nHost: node\r\n\r\n",
    )


def _without_length(talk: Talk) -> str:
    return _answers(
        talk,
        {411},
        b"POST /envelopes HTTP/1.1\r\nHost: node\r\n\r\n",
        b"POST /envelopes HTTP/1.1\r\nHost: node\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"1\r\nx\r\n0\r\n\r\n",
    )


def _too_large(talk: Talk) -> str:
    head = f"POST /envelopes HTTP/1.1\r\nHost: node\r\nContent-Length: {ENVELOPE_BYTES_MAX + 1}"
    return _answers(talk, {_TOO_MUCH}, f"{head}\r\n\r\n".encode())


def _truncated(talk: Talk) -> str:
    """Half of a push that would be taken; then the node must hold no more than before."""
    talk.settle()
    segment, talk.stale = talk.pen.beyond(talk.own.last, remark(talk)), True
    envelope = talk.pen.seal(encode_message(talk.message(segments=[segment])))
    head = f"POST /envelopes HTTP/1.1\r\nHost: node\r\nContent-Length: {len(envelope)}\r\n\r\n"
    talk.line.ask(head.encode() + envelope[: len(envelope) // 2], hang_up=True)
    status = talk.line.post(envelope[:-1]).status
    if status in {OK, NOTHING_TO_SAY}:
        raise Differs(f"an envelope that lacks its last byte is answered by {status}")
    talk.nudge()
    if talk.standing != talk.own.end:
        raise Differs("it took a push of which half came")
    return f"half of it came to nothing, and {status} to all but the last byte"


def _content_type(talk: Talk) -> str:
    talk.settle()
    envelope = talk.pen.seal(encode_message(talk.message()))
    status = talk.line.post(envelope, content_type="text/plain; charset=utf-8").status
    if status not in {OK, NOTHING_TO_SAY}:
        raise Differs(f"status {status} to an envelope under Content-Type text/plain")
    return f"status {status} under text/plain"


DOOR = (
    Rule(
        id="door.certificate",
        document="descriptors.md",
        heading="Endpoints",
        asks=asks(
            "门口出示的证书与节点说明书所载逐字节相同",
            "the certificate that the door shows is the one of the descriptor, byte for byte",
        ),
        probe=_certificate,
    ),
    Rule(
        id="door.old_tls",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks("不接受 TLS 1.2 以下的版本", "no TLS below 1.2"),
        probe=_old_tls,
    ),
    Rule(
        id="door.descriptor",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "GET /descriptor 返回本节点的节点说明书",
            "GET /descriptor gives the node's signed descriptor, with the key sets that are known",
        ),
        probe=_descriptor,
    ),
    Rule(
        id="door.other_request",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "其他路径和方法以 404、405、411 或 414 回答",
            "other paths and methods are answered by 404, 405, 411 or 414",
        ),
        probe=_other_request,
    ),
    Rule(
        id="door.without_length",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "没有 Content-Length 的请求和分块请求以 411 拒绝",
            "a body without Content-Length, or in chunks, is refused by 411",
        ),
        probe=_without_length,
    ),
    Rule(
        id="door.too_large",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "超过 64 001 184 字节的信封以 413 拒绝，不读其内容",
            "an envelope over 64 001 184 bytes is refused by 413, before its bytes are read",
        ),
        probe=_too_large,
    ),
)

#: These need a partner that is heard, and come after the envelopes.
DOOR_FOR_PARTNERS = (
    Rule(
        id="door.truncated",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "没有传完的信封不产生任何作用",
            "an envelope that did not come whole has no effect, and the next one is taken",
        ),
        probe=_truncated,
    ),
    Rule(
        id="door.content_type",
        document=_DOCUMENT,
        heading=_HEADING,
        asks=asks(
            "不论 Content-Type 写什么，信封照收",
            "an envelope is taken whatever Content-Type says",
        ),
        probe=_content_type,
    ),
)
