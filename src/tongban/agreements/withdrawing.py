"""What an officer fills in to want a text no more that not both have signed."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.labels import WITHDRAWAL_GROUNDS
from tongban.agreements.register import RegisterLine
from tongban.core.agreements.document import Agreement
from tongban.pages.components import FieldError


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawalAsked:
    """Why it is withdrawn; ground: a code, "" until chosen."""

    ground: str

    @property
    def grounds(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [(code, say(), code == self.ground) for code, say in WITHDRAWAL_GROUNDS.items()]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        if self.ground in WITHDRAWAL_GROUNDS:
            return ()
        return (FieldError(anchor="ground", words=gettext("请选撤回的原因。")),)


def read_withdrawal(given: QueryDict) -> WithdrawalAsked:
    """What was filled in."""
    return WithdrawalAsked(ground=given.get("ground", ""))


def may_be_withdrawn(line: RegisterLine) -> bool:
    """Whether it lies between two of whom not both have signed, and nobody withdrew it."""
    document, standing = line.document, line.standing
    if not isinstance(document, Agreement) or document.is_deposited or standing is None:
        return False
    gone = any(each.state and each.state.withdrawn for each in line.at)
    return bool(standing.unsigned) and not gone
