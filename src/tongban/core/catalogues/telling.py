"""What a partner knows of each item by now, and what it does not know yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tongban.core.catalogues.state import CatalogueState


class Telling(StrEnum):
    """How far the news of an item has come to a partner."""

    NOT_YET = "not_yet"  # 还没有告知
    OUTDATED = "outdated"  # 对方知道的是以前的版本
    WAITING = "waiting"  # 已经发出，等待对方确认
    TOLD = "told"  # 对方已经知道
    NOT_TAKEN = "not_taken"  # 对方没有接受


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownList:
    """A catalogue at a partner, by item, so that thousands of items can be looked up in it.

    standing: documents by item. sent: items and documents that wait for the partner's answer.
    withdrawing: items whose withdrawal does.
    """

    standing: Mapping[str, str]
    sent: Collection[tuple[str, str]]
    refused: Collection[str]
    withdrawn: Collection[str]
    withdrawing: Collection[str]

    def of_item(self, item: str, document: str) -> Telling:
        """How far this version has come."""
        if self.standing.get(item) == document:
            return Telling.TOLD
        if (item, document) in self.sent:
            return Telling.WAITING
        if document in self.refused:
            return Telling.NOT_TAKEN
        return Telling.OUTDATED if item in self.standing else Telling.NOT_YET

    def of_withdrawal(self, item: str) -> Telling | None:
        """How far the news has come that an item is withdrawn; None: it never knew the item."""
        if item in self.withdrawn:
            return Telling.TOLD
        if item in self.withdrawing:
            return Telling.WAITING
        waits = any(code == item for code, _ in self.sent)
        return Telling.NOT_YET if waits or item in self.standing else None


def known_list(state: CatalogueState | None) -> KnownList:
    """What the partner knows; state: None before it was told of anything."""
    known = state or CatalogueState(publisher="")
    events = [waiting.event for waiting in known.pending]
    sent = {(line.item, line.document) for event in events for line in event.published}
    return KnownList(
        standing={line.item: line.document for line in known.lines},
        sent=sent,
        refused=frozenset(known.refused),
        withdrawn=frozenset(line.item for line in known.withdrawn),
        withdrawing=frozenset(line.item for event in events for line in event.withdrawn),
    )
