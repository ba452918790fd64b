"""Words for refusals about agreements of many parties."""

from collections.abc import Mapping

from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_RECORDED = ("这一步没有记入。", "This step was not recorded.")

DEPOSIT_WORDS: Mapping[str, GroundWords] = {
    Ground.NOT_THE_DEPOSITARY: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这份协议由保存方收集各方的意思表示，双方都不是保存方。",
            "The depositary collects what parties say on this agreement; it is none of the two.",
        ),
        then=("请向协议写明的保存方提出。", "Turn to the depositary that the agreement names."),
    ),
    Ground.NO_DEPOSITARY: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这份协议没有保存方，双方自己就能办。",
            "This agreement has no depositary; the two do this by themselves.",
        ),
        then=("请直接签署、中止或者终止。", "Sign, suspend or terminate it directly."),
    ),
    Ground.LEAVE_BY_DEPOSITARY: ground_words(
        what=_NOT_RECORDED,
        why=(
            "多方协议不能由两方终止，只能由一方向保存方声明退出。",
            "Two of many parties cannot end it; one leaves by its word to the depositary.",
        ),
        then=("请改办退出。", "Leave the agreement instead."),
    ),
    Ground.ALREADY_LEFT: ground_words(
        what=_NOT_RECORDED,
        why=(
            "这一方已经声明退出，或者文本已经作废。",
            "The party has said already that it leaves, or the text is void.",
        ),
        then=("不需要再办。", "There is nothing more to do."),
    ),
    Ground.ALREADY_DEPOSITED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "保存方的这项记录这里已经有了。",
            "This word of the depositary is known here already.",
        ),
        then=("不需要再办。", "There is nothing more to do."),
    ),
    Ground.ALREADY_CONCLUDED: ground_words(
        what=_NOT_RECORDED,
        why=(
            "各方已经签署，协议已经成立。",
            "All parties have signed; the agreement is concluded.",
        ),
        then=(
            "要退出的，请按协议写明的通知期办理退出。",
            "Who wants to go leaves by the notice that its text asks for.",
        ),
    ),
    Ground.DEPOSIT_INVALID: ground_words(
        what=_NOT_RECORDED,
        why=(
            "保存方的记录或者它所附的签名核验不通过。",
            "The word of the depositary, or a signature that it rests on, does not verify.",
        ),
        then=(
            "请保存方核对密钥后重新发送。",
            "Let the depositary check its keys and send it again.",
        ),
    ),
    Ground.WITHDRAWN: ground_words(
        what=_NOT_RECORDED,
        why=(
            "有一方在各方签署完毕之前撤回，这份文本已经作废。",
            "A party withdrew before all had signed; this text is void.",
        ),
        then=("请重新提出一份文本。", "Lay a new text before the parties."),
    ),
}
