"""Which versions of the catalogue bring a partner up to date, so that entries have room."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from tongban.core.catalogues.commands import Publish
from tongban.core.catalogues.events import PublishedLine, WithdrawalReason, WithdrawnLine
from tongban.core.catalogues.permit import LINES_MAX
from tongban.core.catalogues.state import CatalogueState, StandingLine, Withdrawal
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.logs.rows import OwnClosure, OwnOpening, OwnWithdrawal
from tongban.node.effects import SYSTEM

#: About how many bytes of documents one version brings (logs/sqlite/logs.sql, weight).
VERSION_BYTES = 250_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An item as a partner is to have it; size: bytes of its document.

    number: of the officer by whose word alone the partner is told of it, else "".
    """

    line: PublishedLine
    size: int
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A partner's list by item, so that thousands of items can be compared with it.

    given: when an officer last gave an item to this very partner.
    """

    lines: Mapping[str, StandingLine]
    gone: Mapping[str, Withdrawal]
    refused: Collection[str]
    given: Mapping[str, datetime] = field(default_factory=dict)

    def lacks(self, line: PublishedLine) -> bool:
        """Whether this is to be told."""
        if line.document in self.refused:
            return False
        gone = self.gone.get(line.item)
        if (
            gone is not None
            and gone.document == line.document
            and not self.was_given_again(line.item)
        ):
            # Nothing else opens it again: after a loss, nobody remembers the withdrawal.
            return False
        standing = self.lines.get(line.item)
        return standing is None or (standing.document, standing.processes) != (
            line.document,
            line.processes,
        )

    def gains(self, item: str) -> bool:
        """Whether the item is not on the list."""
        return item not in self.lines

    def was_given_again(self, item: str) -> bool:
        """Whether an officer gave the partner what had been taken off its list, since then."""
        gone, given = self.gone.get(item), self.given.get(item)
        return gone is not None and given is not None and gone.at <= given


def withdrawals_of(
    state: CatalogueState, gone: Iterable[OwnWithdrawal | OwnClosure]
) -> Iterator[Publish]:
    """What is withdrawn and still on the partner's list, a version for each officer who said so."""
    listed = {line.item for line in state.lines}
    by_number: defaultdict[str, list[WithdrawnLine]] = defaultdict(list)
    for each in gone:
        if each.item in listed:
            line = WithdrawnLine(
                item=each.item,
                reason=WithdrawalReason(each.reason),
                from_day=each.from_day.isoformat(),
            )
            by_number[each.number].append(line)
    for number, lines in by_number.items():
        for first in range(0, len(lines), LINES_MAX):
            yield Publish(
                publisher=state.publisher,
                actor=_officer(number),
                withdrawn=tuple(lines[first : first + LINES_MAX]),
            )


def publications_of(state: CatalogueState, news: Iterable[Offer]) -> Iterator[Publish]:
    """Versions that tell of news, each officer's apart; suspected documents each alone."""
    new = sorted(news, key=lambda each: (each.number, each.line.item))
    for number, group in groupby(new, key=lambda each: each.number):
        told = list(group)
        alone = [offer for offer in told if offer.line.document in state.suspects]
        together = [offer for offer in told if offer.line.document not in state.suspects]
        for batch in (*_batches(together), *([offer] for offer in alone)):
            lines = tuple(offer.line for offer in batch)
            yield Publish(publisher=state.publisher, actor=_officer(number), published=lines)


def line_of(item: Item, digest: str, process: Callable[[str], str]) -> PublishedLine:
    """A version of an item as an entry names it; process: the digest of the one with a name."""
    names = dict.fromkeys(offer.process for offer in item.modes)
    processes = tuple(process(name) for name in names)
    return PublishedLine(item=item.code, document=digest, processes=processes)


def listed_of(state: CatalogueState, given: Iterable[OwnOpening]) -> Listed:
    """The list as it stands at a partner; given: what officers opened to this very partner."""
    return Listed(
        lines={line.item: line for line in state.lines},
        gone={line.item: line for line in state.withdrawn},
        refused=frozenset(state.refused),
        given={each.item: each.given_at for each in given if each.given_at is not None},
    )


def _batches(offers: Iterable[Offer]) -> Iterator[list[Offer]]:
    """Versions of so many lines and bytes that entry and push have room for them."""
    batch: list[Offer] = []
    size = 0
    for offer in offers:
        if batch and (len(batch) == LINES_MAX or size + offer.size > VERSION_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(offer)
        size += offer.size
    if batch:
        yield batch


def _officer(number: str) -> Actor:
    if not number:
        return SYSTEM
    return Actor(kind=ActorKind.OFFICER, role="catalogue_officer", number=number)
