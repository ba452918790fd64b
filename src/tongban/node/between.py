"""All that two nodes have agreed, as this node sees it and as far as the partner confirmed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongban.core.agreements.commands import AgreementCommand
from tongban.core.agreements.state import AgreementState, PairAgreements
from tongban.core.entry import Entry, SubjectKind
from tongban.logs.rows import ChannelStatus, LogKind, View
from tongban.node.asked import command_of
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.states import States
from tongban.node.work import Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class Between:
    """What stands between this node and one partner.

    confirmed: the partner's states by document, as far as its receipts (outcomes) go. waiting:
    what people here asked for and what goes out once the line is open, in order. open: whether
    the line is open now.
    """

    peer: str
    pair: PairAgreements
    confirmed: Mapping[str, AgreementState]
    waiting: tuple[AgreementCommand, ...]
    open: bool

    def unconfirmed(self, document: str) -> frozenset[str]:
        """Ids of entries about a document of which this node has no receipt yet."""
        state, theirs = self.pair.states.get(document), self.confirmed.get(document)
        return frozenset(_entries(state)) - frozenset(_entries(theirs))


def between(kernel: Kernel, peer: str) -> Between:
    """What stands between this node and a partner; raises UnknownPeer."""
    kernel.peers.require(peer)
    with kernel.database.read() as connection:
        work, me = Work(kernel, connection, kernel.clock.now()), kernel.identity.name
        channel = kernel.store.channel(connection, peer)
        return Between(
            peer=peer,
            pair=States(work, view=View.OWN, viewer=me, peer=peer).pair(),
            confirmed=States(work, view=View.PEER, viewer=peer, peer=me).pair().states,
            waiting=tuple(_waiting(kernel, connection, peer)),
            open=channel is not None and channel.status is ChannelStatus.OPEN,
        )


def _waiting(kernel: Kernel, connection: Connection, peer: str) -> Iterator[AgreementCommand]:
    for intent in kernel.store.pending_intents(connection, peer):
        command = command_of(intent)
        if isinstance(command, AgreementCommand):
            yield command


def _entries(state: AgreementState | None) -> Iterator[str]:
    if state is None:
        return
    yield state.entry
    yield from (line.entry for line in state.signatures)
    yield from (line.entry for line in state.terminations)
    yield from (line.entry for line in state.publications)
    yield from (line.entry for line in state.leavings)
    yield from (line.entry for line in state.deposits)
    for stop in state.suspensions:
        yield stop.entry
        yield from (lift.entry for lift in stop.lifts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An entry about a document; writer: node whose log it stands on; ground: "" or its refusal.

    seq: its number in the journal.
    """

    entry: Entry
    writer: str
    reader: str
    ground: str
    seq: int


def story_of(kernel: Kernel, document: str) -> list[Told]:
    """What was said about a document on the channels, in the order in which it came here."""
    me, kind = kernel.identity.name, SubjectKind.AGREEMENT.value
    with kernel.database.read() as connection:
        lines = kernel.store.journal_of(connection, kind, document)
    told = []
    for line in lines:
        entry = readable(line.data) if line.kind is not LogKind.HOME else None
        if entry is not None:
            own = line.kind is LogKind.OWN
            writer, reader = (me, line.peer) if own else (line.peer, me)
            told.append(
                Told(entry=entry, writer=writer, reader=reader, ground=line.ground, seq=line.seq)
            )
    return told
