"""Whether the node under test has taken the runner in."""

from tongban.channels.messages import encode_message
from tongban.conformance.talk import REFUSED, Talk


def is_heard(talk: Talk) -> bool:
    """Whether the node answers the runner otherwise than a stranger; raises NotReached."""
    return talk.line.post(talk.pen.seal(encode_message(talk.message()))).status != REFUSED
