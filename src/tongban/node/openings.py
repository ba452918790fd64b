"""Tells partners of this node's items, a version of the catalogue at a time.

What a partner should know is computed anew each time and compared with what it was told, so a
restart, a closed line or a lost table never leaves a partner with an old list.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.process import process_digest
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.changes import CatalogueChange, changes_of
from tongban.core.catalogues.commands import Publish
from tongban.core.catalogues.events import PublishedLine, WithdrawalReason, WithdrawnLine
from tongban.core.catalogues.opening import Opening, opened_items
from tongban.core.catalogues.permit import LINES_MAX
from tongban.core.catalogues.state import CatalogueState, StandingLine, Withdrawal
from tongban.core.catalogues.telling import KnownList, known_list
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind, SubjectKind
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.logs.rows import (
    ChannelStatus,
    LogKind,
    OwnOpening,
    OwnWithdrawal,
    Publication,
)
from tongban.node.catalogue_changes import catalogues_token
from tongban.node.desk import Desk
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import UnknownItem, UnknownPeer
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.work import Work, readable

#: About how many bytes of documents one version brings (logs/sqlite/logs.sql, weight).
VERSION_BYTES = 250_000

_LOOKED = "looked_at_catalogue/"
#: What opens an item without an officer of this node.
_WITHOUT_OFFICER = frozenset({Opening.AGREED, Opening.LISTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Offer:
    """An item as a partner is to have it; size: bytes of its document.

    number: of the officer by whose word alone the partner is told of it, else "".
    """

    line: PublishedLine
    size: int
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Listed:
    """A partner's list by item, so that thousands of items can be compared with it."""

    lines: Mapping[str, StandingLine]
    gone: Mapping[str, Withdrawal]
    refused: Collection[str]

    def lacks(self, line: PublishedLine) -> bool:
        """Whether this is to be told."""
        if line.document in self.refused:
            return False
        gone = self.gone.get(line.item)
        if gone is not None and gone.document == line.document:
            # Only another version opens it again: after a loss, nobody remembers the withdrawal.
            return False
        standing = self.lines.get(line.item)
        return standing is None or (standing.document, standing.processes) != (
            line.document,
            line.processes,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class AtPartner:
    """Where this node's items stand at one partner.

    reachable: the line is open. ways: by code, why the partner is told of an item.
    """

    peer: str
    reachable: bool
    ways: Mapping[str, Sequence[Opening]]
    known: KnownList


class Openings:
    """What this node has told its partners of its own items, and what is still to be told."""

    def __init__(self, kernel: Kernel, published: Published, desk: Desk) -> None:
        self._kernel = kernel
        self._published = published
        self._desk = desk
        self._told: dict[str, object] = {}
        self._revision = 0
        # An officer and the rounds who look at the same time would tell the same twice.
        self._telling = threading.Lock()

    def open_to_all(self, codes: Iterable[str], *, number: str = "") -> None:
        """Let every partner know of these items, whatever was agreed with it.

        number: of the officer. Raises UnknownItem, and opens none, for a code that this node does
        not decide, or withdrew.
        """
        self._open(codes, "", number)

    def open_to(self, peer: str, codes: Iterable[str], *, number: str = "") -> None:
        """Let one partner know of these items, as `open_to_all` does; raises UnknownPeer too."""
        if self._kernel.peers.get(peer) is None:
            raise UnknownPeer(f"{peer} is no partner of this node")
        self._open(codes, peer, number)

    def _open(self, codes: Iterable[str], peer: str, number: str) -> None:
        wanted = set(codes)
        known = self._published.newest(self._kernel.identity.name).keys()
        unknown = wanted - (known - {row.item for row in self._published.withdrawn()})
        if unknown:
            raise UnknownItem(f"this node decides no item {min(unknown)}, or withdrew it")
        with self._kernel.database.write() as connection:
            for code in sorted(wanted):
                opening = OwnOpening(item=code, peer=peer, number=number)
                self._kernel.store.put_opening(connection, opening)
        self._revision += 1

    def tell_all(self) -> int:
        """Tell every partner whose line is open what it does not know yet; how many versions."""
        return sum(self.tell(peer) for peer in self._kernel.peers.names())

    def tell(self, peer: str) -> int:
        """Tell one partner; how many versions of the catalogue that took."""
        with self._telling:
            commands, known = self._outstanding(peer)
            for command in commands:
                if isinstance(self._desk.execute(command, partner=peer), Refusal):
                    # The line closed meanwhile, or the catalogue changed: the next round looks.
                    return 0
            if not commands and known is not None:
                self._told[peer] = known
            return len(commands)

    def at_partners(self) -> Sequence[AtPartner]:
        """Where this node's items stand at each partner, also those not in effect yet."""
        with self._kernel.database.read() as connection:
            items = self._published.newest(self._kernel.identity.name).values()
            return [self._at(connection, peer, items) for peer in self._kernel.peers.names()]

    def opened_by_officers(self) -> Sequence[OwnOpening]:
        """What officers opened, by item; what agreements and lists open is not among it."""
        with self._kernel.database.read() as connection:
            return self._kernel.store.openings(connection)

    def told(self, peer: str) -> CatalogueState | None:
        """Where this node's catalogue stands at a partner."""
        with self._kernel.database.read() as connection:
            return self._effects(connection, peer).own.catalogue(self._kernel.identity.name)

    def heard(self, peer: str) -> CatalogueState | None:
        """Where a partner's catalogue stands here."""
        with self._kernel.database.read() as connection:
            return self._effects(connection, peer).own.catalogue(peer)

    def changes(self, peer: str) -> Sequence[CatalogueChange]:
        """What changed on a partner's list since it first told of it, oldest first."""
        with self._kernel.database.read() as connection:
            lines = self._kernel.store.journal_of(connection, SubjectKind.CATALOGUE.value, peer)
        heard = (
            readable(line.data)
            for line in lines
            if line.kind is LogKind.MIRROR and line.peer == peer and not line.ground
        )
        return tuple(changes_of(peer, (entry for entry in heard if entry is not None)))

    def history(self, peer: str) -> Sequence[Publication]:
        """Every version of a partner's items that this node was told of, with its days."""
        rows: list[Publication] = []
        standing: dict[str, int] = {}
        for change in self.changes(peer):
            day = china_day(change.at)
            if change.item in standing:
                ended = standing.pop(change.item)
                rows[ended] = replace(rows[ended], last_day=day)
            item = self._published.version(change.after) if change.after else None
            if item is not None:
                standing[change.item] = len(rows)
                rows.append(
                    Publication(
                        item=change.item,
                        version=item.version,
                        competent=peer,
                        digest=change.after,
                        first_day=day,
                    )
                )
        return rows

    def looked_at(self, peer: str) -> int:
        """The version of a partner's list at which an officer here has looked; 0 for none."""
        with self._kernel.database.read() as connection:
            return int(self._kernel.store.mark(connection, _LOOKED + peer) or "0")

    def look_at(self, peer: str, version: int) -> None:
        """An officer here has looked at a partner's list up to this version."""
        with self._kernel.database.write() as connection:
            self._kernel.store.put_mark(connection, _LOOKED + peer, str(version))

    def withdrawal(self, case: CaseState) -> Withdrawal | None:
        """What the case's competent party told the other of its item, if it withdrew it."""
        partner = case.partner(self._kernel.identity.name)
        with self._kernel.database.read() as connection:
            states = self._effects(connection, partner).own
            return states.withdrawal(case.competent, case.item)

    def _outstanding(self, peer: str) -> tuple[Sequence[Publish], object]:
        """Commands that bring the partner up to date, and what they were computed from."""
        # Counted before anything is read: whatever is said meanwhile counts as not looked at.
        revisions = self._published.revision, self._revision
        with self._kernel.database.read() as connection:
            channel = self._kernel.store.channel(connection, peer)
            if channel is None or channel.status is not ChannelStatus.OPEN:
                return (), None
            effects = self._effects(connection, peer)
            pair = effects.own.pair()
            known = revisions, self._known(connection, pair)
            if self._told.get(peer) == known:
                return (), known
            me = self._kernel.identity.name
            state = (effects.own.catalogue(me) or CatalogueState(publisher=me)).foreseen
            news = tuple(self._news(connection, pair, peer, state))
        return (
            *_withdrawals(state, self._published.withdrawn()),
            *_publications(state, news),
        ), known

    def _known(self, connection: Connection, pair: PairAgreements) -> object:
        """What else it depends on what a partner should know; equal means: look no further."""
        signed = frozenset((digest, len(state.signatures)) for digest, state in pair.states.items())
        token = catalogues_token(self._kernel, connection)
        return self._published.today(), token, signed

    def _news(
        self, connection: Connection, pair: PairAgreements, peer: str, state: CatalogueState
    ) -> Iterator[_Offer]:
        """What the partner does not have in its present version."""
        listed = _listed(state)
        digests = {(row.item, row.version): row.digest for row in self._standing(connection)}
        officers = self._officers(connection, peer)
        process = cache(lambda name: process_digest(self._published.process(name)))
        for item, ways in self._opened(connection, pair, peer, self._published.own()):
            digest = digests.get((item.code, item.version), "")
            line = _line(item, digest, process)
            document = (
                self._kernel.store.document(connection, digest)
                if digest and listed.lacks(line)
                else None
            )
            if document is not None:
                by_officer = item.code not in listed.lines and not _WITHOUT_OFFICER & set(ways)
                number = officers.get(item.code, "") if by_officer else ""
                yield _Offer(line=line, size=len(document), number=number)

    def _opened(
        self, connection: Connection, pair: PairAgreements, peer: str, items: Iterable[Item]
    ) -> Iterator[tuple[Item, tuple[Opening, ...]]]:
        """Those of the items that the partner is told of, and why."""
        openings = self._kernel.store.openings(connection)
        return opened_items(
            items,
            pair,
            granter=self._kernel.identity.name,
            grantee=peer,
            day=self._published.today(),
            to_partner=frozenset(each.item for each in openings if each.peer == peer),
            to_all=frozenset(each.item for each in openings if not each.peer),
        )

    def _officers(self, connection: Connection, peer: str) -> Mapping[str, str]:
        """Who opened an item to this partner or to all, by item."""
        openings = self._kernel.store.openings(connection)
        return {each.item: each.number for each in openings if each.peer in {"", peer}}

    def _at(self, connection: Connection, peer: str, items: Iterable[Item]) -> AtPartner:
        states = self._effects(connection, peer).own
        channel = self._kernel.store.channel(connection, peer)
        return AtPartner(
            peer=peer,
            reachable=channel is not None and channel.status is ChannelStatus.OPEN,
            ways={
                item.code: ways
                for item, ways in self._opened(connection, states.pair(), peer, items)
            },
            known=known_list(states.catalogue(self._kernel.identity.name)),
        )

    def _standing(self, connection: Connection) -> Iterable[Publication]:
        return self._kernel.store.standing_publications(connection)

    def _effects(self, connection: Connection, peer: str) -> Effects:
        return Effects(Work(self._kernel, connection, self._kernel.clock.now()), peer)


def _withdrawals(state: CatalogueState, gone: Iterable[OwnWithdrawal]) -> Iterator[Publish]:
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


def _publications(state: CatalogueState, news: Iterable[_Offer]) -> Iterator[Publish]:
    """Versions that tell of news, each officer's apart; suspected documents each alone."""
    new = sorted(news, key=lambda each: (each.number, each.line.item))
    for number, group in groupby(new, key=lambda each: each.number):
        told = list(group)
        alone = [offer for offer in told if offer.line.document in state.suspects]
        together = [offer for offer in told if offer.line.document not in state.suspects]
        for batch in (*_batches(together), *([offer] for offer in alone)):
            lines = tuple(offer.line for offer in batch)
            yield Publish(publisher=state.publisher, actor=_officer(number), published=lines)


def _line(item: Item, digest: str, process: Callable[[str], str]) -> PublishedLine:
    names = dict.fromkeys(offer.process for offer in item.modes)
    processes = tuple(process(name) for name in names)
    return PublishedLine(item=item.code, document=digest, processes=processes)


def _listed(state: CatalogueState) -> _Listed:
    return _Listed(
        lines={line.item: line for line in state.lines},
        gone={line.item: line for line in state.withdrawn},
        refused=frozenset(state.refused),
    )


def _batches(offers: Iterable[_Offer]) -> Iterator[list[_Offer]]:
    """Versions of so many lines and bytes that entry and push have room for them."""
    batch: list[_Offer] = []
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
