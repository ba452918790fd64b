"""Words for refusals that a channel itself makes."""

from collections.abc import Mapping

from tongban.core.channel.refusals import ChannelGround as Ground
from tongban.core.words import GroundWords, ground_words

_MENDED_BY_OPERATORS = (
    "请通知两地的系统管理员；案件仍由发出方负责，没有丢失。",
    "Tell the system administrators of both places; the sender still holds the case.",
)

CHANNEL_WORDS: Mapping[str, GroundWords] = {
    Ground.MALFORMED_ENTRY: ground_words(
        what=("对方没有接受发去的这一条记录。", "The other side did not take this entry."),
        why=("记录的格式不符合两地约定的规范。", "Its form does not follow the common format."),
        then=_MENDED_BY_OPERATORS,
    ),
    Ground.ID_NOT_INCREASING: ground_words(
        what=("对方没有接受发去的这一条记录。", "The other side did not take this entry."),
        why=(
            "记录的编号重复或者顺序颠倒，可能是重复发送。",
            "Its number was used before or is out of order; it may have been sent twice.",
        ),
        then=_MENDED_BY_OPERATORS,
    ),
    Ground.BODY_MISMATCH: ground_words(
        what=("对方没有接受随记录发去的材料。", "The other side did not take what came with it."),
        why=(
            "收到的内容与记录里登记的指纹不一致，可能在途中损坏。",
            "The content does not fit the fingerprint in the entry; it may have been damaged.",
        ),
        then=(
            "请重新发送；仍然不行时请通知系统管理员。",
            "Send it again; if that does not help, tell the system administrator.",
        ),
    ),
    Ground.WRONG_SUBJECT: ground_words(
        what=("对方没有接受发去的这一条记录。", "The other side did not take this entry."),
        why=(
            "记录所说的对象与操作的种类对不上。",
            "What the entry is about does not fit its kind of act.",
        ),
        then=_MENDED_BY_OPERATORS,
    ),
    Ground.SEEN_UNKNOWN: ground_words(
        what=("对方没有接受发去的这一条记录。", "The other side did not take this entry."),
        why=(
            "记录声称看过对方还没有写下的内容。",
            "The entry claims to have seen what the other side has not written.",
        ),
        then=_MENDED_BY_OPERATORS,
    ),
    Ground.PAPER_MISSING: ground_words(
        what=("这一步没有记录下来。", "This act was not recorded."),
        why=(
            "本节点是代管的：对方没有自己的节点，做过什么要有它寄来的原件为凭，这里没有附上。",
            (
                "This node is kept for a government without one; each of its acts rests on a "
                "paper that it sent, and none came with this."
            ),
        ),
        then=(
            "请附上扫描件（PDF、JPEG、PNG）或者它填回的 Word、Excel 文件，再记录一次。",
            (
                "Attach the scan (PDF, JPEG, PNG) or the Word or Excel file that it filled in, "
                "and record the act again."
            ),
        ),
    ),
    Ground.NO_LINE: ground_words(
        what=("这件事现在不能从这里发出。", "This cannot be sent from here at present."),
        why=(
            "本地和有权办理的城市之间还没有建立连接。",
            "There is no line yet between this place and the deciding city.",
        ),
        then=(
            "请直接向决定机关申请，或者请系统管理员与对方建立连接。",
            "Apply directly to the authority, or ask the administrators to set up a line.",
        ),
    ),
    Ground.LINE_CLOSED: ground_words(
        what=("这件事没有发给对方，案件保持原样。", "Nothing was sent; the case is as it was."),
        why=(
            "系统管理员关闭了与这座城市的连接。",
            "The system administrators closed the line to that city.",
        ),
        then=(
            "请申请人直接向决定机关申请；连接重新建立后也可以在这里再办。",
            "The applicant can apply directly to the authority, or here once the line is back.",
        ),
    ),
}
