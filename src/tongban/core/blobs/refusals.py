"""Why a file takes no part in anything."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class BlobGround(StrEnum):
    """Codes that travel in outcomes, or stand on pages; their words stand in core/grounds.py."""

    NOT_STORED = "blob_not_stored"
    UNFIT = "blob_unfit"
    NOT_READ = "blob_not_read_by_partner"
    GONE = "blob_gone"


_REMEDIES = {
    BlobGround.NOT_STORED: (Remedy.ASK_PARTNER, Remedy.MEND_AND_RETRY),
    BlobGround.UNFIT: (Remedy.ASK_PARTNER, Remedy.MEND_AND_RETRY),
    BlobGround.NOT_READ: (Remedy.MEND_AND_RETRY, Remedy.ASK_PARTNER),
    BlobGround.GONE: (Remedy.MEND_AND_RETRY,),
}


def refuse(ground: BlobGround, detail: str = "") -> Refusal:
    """The refusal with its remedies."""
    return Refusal(ground=ground, remedies=_REMEDIES[ground], detail=detail)
