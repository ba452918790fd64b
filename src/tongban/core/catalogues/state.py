"""Where one node's catalogue stands at a partner."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from tongban.core import canonical
from tongban.core.catalogues.events import CataloguePublished, WithdrawalReason
from tongban.core.catalogues.rules import PendingRule, RuleVersion, with_rule
from tongban.core.china_time import china_day

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingLine:
    """An item of the list; version, at: of the catalogue's version that brought this document."""

    item: str
    document: str
    processes: tuple[str, ...]
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """An item that was on the list; document: what it was last. at: when that was said."""

    item: str
    reason: WithdrawalReason
    from_day: str
    document: str
    processes: tuple[str, ...]
    at: datetime

    def stops(self, taken_in_at: datetime) -> bool:
        """Whether an application of that instant comes too late.

        Who came before it was said, or before the day, is not affected.
        """
        late = china_day(taken_in_at) >= date.fromisoformat(self.from_day)
        return late and taken_in_at >= self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """A version whose outcome its own writer does not know yet."""

    entry: str
    at: datetime
    event: CataloguePublished


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueState:
    """The list by item code, and what was withdrawn from it.

    pending: versions that the writer itself waits for. suspects: documents of a version that was
    refused among others, so that each is told alone. refused: documents that were refused alone.
    rules: versions of standards, mandates and advice beside the list. rules_pending: as `pending`.
    """

    publisher: str
    version: int = 0
    lines: tuple[StandingLine, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    pending: tuple[Pending, ...] = ()
    suspects: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    rules: tuple[RuleVersion, ...] = ()
    rules_pending: tuple[PendingRule, ...] = ()

    def line(self, item: str) -> StandingLine | None:
        """The item's line on the list."""
        return next((line for line in self.lines if line.item == item), None)

    def withdrawal(self, item: str) -> Withdrawal | None:
        """What was said when the item was withdrawn; None while it is on the list."""
        return next((line for line in self.withdrawn if line.item == item), None)

    @property
    def foreseen(self) -> "CatalogueState":
        """The state once every version that waits has taken effect."""
        state = replace(self, pending=(), rules_pending=())
        for waiting in self.pending:
            state = advanced(state, waiting.event, waiting.at)
        rules = self.rules
        for each in self.rules_pending:
            rules = with_rule(rules, each.rule)
        return replace(state, rules=rules)


def advanced(state: CatalogueState, event: CataloguePublished, at: datetime) -> CatalogueState:
    """The state after a version took effect."""
    lines = {line.item: line for line in state.lines}
    withdrawn = {line.item: line for line in state.withdrawn}
    for line in event.published:
        withdrawn.pop(line.item, None)
        lines[line.item] = StandingLine(
            item=line.item,
            document=line.document,
            processes=line.processes,
            version=event.version,
            at=at,
        )
    for gone in event.withdrawn:
        stood = lines.pop(gone.item)
        withdrawn[gone.item] = Withdrawal(
            item=gone.item,
            reason=gone.reason,
            from_day=gone.from_day,
            document=stood.document,
            processes=stood.processes,
            at=at,
        )
    return replace(
        state,
        version=event.version,
        lines=_sorted(lines),
        withdrawn=_sorted(withdrawn),
    )


def list_digest(state: CatalogueState) -> str:
    """What an entry names the whole list by (spec/catalogue.md, "The list")."""
    return canonical.digest(list_document(state))


def list_document(state: CatalogueState) -> bytes:
    """The list as a document: who publishes it, and each item's present version."""
    return canonical.encode(
        {
            "publisher": state.publisher,
            "version": state.version,
            "items": [[line.item, line.document] for line in state.lines],
            "withdrawn": [[line.item, line.reason, line.from_day] for line in state.withdrawn],
        }
    )


def _sorted(by_item: Mapping[str, T]) -> tuple[T, ...]:
    return tuple(by_item[item] for item in sorted(by_item))
