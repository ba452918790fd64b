"""What this node says to its peers and does with what it hears (spec/channels.md, "Message")."""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

import msgspec
import structlog

from tongban.channels.envelopes import open_envelope, seal_envelope
from tongban.channels.faults import EnvelopeUnreadable, MessageUnreadable
from tongban.channels.messages import (
    MESSAGE_BYTES_MAX,
    CompareRequest,
    Holding,
    Message,
    Offer,
    Position,
    Segment,
    decode_message,
    encode_message,
)
from tongban.channels.quota import Meter
from tongban.channels.signed_messages import open_signed_message, sign_message
from tongban.core.channel.events import AvailabilitySource
from tongban.core.china_time import CHINA_TIME
from tongban.logs.faults import LogDamaged
from tongban.logs.rows import ChannelRow, ChannelStatus, LogKind
from tongban.node import answers, generations
from tongban.node.blobs.crossing import Crossing, Given
from tongban.node.cosignatures import holding
from tongban.node.faults import BrokenInvariant
from tongban.node.giving_back import give
from tongban.node.hearing import Availability, Heard, Hearing
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.memory import uncollected
from tongban.node.ports import Connection
from tongban.node.positions import NOWHERE, before
from tongban.node.pushes import PUSH_BYTES, Stretch, documents_of, read_segment, stretches
from tongban.node.repair import Repairs
from tongban.node.work import Work

#: What an answer to a comparison carries at most; documents, notes and framing take room as well.
ANSWER_BYTES_MAX = MESSAGE_BYTES_MAX * 3 // 4

_log = structlog.get_logger(__name__)


