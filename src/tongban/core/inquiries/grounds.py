"""Words for refusals in inquiries."""

from collections.abc import Mapping

from tongban.core.inquiries.refusals import InquiryGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_DONE = ("咨询中的这一步没有生效。", "This step of the inquiry took no effect.")
_LOOK = ("请打开这次咨询，看清问答再办。", "Open the inquiry and see what was asked and answered.")

INQUIRY_WORDS: Mapping[str, GroundWords] = {
    Ground.UNKNOWN_INQUIRY: ground_words(
        what=_NOT_DONE,
        why=(
            "没有这个编号的咨询，或者它的提问没有被对方接受。",
            "There is no such inquiry, or the other side did not take its question.",
        ),
        then=("请核对编号。", "Check its number."),
    ),
    Ground.UNKNOWN_INQUIRY_ACT: ground_words(
        what=_NOT_DONE,
        why=("咨询中没有这样的一步。", "An inquiry has no such step."),
        then=("请通知两地的系统管理员。", "Tell the administrators of both places."),
    ),
    Ground.ALREADY_ASKED: ground_words(
        what=_NOT_DONE,
        why=("这个编号的咨询已经有了。", "An inquiry of this number is there already."),
        then=("请在已有的咨询里继续，或者另行提问。", "Go on in it, or ask anew."),
    ),
    Ground.NOT_ASKED_OF_YOU: ground_words(
        what=_NOT_DONE,
        why=("这个问题问的是对方，只有对方能答复。", "The other side was asked, and it answers."),
        then=("您可以在咨询里留言。", "You may add a message to the inquiry."),
    ),
    Ground.NOT_YOUR_QUESTION: ground_words(
        what=_NOT_DONE,
        why=("问题是对方提的，只有对方能撤回。", "The other side asked, and it withdraws."),
        then=("您可以答复，或者留言。", "You may answer, or add a message."),
    ),
    Ground.ALREADY_WITHDRAWN: ground_words(
        what=_NOT_DONE,
        why=("这个问题已经撤回过了。", "The question was withdrawn before."),
        then=("不用再办；还想问请另行提问。", "Nothing is left to do; to ask again, ask anew."),
    ),
    Ground.UNKNOWN_ANSWER: ground_words(
        what=_NOT_DONE,
        why=(
            "这次咨询里没有这条答复，或者它已经被撤回、替换。",
            "The inquiry has no such answer, or it was withdrawn or replaced.",
        ),
        then=_LOOK,
    ),
    Ground.NO_ONE_CASE: ground_words(
        what=_NOT_DONE,
        why=(
            "一事一议只决定一个办件，而提问时没有写明是哪一件。",
            "A one-off decides one case, and the question names none.",
        ),
        then=(
            "请改作一般答复，或者请对方就那个办件另行提问。",
            "Give a general answer, or let the other side ask again about that case.",
        ),
    ),
    Ground.NOTHING_TO_READ: ground_words(
        what=_NOT_DONE,
        why=("对方没有写过这一条。", "The other side wrote no such line."),
        then=_LOOK,
    ),
    Ground.WORDS_MISSING: ground_words(
        what=_NOT_DONE,
        why=("没有写内容。", "It has no words."),
        then=("请写上要说的话再提交。", "Write what you want to say, and send it again."),
    ),
    Ground.UNKNOWN_ATTACHMENT: ground_words(
        what=_NOT_DONE,
        why=(
            "附件只能随提问、留言或者答复提交，最多九件，依次编号。",
            "Attachments come with a question, message or answer: at most nine, by number.",
        ),
        then=("请重新选择附件再提交。", "Choose the attachments again, and send it again."),
    ),
    Ground.NO_AUTHORITY: ground_words(
        what=_NOT_DONE,
        why=(
            "没有记录在案、今天有效、归您这个岗位、又管这个事项的一事一议授权。",
            (
                "No authorisation for one-off decisions is recorded that holds today, is for your "
                "office, and covers this item."
            ),
        ),
        then=(
            "请有授权的负责人决定，或者先请管理员登记授权书。",
            "Let an officer decide who is authorised, or have the paper recorded first.",
        ),
    ),
}
