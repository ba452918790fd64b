"""What a node tells a partner of its catalogue (spec/catalogue.md)."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.entry import Event


class WithdrawalReason(StrEnum):
    """Why an item takes no new applications any more; a sentence would not fit into an entry."""

    ABOLISHED = "abolished"  # 取消
    MERGED = "merged"  # 并入其他事项
    MOVED = "moved"  # 移交其他机关
    SUSPENDED = "suspended"  # 暂停办理
    CLOSED = "closed"  # 不再跨地区办理


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedLine:
    """An item that the list gains, or that changes.

    item: its implementation code. document: digest of its version. processes: digests of those
    that its modes name.
    """

    item: str
    document: str
    processes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawnLine:
    """An item that takes no new applications from a day on (YYYY-MM-DD, in China)."""

    item: str
    reason: WithdrawalReason
    from_day: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CataloguePublished(Event):
    """One version of the list, as what changed since the version before.

    version: from 1, without gaps. list_digest: of the whole list as it stands now, which the
    reader computes for itself and compares.
    """

    version: int
    list_digest: str
    published: tuple[PublishedLine, ...] = ()
    withdrawn: tuple[WithdrawnLine, ...] = ()


class RuleKind(StrEnum):
    """What a node publishes beside its items; none of it binds anybody (spec/rules.md)."""

    STANDARD = "standard"  # 统一标准
    MANDATE = "mandate"  # 清单
    ADVICE = "advice"  # 指导意见


@dataclass(frozen=True, kw_only=True, slots=True)
class RulePublished(Event):
    """A version of a rule that the publisher of the catalogue set.

    number: of the rule, at its publisher. version: greater than any before; what was published
    never changes. document: digest of the version.
    """

    number: str
    version: int
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardPublished(RulePublished):
    """A version of a common standard (统一标准)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MandatePublished(RulePublished):
    """A version of a list of items to open (清单)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AdvicePublished(RulePublished):
    """A version of a piece of advice (指导意见)."""
