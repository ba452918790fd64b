"""Why an act in an inquiry takes no effect; words for each ground stand in core/grounds.py."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class InquiryGround(StrEnum):
    """Codes that travel in outcomes; `no_authority` is asked by the writer alone."""

    UNKNOWN_INQUIRY = "unknown_inquiry"
    UNKNOWN_INQUIRY_ACT = "unknown_inquiry_act"
    ALREADY_ASKED = "already_asked"
    NOT_ASKED_OF_YOU = "not_asked_of_you"
    NOT_YOUR_QUESTION = "not_your_question"
    ALREADY_WITHDRAWN = "already_withdrawn"
    UNKNOWN_ANSWER = "unknown_answer"
    NO_ONE_CASE = "no_one_case"
    NOTHING_TO_READ = "nothing_to_read"
    WORDS_MISSING = "words_missing"
    UNKNOWN_ATTACHMENT = "unknown_attachment"
    NO_AUTHORITY = "no_authority"


def refuse(ground: InquiryGround, detail: str = "") -> Refusal:
    """The refusal with its remedies."""
    remedies = (Remedy.MEND_AND_RETRY, Remedy.ASK_PARTNER)
    return Refusal(ground=ground, remedies=remedies, detail=detail)
