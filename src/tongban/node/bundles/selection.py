"""Which entries of the store belong to a case, and which they need beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.core.channel.events import OutcomeRecorded
from tongban.core.entry import SubjectKind
from tongban.core.home.events import PeerPaired
from tongban.core.records.events import RecordAcknowledged
from tongban.logs.rows import JournalLine, LogKind, PeerRow
from tongban.node.bundles.backing import is_about
from tongban.node.bundles.citations import cited_by, signatories
from tongban.node.bundles.standing import decides
from tongban.node.bundles.timeline import Spot, Timeline
from tongban.node.identifiers import entry_id
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import readable

_OPPOSITE = {LogKind.OWN: LogKind.MIRROR, LogKind.MIRROR: LogKind.OWN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Entries, by what they are for.

    peers: whose channels the case went over. signatories: nodes whose signatures it rests on.
    digests: of the documents that it cites.
    """

    spots: frozenset[Spot]
    about_case: frozenset[Spot]
    peers: frozenset[str]
    signatories: frozenset[str]
    digests: frozenset[str]


def select(kernel: Kernel, connection: Connection, case: str) -> Selection:
    """What a bundle of the case holds; empty where this node does not know the case."""
    return _Selecting(kernel, connection).of_case(case)


class _Selecting:
    def __init__(self, kernel: Kernel, connection: Connection) -> None:
        self._kernel = kernel
        self._connection = connection
        self._timelines: dict[tuple[LogKind, str], Timeline] = {}

    def of_case(self, case: str) -> Selection:
        store, connection = self._kernel.store, self._connection
        lines = [line for line in store.journal_of(connection, SubjectKind.CASE, case) if line.data]
        entries = [entry for entry in (readable(line.data) for line in lines) if entry]
        digests = frozenset(digest for entry in entries for digest in cited_by(entry))
        peers = frozenset(line.peer for line in lines if line.kind is not LogKind.HOME)
        agreed = [line for digest in digests for line in self._agreed(digest, peers)]
        spoken = self._spoken(case, digests, peers)
        found = {_spot(line) for line in (*lines, *agreed, *spoken)}
        for line in (*lines, *agreed, *spoken):
            found |= set(self._outcome(line))
        library = self._kernel.library
        known = signatories(library.agreement(connection, digest) for digest in sorted(digests))
        for row in store.peers(connection):
            if row.name in peers | known:
                found |= set(self._pairing(row))
        openings = {Spot(log=spot.log, generation=spot.generation, index=0) for spot in found}
        return Selection(
            spots=frozenset(found | openings),
            about_case=frozenset(map(_spot, lines)),
            peers=peers,
            signatories=known,
            digests=digests,
        )

    def _agreed(self, digest: str, peers: frozenset[str]) -> Iterator[JournalLine]:
        """What was said to these peers, and by them, about an agreement or instrument."""
        lines = self._kernel.store.journal_of(self._connection, SubjectKind.AGREEMENT, digest)
        for line in lines:
            if line.data and line.kind is not LogKind.HOME and line.peer in peers:
                yield line

    def _spoken(
        self, case: str, digests: frozenset[str], peers: frozenset[str]
    ) -> list[JournalLine]:
        """What guests said of their records of the case and of what it rests on."""
        objected: set[str] = set()
        found = []
        for guest in sorted(peers | {self._kernel.identity.name}):
            lines = self._kernel.store.journal_of(self._connection, SubjectKind.RECORD, guest)
            for line in (each for each in lines if each.peer in peers and not each.ground):
                entry = readable(line.data)
                event = entry.event if entry else None
                if not is_about(event, case=case, documents=digests, objected=objected):
                    continue
                found.append(line)
                if isinstance(event, RecordAcknowledged):
                    objected |= {each.entry for each in event.objections}
        return found

    def _outcome(self, line: JournalLine) -> Iterator[Spot]:
        """The outcome about an entry, where there is one yet."""
        if line.kind is LogKind.HOME:
            return
        timeline = self._timeline(_OPPOSITE[line.kind], line.peer)
        place = (line.generation, line.index)
        first = timeline.first(lambda number: _had_seen(timeline, number, place))
        for number in range(first, len(timeline)):
            event = timeline.event(number)
            if isinstance(event, OutcomeRecorded) and decides(event, place):
                yield timeline.spot(number)
                return

    def _pairing(self, row: PeerRow) -> Iterator[Spot]:
        """The newest record of pairing with the peer, found by its instant."""
        timeline = self._timeline(LogKind.HOME, "")
        earliest = entry_id(row.paired_at, random=bytes(10))
        first = timeline.first(lambda number: timeline.row(number).id >= earliest)
        for number in range(first, len(timeline)):
            event = timeline.event(number)
            if isinstance(event, PeerPaired) and event.peer == row.name:
                yield timeline.spot(number)
                return

    def _timeline(self, kind: LogKind, peer: str) -> Timeline:
        if (kind, peer) not in self._timelines:
            store, connection = self._kernel.store, self._connection
            log = store.open_log(connection, kind=kind, peer=peer)
            self._timelines[kind, peer] = Timeline(store, connection, log)
        return self._timelines[kind, peer]


def _spot(line: JournalLine) -> Spot:
    return Spot(log=line.log, generation=line.generation, index=line.index)


def _had_seen(timeline: Timeline, number: int, place: tuple[int, int]) -> bool:
    """Whether the writer had applied the place; what cannot be read says what follows it says."""
    for entry in map(timeline.entry, range(number, len(timeline))):
        if entry and entry.seen:
            return (entry.seen.generation, entry.seen.size) > place
    return True
