"""Words for refusals about records."""

from collections.abc import Mapping

from tongban.core.records.refusals import RecordGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_DONE = ("追认没有生效。", "Nothing was acknowledged.")

RECORD_WORDS: Mapping[str, GroundWords] = {
    Ground.UNKNOWN_RECORD_ACT: ground_words(
        what=_NOT_DONE,
        why=("对单方记录没有这样的一步。", "There is no such step about a one-sided record."),
        then=("请通知两地的系统管理员。", "Tell the administrators of both places."),
    ),
    Ground.NOT_YOUR_RECORD: ground_words(
        what=_NOT_DONE,
        why=(
            "这是别的节点的记录，只有它自己能追认。",
            "The record is another node's, which alone can acknowledge it.",
        ),
        then=("请由那个节点的人员办理。", "Let the people of that node do it."),
    ),
    Ground.NEVER_KEPT: ground_words(
        what=_NOT_DONE,
        why=(
            "这个节点从来没有由别人代管，没有单方记录要追认。",
            "Nobody ever kept this node, so it has no one-sided record.",
        ),
        then=("不用办理。", "Nothing is to be done."),
    ),
    Ground.STILL_KEPT: ground_words(
        what=_NOT_DONE,
        why=(
            "节点还在用代管方的密钥；代管方不能替它追认自己的记录。",
            "The node still signs under its keeper's keys, and a keeper cannot vouch for itself.",
        ),
        then=(
            "请先完成移交、换成自己的密钥，再追认。",
            "Finish the hand-over and change to keys of your own, then acknowledge.",
        ),
    ),
    Ground.NOTHING_TO_ACKNOWLEDGE: ground_words(
        what=_NOT_DONE,
        why=("到这一条为止，已经追认过了。", "It was acknowledged up to here before."),
        then=("不用再办；请看追认情况。", "Nothing is left to do; look at what was acknowledged."),
    ),
    Ground.OBJECTION_MISPLACED: ground_words(
        what=_NOT_DONE,
        why=(
            "有一条异议不在这次追认的范围里，或者所指的记录已经追认过。",
            (
                "An objection is outside of what is acknowledged now, or is about what was "
                "acknowledged before."
            ),
        ),
        then=("请核对异议所指的记录再提交。", "Check which entries the objections name."),
    ),
    Ground.UNKNOWN_OBJECTION: ground_words(
        what=("异议没有撤回。", "No objection was withdrawn."),
        why=("对这一条没有异议，或者已经撤回。", "There is no objection to it, or not any more."),
        then=("请核对是哪一条。", "Check which entry it is."),
    ),
}
