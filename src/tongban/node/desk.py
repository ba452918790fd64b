"""Takes commands from people and systems: decided at once, written in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.agreements.commands import AgreementCommand
from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, TakeIn
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.channel.refusals import ChannelGround
from tongban.core.channel.refusals import refuse as refuse_channel
from tongban.core.decided import Decided
from tongban.core.entry import Subject
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    DecideOneOff,
    InquiryCommand,
    WithdrawAnswer,
)
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.one_sided import has_paper, needs_paper
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus
from tongban.node.asked import Command, command_of, subject_of
from tongban.node.attempt import Attempt
from tongban.node.blobs.waiting import CROSSING, Waiting
from tongban.node.effects import Effects
from tongban.node.holding import held_until
from tongban.node.intents import encode_command
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Executed:
    """The command was taken.

    subject: the case's number, or the agreement's digest. waiting: the entry waits until the
    partner's line is open. held_until: it waits until then, because no more may go today.
    crossing: it waits until its files have crossed.
    """

    subject: str
    waiting: bool
    held_until: datetime | None = None
    crossing: bool = False


#: What officers of a kept node do with a paper alone; asking and talking bind nobody.
_PAPERED = (
    CaseCommand
    | AgreementCommand
    | NegotiationCommand
    | AnswerQuestion
    | DecideOneOff
    | WithdrawAnswer
)


class _RolledBack(Exception):
    """Carries a Refusal out of the transaction, which then leaves no effect."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.ground)
        self.refusal = refusal


#: Commands that bring bodies with them.
_BEARING = _PAPERED | InquiryCommand

#: Writes something of its own into the transaction of a command.
Beside = Callable[[Connection], None]


