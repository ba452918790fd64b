"""Why an entry takes no effect before its noun is even asked."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class ChannelGround(StrEnum):
    """Codes that travel in outcomes; their words stand in core/grounds.py."""

    MALFORMED_ENTRY = "malformed_entry"
    ID_NOT_INCREASING = "id_not_increasing"
    BODY_MISMATCH = "body_mismatch"
    WRONG_SUBJECT = "wrong_subject"
    SEEN_UNKNOWN = "seen_unknown"
    NO_LINE = "no_line_to_partner"
    LINE_CLOSED = "line_to_partner_closed"
    PAPER_MISSING = "paper_of_guest_missing"


_MENDED_BY_OPERATORS = (Remedy.ASK_PARTNER, Remedy.MEND_AND_RETRY)
_REMEDIES = {
    ChannelGround.NO_LINE: (Remedy.DIRECT_APPLICATION,),
    ChannelGround.PAPER_MISSING: (Remedy.MEND_AND_RETRY,),
    ChannelGround.LINE_CLOSED: (Remedy.DIRECT_APPLICATION, Remedy.ASK_PARTNER),
}


def refuse(ground: ChannelGround, detail: str = "") -> Refusal:
    """The refusal; what a partner's node sends wrongly is for the operators to mend."""
    remedies = _REMEDIES.get(ground, _MENDED_BY_OPERATORS)
    return Refusal(ground=ground, remedies=remedies, detail=detail)
