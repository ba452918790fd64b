"""Words for refusals about catalogues."""

from collections.abc import Mapping

from tongban.core.catalogues.refusals import CatalogueGround as Ground
from tongban.core.words import GroundWords, Words, ground_words

_NOT_TAKEN = (
    "对方没有接受这一版事项目录。",
    "The other side did not take this version of the catalogue.",
)
_SENT_AGAIN = (
    "系统会自动重新发布；仍然不行时请通知两地的系统管理员。",
    "It is published again by itself; if that fails, tell the administrators of both places.",
)
_MEND_ITEM = (
    "请目录管理员改正事项后重新发布；其他事项不受影响。",
    "The catalogue officer mends the item and publishes again; other items are not affected.",
)

_STANDARD = Words(zh="统一标准", en="common standard")
_MANDATE = Words(zh="清单", en="list of items to open")
_ADVICE = Words(zh="指导意见", en="advice")
_NEXT_VERSION = (
    "请目录管理员核对后发布下一版。",
    "The catalogue officer checks it and publishes the next version.",
)


def _unreadable(what: Words) -> GroundWords:
    return ground_words(
        what=_not_taken(what),
        why=(
            f"对方读不出这一版{what.zh}，或者它与所说的编号、版本不符。",
            "The other side cannot read this version, or it is not what the entry says.",
        ),
        then=_NEXT_VERSION,
    )


def _out_of_order(what: Words) -> GroundWords:
    return ground_words(
        what=_not_taken(what),
        why=(
            f"对方已经有这份{what.zh}的同一版或者更新的一版；已发布的版本不能改。",
            "The other side has this version or a later one; what is published never changes.",
        ),
        then=_NEXT_VERSION,
    )


def _not_taken(what: Words) -> tuple[str, str]:
    return (
        f"对方没有接受这一版{what.zh}。",
        f"The other side did not take this version of the {what.en}.",
    )


CATALOGUE_WORDS: Mapping[str, GroundWords] = {
    Ground.NOT_THE_PUBLISHER: ground_words(
        what=_NOT_TAKEN,
        why=(
            "一个节点只能公布自己的事项目录。",
            "A node publishes its own catalogue and nobody else's.",
        ),
        then=(
            "请由有权机关所在的节点公布。",
            "Let the node of the competent authority publish it.",
        ),
    ),
    Ground.VERSION_OUT_OF_ORDER: ground_words(
        what=_NOT_TAKEN,
        why=(
            "目录版本号没有接着上一版。",
            "Its number does not follow that of the version before.",
        ),
        then=_SENT_AGAIN,
    ),
    Ground.CATALOGUE_MALFORMED: ground_words(
        what=_NOT_TAKEN,
        why=(
            "这一版没有内容、行数过多、同一事项出现两次，或者日期不对。",
            "It is empty or too long, names an item twice, or has a day that is none.",
        ),
        then=_SENT_AGAIN,
    ),
    Ground.ITEM_UNREADABLE: ground_words(
        what=_NOT_TAKEN,
        why=(
            "其中一个事项的内容对方读不出来，或者与编码不符。",
            "The other side cannot read one of its items, or the item has another code.",
        ),
        then=_MEND_ITEM,
    ),
    Ground.NOT_COMPETENT_FOR_ITEM: ground_words(
        what=_NOT_TAKEN,
        why=(
            "其中一个事项由别的机关决定，只有有权机关的节点才能公布它。",
            "Another authority decides one of its items, and only that one's node publishes it.",
        ),
        then=(
            "请由有权机关所在的节点公布；办事人可以直接向它申请。",
            "Let the competent authority's node publish it; people can apply there directly.",
        ),
    ),
    Ground.ITEM_PROCESS_MISSING: ground_words(
        what=_NOT_TAKEN,
        why=(
            "其中一个事项缺少办理流程，代收的一方不知道怎么办。",
            "One of its items lacks a process, so nobody could take applications in for it.",
        ),
        then=_MEND_ITEM,
    ),
    Ground.NOT_ON_THE_LIST: ground_words(
        what=_NOT_TAKEN,
        why=(
            "要撤下的事项不在目录里。",
            "An item that is to be withdrawn is not on the list.",
        ),
        then=("请核对事项编码。", "Check the item's code."),
    ),
    Ground.LIST_DIFFERS: ground_words(
        what=_NOT_TAKEN,
        why=(
            "两边算出来的目录不一样。",
            "The two sides compute different lists.",
        ),
        then=_SENT_AGAIN,
    ),
    Ground.STANDARD_UNREADABLE: _unreadable(_STANDARD),
    Ground.STANDARD_OUT_OF_ORDER: _out_of_order(_STANDARD),
    Ground.MANDATE_UNREADABLE: _unreadable(_MANDATE),
    Ground.MANDATE_OUT_OF_ORDER: _out_of_order(_MANDATE),
    Ground.ADVICE_UNREADABLE: _unreadable(_ADVICE),
    Ground.ADVICE_OUT_OF_ORDER: _out_of_order(_ADVICE),
}
