"""One command on one channel, decided and written inside one transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tongban.core.agreements.commands import AgreementCommand
from tongban.core.agreements.decide import AgreementContext
from tongban.core.agreements.decide import decide as decide_agreement
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.state import AgreementState
from tongban.core.agreements.succession import place_taken
from tongban.core.cases.commands import (
    CaseCommand,
    CompleteCorrection,
    Dispatch,
    NotifyCorrection,
    TakeIn,
)
from tongban.core.cases.decide import CaseContext
from tongban.core.cases.decide import decide as decide_case
from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.commands import CatalogueCommand, Publish, PublishRule
from tongban.core.catalogues.decide import CatalogueContext
from tongban.core.catalogues.decide import decide as decide_catalogue
from tongban.core.catalogues.state import CatalogueState, Withdrawal
from tongban.core.china_time import china_day
from tongban.core.decided import Decided
from tongban.core.home.events import IntentRecorded, IntentSettled
from tongban.core.inquiries.commands import DecideOneOff, InquiryCommand
from tongban.core.inquiries.decide import InquiryContext
from tongban.core.inquiries.decide import decide as decide_inquiry
from tongban.core.inquiries.state import InquiryState
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.negotiations.decide import NegotiationContext
from tongban.core.negotiations.decide import decide as decide_negotiation
from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.state import (
    NegotiationStanding,
    NegotiationState,
    accepted_by,
    documents_of,
)
from tongban.core.records.commands import RecordCommand
from tongban.core.records.decide import RecordContext
from tongban.core.records.decide import decide as decide_record
from tongban.core.records.permit import Hands
from tongban.core.records.state import RecordState
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus, LogKind, StoredIntent
from tongban.node.asked import Command, command_of, subject_of
from tongban.node.blobs.waiting import Waiting
from tongban.node.decision_powers import recorded_powers
from tongban.node.effects import SYSTEM, Effects
from tongban.node.holding import held_until, hold, must_wait, waiting_intents
from tongban.node.identifiers import entry_id
from tongban.node.intake_bodies import bodies_of
from tongban.node.intents import encode_command
from tongban.node.kernel import Kernel
from tongban.node.notaries import agreement_verifier
from tongban.node.published import Published
from tongban.node.signers import signing_rules
from tongban.node.states import State
from tongban.node.work import Draft, Work, readable

#: What people write or send may come beside these.
_Carrying = CaseCommand | AgreementCommand | NegotiationCommand | InquiryCommand


class Attempt:
    """One command on one channel inside one transaction."""

    def __init__(self, kernel: Kernel, published: Published, work: Work, peer: str) -> None:
        self._kernel = kernel
        self._published = published
        self._work = work
        self._peer = peer
        self._effects = Effects(work, peer)

    def make(self, command: Command) -> tuple[Refusal | None, bool]:
        """Do it; a refusal if any, and whether it waits for the line or for its files to cross."""
        waiting = Waiting(kernel=self._kernel, connection=self._work.connection, peer=self._peer)
        held = self._held(command) or waiting.refusal(command)
        if held is not None:
            return held, False
        if self._stays_home(command):
            refusal = self._write(command, at=self._work.now)
            onward = None if refusal else self._onward(command)
            if onward is None:
                return refusal, False
            command = onward
        if not self._is_open() or waiting.must_wait(command):
            return self._intend(command, waiting), True
        refusal = self._write(command, at=self._work.now)
        if not must_wait(command, refusal):
            return refusal, False
        hold(self._kernel, self._work.connection, self._keep(command), self._work.now)
        return None, True

    def consider(self, command: Command) -> tuple[Decided, ...] | Refusal:
        """Decide and leave it at that."""
        return self._decide(command, self._state_of(command))

    def settle(self, intent: StoredIntent) -> None:
        """Append what an intent asks, give it back with the ground, or keep it for another day."""
        command = command_of(intent)
        # After a loss, an entry may have come back from the partner before its intent was settled.
        refusal = None if self._is_written(intent, command) else self._write(command, at=intent.at)
        if must_wait(command, refusal):
            hold(self._kernel, self._work.connection, intent.id, self._work.now)
        else:
            self.give_back(intent, refusal.ground if refusal else "")

    def give_back(self, intent: StoredIntent, ground: str) -> None:
        """Bring an intent to its end; ground: "" where it was appended."""
        event, subject = (
            IntentSettled(intent=intent.id, ground=ground),
            subject_of(command_of(intent)),
        )
        self._effects.append_home([Draft(event=event, subject=subject, actor=SYSTEM)])
        self._kernel.store.settle_intent(self._work.connection, intent.id, ground)
        self._kernel.store.stop_awaiting(self._work.connection, intent.id)

    def close(self) -> None:
        """Save states, store statements and project, inside the transaction."""
        self._effects.close()
        self._work.close()

    def _stays_home(self, command: Command) -> bool:
        """Whether it is done at the counter, before anything goes to the competent party."""
        if isinstance(command, TakeIn):
            return True
        if not isinstance(command, NotifyCorrection | CompleteCorrection):
            return False
        state = self._foreseen(command)
        return isinstance(state, CaseState) and not state.done(ActKind.DISPATCH)

    def _onward(self, command: Command) -> Dispatch | None:
        """The dispatch that follows at once, unless the applicant has to supply something first."""
        if isinstance(command, TakeIn) and not command.notice:
            return Dispatch(case=command.case, actor=command.actor, bodies=command.bodies)
        if isinstance(command, CompleteCorrection):
            bodies = bodies_of(self._work, subject_of(command))
            return Dispatch(case=command.case, actor=command.actor, bodies=bodies)
        return None

    def _is_open(self) -> bool:
        """Whether the line is open and nobody waits for it who came before."""
        open_now = self._work.channel(self._peer).status is ChannelStatus.OPEN
        store, connection = self._kernel.store, self._work.connection
        return open_now and not store.due_intents(connection, self._peer, self._work.now)

    def _held(self, command: Command) -> Refusal | None:
        """Nobody dispatches again, or holds back, what waits for another day."""
        if not isinstance(command, Dispatch | NotifyCorrection):
            return None
        until = held_until(self._kernel, self._work.connection, command.case)
        return refuse(AgreementGround.DAILY_LIMIT_REACHED, str(until)) if until else None

    def _write(self, command: Command, *, at: datetime) -> Refusal | None:
        decided = self._decide(command, self._state_of(command))
        if isinstance(decided, Refusal):
            return decided
        home = [_draft(command, line, at) for line in decided if line.home]
        away = [_draft(command, line, at) for line in decided if not line.home]
        if home:
            self._effects.append_home(home)
        if away:
            self._effects.append(away)
        return None

    def _intend(self, command: Command, waiting: Waiting) -> Refusal | None:
        decided = self._decide(command, self._foreseen(command))
        if isinstance(decided, Refusal) and not must_wait(command, decided):
            return decided
        for_files = waiting.must_wait(command)
        intent = self._keep(command)
        if for_files:
            waiting.keep(intent, command)
        return None

    def _keep(self, command: Command) -> str:
        """Keep what was asked, with its instant; its number."""
        work = self._work
        name = entry_id(work.now, random=self._kernel.randomness.draw(10))
        event = IntentRecorded(intent=name, act=type(command).__name__, peer=self._peer)
        self._effects.append_home(
            [Draft(event=event, subject=subject_of(command), actor=command.actor)]
        )
        self._kernel.store.add_intent(
            work.connection,
            id=name,
            peer=self._peer,
            at=work.now,
            payload=encode_command(command),
        )
        return name

    def _state_of(self, command: Command) -> State | None:
        if isinstance(command, CatalogueCommand):
            return self._effects.own.catalogue(command.publisher)
        if isinstance(command, AgreementCommand):
            return self._effects.own.pair().states.get(command.document)
        if isinstance(command, NegotiationCommand):
            return self._effects.own.negotiations().get(command.negotiation)
        if isinstance(command, InquiryCommand):
            return self._effects.own.inquiry(command.inquiry)
        if isinstance(command, RecordCommand):
            return self._effects.own.record(command.guest)
        return self._effects.own.case(command.case)

    def _foreseen(self, command: Command) -> State | None:
        """The state once the intents that wait are appended, so that nobody does a thing twice."""
        state, me = self._state_of(command), self._kernel.identity.name
        connection = self._work.connection
        waiting = waiting_intents(self._kernel, connection, subject_of(command))
        for intent in (each for each in waiting if each.peer == self._peer):
            asked = command_of(intent)
            decided = self._decide(asked, state)
            for line in () if isinstance(decided, Refusal) else decided:
                entry = self._work.foretell(_draft(asked, line, intent.at), id_=intent.id)
                state = self._effects.own.folded(state, entry, writer=me)
        return state

    def _is_written(self, intent: StoredIntent, command: Command) -> bool:
        subject = subject_of(command)
        store, connection = self._kernel.store, self._work.connection
        for line in store.journal_of(connection, subject.kind.value, subject.id):
            entry = readable(line.data) if line.kind is LogKind.OWN else None
            if entry and (entry.at, entry.actor) == (intent.at, command.actor):
                return True
        return False

    def _decide(self, command: Command, state: State | None) -> tuple[Decided, ...] | Refusal:
        if isinstance(command, CatalogueCommand):
            return self._decide_catalogue(
                command, state if isinstance(state, CatalogueState) else None
            )
        if isinstance(command, AgreementCommand):
            agreement = state if isinstance(state, AgreementState) else None
            return self._decide_agreement(command, agreement)
        if isinstance(command, NegotiationCommand):
            negotiation = state if isinstance(state, NegotiationState) else None
            return self._decide_negotiation(command, negotiation)
        if isinstance(command, InquiryCommand):
            asked = state if isinstance(state, InquiryState) else None
            return decide_inquiry(asked, command, self._inquiry_context(command))
        if isinstance(command, RecordCommand):
            record = state if isinstance(state, RecordState) else None
            return decide_record(record, command, self._record_context())
        return self._decide_case(command, state if isinstance(state, CaseState) else None)

    def _decide_case(
        self, command: CaseCommand, state: CaseState | None
    ) -> tuple[Decided, ...] | Refusal:
        connection, library = self._work.connection, self._kernel.library
        context = CaseContext(
            now=self._work.now,
            party=self._kernel.identity.name,
            item=library.item(connection, state.item_digest) if state else None,
            process=library.process(connection, state.process) if state else None,
            pair=self._effects.own.pair(),
            calendar=self._kernel.calendar,
            withdrawal=self._withdrawal(command, state),
            listed_as=self._effects.own.listed_as(state or command),
        )
        if isinstance(command, TakeIn):
            item = self._published.find(command.item)
            process = self._published.process_for(command.item, command.mode)
            context = replace(context, item=item, process=process)
        return decide_case(state, command, context)

    def _withdrawal(self, command: CaseCommand, state: CaseState | None) -> Withdrawal | None:
        """What the competent party told of the item of a case that is about to begin."""
        if isinstance(command, TakeIn):
            return self._effects.own.withdrawal(command.competent, command.item)
        if isinstance(command, Dispatch) and state is not None:
            return self._effects.own.withdrawal(state.competent, state.item)
        return None

    def _decide_catalogue(
        self, command: Publish | PublishRule, state: CatalogueState | None
    ) -> tuple[Decided, ...] | Refusal:
        shelf = self._kernel.library.shelf(self._work.connection, command)
        context = CatalogueContext(
            party=self._kernel.identity.name, now=self._work.now, shelf=shelf
        )
        return decide_catalogue(state, command, context)

    def _decide_agreement(
        self, command: AgreementCommand, state: AgreementState | None
    ) -> tuple[Decided, ...] | Refusal:
        connection = self._work.connection
        document = self._kernel.library.agreement(connection, command.document)
        context = AgreementContext(
            party=self._kernel.identity.name,
            peer=self._peer,
            documents={command.document: document} if document else {},
            verify=agreement_verifier(self._work),
            now=self._work.now,
            signing=signing_rules(self._kernel, connection, self._work.now, command.document),
            place_taken=(
                place_taken(self._effects.own.pair(), command.document, document)
                if isinstance(document, Agreement)
                else ""
            ),
            accepted_by=accepted_by(
                map(foreseen, self._effects.own.negotiations().values()), command.document
            ),
        )
        return decide_agreement(state, command, context)

    def _inquiry_context(self, command: InquiryCommand) -> InquiryContext:
        # They stand on the home log; reading them took a third of asking a question.
        deciding = isinstance(command, DecideOneOff)
        return InquiryContext(
            party=self._kernel.identity.name,
            peer=self._peer,
            day=china_day(self._work.now),
            powers=recorded_powers(self._kernel, self._work.connection) if deciding else (),
        )

    def _record_context(self) -> RecordContext:
        identity = self._kernel.identity
        kept = Hands(once_kept=identity.keeper is not None, still_kept=bool(identity.kept_by))
        return RecordContext(party=identity.name, hands=kept)

    def _decide_negotiation(
        self, command: NegotiationCommand, state: NegotiationState | None
    ) -> tuple[Decided, ...] | Refusal:
        ahead = foreseen(state) if state else None
        found = {
            digest: document
            for digest in documents_of(ahead, command)
            if (document := self._kernel.library.agreement(self._work.connection, digest))
        }
        context = NegotiationContext(
            party=self._kernel.identity.name,
            peer=self._peer,
            now=self._work.now,
            documents=found,
            offered=frozenset(self._effects.own.pair().states),
            on_tables=frozenset(self._on_tables()),
        )
        return decide_negotiation(state, command, context)

    def _on_tables(self) -> Iterator[str]:
        today = china_day(self._work.now)
        for state in map(foreseen, self._effects.own.negotiations().values()):
            if state.on_table and state.standing(today) is NegotiationStanding.OPEN:
                yield state.on_table.document


def _draft(command: Command, line: Decided, at: datetime) -> Draft:
    bodies = command.bodies if isinstance(command, _Carrying) else ()
    return Draft(
        event=line.event,
        subject=subject_of(command),
        actor=command.actor,
        basis=line.basis,
        bodies=tuple(body for body in bodies if body.name in line.bodies),
        at=at,
    )
