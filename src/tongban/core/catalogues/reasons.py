"""Why items were withdrawn, in words."""

from collections.abc import Mapping

from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.words import Words

#: Why an item may be taken back from one partner alone: it is still there, and with this authority.
OF_CLOSURES = (WithdrawalReason.CLOSED, WithdrawalReason.SUSPENDED)

REASON_WORDS: Mapping[WithdrawalReason, Words] = {
    WithdrawalReason.ABOLISHED: Words(zh="事项已取消", en="the item was abolished"),
    WithdrawalReason.MERGED: Words(zh="已并入其他事项", en="the item was merged into another one"),
    WithdrawalReason.MOVED: Words(
        zh="已移交其他机关办理", en="another authority is in charge of it now"
    ),
    WithdrawalReason.SUSPENDED: Words(zh="暂停办理", en="it is not handled for the time being"),
    WithdrawalReason.CLOSED: Words(
        zh="不再跨地区办理", en="it is not handled across places any more"
    ),
}
