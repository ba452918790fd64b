"""Why an act on a case does not happen; words for each ground stand in core/grounds.py."""

from collections.abc import Mapping
from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class CaseGround(StrEnum):
    """Codes that travel in outcomes."""

    UNKNOWN_CASE = "unknown_case"
    CASE_EXISTS = "case_exists"
    UNKNOWN_PROCESS = "unknown_process"
    UNKNOWN_ITEM = "unknown_item"
    ITEM_WITHDRAWN = "item_withdrawn"
    UNKNOWN_ACT = "unknown_act"
    MODE_NOT_OFFERED = "mode_not_offered"
    NOT_THE_COMPETENT_PARTY = "not_the_competent_party"
    OWN_PLACE = "own_place"
    NOT_HOLDER = "not_holder"
    IN_TRANSIT = "in_transit"
    WRONG_PARTY = "wrong_party"
    WRONG_STAGE = "wrong_stage"
    ENDED = "ended"
    ALREADY_DONE = "already_done"
    SECOND_HANDOVER = "second_handover"
    SECOND_CORRECTION = "second_correction"
    ACCEPTANCE_IS_OWED = "acceptance_is_owed"
    APPLICANT_MUST_ASK = "applicant_must_ask"
    NO_BASIS = "no_basis"
    BASIS_NOT_NEEDED = "basis_not_needed"
    PERSON_CHECK_NOT_ENOUGH = "person_check_not_enough"
    MATERIAL_MISSING = "material_missing"
    MATERIAL_UNKNOWN = "material_unknown"
    ORIGINAL_NOT_SEEN = "original_not_seen"
    BODY_MISSING = "body_missing"
    CORRECTION_EMPTY = "correction_empty"
    CORRECTION_INCOMPLETE = "correction_incomplete"
    DELIVERY_NOT_OFFERED = "delivery_not_offered"
    DELIVERY_NOT_AS_CHOSEN = "delivery_not_as_chosen"
    TRACKING_MISSING = "tracking_missing"
    INSTANT_IN_FUTURE = "instant_in_future"
    NOTHING_TO_RECALL = "nothing_to_recall"
    RECALLED = "recalled"
    RECALL_TOO_LATE = "recall_too_late"
    WITHDRAWAL_NOT_REQUESTED = "withdrawal_not_requested"
    WITHDRAWAL_REQUESTED = "withdrawal_requested"
    BODY_TOO_LARGE = "body_too_large"
    UNKNOWN_RULE = "unknown_rule"
    DEADLINE_NOT_PASSED = "deadline_not_passed"
    CALENDAR_PROVISIONAL = "calendar_provisional"
    NOT_REVERSIBLE = "not_reversible"
    FIELD_UNFIT = "field_unfit"
    UNKNOWN_STEP = "unknown_step"


_WAIT = (Remedy.WAIT_FOR_HOLDER, Remedy.ASK_PARTNER)
_MEND = (Remedy.MEND_AND_RETRY,)
_COMPLETE = (Remedy.COMPLETE_MATERIALS, Remedy.DIRECT_APPLICATION)
_DIRECT = (Remedy.DIRECT_APPLICATION, Remedy.ASK_PARTNER)

_REMEDIES: Mapping[CaseGround, tuple[Remedy, ...]] = {
    CaseGround.FIELD_UNFIT: _MEND,
    CaseGround.UNKNOWN_STEP: _MEND,
    CaseGround.UNKNOWN_CASE: (Remedy.ASK_PARTNER, Remedy.DIRECT_APPLICATION),
    CaseGround.CASE_EXISTS: _MEND,
    CaseGround.UNKNOWN_PROCESS: _DIRECT,
    CaseGround.UNKNOWN_ITEM: _DIRECT,
    CaseGround.ITEM_WITHDRAWN: _DIRECT,
    CaseGround.UNKNOWN_ACT: _MEND,
    CaseGround.MODE_NOT_OFFERED: _DIRECT,
    CaseGround.NOT_THE_COMPETENT_PARTY: _DIRECT,
    CaseGround.OWN_PLACE: (Remedy.DIRECT_APPLICATION,),
    CaseGround.NOT_HOLDER: _WAIT,
    CaseGround.IN_TRANSIT: _WAIT,
    CaseGround.WRONG_PARTY: _WAIT,
    CaseGround.WRONG_STAGE: _WAIT,
    CaseGround.ENDED: _DIRECT,
    CaseGround.ALREADY_DONE: _WAIT,
    CaseGround.SECOND_HANDOVER: _WAIT,
    CaseGround.SECOND_CORRECTION: _MEND,
    CaseGround.ACCEPTANCE_IS_OWED: _MEND,
    CaseGround.APPLICANT_MUST_ASK: _DIRECT,
    CaseGround.NO_BASIS: (Remedy.DIRECT_APPLICATION, Remedy.AMEND_AGREEMENT),
    CaseGround.BASIS_NOT_NEEDED: _MEND,
    CaseGround.PERSON_CHECK_NOT_ENOUGH: _COMPLETE,
    CaseGround.MATERIAL_MISSING: _COMPLETE,
    CaseGround.MATERIAL_UNKNOWN: _MEND,
    CaseGround.ORIGINAL_NOT_SEEN: _COMPLETE,
    CaseGround.BODY_MISSING: _MEND,
    CaseGround.CORRECTION_EMPTY: _MEND,
    CaseGround.CORRECTION_INCOMPLETE: _COMPLETE,
    CaseGround.DELIVERY_NOT_OFFERED: _MEND,
    CaseGround.DELIVERY_NOT_AS_CHOSEN: _MEND,
    CaseGround.TRACKING_MISSING: _MEND,
    CaseGround.INSTANT_IN_FUTURE: _MEND,
    CaseGround.NOTHING_TO_RECALL: _WAIT,
    CaseGround.RECALLED: _MEND,
    CaseGround.RECALL_TOO_LATE: _WAIT,
    CaseGround.WITHDRAWAL_NOT_REQUESTED: _WAIT,
    CaseGround.WITHDRAWAL_REQUESTED: _MEND,
    CaseGround.BODY_TOO_LARGE: _MEND,
    CaseGround.UNKNOWN_RULE: _MEND,
    CaseGround.DEADLINE_NOT_PASSED: _WAIT,
    CaseGround.CALENDAR_PROVISIONAL: _MEND,
    CaseGround.NOT_REVERSIBLE: _MEND,
}


def refuse(ground: CaseGround, detail: str = "") -> Refusal:
    """The refusal with the remedies of its ground."""
    return Refusal(ground=ground, remedies=_REMEDIES[ground], detail=detail)
