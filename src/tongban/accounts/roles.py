"""What a person of this node may be, and where each begins the day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from tongban.core.agreements.authority import REPRESENTATIVE


class Role(TextChoices):
    """A person may have several; administrators' roles come with the production profile."""

    RESIDENT = "resident", gettext_lazy("居民")
    COUNTER_CLERK = "counter_clerk", gettext_lazy("专窗收件员")
    CASE_OFFICER = "case_officer", gettext_lazy("审批员")
    CATALOGUE_OFFICER = "catalogue_officer", gettext_lazy("事项管理员")
    AGREEMENT_OFFICER = "agreement_officer", gettext_lazy("协议管理员")
    LEGAL_REPRESENTATIVE = REPRESENTATIVE, gettext_lazy("法定代表人")
    JOINT_OFFICER = "joint_officer", gettext_lazy("联席办专员")
    OPERATOR = "operator", gettext_lazy("运维员")


OFFICER_ROLES = frozenset(Role) - {Role.RESIDENT}
