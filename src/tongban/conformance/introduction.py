"""Whether the node under test has taken the runner in."""

from tongban.channels.messages import encode_message
from tongban.conformance.rule import Deviation
from tongban.conformance.talk import OK, REFUSED, SHUT, Talk


def is_heard(talk: Talk) -> bool:
    """Whether the node answers the runner otherwise than a stranger; raises NotReached.

    A channel that was frozen by an earlier run opens when the runner is taken in again.
    """
    reply = talk.line.post(talk.pen.seal(encode_message(talk.message())))
    if reply.status != OK:
        return reply.status != REFUSED
    try:
        return talk.read(reply).trouble not in SHUT
    except Deviation:
        # What is wrong with the answer, the rules say.
        return True
