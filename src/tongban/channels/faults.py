"""What can go wrong on a road; each docstring says what the caller should do."""


class ChannelFault(Exception):
    """Something on the road failed; nothing took effect."""


class Unreachable(ChannelFault):
    """The peer did not answer; keep the envelope's contents and try again later."""


class MessageUnreadable(ChannelFault):
    """What arrived is not a message; drop it, record the sender, answer nothing."""


class EnvelopeUnreadable(ChannelFault):
    """What arrived is not an envelope for this node; drop it and answer 400."""


class OverQuota(ChannelFault):
    """The peer sent too much at once; answer 429 with Retry-After and store nothing."""
