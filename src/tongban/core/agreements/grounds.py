"""Words for refusals about agreements and about the basis of acts."""

from collections.abc import Mapping

from tongban.core.agreements.deposit_grounds import DEPOSIT_WORDS
from tongban.core.agreements.ending_grounds import ENDING_WORDS
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.agreements.signing_grounds import SIGNING_WORDS
from tongban.core.words import GroundWords, ground_words

_NOT_TAKEN_IN = (
    "这一步不能以对方的名义办理。",
    "This cannot be done in the other authority's name.",
)
_DIRECT_OR_AMEND = (
    "请申请人直接向决定机关申请；需要长期代办的，请两地协议管理人员补充协议。",
    "The applicant can apply directly; to do this regularly, both places amend the agreement.",
)
_READ_AGAIN = (
    "请核对文本的版本和对方，改正后再办。",
    "Check the version of the text and the partner, and try again.",
)
_NOT_SIGNED = ("没有签署。", "It was not signed.")
_NOT_RECORDED = ("这一步没有记入。", "This step was not recorded.")

AGREEMENT_WORDS: Mapping[str, GroundWords] = {
    **DEPOSIT_WORDS,
    **ENDING_WORDS,
    **SIGNING_WORDS,
    Ground.UNKNOWN_DOCUMENT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "对方没有这份协议或者文件的文本，或者两边的文本不一致。",
            "The other side does not have this document, or the two texts differ.",
        ),
        then=(
            "请先把文本发给对方，再办这一步。",
            "Send the document to the other side first.",
        ),
    ),
    Ground.NOT_AN_AGREEMENT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这是一份公布的法律文件，不需要也不能签署或者中止。",
            "This is a published legal instrument; it is neither signed nor suspended.",
        ),
        then=("请直接引用它。", "Cite it instead."),
    ),
    Ground.NOT_AN_INSTRUMENT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这是一份协议，引用不能代替各方签署。",
            "This is an agreement; citing it does not replace signatures.",
        ),
        then=("请把它提交对方签署。", "Offer it to the other side to sign."),
    ),
    Ground.NOT_A_PARTY: ground_words(
        what=_NOT_RECORDED,
        why=("有一方不是这份协议的缔约方。", "Somebody here is not a party to this agreement."),
        then=_READ_AGAIN,
    ),
    Ground.ALREADY_OFFERED: ground_words(
        what=_NOT_RECORDED,
        why=("这份文本已经在两地之间了。", "This document already lies between the two places."),
        then=("请打开已有的那一份继续。", "Open the existing one and go on there."),
    ),
    Ground.NOT_OFFERED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这份协议还没有提交给对方。",
            "This agreement has not been laid before the other side.",
        ),
        then=("请先提交文本。", "Offer the document first."),
    ),
    Ground.ALREADY_SIGNED: ground_words(
        what=_NOT_RECORDED,
        why=("这一方已经签署过了。", "This party has already signed."),
        then=("不需要再签，请等其他方签署。", "Nothing more to sign; wait for the others."),
    ),
    Ground.SIGNATURE_INVALID: ground_words(
        what=_NOT_RECORDED,
        why=(
            "签名验证不通过：不是这一方对这份文本、以协议所写职务作出的签名。",
            "The signature is not this party's, for this document, by the office it names.",
        ),
        then=(
            "请由协议所写职务的负责人重新签署同一份文本。",
            "Have the office named in the agreement sign this very document again.",
        ),
    ),
    Ground.SIGNATURE_IS_ANOTHERS: ground_words(
        what=_NOT_RECORDED,
        why=(
            "各方的签名只能由本方自己交来，多方协议由保存方转交。",
            "Each party brings its own signature; of many, the depositary passes them on.",
        ),
        then=(
            "请等对方自己签署；收到过旧密钥签名的，请与对方核对。",
            "Wait until that party signs; if you hold its signature under an old key, ask it.",
        ),
    ),
    Ground.ALREADY_SUSPENDED: ground_words(
        what=_NOT_RECORDED,
        why=("本方已经中止过这些事项。", "This side has already suspended these items."),
        then=("不需要重复中止。", "There is nothing more to suspend."),
    ),
    Ground.STALE_VERSION: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这份文本在磋商中提出过，但没有被同意；只有同意了的那一稿才能签署。",
            "This text was laid on a table and not accepted; only what was accepted is signed.",
        ),
        then=(
            "请在磋商里看同意的是哪一稿，签署那一稿；还没有同意的，先谈妥。",
            (
                "See in the negotiation which version was accepted and sign that one; if none was, "
                "come to terms first."
            ),
        ),
    ),
    Ground.OFFER_IS_THE_ACCEPTORS: ground_words(
        what=_NOT_RECORDED,
        why=(
            "磋商中谈妥的文本由同意的一方提交签署，以免双方各提一份。",
            (
                "Whoever accepted a negotiated text lays it before the other, so that none is "
                "offered twice."
            ),
        ),
        then=(
            "请等对方提交后再签署；等久了请联系对方的联络员。",
            "Sign once the other side has offered it; call its liaison office if that takes long.",
        ),
    ),
    Ground.ITEM_NOT_IN_AGREEMENT: ground_words(
        what=_NOT_RECORDED,
        why=("要中止的事项不在这份协议里。", "The items to suspend are not in this agreement."),
        then=_READ_AGAIN,
    ),
    Ground.NOT_SUSPENDED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "本方没有中止过这些事项；对方中止的，只能由对方恢复。",
            "This side has not suspended these items; what the other suspended, only it can lift.",
        ),
        then=("请核对事项，或者请对方恢复。", "Check the items, or ask the other side to lift it."),
    ),
    Ground.NO_AGREEMENT: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "两地之间没有让本地代办的协议，也没有公布的文件规定可以代办。",
            "No agreement between the two places, and no published instrument, allows it.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.NOT_SIGNED_BY_ALL: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "协议还没有经所有缔约方签署，尚未生效。",
            "Not every party has signed the agreement; it is not in force.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.NOT_PUBLISHED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "协议约定生效前要公布，还有缔约方没有公布，尚未生效。",
            "The agreement has to be published first and some party has not; it is not in force.",
        ),
        then=(
            "请申请人直接向决定机关申请；请还没有公布的一方公布并记入。",
            "The applicant can apply directly; the party that owes it publishes and records it.",
        ),
    ),
    Ground.NO_PUBLICATION_OWED: ground_words(
        what=_NOT_RECORDED,
        why=("协议没有要求这一方公布。", "The agreement asks no publication of this party."),
        then=_READ_AGAIN,
    ),
    Ground.PUBLICATION_IS_THEIRS: ground_words(
        what=_NOT_RECORDED,
        why=(
            "对方是否公布，由对方自己记入。",
            "Whether the other side has published is for the other side to record.",
        ),
        then=("请对方记入。", "Ask the other side to record it."),
    ),
    Ground.ALREADY_PUBLISHED: ground_words(
        what=_NOT_RECORDED,
        why=("这一方的公布已经记入。", "This party's publication is recorded already."),
        then=("不需要再记。", "There is nothing more to record."),
    ),
    Ground.PUBLICATION_DAY_UNFIT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "公布日期写的不是日期，或者还没有到。",
            "The day of publication is no day, or it has not come yet.",
        ),
        then=(
            "请在公布之后记入，写成 2026-12-20 这样的日期。",
            "Record it once it is published, with the day as in 2026-12-20.",
        ),
    ),
    Ground.NOT_YET_IN_FORCE: ground_words(
        what=_NOT_TAKEN_IN,
        why=("协议的生效日期还没有到。", "The first day of the agreement has not come yet."),
        then=(
            "请等到生效之日，或者请申请人直接向决定机关申请。",
            "Wait for that day, or apply directly to the authority.",
        ),
    ),
    Ground.EXPIRED: ground_words(
        what=_NOT_TAKEN_IN,
        why=("协议已经到期。", "The agreement has expired."),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.SUSPENDED: ground_words(
        what=_NOT_TAKEN_IN,
        why=("有一方已经中止了这个事项的代办。", "A party has suspended this item."),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.TERMINATED: ground_words(
        what=_NOT_TAKEN_IN,
        why=("协议已经由一方终止。", "A party has ended the agreement."),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.SUPERSEDED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "协议已经由新的文本替代，新的事项要按新文本办理。",
            "Another text has taken the agreement's place; what is new goes by that.",
        ),
        then=(
            "请按新文本办理，或者请申请人直接向决定机关申请。",
            "Go by the new text, or the applicant applies directly to the authority.",
        ),
    ),
    Ground.DAILY_LIMIT_REACHED: ground_words(
        what=("今天不能再以这一条发出。", "No more can be sent under this clause today."),
        why=(
            "协议约定了每一自然日的收件上限，对方今天收到的和已经发出的合起来到了上限。",
            (
                "The agreement limits intakes a day; what the other side received today and what "
                "is on its way have reached the limit."
            ),
        ),
        then=(
            "已经收下的在本地等候，过了零点自动发出；着急的，申请人可以直接向决定机关申请。",
            (
                "What was taken in waits here and goes by itself after midnight; whoever is in a "
                "hurry can apply to the authority directly."
            ),
        ),
    ),
    Ground.ITEM_NOT_GRANTED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "两地的协议没有列入这个事项。",
            "The agreement between the two places does not list this item.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.MODE_NOT_GRANTED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "协议列入了这个事项，但没有约定这种办理方式。",
            "The agreement lists this item, but not for this way of handling it.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.POWER_NOT_GRANTED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "协议列入了这个事项，但没有授予这一步需要的权限（例如原件核验或者送达）。",
            "The agreement lists this item, but not the power that this step needs.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.CLAUSE_DOES_NOT_GRANT: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "所引的条款没有授予这一步需要的权限。",
            "The clause that was named does not grant what this step needs.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.BASIS_MALFORMED: ground_words(
        what=_NOT_TAKEN_IN,
        why=("依据写得不完整。", "The basis is not fully named."),
        then=("请写明协议和条款后再办。", "Name the document and the clause, and try again."),
    ),
    Ground.BASIS_KIND_NOT_ALLOWED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "办理流程不允许以这类依据办这一步。",
            "The process does not let this step rest on this kind of basis.",
        ),
        then=_DIRECT_OR_AMEND,
    ),
    Ground.OWN_RIGHT_IS_THE_APPLICANTS: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "本人申请的权利只能由申请人（或其受托人）自己行使，工作人员不能代用。",
            "Only applicants, or their agents, use the applicant's own right; officers do not.",
        ),
        then=(
            "请申请人用自己的账号提交，本人申请任何协议都不能拒绝。",
            "Let the applicant submit it; no agreement can stop an applicant's own application.",
        ),
    ),
}
