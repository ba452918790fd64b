"""Words for refusals about cases."""

from collections.abc import Mapping

from tongban.core.cases.refusals import CaseGround as Ground
from tongban.core.words import GroundWords, ground_words

_NOT_DONE = ("这一步没有办成，案件没有变化。", "This step did not happen; the case is unchanged.")
_NOT_SENT = ("案件没有发出。", "The case was not sent.")
_NOT_TAKEN_IN = ("没有收件。", "The application was not taken in.")
_LOOK_AT_CASE = (
    "请打开案件页面，看现在由谁承办、期限到哪天。",
    "Open the case page to see who holds it and by when.",
)
_RELOAD = (
    "请刷新案件页面后再决定下一步。",
    "Reload the case page, then decide what to do next.",
)
_TELL_ADMINISTRATOR = (
    "请通知系统管理员与对方核对；申请人也可以直接向决定机关申请。",
    "Tell the system administrator to check with the partner; applying directly stays possible.",
)
_FILL_IN = ("请补上后再提交。", "Add it and submit again.")

CASE_WORDS: Mapping[str, GroundWords] = {
    Ground.UNKNOWN_CASE: ground_words(
        what=_NOT_DONE,
        why=("这里没有这个案件。", "There is no such case here."),
        then=(
            "请核对案件编号；刚发出的案件要等对方接收。",
            "Check the case number; a case just sent must first be received.",
        ),
    ),
    Ground.CASE_EXISTS: ground_words(
        what=_NOT_TAKEN_IN,
        why=("这个编号的案件已经收过了。", "A case with this number was already taken in."),
        then=("请打开已有的案件继续办理。", "Open the existing case and go on there."),
    ),
    Ground.UNKNOWN_PROCESS: ground_words(
        what=_NOT_DONE,
        why=(
            "这里没有案件所用的办理流程。",
            "The process that the case follows is not known here.",
        ),
        then=_TELL_ADMINISTRATOR,
    ),
    Ground.UNKNOWN_ITEM: ground_words(
        what=_NOT_TAKEN_IN,
        why=("这里没有这个事项的办事指南。", "The guide of this item is not known here."),
        then=_TELL_ADMINISTRATOR,
    ),
    Ground.ITEM_WITHDRAWN: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "有权机关已经撤下这个事项，不再接收新的申请；已经受理的案件不受影响。",
            "The authority has withdrawn this item and takes in nothing new; open cases go on.",
        ),
        then=(
            "请申请人直接向决定机关咨询，办事指南上有它的地址和电话。",
            "The applicant can ask the authority itself; the guide gives its address and phone.",
        ),
    ),
    Ground.UNKNOWN_ACT: ground_words(
        what=_NOT_DONE,
        why=("这个事项的办理流程没有这一步。", "The process of this item has no such step."),
        then=_LOOK_AT_CASE,
    ),
    Ground.MODE_NOT_OFFERED: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "决定机关没有为这个事项开通这种办理方式。",
            "The authority does not offer this way of handling the item.",
        ),
        then=(
            "请按办事指南上的方式办理，或者直接向决定机关申请。",
            "Use a way that the guide names, or apply directly to the authority.",
        ),
    ),
    Ground.NOT_THE_COMPETENT_PARTY: ground_words(
        what=_NOT_DONE,
        why=("这件事不归收到它的机关决定。", "The authority it went to does not decide this."),
        then=(
            "请核对事项和决定机关后重新选择。",
            "Check the item and its authority and choose again.",
        ),
    ),
    Ground.OWN_PLACE: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "这是本地自己的事项，不需要跨地办理。",
            "This is an item of this very place; it needs no partner.",
        ),
        then=(
            "请直接在本地的办事大厅或者网上办理。",
            "Apply at the local service centre or its site.",
        ),
    ),
    Ground.NOT_HOLDER: ground_words(
        what=_NOT_DONE,
        why=("案件现在由另一方承办。", "The other side holds the case now."),
        then=_LOOK_AT_CASE,
    ),
    Ground.IN_TRANSIT: ground_words(
        what=_NOT_DONE,
        why=(
            "案件已经发出，对方还没有确认接收，这期间谁都不能推进。",
            "The case is on its way and not yet received; nobody can move it meanwhile.",
        ),
        then=(
            "请等对方接收；如果发错了，可以马上撤回。",
            "Wait for receipt; if it was sent by mistake, recall it at once.",
        ),
    ),
    Ground.WRONG_PARTY: ground_words(
        what=_NOT_DONE,
        why=(
            "这一步归另一方办：受理和决定归决定机关，收件和转交归收件地。",
            "The other side does this: the authority accepts and decides, intake takes in.",
        ),
        then=_LOOK_AT_CASE,
    ),
    Ground.WRONG_STAGE: ground_words(
        what=_NOT_DONE,
        why=("案件现在的阶段不能办这一步。", "The case is not at a stage for this step."),
        then=_LOOK_AT_CASE,
    ),
    Ground.ENDED: ground_words(
        what=_NOT_DONE,
        why=("案件已经办结。", "The case is closed."),
        then=("需要再办的，请重新申请。", "To go on, make a new application."),
    ),
    Ground.ALREADY_DONE: ground_words(
        what=_NOT_DONE,
        why=("这一步已经办过，每个案件只办一次。", "This was done already, once for each case."),
        then=_RELOAD,
    ),
    Ground.SECOND_HANDOVER: ground_words(
        what=_NOT_SENT,
        why=("案件已经移交给对方了。", "The case was already handed over."),
        then=_LOOK_AT_CASE,
    ),
    Ground.SECOND_CORRECTION: ground_words(
        what=_NOT_DONE,
        why=(
            "补正只能一次性告知，这个案件已经告知过一次（行政许可法第三十二条）。",
            "What is missing is told once for all, and this case was told (article 32).",
        ),
        then=(
            "请按已告知的内容审查；申请人补齐后应当受理。",
            "Review against the first list; once it is met the case must be accepted.",
        ),
    ),
    Ground.ACCEPTANCE_IS_OWED: ground_words(
        what=_NOT_DONE,
        why=(
            "申请人已按告知补齐全部材料，下一步只能是受理（行政许可法第三十二条）。",
            "Everything on the list was brought; only acceptance can follow (article 32).",
        ),
        then=("请受理，再作审查决定。", "Accept the case, then review and decide."),
    ),
    Ground.APPLICANT_MUST_ASK: ground_words(
        what=_NOT_DONE,
        why=(
            "这一步要由申请人本人或者受托人提出。",
            "Only the applicant or an agent can ask for this.",
        ),
        then=(
            "请申请人用自己的账号操作。",
            "Let the applicant do it from their own account.",
        ),
    ),
    Ground.NO_BASIS: ground_words(
        what=_NOT_DONE,
        why=(
            "没有写明凭什么代办：协议条款、公布的文件，或者本人申请。",
            "No clause, instrument or applicant's own right was named.",
        ),
        then=(
            "请申请人直接申请，或者请两地补充协议。",
            "Apply directly, or amend the agreement.",
        ),
    ),
    Ground.BASIS_NOT_NEEDED: ground_words(
        what=_NOT_DONE,
        why=(
            "这一步是决定机关自己的职权，不能写成代办。",
            "This step is the authority's own power and rests on no delegation.",
        ),
        then=_TELL_ADMINISTRATOR,
    ),
    Ground.PERSON_CHECK_NOT_ENOUGH: ground_words(
        what=_NOT_DONE,
        why=("这一步要求的人证核验没有做。", "The identity check that this needs was not made."),
        then=(
            "请按办理流程核验身份证件后再办。",
            "Check the person's document as the process asks, then try again.",
        ),
    ),
    Ground.MATERIAL_MISSING: ground_words(
        what=_NOT_TAKEN_IN,
        why=("缺少必要的材料。", "A required material is missing."),
        then=(
            "请对照办事指南把材料一次备齐。",
            "Bring everything that the guide lists, at once.",
        ),
    ),
    Ground.MATERIAL_UNKNOWN: ground_words(
        what=_NOT_DONE,
        why=("办事指南没有要求这份材料。", "The guide does not ask for this material."),
        then=("请去掉它，或者选对材料名称。", "Leave it out, or choose the right material."),
    ),
    Ground.ORIGINAL_NOT_SEEN: ground_words(
        what=_NOT_TAKEN_IN,
        why=(
            "这份材料要核对原件，窗口还没有见到原件。",
            "The original of this material must be checked and was not seen.",
        ),
        then=(
            "请申请人带原件来窗口，或者直接向决定机关申请。",
            "Bring the original to the counter, or apply directly to the authority.",
        ),
    ),
    Ground.BODY_MISSING: ground_words(
        what=_NOT_DONE,
        why=("这一步必须附的内容没有附上。", "Content that this step must bring is missing."),
        then=_FILL_IN,
    ),
    Ground.BODY_TOO_LARGE: ground_words(
        what=_NOT_DONE,
        why=("有一份文件超过 1 MB。", "A file is larger than 1 MB."),
        then=(
            "请压缩图片或者分成几份后再上传。",
            "Make the picture smaller or split the file, and upload again.",
        ),
    ),
    Ground.CORRECTION_EMPTY: ground_words(
        what=_NOT_DONE,
        why=("补正告知没有写明要补什么。", "The correction notice names nothing to correct."),
        then=(
            "请把要补正的内容一次写全。",
            "List everything that must be corrected, once for all.",
        ),
    ),
    Ground.CORRECTION_INCOMPLETE: ground_words(
        what=_NOT_SENT,
        why=(
            "告知要补的内容还没有补齐。",
            "Something on the correction list is still missing.",
        ),
        then=(
            "请补齐清单上的每一项后一次交回。",
            "Bring every line of the list, then send it back at once.",
        ),
    ),
    Ground.DELIVERY_NOT_OFFERED: ground_words(
        what=_NOT_TAKEN_IN,
        why=("这种办理方式不提供所选的送达方式。", "This way of delivery is not offered here."),
        then=("请另选一种送达方式。", "Choose another way of delivery."),
    ),
    Ground.DELIVERY_NOT_AS_CHOSEN: ground_words(
        what=_NOT_DONE,
        why=(
            "送达方式与申请人收件时选的不一样。",
            "The applicant chose another way of delivery at intake.",
        ),
        then=("请按申请人所选的方式送达。", "Deliver in the way that was chosen."),
    ),
    Ground.TRACKING_MISSING: ground_words(
        what=_NOT_DONE,
        why=("邮寄送达没有填邮件号。", "The number of the postal item is missing."),
        then=_FILL_IN,
    ),
    Ground.INSTANT_IN_FUTURE: ground_words(
        what=_NOT_DONE,
        why=("填写的收件时间晚于现在。", "The time of intake lies in the future."),
        then=("请核对时间后再提交。", "Check the time and submit again."),
    ),
    Ground.NOTHING_TO_RECALL: ground_words(
        what=_NOT_DONE,
        why=("现在没有可以撤回的移交。", "There is no hand-over to recall now."),
        then=_LOOK_AT_CASE,
    ),
    Ground.RECALLED: ground_words(
        what=("这次移交已经撤回。", "This hand-over was recalled."),
        why=("发出方在对方接收前要求撤回。", "The sender asked for it back before receipt."),
        then=(
            "案件回到发出方，改好后可以重新发出。",
            "The sender holds the case again and can send it once it is right.",
        ),
    ),
    Ground.RECALL_TOO_LATE: ground_words(
        what=("撤回没有成功。", "The recall did not succeed."),
        why=("对方已经接收了案件。", "The other side had already received the case."),
        then=_LOOK_AT_CASE,
    ),
    Ground.WITHDRAWAL_REQUESTED: ground_words(
        what=_NOT_SENT,
        why=("申请人已经要求撤回申请。", "The applicant asked to withdraw the application."),
        then=(
            "请确认撤回；申请人改变主意的，请重新收件。",
            "Confirm the withdrawal; if the applicant thinks again, take it in anew.",
        ),
    ),
    Ground.WITHDRAWAL_NOT_REQUESTED: ground_words(
        what=_NOT_DONE,
        why=("申请人没有要求撤回。", "The applicant did not ask to withdraw."),
        then=(
            "撤回只能由申请人提出。",
            "Only the applicant can ask for that; go on with the case.",
        ),
    ),
    Ground.UNKNOWN_RULE: ground_words(
        what=_NOT_DONE,
        why=("没有这个名称的时限规则。", "There is no deadline rule of this name."),
        then=_TELL_ADMINISTRATOR,
    ),
    Ground.DEADLINE_NOT_PASSED: ground_words(
        what=_NOT_DONE,
        why=(
            "期限还没有过，或者这个期限没有法定后果。",
            "The deadline has not passed, or passing it has no effect in law.",
        ),
        then=_LOOK_AT_CASE,
    ),
    Ground.CALENDAR_PROVISIONAL: ground_words(
        what=_NOT_DONE,
        why=(
            "这一年的放假安排还没有载入，工作日是估算的，不能据此产生法律后果。",
            "The holidays of that year are not loaded; an estimate has no effect in law.",
        ),
        then=(
            "请系统管理员载入国务院办公厅的放假通知。",
            "Ask the system administrator to load the official holiday notice.",
        ),
    ),
    Ground.NOT_REVERSIBLE: ground_words(
        what=_NOT_DONE,
        why=(
            "案件没有被视为受理，或者已经不在报告方手里。",
            "The case was not deemed accepted, or the reporter no longer holds it.",
        ),
        then=_RELOAD,
    ),
    Ground.UNKNOWN_STEP: ground_words(
        what=(
            "这个环节没有记录。",
            "This step was not recorded.",
        ),
        why=(
            "案件所用的办理流程没有声明这个环节代码；环节要长期留在记录里，不能随意填写。",
            "The case's process declares no step with this code, and no other word may stay there.",
        ),
        then=(
            "请改用流程声明的环节代码（接口在案件的 steps 里列出）；缺少的环节请有权机关补进流程。",
            "Use a code of the process, which the case lists as steps; the authority can add more.",
        ),
    ),
    Ground.FIELD_UNFIT: ground_words(
        what=(
            "编号没有被接受，什么也没有记下。",
            "The number was not taken; nothing was recorded.",
        ),
        why=(
            "编号要长期留在记录里，只能写文号、证号、邮件号或者代码，不能写姓名、电话、身份证号或者别的话。",
            "It stays for ever, so only a number or code may stand there, and no name or words.",
        ),
        then=(
            "请只写编号，例如“合市监受〔2026〕12号”或者“SL-2026-12”；要说的话写在理由里。",
            "Write the number alone, such as SL-2026-12; words belong into the reasons.",
        ),
    ),
}
