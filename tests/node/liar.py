"""A node whose program lies: it writes, says and signs what no honest node would."""

from dataclasses import replace
from typing import Any

import msgspec

from tongban.channels.envelopes import seal_envelope
from tongban.channels.messages import CompareRequest, Message, encode_message
from tongban.channels.signed_messages import sign_message
from tongban.core.cases.events import CaseAccepted
from tongban.core.channel.events import AvailabilitySource, OutcomeRecorded, RefusedEntry
from tongban.core.entry import Actor, ActorKind, Entry, Event, Seen, Subject, SubjectKind
from tongban.evidence.tree import leaf_hash
from tongban.logs import wire
from tongban.node.hearing import Heard
from tongban.node.identifiers import entry_id
from tongban.node.node import Node
from tongban.node.work import Work, readable

SYSTEM = Actor(kind=ActorKind.SYSTEM)


class Liar:
    """Speaks for a real node, with its keys and its logs, to one peer.

    seals_to: number of the peer's key set for which it seals; 0 for the newest that it knows.
    """

    def __init__(self, node: Node, peer: str) -> None:
        self.node = node
        self.peer = peer
        self.seals_to = 0

    def draft(self, event: Event, subject: Subject, **changes: Any) -> Entry:
        """An entry as the node would write it now, but for the changes."""
        kernel = self.node.kernel
        with kernel.database.write() as connection:
            work = Work(kernel, connection, kernel.clock.now())
            head = work.head(work.own_log(self.peer))
            assert head is not None
            name = entry_id(work.now, random=kernel.randomness.draw(10), after=head.last_entry_id)
            entry = Entry(
                id=name,
                at=work.now,
                actor=SYSTEM,
                subject=subject,
                event=event,
                seen=work.seen(self.peer),
            )
        return replace(entry, **changes)

    def outcome(self, generation: int, size: int, *refused: RefusedEntry, **changes: Any) -> Entry:
        """An outcome about whatever the liar likes."""
        now, end = self.node.kernel.clock.now(), self.end()
        event = OutcomeRecorded(
            since_generation=end.generation,
            since_size=end.size,
            generation=generation,
            size=size,
            received_at=now,
            available_at=now,
            available_source=AvailabilitySource.NODE,
            refused=refused,
        )
        subject = Subject(kind=SubjectKind.CHANNEL, id=self.peer)
        return self.draft(replace(event, **changes), subject)

    def draft_act(self, case: str) -> Entry:
        """An acceptance, whether the case stands for it or not."""
        return self.draft(CaseAccepted(number="1"), Subject(kind=SubjectKind.CASE, id=case))

    def own_end(self) -> Seen:
        """Where the liar's own log ends."""
        kernel = self.node.kernel
        with kernel.database.write() as connection:
            work = Work(kernel, connection, kernel.clock.now())
            head = work.head(work.own_log(self.peer))
        assert head is not None
        return Seen(generation=head.generation, size=head.size)

    def end(self) -> Seen:
        """Where the peer's log ends as the liar mirrors it."""
        kernel = self.node.kernel
        with kernel.database.write() as connection:
            return Work(kernel, connection, kernel.clock.now()).seen(self.peer)

    def write(self, *lines: Entry | bytes) -> None:
        """Append to the own log, whatever it is, with statements, and without any effect here."""
        kernel = self.node.kernel
        with kernel.database.write() as connection:
            work = Work(kernel, connection, kernel.clock.now())
            head = work.head(work.own_log(self.peer))
            assert head is not None
            data = [line if isinstance(line, bytes) else wire.encode(line) for line in lines]
            rows = [work.arrived(d, leaf_hash(kernel.identity.suite, d), readable(d)) for d in data]
            work.restate(kernel.store.append(connection, head, rows))
            work.close()

    def message(self, request: CompareRequest | None = None) -> Message:
        """What the node would say to the peer now; request: one that it answers."""
        conversation, peer = self.node.conversation, self.node.kernel.peers.require(self.peer)
        return conversation._message(peer, Heard(request=request))

    def say(self, **changes: Any) -> bytes:
        """What the node would say now, with these parts changed."""
        return self.seal(encode_message(msgspec.structs.replace(self.message(), **changes)))

    def seal(self, message: bytes, **changes: str) -> bytes:
        """Sign and seal any bytes as a message to the peer."""
        kernel = self.node.kernel
        names = {"sender": kernel.identity.name, "receiver": self.peer} | changes
        found = kernel.peers.require(self.peer)
        return seal_envelope(
            sign_message(
                message,
                signer=kernel.identity.signer,
                earlier=kernel.identity.signer.earlier,
                sender=names["sender"],
                receiver=names["receiver"],
            ),
            sender=kernel.identity.name,
            receiver=self.peer,
            recipient_key=found.sets[self.seals_to - 1].keys.sealing,
            suite=found.suite,
        )