class Conversation:
    """One node's side of all its channels; safe between threads, since writes are queued.

    on_open: called with a peer's name after its channel has opened, or after the peer has signed
    for a file, outside any transaction.
    """

    def __init__(self, kernel: Kernel, meter: Meter, on_open: Callable[[str], None]) -> None:
        self._kernel = kernel
        self._peers = kernel.peers
        self._meter = meter
        self._on_open = on_open
        self.repairs = Repairs(kernel)
        self.crossing = Crossing(kernel)
        # Where peers stand and what they are owed is only a hint: a restart asks them again.
        self._stands: dict[str, Position] = {}
        self._furthest: dict[str, Position] = {}
        self._known: dict[str, Position] = {}
        self._owed: dict[str, Heard] = {}
        self._push_bytes: dict[str, int] = {}
        self._letters: Counter[str] = Counter()

    def hear(self, envelope: bytes, available_at: datetime | None = None) -> bytes | None:
        """Take an envelope that came in; the sealed answer, or None where none is called for.

        available_at: the gateway's own instant. Raises EnvelopeUnreadable, MessageUnreadable or
        OverQuota; then nothing took effect.
        """
        peer, plaintext = self._opened(envelope)
        now = self._kernel.clock.now()
        # Only now is it sure who sent it; a stranger must not use up a partner's quota.
        self._meter.spend(peer.name, len(envelope), now=now.timestamp())
        available = _availability(now, available_at)
        heard = self._take(peer, self._message_of(peer, plaintext), available)
        return self.say(peer.name, heard) if heard.wanted else None

    def hear_reply(self, asked: str, envelope: bytes) -> tuple[bool, str]:
        """Take the answer that came back on the same road; what it asks for goes next time.

        Whether it is worth talking on at once, and the trouble that the peer told of.
        """
        peer, plaintext = self._opened(envelope)
        if peer.name != asked:
            raise EnvelopeUnreadable(f"{asked} was asked and {peer.name} answered")
        message = self._message_of(peer, plaintext)
        heard = self._take(peer, message, _availability(self._kernel.clock.now(), None))
        if heard.wanted:
            self._owed[peer.name] = heard
        return heard.moved, message.trouble

    def letters_of(self, peer: str) -> int:
        """How many messages of the peer were taken since the start; grows whenever it speaks."""
        return self._letters[peer]

    def has_news(self, peer: str) -> bool:
        """Whether there is anything to tell the peer."""
        with self._kernel.database.read() as connection:
            row = self._kernel.store.channel(connection, peer)
            if row is None or row.status in {ChannelStatus.FROZEN, ChannelStatus.CLOSED}:
                return False
            if row.status is ChannelStatus.COMPARING or peer in self._owed:
                return True
            if self.repairs.wanted(connection, peer) or self._pending(connection, row):
                return True
            return self.crossing.has_news(connection, peer)

    def say(self, peer_name: str, heard: Heard | None = None) -> bytes:
        """A sealed message with everything that this peer should hear now."""
        peer = self._peers.require(peer_name)
        owed = self._owed.pop(peer_name, Heard())
        return seal_envelope(
            sign_message(
                encode_message(self._readable(peer, heard or owed)),
                sender=self._kernel.identity.name,
                receiver=peer_name,
                signer=self._kernel.identity.signer,
                # A peer that was cut off, or is back on an older database, knows but older ones.
                earlier=self._kernel.identity.signer.earlier,
            ),
            sender=self._kernel.identity.name,
            receiver=peer_name,
            recipient_key=peer.sealing_key,
            suite=peer.suite,
        )

    def _readable(self, peer: Peer, heard: Heard) -> Message:
        """The message, without entries and new signatures where something rotted; that is noted."""
        try:
            return self._message(peer, heard)
        except LogDamaged as fault:
            self.repairs.note(fault)
        return self._message(peer, replace(heard, request=None), without_entries=True)

    def forget_standing(self, peer: str) -> None:
        """The road failed: believe only what is stored of where the peer stands."""
        self._stands.pop(peer, None)

    def push_less(self, peer: str) -> bool:
        """The road carries less than a push; False when a push cannot be made smaller."""
        limit = self._push_bytes.get(peer, PUSH_BYTES) // 2
        self._push_bytes[peer] = max(limit, 1)
        return limit > 0

    def _opened(self, envelope: bytes) -> tuple[Peer, bytes]:
        identity = self._kernel.identity
        sender, plaintext = open_envelope(envelope, receiver=identity.name, signer=identity.signer)
        peer = self._peers.get(sender)
        if peer is None:
            raise EnvelopeUnreadable(f"{sender} is not paired with {identity.name}")
        message = open_signed_message(
            plaintext, sender=sender, receiver=identity.name, keys=peer.message_keys()
        )
        return peer, message

    def _message_of(self, peer: Peer, plaintext: bytes) -> Message:
        message = decode_message(plaintext)
        expected, versions = (peer.name, self._kernel.identity.name), self._kernel.versions
        if (message.sender, message.receiver) != expected or message.version not in versions:
            raise MessageUnreadable("the message names another sender, receiver or version")
        if message.needed_version() > message.version:
            raise MessageUnreadable("the message has parts that its version does not have")
        parts = (message.request, message.answer)
        if any(part is not None and part.start != message.start for part in parts):
            raise MessageUnreadable("the message and its parts name different starts")
        return message

    def _take(self, peer: Peer, message: Message, available: Availability) -> Heard:
        self._known[peer.name] = message.cosigned
        # An answer may give back years of work; everything else is small.
        with uncollected() if message.answer else nullcontext():
            heard = self._hearing(peer, message, available)
        self._letters[peer.name] += 1
        if heard.rekeyed:
            self._peers.reload(self._kernel.store, self._kernel.database)
        self._note_standing(peer.name, heard)
        if heard.stored:
            self.crossing.signed_for(peer.name)
        if heard.opened or heard.stored:
            self._on_open(peer.name)
        return heard

    def _hearing(self, peer: Peer, message: Message, available: Availability) -> Heard:
        """One transaction; what rotted and it comes upon rolls it back, and is mended or wanted."""
        came = self.crossing.keep(message)
        try:
            with self._kernel.database.write() as connection:
                work = Work(self._kernel, connection, self._kernel.clock.now())
                settled = self.repairs.take(connection, peer.name, message.restored)
                heard = Hearing(work, peer, message, available, self.crossing).take()
        except LogDamaged as fault:
            # What came back stays back; else two that rotted would each keep the other away.
            with self._kernel.database.write() as connection:
                self.repairs.take(connection, peer.name, message.restored)
            self.repairs.note(fault)
            raise
        heard.moved |= settled or came
        return heard

    def _note_standing(self, peer: str, heard: Heard) -> None:
        if heard.standing is not None:
            self._stands[peer] = heard.standing
            # Only what was never reached before is progress: a peer that names one place and
            # then another must not keep this node talking.
            if before(self._furthest.get(peer, NOWHERE), heard.standing):
                self._furthest[peer] = heard.standing
                heard.moved = True
        if heard.renewed:
            self._stands.pop(peer, None)
            self._furthest.pop(peer, None)

    def _pending(self, connection: Connection, row: ChannelRow) -> list[Stretch]:
        stored = Position(generation=row.cosigned_generation, size=row.cosigned_size)
        after = self._stands.get(row.peer, stored)
        log = self._kernel.store.find_log(connection, kind=LogKind.OWN, peer=row.peer)
        if log is None:
            raise BrokenInvariant(f"the line to {row.peer} opened without a log of this node's")
        limit = self._push_bytes.get(row.peer, PUSH_BYTES)
        return stretches(self._kernel, connection, log, after, limit)

    def _message(self, peer: Peer, heard: Heard, *, without_entries: bool = False) -> Message:
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            row = work.channel(peer.name)
            is_open = row.status is ChannelStatus.OPEN
            comparing = row.status is ChannelStatus.COMPARING
            request = generations.request(work, peer.name, row.own_start) if comparing else None
            wanted = self.repairs.wanted(connection, peer.name)
            restored = give(self._kernel, connection, peer.name, heard.give)
            heard, given = self._given(work, row, heard)
            # Who takes a part is not open after it, and would answer a push with the next request.
            pushes = is_open and not without_entries and not (given and given.more)
            pending = self._pending(connection, row) if pushes else []
        segments = [read_segment(self._kernel, stretch) for stretch in pending]
        asked = heard.request
        answer = answers.answer(self._kernel, row, asked, given) if asked and given else None
        given_back = [*answer.askers_log, *answer.answerers_log] if answer else []
        pieces = self._pieces(peer.name, heard.lacking, segments)
        message = Message(
            version=1,
            sender=self._kernel.identity.name,
            receiver=peer.name,
            start=row.own_start,
            cosigned=Position(generation=row.cosigned_generation, size=row.cosigned_size),
            segments=segments,
            documents=self._documents([*segments, *given_back]),
            holding=self._holding(peer.name, signing=not without_entries) if is_open else None,
            request=request,
            answer=answer,
            trouble=heard.trouble,
            about=heard.about,
            wanted=wanted,
            restored=restored,
            offers=[] if pieces.pieces or not is_open else self._offers(peer.name),
            pieces=pieces.pieces,
            lacking=self._lacking(peer.name) if is_open else [],
            absent=pieces.absent,
            declined=heard.declined,
        )
        return msgspec.structs.replace(message, version=message.needed_version())

    def _pieces(self, peer: str, asked: list[bytes], segments: list[Segment]) -> Given:
        """Pieces that the peer asked for, beside what it is pushed."""
        bodies = sum(len(body.content) for segment in segments for body in segment.bodies)
        entries = sum(len(entry) for segment in segments for entry in segment.entries)
        room = self._push_bytes.get(peer, PUSH_BYTES) - bodies - entries
        return self.crossing.give(asked, room)

    def _lacking(self, peer: str) -> list[bytes]:
        with self._kernel.database.read() as connection:
            return self.crossing.lacking(connection, peer)

    def _offers(self, peer: str) -> list[Offer]:
        with self._kernel.database.read() as connection:
            return self.crossing.offers(connection, peer)

    def _given(
        self, work: Work, row: ChannelRow, heard: Heard
    ) -> tuple[Heard, answers.Given | None]:
        """What an asker gets, in parts if it reads them; declined where that is too much."""
        if heard.request is None:
            return heard, None
        lacking = answers.GivingBack(work, row, heard.request)
        in_parts = self._kernel.speaks(row.peer, answers.VERSION)
        given = lacking.part(self._kernel.part_bytes) if in_parts else lacking.whole()
        if given.weight > ANSWER_BYTES_MAX:
            return _declined(row.peer, heard.request, given.weight), None
        return heard, given

    def _documents(self, segments: list[Segment]) -> list[bytes]:
        with self._kernel.database.read() as connection:
            return documents_of(self._kernel, connection, segments)

    def _holding(self, peer: str, *, signing: bool) -> Holding:
        known = self._known.get(peer, NOWHERE)
        return holding(self._kernel, peer, known, signing=signing)


def _declined(peer: str, asked: CompareRequest, weight: int) -> Heard:
    """What is said instead of an answer that fits into no message, here and at the asker."""
    _log.error(
        "comparison_too_large",
        peer=peer,
        bytes=weight,
        reason=f"{peer} lacks more of the two logs than one message carries; it has to restore a "
        "newer backup before this channel can open again",
    )
    return Heard(trouble="answer_too_large", about=asked.start)


def _availability(now: datetime, at_gateway: datetime | None) -> Availability:
    """When it became available, to milliseconds as entries carry it."""
    if at_gateway is None:
        return Availability(at=now, source=AvailabilitySource.NODE)
    at = at_gateway.astimezone(CHINA_TIME)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    return Availability(at=at, source=AvailabilitySource.GATEWAY)
