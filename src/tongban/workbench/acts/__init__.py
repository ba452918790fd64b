"""What a case officer may do on a case: one act a file, found through the table.

A new act is a module with an `ACT` here, and a template beside it in templates/workbench/acts/.
"""

from tongban.workbench.acts import (
    accept,
    confirm_withdrawal,
    deliver,
    grant,
    notify_correction,
    refuse,
    refuse_acceptance,
)
from tongban.workbench.acts.act import OfficerAct

#: In the order in which the case room shows them.
ACTS: tuple[OfficerAct, ...] = (
    accept.ACT,
    notify_correction.ACT,
    refuse_acceptance.ACT,
    grant.ACT,
    refuse.ACT,
    deliver.ACT,
    confirm_withdrawal.ACT,
)

BY_CODE = {act.code: act for act in ACTS}
