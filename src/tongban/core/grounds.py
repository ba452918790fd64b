"""Words for every ground and remedy: what happened, why, and what to do next.

A clerk who never read a manual understands them. Each noun's words stand in a table beside its
refusals; this module joins them.
"""

from collections.abc import Mapping

from tongban.core.agreements.grounds import AGREEMENT_WORDS
from tongban.core.blobs.grounds import BLOB_WORDS
from tongban.core.cases.grounds import CASE_WORDS
from tongban.core.catalogues.grounds import CATALOGUE_WORDS
from tongban.core.channel.grounds import CHANNEL_WORDS
from tongban.core.inquiries.grounds import INQUIRY_WORDS
from tongban.core.negotiations.grounds import NEGOTIATION_WORDS
from tongban.core.records.grounds import RECORD_WORDS
from tongban.core.refusal import Remedy
from tongban.core.words import GroundWords, Words

GROUND_WORDS: Mapping[str, GroundWords] = {
    **CHANNEL_WORDS,
    **BLOB_WORDS,
    **AGREEMENT_WORDS,
    **CATALOGUE_WORDS,
    **NEGOTIATION_WORDS,
    **INQUIRY_WORDS,
    **RECORD_WORDS,
    **CASE_WORDS,
}

REMEDY_WORDS: Mapping[Remedy, Words] = {
    Remedy.DIRECT_APPLICATION: Words(
        zh="您可以直接向决定机关申请，办事指南上有它的地址、电话和网址；这条路任何时候都开着。",
        en=(
            "You can apply directly to the deciding authority; the guide gives its address, phone "
            "and site. That way is always open."
        ),
    ),
    Remedy.AMEND_AGREEMENT: Words(
        zh="请两地的协议管理人员补充、延长或者恢复协议。",
        en="Ask the agreement officers of both places to extend, amend or resume the agreement.",
    ),
    Remedy.COMPLETE_MATERIALS: Words(
        zh="请把缺的材料补齐后再办，一次带全。",
        en="Bring what is missing, everything at once, and try again.",
    ),
    Remedy.WAIT_FOR_HOLDER: Words(
        zh="请等现在的承办方办完这一步；案件页面上写着它是谁、期限到哪天。",
        en="Wait until the present holder has acted; the case page says who it is and by when.",
    ),
    Remedy.ASK_PARTNER: Words(
        zh="请联系对方的联络员，电话在协议里。",
        en="Call the partner's liaison office; its number is in the agreement.",
    ),
    Remedy.MEND_AND_RETRY: Words(
        zh="请改正后再试一次；刚才的操作没有留下任何影响。",
        en="Mend it and try again; the attempt left nothing behind.",
    ),
}


def words_for(ground: str) -> GroundWords:
    """Words for a ground; a partner's newer software may know grounds that this one does not."""
    return GROUND_WORDS.get(ground) or GroundWords(
        what=Words(zh="这一步没有办成。", en="This step did not happen."),
        why=Words(
            zh=f"对方给出的原因代码是 {ground}，本系统还没有它的说明。",
            en=f"The partner named the ground {ground}, which this software has no words for.",
        ),
        next=Words(
            zh="请联系对方的联络员，或者请申请人直接向决定机关申请。",
            en="Call the partner's liaison office, or apply directly to the authority.",
        ),
    )
