"""What can go wrong on a road; each docstring says what the caller should do."""


class ChannelFault(Exception):
    """Something on the road failed; nothing took effect."""


class Unreachable(ChannelFault):
    """The peer did not answer; keep the envelope's contents and try again later."""


class AddressForbidden(Unreachable):
    """This node may not call the address; ask the peer's operator for another descriptor."""


class EnvelopeRefused(Unreachable):
    """The peer cannot open the envelope; fetch its descriptor, seal anew and try again later."""


class MessageUnreadable(ChannelFault):
    """What arrived is not a message; drop it, record the sender, answer nothing."""


class EnvelopeUnreadable(ChannelFault):
    """What arrived is not an envelope for this node; drop it and answer 400."""


class Oversize(ChannelFault):
    """The contents are more than the road carries at once; send them in smaller messages."""


class OverQuota(ChannelFault):
    """The peer sent too much at once; answer 429 with Retry-After and store nothing.

    On the sending side: keep the contents and wait `retry_after_seconds` before trying again.
    """

    def __init__(self, message: str, *, retry_after_seconds: int = 1) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class DescriptorUnreadable(ChannelFault):
    """The bytes are no descriptor signed by the node they describe; ask its operator for another.

    Also raised for a descriptor that was about to be made: correct the settings it comes from.
    """


class RoadUnknown(ChannelFault):
    """This version has no such road; pick another endpoint of the descriptor, or update."""


class DoorBlocked(ChannelFault):
    """The node cannot listen; do what the message says and start again."""
