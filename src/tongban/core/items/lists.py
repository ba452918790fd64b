"""The four lists (四清单) of an item: which data and certificates it uses and produces."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tongban.core.words import Words


class Share(StrEnum):
    """共享属性 (政务数据共享条例 14)."""

    UNCONDITIONAL = "unconditional"  # 无条件共享
    CONDITIONAL = "conditional"  # 有条件共享
    NOT_SHARED = "not_shared"  # 不予共享


class ProviderPlace(StrEnum):
    """Whose provider it is, seen from the item."""

    NATION = "nation"
    PROVINCE = "province"
    COMPETENT = "competent"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListLine:
    """One line of one of the lists.

    code: the same for everybody who uses or produces it. provider: kind of organisation, such as
    "public_security". at: where that organisation is; ANYWHERE where the applicant decides it,
    such as the place of registration. fields: names of form fields, materials: codes of
    materials, that the line brings and nobody may ask for again.
    """

    code: str
    name: Words
    provider: str
    at: ProviderPlace
    share: Share
    fields: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FourLists:
    """用数清单, 出数清单, 用证清单 and 出证清单."""

    data_used: tuple[ListLine, ...] = ()
    data_produced: tuple[ListLine, ...] = ()
    certificates_used: tuple[ListLine, ...] = ()
    certificates_issued: tuple[ListLine, ...] = ()

    def used(self) -> Iterator[ListLine]:
        """Lines that somebody else has to provide."""
        yield from self.data_used
        yield from self.certificates_used
