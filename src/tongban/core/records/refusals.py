"""Why an act on a record takes no effect; words for each ground stand in core/grounds.py."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class RecordGround(StrEnum):
    """Codes that travel in outcomes."""

    UNKNOWN_RECORD_ACT = "unknown_record_act"
    NOT_YOUR_RECORD = "not_your_record"
    NEVER_KEPT = "never_kept"
    STILL_KEPT = "still_kept"
    NOTHING_TO_ACKNOWLEDGE = "nothing_to_acknowledge"
    OBJECTION_MISPLACED = "objection_misplaced"
    UNKNOWN_OBJECTION = "unknown_objection"


def refuse(ground: RecordGround, detail: str = "") -> Refusal:
    """The refusal with its remedies."""
    remedies = (Remedy.MEND_AND_RETRY, Remedy.ASK_PARTNER)
    return Refusal(ground=ground, remedies=remedies, detail=detail)
