"""Why an entry takes no effect before its noun is even asked."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class ChannelGround(StrEnum):
    """Codes that travel in outcomes; their words stand in core/grounds.py."""

    MALFORMED_ENTRY = "malformed_entry"
    UNKNOWN_EVENT = "unknown_event"
    ID_NOT_INCREASING = "id_not_increasing"
    BODY_MISMATCH = "body_mismatch"
    BODY_NOT_COMMITTED = "body_not_committed"
    WRONG_SUBJECT = "wrong_subject"
    SEEN_UNKNOWN = "seen_unknown"
    NO_LINE = "no_line_to_partner"


def refuse(ground: ChannelGround, detail: str = "") -> Refusal:
    """The refusal; the partner's node has to mend what it sends."""
    return Refusal(
        ground=ground, remedies=(Remedy.ASK_PARTNER, Remedy.MEND_AND_RETRY), detail=detail
    )
