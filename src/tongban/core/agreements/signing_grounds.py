"""Words for refusals about who may sign an agreement."""

from collections.abc import Mapping

from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_SIGNED = ("没有办理。", "Nothing was signed or said.")
_NOT_POSSIBLE = ("不能签署，也不能照它办理。", "It cannot be signed, and carries no act.")
_NOT_RECORDED = ("这一步没有记入。", "This step was not recorded.")

SIGNING_WORDS: Mapping[str, GroundWords] = {
    Ground.SIGNER_WITHOUT_AUTHORITY: ground_words(
        what=_NOT_SIGNED,
        why=(
            "签署人既不是法定代表人，也没有指明授权委托书。",
            "Whoever signs is not the legal representative and names no written authorisation.",
        ),
        then=(
            "请由法定代表人签署，或者写明已登记的授权委托书编号。",
            "Let the legal representative sign, or give the number of a recorded authorisation.",
        ),
    ),
    Ground.AUTHORISATION_UNKNOWN: ground_words(
        what=_NOT_SIGNED,
        why=(
            "本节点没有登记这个编号的授权委托书，或者它已经撤销。",
            "No written authorisation of this number is recorded here, or it was revoked.",
        ),
        then=(
            "请核对编号；新的授权委托书请先登记。",
            "Check the number; record a new authorisation first.",
        ),
    ),
    Ground.AUTHORISATION_NOT_IN_FORCE: ground_words(
        what=_NOT_SIGNED,
        why=(
            "今天不在授权委托书的有效期内。",
            "Today lies outside the days of the written authorisation.",
        ),
        then=(
            "请取得并登记有效的授权委托书，或者由法定代表人签署。",
            "Obtain and record one that is in force, or let the legal representative sign.",
        ),
    ),
    Ground.AUTHORISATION_NOT_FOR_THIS: ground_words(
        what=_NOT_SIGNED,
        why=(
            "这份授权委托书不是给这个岗位或者这名人员的，或者不包括这一类协议。",
            "The paper is another office's or officer's, or does not cover such agreements.",
        ),
        then=(
            "请由授权委托书写明的岗位、人员办理，或者由法定代表人办理。",
            "Let the office or officer act whom the paper names, or the legal representative.",
        ),
    ),
    Ground.SECOND_OFFICER_MISSING: ground_words(
        what=_NOT_SIGNED,
        why=(
            "本节点规定签署、终止、退出前须由两名不同的人员分别复核确认，现在还不够。",
            "Here two different officers confirm each signature, end or exit first.",
        ),
        then=(
            "请另一名人员核对后确认，再办理。",
            "Let another officer check and confirm it first.",
        ),
    ),
    Ground.SIGNING_LAPSED: ground_words(
        what=_NOT_POSSIBLE,
        why=(
            "文本的签署截止日或者有效期已过，各方没有签齐。",
            "The last day for signing, or of the text itself, is past, and not all have signed.",
        ),
        then=(
            "请重新提出一份文本，写明新的签署截止日。",
            "Lay a new text before the parties, with a new day.",
        ),
    ),
    Ground.PLACE_TAKEN: ground_words(
        what=("没有送出，也没有签署。", "It was neither laid before the partner nor signed."),
        why=(
            "它要替代的协议，到它的生效日已经由另一份各方签齐的文本替代。",
            "By its first day another text, signed by all, replaces the agreement that it is to.",
        ),
        then=(
            "请改为替代那份新的文本，再提出。",
            "Let it supersede that newer text instead, and lay it again.",
        ),
    ),
    Ground.CONFIRMED_ALREADY: ground_words(
        what=_NOT_RECORDED,
        why=("这名人员已经确认过这份文本。", "This officer has confirmed this text already."),
        then=("请由另一名人员确认。", "Let another officer confirm it."),
    ),
    Ground.CONFIRMER_UNNAMED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "不知道是谁在确认，无法证明是两名不同的人员。",
            "It is not known who confirms, so nobody could tell two officers apart.",
        ),
        then=(
            "请写明确认人员的工号。",
            "Give the number of the officer who confirms.",
        ),
    ),
}
