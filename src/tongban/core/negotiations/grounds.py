"""Words for refusals in negotiations."""

from collections.abc import Mapping

from tongban.core.negotiations.refusals import NegotiationGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_DONE = ("磋商中的这一步没有生效。", "This step of the negotiation took no effect.")
_LOOK = (
    "请打开这次磋商，看清现在桌上是哪一稿、轮到谁，再决定下一步。",
    "Open the negotiation, see what lies on the table and whose turn it is, and decide again.",
)
_BEGIN_ANEW = (
    "如果还想谈，请另行发起一次磋商；双方都没有受任何约束。",
    "To go on talking, begin another negotiation; neither side is bound by anything.",
)

NEGOTIATION_WORDS: Mapping[str, GroundWords] = {
    Ground.UNKNOWN_NEGOTIATION: ground_words(
        what=_NOT_DONE,
        why=(
            "没有这个编号的磋商，或者它的发起没有被对方接受。",
            "There is no such negotiation, or the other side did not take its beginning.",
        ),
        then=("请核对编号。", "Check its number."),
    ),
    Ground.UNKNOWN_NEGOTIATION_ACT: ground_words(
        what=_NOT_DONE,
        why=("磋商中没有这样的一步。", "A negotiation has no such step."),
        then=("请通知两地的系统管理员。", "Tell the administrators of both places."),
    ),
    Ground.ALREADY_PROPOSED: ground_words(
        what=_NOT_DONE,
        why=("这个编号的磋商已经开始了。", "A negotiation of this number has begun already."),
        then=("请在已有的磋商里继续。", "Go on in the existing one."),
    ),
    Ground.NOT_ON_THE_TABLE: ground_words(
        what=_NOT_DONE,
        why=(
            "您所说的那一稿已经不在桌上：对方先走了一步，两步在途中交错了。",
            (
                "The version that this is about no longer lies on the table: the other side moved "
                "first, and the two acts crossed."
            ),
        ),
        then=_LOOK,
    ),
    Ground.NOT_YOUR_TURN: ground_words(
        what=_NOT_DONE,
        why=(
            "现在轮到对方答复；您可以评注条款，也可以撤回自己的这一稿。",
            "It is the other side's turn; you may comment on clauses, or withdraw your version.",
        ),
        then=_LOOK,
    ),
    Ground.NEGOTIATION_ENDED: ground_words(
        what=_NOT_DONE,
        why=(
            "这次磋商已经结束：同意、拒绝或者撤回了。",
            "The negotiation has ended: accepted, rejected or withdrawn.",
        ),
        then=(
            "同意了的文本请去签署；没有谈成的，可以另行发起磋商。",
            "Sign the text if it was accepted; otherwise begin another negotiation.",
        ),
    ),
    Ground.NEGOTIATION_LAPSED: ground_words(
        what=_NOT_DONE,
        why=(
            "答复期限已过（以对方收到的时刻、按中国时间计），这次磋商已经失效。",
            (
                "The day for an answer is past, counted in China time where this was received, and "
                "the negotiation has lapsed."
            ),
        ),
        then=_BEGIN_ANEW,
    ),
    Ground.ANSWER_DAY_PAST: ground_words(
        what=_NOT_DONE,
        why=(
            "所给的答复期限在对方收到时已经过去了。",
            "The day given for an answer was past when the other side received this.",
        ),
        then=("请另定一个够用的日期再提。", "Give a later day and propose again."),
    ),
    Ground.PARTIES_DIFFER: ground_words(
        what=_NOT_DONE,
        why=(
            "文本的当事方与磋商的两方不一致。",
            "The parties that the text names are not the two who negotiate.",
        ),
        then=("请改正文本的当事方。", "Mend the parties in the text."),
    ),
    Ground.SAME_VERSION: ground_words(
        what=_NOT_DONE,
        why=("这正是桌上的那一稿。", "This is the very version that lies on the table."),
        then=(
            "同意它请选“同意”；要改请先改文本。",
            "Accept it if you agree; change the text if you do not.",
        ),
    ),
    Ground.TEXT_ON_A_TABLE: ground_words(
        what=_NOT_DONE,
        why=(
            "这份文本已经在与同一方的另一场协商的桌上，那场协商还没有结束。",
            "This very text lies on a table with the same partner, in talks that are still open.",
        ),
        then=(
            "请在那场协商里继续；要另谈一份，请先改文本。",
            "Go on in those talks; change the text first if you mean another one.",
        ),
    ),
    Ground.AMENDED_UNKNOWN: ground_words(
        what=_NOT_DONE,
        why=(
            "所要修改或者取代的协议不在两地之间。",
            "The agreement that this would amend does not stand between the two places.",
        ),
        then=(
            "请在协议清单里核对它的摘要。",
            "Check its digest in the list of agreements.",
        ),
    ),
    Ground.UNKNOWN_CLAUSE: ground_words(
        what=_NOT_DONE,
        why=("那一稿里没有这一条。", "That version has no such clause."),
        then=("请核对条款编号。", "Check the number of the clause."),
    ),
    Ground.COMMENT_MISSING: ground_words(
        what=_NOT_DONE,
        why=("评注没有内容。", "The comment has no words."),
        then=("请写上要说的话再提交。", "Write what you want to say, and send it again."),
    ),
}
