"""Tells partners of this node's items, a version of the catalogue at a time, and its rules.

What a partner should know is computed anew each time and compared with what it was told, so a
restart, a closed line or a lost table never leaves a partner with an old list.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.process import process_digest
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.changes import CatalogueChange, changes_of
from tongban.core.catalogues.commands import Publish, PublishRule
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.opening import Opening, opened_items
from tongban.core.catalogues.state import CatalogueState, Withdrawal
from tongban.core.catalogues.telling import KnownList, known_list
from tongban.core.china_time import china_day
from tongban.core.entry import SubjectKind
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.logs.rows import (
    ChannelStatus,
    LogKind,
    OwnClosure,
    OwnOpening,
    OwnWithdrawal,
    Publication,
)
from tongban.node.catalogue_changes import catalogues_token
from tongban.node.catalogue_versions import (
    Offer,
    line_of,
    listed_of,
    publications_of,
    withdrawals_of,
)
from tongban.node.desk import Desk
from tongban.node.effects import Effects
from tongban.node.faults import NotOpen, UnknownItem, UnknownPeer
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.rules import Rules
from tongban.node.work import Work, readable

_LOOKED = "looked_at_catalogue/"
#: What opens an item without an officer of this node.
_WITHOUT_OFFICER = frozenset({Opening.AGREED, Opening.LISTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class AtPartner:
    """Where this node's items stand at one partner.

    reachable: the line is open. ways: by code, why the partner is told of an item. closed: by
    code, what an officer took back from it alone.
    """

    peer: str
    reachable: bool
    ways: Mapping[str, Sequence[Opening]]
    known: KnownList
    closed: Mapping[str, OwnClosure] = field(default_factory=dict)


class Openings:
    """What this node has told its partners of its own items, and what is still to be told."""

    def __init__(self, kernel: Kernel, published: Published, rules: Rules, desk: Desk) -> None:
        self._kernel = kernel
        self._published = published
        self._rules = rules
        self._desk = desk
        self._told: dict[str, object] = {}
        self._revision = 0
        # An officer and the rounds who look at the same time would tell the same twice.
        self._telling = threading.Lock()

    def open_to_all(self, codes: Iterable[str], *, number: str = "") -> None:
        """Let every partner know of these items, whatever was agreed with it.

        Also those from which an item was taken back. number: of the officer. Raises UnknownItem,
        and opens none, for a code that this node does not decide, or withdrew.
        """
        self._open(codes, "", number)

    def open_to(self, peer: str, codes: Iterable[str], *, number: str = "") -> None:
        """Let one partner know of these items, as `open_to_all` does; raises UnknownPeer too."""
        self._require_partner(peer)
        self._open(codes, peer, number)

    def close_to(
        self,
        peer: str,
        codes: Iterable[str],
        *,
        reason: WithdrawalReason = WithdrawalReason.CLOSED,
        from_day: date | None = None,
        number: str = "",
    ) -> None:
        """Take these items back from one partner, whatever opened them to it; others keep them.

        The partner takes in nothing new for them from that day on, today at the earliest, until an
        officer opens them to it again; cases under way go on. Raises UnknownPeer, UnknownItem as
        `open_to_all` does, and NotOpen; then none is taken back.
        """
        self._require_partner(peer)
        wanted = set(codes)
        self._require_own(wanted)
        today = self._published.today()
        first = max(from_day or today, today)
        with self._kernel.database.write() as connection:
            known = self._published.versions(self._kernel.identity.name)
            items = [known[code][0] for code in wanted]
            pair = self._effects(connection, peer).own.pair()
            opened = {item.code for item, _ in self._opened(connection, pair, peer, items)}
            if wanted - opened:
                raise NotOpen(f"the item {min(wanted - opened)} is not open to {peer}")
            for code in sorted(wanted):
                closure = OwnClosure(
                    item=code, peer=peer, reason=reason, from_day=first, number=number
                )
                self._kernel.store.put_closure(connection, closure)
        self._revision += 1

    def _open(self, codes: Iterable[str], peer: str, number: str) -> None:
        wanted, now = set(codes), self._kernel.clock.now()
        self._require_own(wanted)
        with self._kernel.database.write() as connection:
            for code, to in self._to_open(connection, wanted, peer):
                opening = OwnOpening(
                    item=code, peer=to, number=number, given_at=now if to else None
                )
                self._kernel.store.put_opening(connection, opening)
        self._revision += 1

    def _to_open(
        self, connection: Connection, codes: set[str], peer: str
    ) -> Iterator[tuple[str, str]]:
        """Items and to whom; who says all means those, too, from whom something was taken back."""
        yield from ((code, peer) for code in sorted(codes))
        if not peer:
            closures = self._kernel.store.closures(connection)
            yield from ((each.item, each.peer) for each in closures if each.item in codes)

    def _require_partner(self, peer: str) -> None:
        if self._kernel.peers.get(peer) is None:
            raise UnknownPeer(f"{peer} is no partner of this node")

    def _require_own(self, codes: set[str]) -> None:
        known = self._published.versions(self._kernel.identity.name).keys()
        unknown = codes - (known - {row.item for row in self._published.withdrawn()})
        if unknown:
            raise UnknownItem(f"this node decides no item {min(unknown)}, or withdrew it")

    def tell_all(self) -> int:
        """Tell every partner whose line is open what it does not know yet; how many versions."""
        return sum(self.tell(peer) for peer in self._kernel.peers.names())

    def tell(self, peer: str) -> int:
        """Tell one partner; how many versions of the catalogue and of rules that took."""
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
            known = self._published.versions(self._kernel.identity.name)
            items = [versions[0] for versions in known.values()]
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

    def _outstanding(self, peer: str) -> tuple[Sequence[Publish | PublishRule], object]:
        """Commands that bring the partner up to date, and what they were computed from."""
        # Counted before anything is read: whatever is said meanwhile counts as not looked at.
        revisions = self._published.revision, self._revision, self._rules.revision
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
            gone = self._gone(connection, peer)
            rules = tuple(self._rules.outstanding(connection, state))
        commands = (
            *withdrawals_of(state, gone),
            *publications_of(state, news),
        )
        # Another process may be telling the same: who comes second is refused, and looks again.
        numbered = (
            replace(command, after=after) for after, command in enumerate(commands, state.version)
        )
        return (*numbered, *rules), known

    def _known(self, connection: Connection, pair: PairAgreements) -> object:
        """What else it depends on what a partner should know; equal means: look no further."""
        signed = frozenset((each, each in pair.concluded) for each in pair.states)
        token = catalogues_token(self._kernel, connection)
        return self._published.today(), token, signed

    def _news(
        self, connection: Connection, pair: PairAgreements, peer: str, state: CatalogueState
    ) -> Iterator[Offer]:
        """What the partner does not have in its present version."""
        openings = self._kernel.store.openings(connection)
        listed = listed_of(state, [each for each in openings if each.peer == peer])
        digests = {(row.item, row.version): row.digest for row in self._standing(connection)}
        officers = self._officers(connection, peer)
        process = cache(lambda name: process_digest(self._published.process(name)))
        for item, ways in self._opened(connection, pair, peer, self._published.own()):
            digest = digests.get((item.code, item.version), "")
            line = line_of(item, digest, process)
            document = (
                self._kernel.store.document(connection, digest)
                if digest and listed.lacks(line)
                else None
            )
            if document is not None:
                given = listed.gains(item.code) and not _WITHOUT_OFFICER & set(ways)
                by_officer = given or listed.was_given_again(item.code)
                number = officers.get(item.code, "") if by_officer else ""
                yield Offer(line=line, size=len(document), number=number)

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
            closed=self._closed(connection, peer),
        )

    def _gone(self, connection: Connection, peer: str) -> Sequence[OwnWithdrawal | OwnClosure]:
        """What the partner is to have no more, by item: withdrawn, or taken back from it alone."""
        closed: Mapping[str, OwnWithdrawal | OwnClosure] = self._closed(connection, peer)
        everywhere = {row.item: row for row in self._published.withdrawn()}
        return tuple({**closed, **everywhere}.values())

    def _closed(self, connection: Connection, peer: str) -> Mapping[str, OwnClosure]:
        """What was taken back from this partner alone, by item."""
        rows = self._kernel.store.closures(connection)
        return {each.item: each for each in rows if each.peer == peer}

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
            closed=self._closed(connection, peer),
        )

    def _standing(self, connection: Connection) -> Iterable[Publication]:
        return self._kernel.store.standing_publications(connection)

    def _effects(self, connection: Connection, peer: str) -> Effects:
        return Effects(Work(self._kernel, connection, self._kernel.clock.now()), peer)
