"""Why the law or the agreement says no, for agreements and for the basis of acts."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class AgreementGround(StrEnum):
    """Codes that travel in outcomes; their words stand in core/grounds.py."""

    UNKNOWN_DOCUMENT = "unknown_document"
    NOT_AN_AGREEMENT = "not_an_agreement"
    NOT_AN_INSTRUMENT = "not_an_instrument"
    NOT_A_PARTY = "not_a_party"
    ALREADY_OFFERED = "already_offered"
    NOT_OFFERED = "not_offered"
    ALREADY_SIGNED = "already_signed"
    SIGNATURE_INVALID = "signature_invalid"
    SIGNATURE_IS_ANOTHERS = "signature_is_anothers"
    ALREADY_SUSPENDED = "already_suspended"
    STALE_VERSION = "stale_version"
    OFFER_IS_THE_ACCEPTORS = "offer_is_the_acceptors"
    SIGNER_WITHOUT_AUTHORITY = "signer_without_authority"
    AUTHORISATION_UNKNOWN = "authorisation_unknown"
    AUTHORISATION_NOT_IN_FORCE = "authorisation_not_in_force"
    AUTHORISATION_NOT_FOR_THIS = "authorisation_not_for_this"
    SECOND_OFFICER_MISSING = "second_officer_missing"
    CONFIRMED_ALREADY = "confirmed_already"
    CONFIRMER_UNNAMED = "confirmer_unnamed"
    ITEM_NOT_IN_AGREEMENT = "item_not_in_agreement"
    NOT_SUSPENDED = "not_suspended"
    NOT_CONCLUDED = "not_concluded"
    NOT_A_DAY = "not_a_day"
    ENDS_ANYWAY = "ends_anyway"
    NOTICE_TOO_SHORT = "notice_too_short"
    NOT_THE_DEPOSITARY = "not_the_depositary"
    NO_DEPOSITARY = "no_depositary"
    LEAVE_BY_DEPOSITARY = "leave_by_depositary"
    ALREADY_LEFT = "already_left"
    ALREADY_DEPOSITED = "already_deposited"
    ALREADY_CONCLUDED = "already_concluded"
    DEPOSIT_INVALID = "deposit_invalid"
    WITHDRAWN = "withdrawn"
    NO_PUBLICATION_OWED = "no_publication_owed"
    PUBLICATION_IS_THEIRS = "publication_is_theirs"
    ALREADY_PUBLISHED = "already_published"
    PUBLICATION_DAY_UNFIT = "publication_day_unfit"
    NO_AGREEMENT = "no_agreement"
    NOT_SIGNED_BY_ALL = "not_signed_by_all"
    SIGNING_LAPSED = "signing_lapsed"
    PLACE_TAKEN = "place_taken"
    NOT_PUBLISHED = "not_published"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    DAILY_LIMIT_REACHED = "daily_limit_reached"
    ITEM_NOT_GRANTED = "item_not_granted"
    MODE_NOT_GRANTED = "mode_not_granted"
    POWER_NOT_GRANTED = "power_not_granted"
    CLAUSE_DOES_NOT_GRANT = "clause_does_not_grant"
    BASIS_MALFORMED = "basis_malformed"
    BASIS_KIND_NOT_ALLOWED = "basis_kind_not_allowed"
    OWN_RIGHT_IS_THE_APPLICANTS = "own_right_is_the_applicants"


_TALKS = frozenset(
    {
        AgreementGround.NOT_AN_AGREEMENT,
        AgreementGround.NOT_AN_INSTRUMENT,
        AgreementGround.NOT_A_PARTY,
        AgreementGround.ALREADY_OFFERED,
        AgreementGround.NOT_OFFERED,
        AgreementGround.ALREADY_SIGNED,
        AgreementGround.SIGNATURE_INVALID,
        AgreementGround.SIGNATURE_IS_ANOTHERS,
        AgreementGround.ALREADY_SUSPENDED,
        AgreementGround.STALE_VERSION,
        AgreementGround.OFFER_IS_THE_ACCEPTORS,
        AgreementGround.SIGNER_WITHOUT_AUTHORITY,
        AgreementGround.AUTHORISATION_UNKNOWN,
        AgreementGround.AUTHORISATION_NOT_IN_FORCE,
        AgreementGround.AUTHORISATION_NOT_FOR_THIS,
        AgreementGround.SECOND_OFFICER_MISSING,
        AgreementGround.CONFIRMED_ALREADY,
        AgreementGround.CONFIRMER_UNNAMED,
        AgreementGround.ITEM_NOT_IN_AGREEMENT,
        AgreementGround.NOT_SUSPENDED,
        AgreementGround.NOT_CONCLUDED,
        AgreementGround.NOT_A_DAY,
        AgreementGround.ENDS_ANYWAY,
        AgreementGround.NOTICE_TOO_SHORT,
        AgreementGround.NO_PUBLICATION_OWED,
        AgreementGround.PUBLICATION_IS_THEIRS,
        AgreementGround.ALREADY_PUBLISHED,
        AgreementGround.PUBLICATION_DAY_UNFIT,
        AgreementGround.NOT_THE_DEPOSITARY,
        AgreementGround.NO_DEPOSITARY,
        AgreementGround.LEAVE_BY_DEPOSITARY,
        AgreementGround.ALREADY_LEFT,
        AgreementGround.ALREADY_DEPOSITED,
        AgreementGround.ALREADY_CONCLUDED,
        AgreementGround.DEPOSIT_INVALID,
        AgreementGround.WITHDRAWN,
        AgreementGround.PLACE_TAKEN,
    }
)


def refuse(ground: AgreementGround, detail: str = "") -> Refusal:
    """The refusal with the remedies of its ground; no refusal of a basis closes the direct way."""
    if ground in _TALKS:
        return Refusal(ground=ground, remedies=(Remedy.MEND_AND_RETRY,), detail=detail)
    return Refusal(
        ground=ground,
        remedies=(Remedy.DIRECT_APPLICATION, Remedy.AMEND_AGREEMENT, Remedy.ASK_PARTNER),
        detail=detail,
    )
