"""Words for refusals about the end of an agreement."""

from collections.abc import Mapping

from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_RECORDED = ("这一步没有记入。", "This step was not recorded.")

ENDING_WORDS: Mapping[str, GroundWords] = {
    Ground.NOT_CONCLUDED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "协议还没有经所有缔约方签署，谈不上终止。",
            "Not every party has signed the agreement, so there is nothing to end.",
        ),
        then=(
            "不再需要这份文本的，请撤回（tongban agreement withdraw）。",
            "Withdraw the text instead (tongban agreement withdraw).",
        ),
    ),
    Ground.NOT_A_DAY: ground_words(
        what=_NOT_RECORDED,
        why=("最后一天写的不是日期。", "What stands for the last day is no day."),
        then=("请写成 2027-06-30 这样的日期。", "Write it as in 2027-06-30."),
    ),
    Ground.ENDS_ANYWAY: ground_words(
        what=_NOT_RECORDED,
        why=(
            "协议在这一天或者更早就已经到期或者终止。",
            "The agreement ends on this day or earlier anyway.",
        ),
        then=("不需要再终止。", "There is nothing more to end."),
    ),
    Ground.NOTICE_TOO_SHORT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "协议写明终止要提前通知，从对方收到之日到最后一天不够协议写明的天数。",
            "From receipt to the last day there are fewer days than the agreement asks for.",
        ),
        then=(
            "请选更晚的最后一天；需要立即停办的，请中止。",
            "Choose a later last day; to stop at once, suspend it.",
        ),
    ),
}
