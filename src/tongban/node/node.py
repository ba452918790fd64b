"""A sovereign node: what pages, connectors, workers and the command line may ask of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from tongban.channels.descriptors import fingerprint
from tongban.channels.quota import Meter
from tongban.core.agreements.document import Document
from tongban.core.agreements.state import AgreementState
from tongban.core.body import Body
from tongban.core.canonical import decode
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.state import Withdrawal
from tongban.core.decided import Decided
from tongban.core.entry import Actor, Event, Subject, SubjectKind
from tongban.core.home.events import (
    AccessGranted,
    ChannelClosed,
    IntentRecorded,
    PeerPaired,
    PersonalDataRead,
)
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.logs.faults import BodyDamaged, LogDamaged
from tongban.logs.rows import (
    ChannelRow,
    ChannelStatus,
    ContradictionRow,
    JournalLine,
    LogKind,
    View,
)
from tongban.node import generations
from tongban.node.anchors import anchor
from tongban.node.asked import Command
from tongban.node.belonging import check_belongs
from tongban.node.blobs.files import Files, Reading
from tongban.node.conversation import Conversation
from tongban.node.decision_powers import DecisionPowers
from tongban.node.deposits import Deposits
from tongban.node.desk import Beside, Desk, Executed
from tongban.node.effects import SYSTEM, Effects
from tongban.node.erasing import erase, tell_erasures
from tongban.node.erasures import take_unrecorded
from tongban.node.forgetting import partly_back
from tongban.node.identifiers import case_id, start_name
from tongban.node.inquiries import Inquiries
from tongban.node.kept_bodies import KeptBodies
from tongban.node.kernel import Kernel
from tongban.node.negotiations import Negotiations
from tongban.node.openings import Openings
from tongban.node.own_items import OwnItems
from tongban.node.pairing import compared_descriptor
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.records import Records
from tongban.node.refused_bytes import erase_refused
from tongban.node.rules import Rules
from tongban.node.signers import Signers
from tongban.node.state_form import note_form, renew_states
from tongban.node.work import Draft, Work, readable


class Node:
    """One node on its kernel. Every public call is one transaction of its own.

    `start` before anything else. wake: called with a peer's name, from any thread, when there may
    be something to tell it; the delivery puts itself there.
    """

    def __init__(self, kernel: Kernel, meter: Meter) -> None:
        self.kernel = kernel
        with kernel.database.write() as connection:
            kernel.store.migrate(connection)
            check_belongs(kernel, connection)
        kernel.peers.reload(kernel.store, kernel.database)
        self.published = Published(kernel)
        self.published.remember()
        self.own = OwnItems(kernel, self.published)
        self.conversation = Conversation(kernel, meter, self._opened)
        self.files = Files(kernel)
        self.desk = Desk(kernel, self.published, lambda peer: self.wake(peer))  # noqa: PLW0108 - replaced later
        self.deposits = Deposits(kernel, self.published, self.desk)
        self.rules = Rules(kernel)
        self.openings = Openings(kernel, self.published, self.rules, self.desk)
        self.repairs = self.conversation.repairs
        self.signers = Signers(kernel)
        self.negotiations = Negotiations(kernel)
        self.inquiries = Inquiries(kernel)
        self.records = Records(kernel)
        self.decision_powers = DecisionPowers(kernel)
        self._start = ""
        self.wake: Callable[[str], None] = _nobody_listens

    @property
    def name(self) -> str:
        """The node's name on all its logs."""
        return self.kernel.identity.name

    @property
    def delivers(self) -> bool:
        """Whether somebody carries what is to be told to partners."""
        return self.wake is not _nobody_listens

    def start(self) -> None:
        """Begin under a fresh name of this start; every channel waits for its comparison.

        States that another release stored are folded again before. Raises TreeDamaged where hashes
        rotted that nothing in the store shows anew.
        """
        renew_states(self.kernel)
        try:
            self._begin()
        except LogDamaged as fault:
            # Nobody can ask for a repair before the node has started.
            self.repairs.note(fault)
            self._begin()

    def _begin(self) -> None:
        start = start_name(self.kernel.randomness.draw(16))
        with self.kernel.database.write() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            note_form(self.kernel, connection)
            generations.open_home(work, start)
            Effects(work, "").append_home(take_unrecorded(self.kernel, connection))
            for peer in self.kernel.peers.names():
                generations.begin(work, peer, start)
            work.close()
        self._start = start

    def execute(
        self, command: Command, *, partner: str = "", beside: Beside | None = None
    ) -> Executed | Refusal:
        """Carry out a command, or say why not; a Refusal leaves no effect.

        partner: node name, for commands on agreements. beside: writes something of its own in
        the same transaction, unless the command is refused; when it raises, nothing was done.
        """
        with self._noting():
            return self.desk.execute(command, partner=partner, beside=beside)

    def waits_as(self, connection: Connection, case: str) -> str:
        """The intent in which a case's newest act waits; "" where it was written at once.

        For what stands beside a command, in the command's own transaction.
        """
        lines = self.kernel.store.journal_of(connection, SubjectKind.CASE.value, case)
        newest = readable(lines[-1].data) if lines else None
        event = newest.event if newest else None
        return event.intent if isinstance(event, IntentRecorded) else ""

    def intent_ground(self, intent: str) -> str | None:
        """Why an intent came back; "" where it was appended, None while it waits."""
        with self.kernel.database.read() as connection:
            found = self.kernel.store.intent(connection, intent)
        return found.ground if found else ""

    def consider(self, command: CaseCommand) -> Sequence[Decided] | Refusal:
        """What would be decided if this were asked now, basis included; nothing is done."""
        return self.desk.consider(command)

    def hear(self, envelope: bytes, available_at: datetime | None = None) -> bytes | None:
        """Take an envelope from any road; available_at: the gateway's own instant."""
        return self.conversation.hear(envelope, available_at)

    def new_case(self, place: str) -> str:
        """A fresh case number (办件编号) for an intake at this place."""
        now = self.kernel.clock.now()
        return case_id(place, now, random=self.kernel.randomness.draw(5))

    def item(self, code: str) -> Item:
        """The item of this implementation code; raises UnknownItem."""
        return self.published.item(code)

    def item_version(self, digest: str) -> Item | None:
        """The version that a case pins, whatever stands today; None where it is not kept here."""
        return self.published.version(digest)

    def withdrawal(self, case: CaseState) -> Withdrawal | None:
        """What the competent party told the other of the case's item, if it withdrew it."""
        return self.openings.withdrawal(case)

    def withdrawn_item(self, code: str) -> Item | None:
        """What an item was last that takes nothing new any more; None for any other."""
        return self.published.withdrawn_item(code)

    def items(self) -> Sequence[Item]:
        """Every item that can be applied for today, own and partners'."""
        return self.published.items()

    def document(self, digest: str) -> Document | None:
        """The agreement or instrument of this digest, or None where it is not kept here."""
        with self.kernel.database.read() as connection:
            return self.kernel.library.agreement(connection, digest)

    def case_state(self, case: str) -> CaseState | None:
        """The case as this node sees it."""
        with self.kernel.database.read() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            return Effects(work, "").own.case(case)

    def cases(self) -> list[CaseState]:
        """Every case that this node knows, by number."""
        with self.kernel.database.read() as connection:
            rows = self.kernel.store.states(connection, View.OWN, "case")
        return [decode(row.data, CaseState) for row in rows]

    def agreements_with(self, peer: str) -> list[AgreementState]:
        """What stands between this node and a partner."""
        with self.kernel.database.read() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            return list(Effects(work, peer).own.pair().states.values())

    def channels(self) -> list[ChannelRow]:
        """Where each channel stands."""
        with self.kernel.database.read() as connection:
            return self.kernel.store.channels(connection)

    def partly_back(self) -> list[str]:
        """Partners that have given back a part of what was lost, and not yet the rest."""
        with self.kernel.database.read() as connection:
            return partly_back(self.kernel, connection)

    def history(self, case: str) -> list[JournalLine]:
        """Every entry of a case, in the order in which this node came to it."""
        with self._noting(), self.kernel.database.read() as connection:
            return self.kernel.store.journal_of(connection, SubjectKind.CASE.value, case)

    def find_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> Body | None:
        """A body of the case, newest first; the read goes on the home log before it is shown.

        Raises BodyDamaged where none is whole; the partner is asked for it then.
        """
        with self._noting(), self.kernel.database.write() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            subject = Subject(kind=SubjectKind.CASE, id=case)
            body = KeptBodies(work, self.desk, subject).find(name)
            if body is not None:
                event = PersonalDataRead(body=name, purpose=purpose)
                self._home(work, event, subject, reader)
        return body

    def read_body(self, case: str, name: str, *, reader: Actor, purpose: str) -> bytes | None:
        """Content of a body as `find_body` finds it; raises FileTooLarge for one over 20 MB."""
        body = self.find_body(case, name, reader=reader, purpose=purpose)
        return self.files.whole(body) if body else None

    def read_file(self, case: str, name: str, *, reader: Actor, purpose: str) -> Reading | None:
        """Content of a body of any size, in chunks; raises FileIncomplete too."""
        body = self.find_body(case, name, reader=reader, purpose=purpose)
        return self.files.read(body) if body else None

    def keep_file(self, name: str, media: str, chunks: Iterable[bytes]) -> Body:
        """The body that lists the pieces of a large file, as `Files.keep`."""
        return self.files.keep(name, media, chunks)

    def erase_body(self, case: str, name: str, *, actor: Actor, ground: str) -> int:
        """Erase a body of the case, as `erase_from`."""
        subject = Subject(kind=SubjectKind.CASE, id=case)
        return self.erase_from(subject, name, actor=actor, ground=ground)

    def erase_from(
        self, subject: Subject, name: str, *, actor: Actor, ground: str, beside: str = ""
    ) -> int:
        """Erase a body of the subject with its salt, wherever it stands; how many were erased.

        beside: the id of the one entry whose body it is, "" for every body of that name. The
        commitments stay, so every proof still verifies, and a rebuild brings nothing back.
        """
        erased, told = erase(
            self.kernel, self.desk, subject, name, actor=actor, ground=ground, beside=beside
        )
        for peer in told:
            self.wake(peer)
        return erased

    def record_access(
        self, number: str, role: str, *, actor: Actor, beside: Beside | None = None
    ) -> None:
        """Put on the home log that somebody was given a role; beside: gives it here too."""
        with self.kernel.database.write() as connection:
            if beside is not None:
                beside(connection)
            work = Work(self.kernel, connection, self.kernel.clock.now())
            subject = Subject(kind=SubjectKind.NODE, id=self.name)
            self._home(work, AccessGranted(number=number, role=role), subject, actor)

    def pair(self, descriptor: bytes, *, compared: str) -> str:
        """Accept a partner whose fingerprint an operator compared; returns its name.

        Raises what `compared_descriptor` raises. Pairing again takes a newer descriptor, and
        reopens a frozen or closed channel.
        """
        read = compared_descriptor(self.kernel.peers, descriptor, compared)
        with self.kernel.database.write() as connection:
            now, store, found = self.kernel.clock.now(), self.kernel.store, fingerprint(read)
            store.put_peer(connection, read.name, descriptor, found, now, len(read.sets))
            work = Work(self.kernel, connection, now)
            if store.channel(connection, read.name) is None:
                row = ChannelRow(peer=read.name, status=ChannelStatus.COMPARING)
                store.put_channel(connection, row)
                generations.begin(work, read.name, self._start)
            else:
                generations.reopen(work, read.name, start_name(self.kernel.randomness.draw(16)))
            event = PeerPaired(peer=read.name, fingerprint=found)
            self._home(work, event, Subject(kind=SubjectKind.CHANNEL, id=read.name), SYSTEM)
        self.kernel.peers.reload(self.kernel.store, self.kernel.database)
        self.wake(read.name)
        return read.name

    def renew_keys(self) -> int:
        """Go on under the newest keys on the home log, and on every channel that is open.

        The others follow as soon as they open. On how many channels it was announced.
        """
        if self.kernel.identity.signer.number == 1:
            return 0
        with self.kernel.database.write() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            if work.keys_to_open(work.home_log()) < self.kernel.identity.signer.number:
                generations.renew_home_keys(work)
            peers = self.kernel.peers.names()
            told = [peer for peer in peers if generations.renew_keys(work, peer)]
            work.close()
        for peer in told:
            self.wake(peer)
        return len(told)

    def close_channel(self, peer: str, *, actor: Actor, ground: str) -> int:
        """End the channel with a partner until somebody pairs again; how many intents came back.

        What the partner's node sends is not taken any more, and nothing goes to it. What people
        had done and waits for it comes back to them. Raises UnknownPeer.
        """
        with self.kernel.database.write() as connection:
            waiting = len(self.kernel.store.pending_intents(connection, peer))
            work = Work(self.kernel, connection, self.kernel.clock.now())
            generations.close(work, peer)
            event = ChannelClosed(peer=peer, ground=ground)
            self._home(work, event, Subject(kind=SubjectKind.CHANNEL, id=peer), actor)
        self.desk.settle_intents(peer)
        return waiting

    def erase_refused(self, peer: str, *, older_than: timedelta) -> int:
        """Erase what may go of what was refused of a partner that long ago; of how many entries.

        The hashes stay, so that both logs verify as before. Raises UnknownPeer.
        """
        self.kernel.peers.require(peer)
        return erase_refused(self.kernel, peer, until=self.kernel.clock.now() - older_than)

    def contradictions(self, peer: str) -> list[ContradictionRow]:
        """What shows that a partner signed two histories."""
        with self.kernel.database.read() as connection:
            return self.kernel.store.contradictions(connection, peer)

    def anchor_channels(self) -> int:
        """Put each channel log's newest checkpoint on the home log; how many were new."""
        anchored = 0
        with self.kernel.database.write() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            for peer in self.kernel.peers.names():
                for kind in (LogKind.OWN, LogKind.MIRROR):
                    anchored += anchor(work, peer, kind)
            work.close()
        return anchored

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Mend, or have the partner asked for, what somebody came upon that rotted."""
        try:
            yield
        except (LogDamaged, BodyDamaged) as fault:
            self.wake(self.repairs.note(fault))
            raise

    def _opened(self, peer: str) -> None:
        self.desk.settle_intents(peer)
        with self.kernel.database.write() as connection:
            work = Work(self.kernel, connection, self.kernel.clock.now())
            told = tell_erasures(work, peer)
        if told:
            self.wake(peer)

    def _home(self, work: Work, event: Event, subject: Subject, actor: Actor) -> None:
        Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
        work.close()


def _nobody_listens(_peer: str) -> None:
    """Before a delivery is there, nothing needs waking."""
