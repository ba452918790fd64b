"""Negotiations with partners as this node sees them; they are moved by commands."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.core.entry import Entry, SubjectKind
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.negotiations.permit import COMMENT
from tongban.core.negotiations.state import NegotiationState
from tongban.logs.rows import LogKind
from tongban.node.asked import command_of
from tongban.node.effects import Effects
from tongban.node.identifiers import negotiation_id
from tongban.node.kernel import Kernel
from tongban.node.work import Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An entry of a negotiation.

    own: this node wrote it. ground: why it took no effect, "" where it did or waits. words: of a
    comment, "" of anything else, or where they are gone. seq: its number in the journal.
    """

    entry: Entry
    own: bool
    ground: str
    words: str
    seq: int


class Negotiations:
    """Names, standings and histories of negotiations; each call is a transaction of its own."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def fresh_name(self) -> str:
        """A name that no negotiation has (磋商编号)."""
        now = self._kernel.clock.now()
        return negotiation_id(now, random=self._kernel.randomness.draw(10))

    def with_partner(self, peer: str) -> Sequence[NegotiationState]:
        """Every negotiation with a partner, oldest first."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            known = Effects(work, peer).own.negotiations()
        return tuple(known[name] for name in sorted(known))

    def find(self, name: str) -> tuple[str, NegotiationState] | None:
        """The negotiation of this name, and the partner with whom it is; None if there is none."""
        found = (
            (peer, state)
            for peer in self._kernel.peers.names()
            for state in self.with_partner(peer)
            if state.id == name
        )
        return next(found, None)

    def waiting(self, peer: str) -> Sequence[NegotiationCommand]:
        """What people here asked for and what goes out once the partner's line is open."""
        with self._kernel.database.read() as connection:
            intents = self._kernel.store.pending_intents(connection, peer)
        commands = map(command_of, intents)
        return tuple(each for each in commands if isinstance(each, NegotiationCommand))

    def history(self, peer: str, name: str) -> Sequence[Told]:
        """Every entry of a negotiation on the channel, in the order in which this node met them."""
        told = []
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            store, kind = self._kernel.store, SubjectKind.NEGOTIATION.value
            for line in store.journal_of(connection, kind, name):
                entry = readable(line.data)
                if entry is None or line.kind is LogKind.HOME or line.peer != peer:
                    continue
                read = work.body_reader(line.log, line.generation, line.index)
                words = (read(COMMENT) or b"").decode(errors="replace")
                # What became of an own entry came later than its line in the journal.
                place = (connection, line.log, line.generation, line.index, line.index + 1)
                ground = next((row.ground for row in store.entries(*place)), "")
                own = line.kind is LogKind.OWN
                told.append(Told(entry=entry, own=own, ground=ground, words=words, seq=line.seq))
        return tuple(told)
