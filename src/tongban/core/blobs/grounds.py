"""Words for refusals that are about large files."""

from collections.abc import Mapping

from tongban.core.blobs.refusals import BlobGround as Ground
from tongban.core.words import GroundWords, ground_words

BLOB_WORDS: Mapping[str, GroundWords] = {
    Ground.NOT_STORED: ground_words(
        what=("对方没有接受发去的这一条记录。", "The other side did not take this entry."),
        why=(
            "记录带着大文件，而对方还没有签收文件的全部内容。",
            "It needs a large file, and the other side had not yet signed for all of it.",
        ),
        then=(
            "请通知两地的系统管理员；案件仍由发出方负责，没有丢失。",
            "Tell the system administrators of both places; the sender still holds the case.",
        ),
    ),
    Ground.UNFIT: ground_words(
        what=("对方没有接受这一份文件签收。", "The receipt for a file was not taken."),
        why=(
            "签收里写的文件编号或者大小不成立。",
            "The file's name or size in it cannot be.",
        ),
        then=(
            "请通知两地的系统管理员；其他案件不受影响。",
            "Tell the system administrators of both places; other cases go on.",
        ),
    ),
    Ground.NOT_READ: ground_words(
        what=("没有发出，一切保持原样。", "Nothing was sent; all is as it was."),
        why=(
            "有文件超过 1 MB，而对方现在的软件最多只收 1 MB 的文件。",
            "A file is over 1 MB, and the partner's present software takes at most 1 MB.",
        ),
        then=(
            "请把文件扫描得小一些，或者拆成几份再传；也可以请对方升级软件。",
            "Scan it smaller or divide it; or ask the partner to update its software.",
        ),
    ),
    Ground.GONE: ground_words(
        what=("没有发出，一切保持原样。", "Nothing was sent; all is as it was."),
        why=(
            "上传的大文件搁置太久，已经从本节点清除。",
            "A large file was uploaded so long ago that this node has cleared it away.",
        ),
        then=("请把文件重新上传，再办一次。", "Upload the file again, and try once more."),
    ),
}
