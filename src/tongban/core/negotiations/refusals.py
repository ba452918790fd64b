"""Why an act in a negotiation takes no effect; words for each ground stand in core/grounds.py."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class NegotiationGround(StrEnum):
    """Codes that travel in outcomes."""

    UNKNOWN_NEGOTIATION = "unknown_negotiation"
    UNKNOWN_NEGOTIATION_ACT = "unknown_negotiation_act"
    ALREADY_PROPOSED = "already_proposed"
    NOT_ON_THE_TABLE = "not_on_the_table"
    NOT_YOUR_TURN = "not_your_turn"
    NEGOTIATION_ENDED = "negotiation_ended"
    NEGOTIATION_LAPSED = "negotiation_lapsed"
    ANSWER_DAY_PAST = "answer_day_past"
    PARTIES_DIFFER = "parties_differ"
    SAME_VERSION = "same_version"
    TEXT_ON_A_TABLE = "text_on_a_table"
    AMENDED_UNKNOWN = "amended_unknown"
    UNKNOWN_CLAUSE = "unknown_clause"
    COMMENT_MISSING = "comment_missing"


#: The other side moves next, or has moved: what helps is to look, and perhaps to talk.
_OTHERS_MOVE = frozenset(
    {
        NegotiationGround.NOT_YOUR_TURN,
        NegotiationGround.NOT_ON_THE_TABLE,
        NegotiationGround.NEGOTIATION_ENDED,
        NegotiationGround.NEGOTIATION_LAPSED,
    }
)


def refuse(ground: NegotiationGround, detail: str = "") -> Refusal:
    """The refusal with the remedies of its ground."""
    remedies = (Remedy.ASK_PARTNER, Remedy.MEND_AND_RETRY)
    if ground not in _OTHERS_MOVE:
        remedies = (Remedy.MEND_AND_RETRY, Remedy.ASK_PARTNER)
    return Refusal(ground=ground, remedies=remedies, detail=detail)
