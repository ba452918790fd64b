"""Why a version of a catalogue takes no effect; words for each ground stand in core/grounds.py."""

from enum import StrEnum

from tongban.core.refusal import Refusal, Remedy


class CatalogueGround(StrEnum):
    """Codes that travel in outcomes."""

    NOT_THE_PUBLISHER = "not_the_publisher"
    VERSION_OUT_OF_ORDER = "catalogue_version_out_of_order"
    CATALOGUE_MALFORMED = "catalogue_malformed"
    ITEM_UNREADABLE = "item_unreadable"
    NOT_COMPETENT_FOR_ITEM = "not_competent_for_item"
    ITEM_PROCESS_MISSING = "item_process_missing"
    NOT_ON_THE_LIST = "not_on_the_list"
    LIST_DIFFERS = "list_differs"
    STANDARD_UNREADABLE = "standard_unreadable"
    STANDARD_OUT_OF_ORDER = "standard_version_out_of_order"
    MANDATE_UNREADABLE = "mandate_unreadable"
    MANDATE_OUT_OF_ORDER = "mandate_version_out_of_order"
    ADVICE_UNREADABLE = "advice_unreadable"
    ADVICE_OUT_OF_ORDER = "advice_version_out_of_order"


#: These say nothing about an item: the version will be told once more under another number.
OF_ORDER = frozenset({CatalogueGround.VERSION_OUT_OF_ORDER, CatalogueGround.LIST_DIFFERS})


def refuse(ground: CatalogueGround, detail: str = "") -> Refusal:
    """The refusal; what is wrong with a list is for those who publish it to mend."""
    return Refusal(
        ground=ground, remedies=(Remedy.MEND_AND_RETRY, Remedy.ASK_PARTNER), detail=detail
    )