class Desk:
    """One transaction a command, through the node's fair queue.

    on_written: called with the peer's name after something was written for it.
    """

    def __init__(
        self, kernel: Kernel, published: Published, on_written: Callable[[str], None]
    ) -> None:
        self._kernel = kernel
        self._published = published
        self.on_written = on_written

    def execute(
        self, command: Command, *, partner: str = "", beside: Beside | None = None
    ) -> Executed | Refusal:
        """Do what is asked, or say why not; a Refusal leaves no effect.

        partner: node name, needed for agreements; a case knows its own. beside: called last, in
        the same transaction, unless it is refused; when it raises, nothing was done.
        """
        try:
            peer, kept = self._execute(command, partner, beside)
        except _RolledBack as back:
            return back.refusal
        if not kept:
            self.on_written(peer)
            return Executed(subject=subject_of(command).id, waiting=False)
        waiting = not self.settle_intents(peer)
        held = self.held_until(command.case) if isinstance(command, CaseCommand) else None
        crossing = self._is_crossing(peer, subject_of(command))
        return Executed(
            subject=subject_of(command).id,
            waiting=waiting or held is not None or crossing,
            held_until=held,
            crossing=crossing,
        )

    def held_until(self, case: str) -> datetime | None:
        """From when on a case goes that waits here, since no more may go today; None otherwise."""
        with self._kernel.database.read() as connection:
            return held_until(self._kernel, connection, case)

    def consider(self, command: CaseCommand) -> tuple[Decided, ...] | Refusal:
        """What would be decided if this were asked now; nothing is done."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            peer = self._partner(work, command, "")
            if isinstance(peer, Refusal):
                return peer
            return Attempt(self._kernel, self._published, work, peer).consider(command)

    def settle_intents(self, peer: str) -> bool:
        """Append, in order, what people did while the line was not open; whether none waits now.

        What waits for another day goes on doing so. On a line that an operator closed, all comes
        back to them.
        """
        store = self._kernel.store
        with self._kernel.database.read() as connection:
            channel = store.channel(connection, peer)
            if channel is not None and channel.status is ChannelStatus.CLOSED:
                waiting = store.pending_intents(connection, peer)
            else:
                waiting = self._waiting(connection, peer).ready()
        if not all(self._settle(peer, intent.id) for intent in waiting):
            return False
        self.on_written(peer)
        return True

    def send_held(self) -> None:
        """Send what waited for another day, where that has come, or for files that were erased."""
        for peer in self._kernel.peers.names():
            with self._kernel.database.read() as connection:
                ready = self._waiting(connection, peer).ready()
            if ready:
                self.settle_intents(peer)

    def waiting_bodies(
        self, connection: Connection, peer: str, subject: Subject
    ) -> tuple[Body, ...]:
        """Bodies of a subject that wait with an intent for a peer's line to open."""
        commands = [
            command_of(intent) for intent in self._kernel.store.pending_intents(connection, peer)
        ]
        return tuple(
            body
            for command in commands
            if isinstance(command, _BEARING) and subject_of(command) == subject
            for body in command.bodies
        )

    def erase_waiting(
        self, connection: Connection, peer: str, subject: Subject, name: str
    ) -> list[str]:
        """Take a body out of what waits for a peer's line; the intents that carried it.

        What needs that body comes back to the person when the line opens.
        """
        carriers = []
        for intent in self._kernel.store.pending_intents(connection, peer):
            command = command_of(intent)
            if not isinstance(command, _BEARING) or subject_of(command) != subject:
                continue
            kept = tuple(body for body in command.bodies if body.name != name)
            if kept != command.bodies:
                payload = encode_command(replace(command, bodies=kept))
                self._kernel.store.change_intent(connection, intent.id, payload)
                if intent.held_until == CROSSING:
                    left = replace(command, bodies=kept)
                    self._waiting(connection, peer).renew(intent.id, left)
                carriers.append(intent.id)
        return carriers

    def _waiting(self, connection: Connection, peer: str) -> Waiting:
        return Waiting(kernel=self._kernel, connection=connection, peer=peer)

    def _is_crossing(self, peer: str, subject: Subject) -> bool:
        with self._kernel.database.read() as connection:
            return self._waiting(connection, peer).is_crossing(subject)

    def _execute(self, command: Command, partner: str, beside: Beside | None) -> tuple[str, bool]:
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            peer = self._unpapered(command) or self._partner(work, command, partner)
            if isinstance(peer, Refusal):
                raise _RolledBack(peer)
            attempt = Attempt(self._kernel, self._published, work, peer)
            refusal, waiting = attempt.make(command)
            if refusal is not None:
                raise _RolledBack(refusal)
            attempt.close()
            if beside is not None:
                beside(connection)
        return peer, waiting

    def _unpapered(self, command: Command) -> Refusal | None:
        """In a node kept for a guest, what officers do rests on a paper that the guest sent."""
        if not self._kernel.identity.kept_by or not isinstance(command, _PAPERED):
            return None
        if not needs_paper(command.actor) or has_paper(command.bodies):
            return None
        return refuse_channel(ChannelGround.PAPER_MISSING, type(command).__name__)

    def _partner(self, work: Work, command: Command, partner: str) -> str | Refusal:
        peer = partner
        if isinstance(command, TakeIn):
            peer = command.competent
        elif isinstance(command, CaseCommand):
            state = Effects(work, "").own.case(command.case)
            if state is None:
                return refuse(CaseGround.UNKNOWN_CASE, command.case)
            peer = state.partner(self._kernel.identity.name)
        channel = self._kernel.store.channel(work.connection, peer)
        if channel is None:
            return refuse_channel(ChannelGround.NO_LINE, peer)
        if channel.status is ChannelStatus.CLOSED:
            return refuse_channel(ChannelGround.LINE_CLOSED, peer)
        return peer

    def _settle(self, peer: str, intent_id: str) -> bool:
        """Settle one intent, unless somebody did; False while the line is closed."""
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            intent = self._kernel.store.intent(connection, intent_id)
            if intent is None or intent.ground is not None:
                return True
            status = work.channel(peer).status
            if status not in {ChannelStatus.OPEN, ChannelStatus.CLOSED}:
                return False
            attempt = Attempt(self._kernel, self._published, work, peer)
            if status is ChannelStatus.OPEN:
                attempt.settle(intent)
            else:
                attempt.give_back(intent, ChannelGround.LINE_CLOSED)
            attempt.close()
        return True
