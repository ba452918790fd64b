"""Takes commands from people and systems: decided at once, written in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.agreements.commands import AgreementCommand
from tongban.core.agreements.decide import AgreementContext
from tongban.core.agreements.decide import decide as decide_agreement
from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, Dispatch, TakeIn
from tongban.core.cases.decide import CaseContext
from tongban.core.cases.decide import decide as decide_case
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.channel.refusals import ChannelGround
from tongban.core.decided import Decided
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import IntentRecorded, IntentSettled
from tongban.core.refusal import Refusal, Remedy
from tongban.logs.rows import ChannelStatus, StoredIntent
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import BrokenInvariant
from tongban.node.identifiers import entry_id
from tongban.node.intents import decode_command, encode_command
from tongban.node.kernel import Kernel
from tongban.node.notaries import agreement_verifier
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.work import Draft, Work

Command = CaseCommand | AgreementCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Executed:
    """The command was taken.

    subject: the case's number, or the agreement's digest. waiting: the entry waits until the
    partner's line is open.
    """

    subject: str
    waiting: bool


class _RolledBack(Exception):
    """Carries a Refusal out of the transaction, which then leaves no effect."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.ground)
        self.refusal = refusal


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
        self._on_written = on_written

    def execute(
        self, command: Command, *, partner: str = "", beside: Beside | None = None
    ) -> Executed | Refusal:
        """Do what is asked, or say why not; a Refusal leaves no effect.

        partner: node name, needed for agreements; a case knows its own. beside: called last, in
        the same transaction, unless it is refused; when it raises, nothing was done.
        """
        try:
            peer, waiting = self._execute(command, partner, beside)
        except _RolledBack as back:
            return back.refusal
        self._on_written(peer)
        return Executed(subject=_subject(command).id, waiting=waiting)

    def consider(self, command: CaseCommand) -> tuple[Decided, ...] | Refusal:
        """What would be decided if this were asked now; nothing is done."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            peer = self._partner(work, command, "")
            if isinstance(peer, Refusal):
                return peer
            return _Attempt(self._kernel, self._published, work, peer).consider(command)

    def settle_intents(self, peer: str) -> None:
        """Append, in order, what people did while the line was closed."""
        while self._settle_next(peer):
            pass
        self._on_written(peer)

    def waiting_bodies(self, connection: Connection, peer: str, case: str) -> tuple[Body, ...]:
        """Bodies of a case that wait with an intent for a peer's line to open."""
        commands = [
            _command_of(intent) for intent in self._kernel.store.pending_intents(connection, peer)
        ]
        return tuple(
            body
            for command in commands
            if isinstance(command, CaseCommand) and command.case == case
            for body in command.bodies
        )

    def _execute(self, command: Command, partner: str, beside: Beside | None) -> tuple[str, bool]:
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            peer = self._partner(work, command, partner)
            if isinstance(peer, Refusal):
                raise _RolledBack(peer)
            attempt = _Attempt(self._kernel, self._published, work, peer)
            refusal, waiting = attempt.make(command)
            if refusal is not None:
                raise _RolledBack(refusal)
            attempt.close()
            if beside is not None:
                beside(connection)
        return peer, waiting

    def _partner(self, work: Work, command: Command, partner: str) -> str | Refusal:
        peer = partner
        if isinstance(command, TakeIn):
            peer = command.competent
        elif isinstance(command, CaseCommand):
            state = Effects(work, "").own.case(command.case)
            if state is None:
                return refuse(CaseGround.UNKNOWN_CASE, command.case)
            peer = state.partner(self._kernel.identity.name)
        if self._kernel.store.channel(work.connection, peer) is None:
            return Refusal(
                ground=ChannelGround.NO_LINE.value,
                remedies=(Remedy.DIRECT_APPLICATION,),
                detail=peer,
            )
        return peer

    def _settle_next(self, peer: str) -> bool:
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            waiting = self._kernel.store.pending_intents(connection, peer)
            if not waiting or work.channel(peer).status is not ChannelStatus.OPEN:
                return False
            attempt = _Attempt(self._kernel, self._published, work, peer)
            attempt.settle(waiting[0])
            attempt.close()
        return True


