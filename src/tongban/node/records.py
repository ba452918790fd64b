"""One-sided records (单方记录): what keepers signed for guests, and what guests say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongban.channels.descriptors import KeySet
from tongban.core.entry import Actor, Entry, Subject, SubjectKind
from tongban.core.home.events import PersonalDataRead
from tongban.core.one_sided import HAND_OVER_PURPOSE, PAPER, has_paper_line, needs_paper
from tongban.core.records.events import ObjectionGround
from tongban.core.records.state import Backing, RecordState
from tongban.logs.rows import JournalLine, LogKind
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable

_READ = PersonalDataRead(body=PAPER, purpose=HAND_OVER_PURPOSE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """That a keeper signed an entry for its writer, and whether the writer stands behind it.

    ground: why not, where it objects. paper: whether one came with it.
    by_officer: whether one should have, since somebody acted in the writer's name.
    """

    keeper: str
    backing: Backing
    ground: ObjectionGround | None
    paper: bool
    by_officer: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptEntry:
    """An entry that the writer's keeper signed, in its place of a log between it and a partner.

    guest: the writer. partner: the other node of the channel than this one.
    """

    guest: str
    partner: str
    log: int
    generation: int
    index: int
    data: bytes
    entry: Entry
    side: Side


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper as it came with an entry."""

    media: str
    content: bytes = field(repr=False)


class Records:
    """What is one-sided in this node's logs and its partners'; each call is a transaction."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def kept(self) -> Sequence[KeptEntry]:
        """This node's acts that a keeper signed for it and no partner refused, by partner."""
        return self._all(LogKind.OWN)

    def kept_by_partners(self) -> Sequence[KeptEntry]:
        """What keepers signed for partners of this node, and this one did not refuse."""
        return self._all(LogKind.MIRROR)

    def hand_over(self, reader: Actor) -> Sequence[tuple[KeptEntry, bytes | None]]:
        """What `kept` says, each with its paper where it has one.

        That the papers of cases were read, and by whom, is on the home log.
        """
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            found = [
                (each, work.body_reader(each.log, each.generation, each.index)(PAPER))
                for peer in self._kernel.peers.names()
                for each in self._kept(connection, peer, LogKind.OWN)
            ]
            read = [
                Draft(event=_READ, subject=each.entry.subject, actor=reader)
                for each, paper in found
                if paper is not None and each.entry.subject.kind is SubjectKind.CASE
            ]
            if read:
                Effects(work, "").append_home(read)
            work.close()
        return found

    def paper(self, subject: Subject, entry: str) -> Paper | None:
        """The paper on which an entry about an agreement or negotiation rests, if it has one.

        That of a case is personal data: `Node.read_body` puts the read on record.
        """
        if subject.kind is SubjectKind.CASE:
            return None
        store = self._kernel.store
        with self._kernel.database.read() as connection:
            for line in store.journal_of(connection, subject.kind.value, subject.id):
                found = readable(line.data)
                if found is None or found.id != entry or line.kind is LogKind.HOME:
                    continue
                media = [each.media for each in found.commitments if each.name == PAPER]
                place = (line.log, line.generation, line.index)
                body = store.body(connection, *place, PAPER) if media else None
                return Paper(media=media[0], content=body.content) if body else None
        return None

    def of(self, subject: SubjectKind, name: str) -> Mapping[int, Side]:
        """What keepers signed of all that was said about a subject, by its line's number (seq)."""
        if not self._anybody_was_kept():
            return {}
        with self._kernel.database.read() as connection:
            lines = self._kernel.store.journal_of(connection, subject.value, name)
        return self.sides(lines)

    def of_case(self, case: str) -> Mapping[int, Side]:
        """The same of a case."""
        return self.of(SubjectKind.CASE, case)

    def _anybody_was_kept(self) -> bool:
        names = (self._kernel.identity.name, *self._kernel.peers.names())
        return any(_key_sets(self._kernel, name)[0].kept_by for name in names)

    def sides(self, lines: Sequence[JournalLine]) -> Mapping[int, Side]:
        """Which of these lines a keeper signed for their writers, by their number (seq)."""
        with self._kernel.database.read() as connection:
            looking = _Looking(self._kernel, connection)
            found = {line.seq: looking.side(line) for line in lines}
        return {seq: side for seq, side in found.items() if side is not None}

    def _all(self, kind: LogKind) -> Sequence[KeptEntry]:
        with self._kernel.database.read() as connection:
            return tuple(
                found
                for peer in self._kernel.peers.names()
                for found in self._kept(connection, peer, kind)
            )

    def _kept(self, connection: Connection, peer: str, kind: LogKind) -> Iterator[KeptEntry]:
        store = self._kernel.store
        guest = self._kernel.identity.name if kind is LogKind.OWN else peer
        log = store.open_log(connection, kind=kind, peer=peer)
        sets = _key_sets(self._kernel, guest)
        if not sets[0].kept_by:
            return
        state = spoken_of(self._kernel, connection, peer, guest)
        for each in store.generations(connection, log):
            keeper = sets[each.keys - 1].kept_by
            rows = store.entries(connection, log, each.generation, 0, each.size) if keeper else ()
            for row in rows:
                entry = readable(row.data)
                if entry is None or row.data is None or row.ground or not _is_act(entry):
                    continue
                yield KeptEntry(
                    guest=guest,
                    partner=peer,
                    log=log,
                    generation=each.generation,
                    index=row.index,
                    data=row.data,
                    entry=entry,
                    side=side_of(entry, keeper, state),
                )


class _Looking:
    """Reads each log's generations and each guest's word once."""

    def __init__(self, kernel: Kernel, connection: Connection) -> None:
        self._kernel = kernel
        self._connection = connection
        self._keepers: dict[int, Mapping[int, str]] = {}
        self._states: dict[tuple[str, str], RecordState] = {}

    def side(self, line: JournalLine) -> Side | None:
        if line.kind is LogKind.HOME:
            return None
        writer = line.peer if line.kind is LogKind.MIRROR else self._kernel.identity.name
        keeper = self._keepers_of(line.log, writer).get(line.generation, "")
        entry = readable(line.data) if keeper else None
        return side_of(entry, keeper, self._state(line.peer, writer)) if entry else None

    def _state(self, peer: str, guest: str) -> RecordState:
        if (peer, guest) not in self._states:
            self._states[peer, guest] = spoken_of(self._kernel, self._connection, peer, guest)
        return self._states[peer, guest]

    def _keepers_of(self, log: int, writer: str) -> Mapping[int, str]:
        if log not in self._keepers:
            sets = _key_sets(self._kernel, writer)
            self._keepers[log] = {
                each.generation: sets[each.keys - 1].kept_by
                for each in self._kernel.store.generations(self._connection, log)
                if each.keys <= len(sets)
            }
        return self._keepers[log]


def spoken_of(kernel: Kernel, connection: Connection, peer: str, guest: str) -> RecordState:
    """What a guest said of its record between this node and a partner, inside a transaction."""
    work = Work(kernel, connection, kernel.clock.now())
    return Effects(work, peer).own.record(guest) or RecordState(guest=guest)


def side_of(entry: Entry, keeper: str, state: RecordState) -> Side:
    """Whether the guest stands behind an entry that its keeper signed."""
    return Side(
        keeper=keeper,
        backing=state.backing(entry.subject, entry.id),
        ground=state.objections().get(entry.id),
        paper=has_paper_line(entry),
        by_officer=needs_paper(entry.actor),
    )


def _is_act(entry: Entry) -> bool:
    """Outcomes and openings are about the channel, and follow from acts."""
    return entry.subject.kind is not SubjectKind.CHANNEL


def _key_sets(kernel: Kernel, writer: str) -> tuple[KeySet, ...]:
    peer = kernel.peers.get(writer)
    if writer == kernel.identity.name:
        return kernel.identity.as_peer().sets
    return peer.sets if peer else ()