class _Attempt:
    """One command on one channel inside one transaction."""

    def __init__(self, kernel: Kernel, published: Published, work: Work, peer: str) -> None:
        self._kernel = kernel
        self._published = published
        self._work = work
        self._peer = peer
        self._effects = Effects(work, peer)

    def make(self, command: Command) -> tuple[Refusal | None, bool]:
        """Do it; a refusal if any, and whether it waits for the line."""
        if isinstance(command, TakeIn):
            refusal = self._write(command, at=self._work.now)
            if refusal is not None:
                return refusal, False
            command = Dispatch(case=command.case, actor=command.actor, bodies=command.bodies)
        if self._work.channel(self._peer).status is ChannelStatus.OPEN:
            return self._write(command, at=self._work.now), False
        return self._intend(command), True

    def consider(self, command: Command) -> tuple[Decided, ...] | Refusal:
        """Decide and leave it at that."""
        return self._decide(command)

    def settle(self, intent: StoredIntent) -> None:
        """Append what an intent asks, or give it back with the ground."""
        command = _command_of(intent)
        refusal = self._write(command, at=intent.at)
        ground = refusal.ground if refusal else ""
        event = IntentSettled(intent=intent.id, ground=ground)
        self._effects.append_home([Draft(event=event, subject=_subject(command), actor=SYSTEM)])
        self._kernel.store.settle_intent(self._work.connection, intent.id, ground)

    def close(self) -> None:
        """Save states, store statements and project, inside the transaction."""
        self._effects.close()
        self._work.close()

    def _write(self, command: Command, *, at: datetime) -> Refusal | None:
        decided = self._decide(command)
        if isinstance(decided, Refusal):
            return decided
        home = [_draft(command, line, at) for line in decided if line.home]
        away = [_draft(command, line, at) for line in decided if not line.home]
        if home:
            self._effects.append_home(home)
        if away:
            self._effects.append(away)
        return None

    def _intend(self, command: Command) -> Refusal | None:
        decided = self._decide(command)
        if isinstance(decided, Refusal):
            return decided
        work = self._work
        name = entry_id(work.now, random=self._kernel.randomness.draw(10))
        event = IntentRecorded(intent=name, act=type(command).__name__, peer=self._peer)
        self._effects.append_home(
            [Draft(event=event, subject=_subject(command), actor=command.actor)]
        )
        self._kernel.store.add_intent(
            work.connection,
            id=name,
            peer=self._peer,
            at=work.now,
            payload=encode_command(command),
        )
        return None

    def _decide(self, command: Command) -> tuple[Decided, ...] | Refusal:
        if isinstance(command, AgreementCommand):
            return self._decide_agreement(command)
        state = self._effects.own.case(command.case)
        connection, library = self._work.connection, self._kernel.library
        context = CaseContext(
            now=self._work.now,
            party=self._kernel.identity.name,
            item=library.item(connection, state.item_digest) if state else None,
            process=library.process(connection, state.process) if state else None,
            pair=self._effects.own.pair(),
            calendar=self._kernel.calendar,
        )
        if isinstance(command, TakeIn):
            item = self._published.find(command.item)
            name = item.process_for(command.mode) if item else None
            context = replace(
                context, item=item, process=self._published.process(name) if name else None
            )
        return decide_case(state, command, context)

    def _decide_agreement(self, command: AgreementCommand) -> tuple[Decided, ...] | Refusal:
        document = self._kernel.library.agreement(self._work.connection, command.document)
        context = AgreementContext(
            party=self._kernel.identity.name,
            peer=self._peer,
            documents={command.document: document} if document else {},
            verify=agreement_verifier(self._kernel.identity, self._kernel.peers),
        )
        return decide_agreement(
            self._effects.own.pair().states.get(command.document), command, context
        )


def _command_of(intent: StoredIntent) -> Command:
    if intent.payload is None:
        raise BrokenInvariant(f"the waiting intent {intent.id} has lost its payload")
    command = decode_command(intent.payload)
    if not isinstance(command, CaseCommand | AgreementCommand):
        raise BrokenInvariant(f"the intent {intent.id} holds no command")
    return command


def _subject(command: Command) -> Subject:
    if isinstance(command, AgreementCommand):
        return Subject(kind=SubjectKind.AGREEMENT, id=command.document)
    return Subject(kind=SubjectKind.CASE, id=command.case)


def _draft(command: Command, line: Decided, at: datetime) -> Draft:
    bodies = command.bodies if isinstance(command, CaseCommand) else ()
    return Draft(
        event=line.event,
        subject=_subject(command),
        actor=command.actor,
        basis=line.basis,
        bodies=tuple(body for body in bodies if body.name in line.bodies),
        at=at,
    )
