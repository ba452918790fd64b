"""What a message of a peer does here, inside one transaction (spec/channels.md, "Message")."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from tongban.channels.messages import (
    CompareAnswer,
    CompareRequest,
    Declined,
    Holding,
    Message,
    Position,
    Wanted,
)
from tongban.core.blobs.events import BlobStored
from tongban.core.cases.state import Received
from tongban.core.channel.events import AvailabilitySource
from tongban.logs.rows import ChannelStatus
from tongban.node import generations
from tongban.node.arrivals import (
    faulty_entries,
    finder,
    keep_documents,
    keep_notes,
    store_arrivals,
)
from tongban.node.blobs.crossing import Crossing
from tongban.node.cosignatures import hear_holding
from tongban.node.effects import Effects
from tongban.node.erasures import lay_kept
from tongban.node.forgetting import is_forgetful, note_compared, note_part
from tongban.node.generations import Adopted
from tongban.node.identity import Peer
from tongban.node.misbehaviour.detect import Watch
from tongban.node.peers import read_peer
from tongban.node.verifying import Arrival, Diverged, PushRejected, verify_push, walk
from tongban.node.work import Work

_CONTACT_NOTED_EVERY = timedelta(minutes=1)

_log = structlog.get_logger(__name__)

#: Our own signatures stand under another history than our database; the partner did nothing.
_DIVERGED = (
    "the partner holds another history of ours; restore a newer backup, or start on an empty "
    "database and pair again"
)


#: Troubles that nobody but people mend: what the operator's log calls them, and what to do.
_LAMENTED = {
    "answer_too_large": (
        "comparison_too_large",
        (
            "this node lost more of the two logs than the partner can give back in one message; "
            "restore a newer backup"
        ),
    ),
    "keys_refused": (
        "new_keys_refused",
        (
            "the partner does not take this node's new keys, nor what comes after them: its "
            "software may be too old for them, or it knows other keys of this node; ask its "
            "operator to update, and compare the fingerprints that `tongban key list` shows"
        ),
    ),
    "keys_lost": (
        "partner_lost_keys",
        (
            "the partner changed its keys and its key file is from before; its operator has to "
            "put the newest key file in place"
        ),
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Availability:
    """When an envelope became available at the designated system, and which system says so."""

    at: datetime
    source: AvailabilitySource


@dataclass(slots=True)
class Heard:
    """What hearing a message came to, and made worth saying back.

    trouble, about: to tell the peer. give: entries that it wants back. request: to be answered.
    holding: the peer waits for ours. lacking: pieces that it asks for. offered: it waits to hear
    what is lacking of its files; declined: those not taken. stored: it signed for some of ours.
    opened: the channel has opened. standing: where the peer stands in our log, if it said so.
    renewed: the peer or this node has begun anew, so what was known of its standing is void.
    moved: something is different from before, so that it is worth talking on at once.
    rekeyed: the peer speaks under other keys than before.
    """

    trouble: str = ""
    about: str = ""
    give: list[Wanted] = field(default_factory=list)
    request: CompareRequest | None = None
    holding: bool = False
    lacking: list[bytes] = field(default_factory=list)
    offered: bool = False
    declined: list[Declined] = field(default_factory=list)
    stored: bool = False
    opened: bool = False
    standing: Position | None = None
    renewed: bool = False
    moved: bool = False
    rekeyed: bool = False

    @property
    def wanted(self) -> bool:
        """Whether the peer waits for an answer."""
        said = self.trouble or self.request or self.holding or self.give
        return bool(said or self.lacking or self.offered)


class Hearing:
    """One message of one peer, taken in the order of the specification."""

    def __init__(
        self,
        work: Work,
        peer: Peer,
        message: Message,
        available: Availability,
        crossing: Crossing,
    ) -> None:
        self._work = work
        self._crossing = crossing
        self._peer = peer
        self._message = message
        self._available = available
        self.heard = Heard()
        self._applied = False

    def take(self) -> Heard:
        """Let the message take effect: request, answer, push, then holding and trouble."""
        message = self._message
        status = self._work.channel(self._peer.name).status
        if status in {ChannelStatus.CLOSED, ChannelStatus.FROZEN}:
            self._refuse(status)
            return self.heard
        self.heard.give = message.wanted
        if self._names_us():
            self.heard.moved = generations.hear_start(self._work, self._peer.name, message.start)
        if message.request is not None:
            self._take_request(message.request)
        if message.answer is not None:
            self._take_answer(message.answer)
        if message.segments:
            self._take_push()
        self._take_files()
        if message.holding is not None:
            self._take_holding(message.holding)
        if is_forgetful(self._work, self._peer.name, message):
            # What was said under a start that is known to be forgotten counts once.
            store = self._work.kernel.store
            store.honour(self._work.connection, self._peer.name, message.start)
            self._begin_again()
        self._take_trouble()
        self._note_contact()
        self._watch()
        self._work.close()
        return self.heard

    def _note_contact(self) -> None:
        """Remember when the peer last spoke, to the minute: operators ask since when it is away."""
        row = self._work.channel(self._peer.name)
        known = row.last_contact_at
        if known is None or abs(self._work.now - known) >= _CONTACT_NOTED_EVERY:
            self._work.put_channel(replace(row, last_contact_at=self._work.now))

    def _refuse(self, status: ChannelStatus) -> None:
        """A closed or frozen channel says so to whoever wants something, and takes and gives none.

        On a frozen one it is still seen whether the peer contradicts itself: that is for a proof.
        """
        if self._message.request or self._message.segments:
            self._trouble(status.value)
        if status is ChannelStatus.FROZEN:
            self._note_contact()
            self._watch()
            self._work.close()

    def _watch(self) -> None:
        """See whether the peer contradicts itself; what extends our mirror cannot."""
        segments = [] if self._applied else list(self._message.segments)
        notes: list[bytes] = []
        if self._message.answer is not None:
            segments += self._message.answer.answerers_log
            notes += [segment.checkpoint for segment in self._message.answer.askers_log]
        if self._message.holding is not None:
            notes += self._message.holding.notes
        if Watch(self._work, self._peer).look(segments, notes):
            self._freeze(
                "the partner signed two histories; `tongban evidence misbehaviour` "
                f"{self._peer.name} writes the proof, and its operator has to explain it"
            )

    def _names_us(self) -> bool:
        """Whether the message was said to our present start, and so since that began."""
        named = {self._message.about}
        if self._message.request is not None:
            named.add(self._message.request.answerer)
        if self._message.answer is not None:
            named.add(self._message.answer.for_start)
        return self._work.channel(self._peer.name).own_start in named

    def _take_request(self, asked: CompareRequest) -> None:
        row = self._work.channel(self._peer.name)
        if asked.answerer != row.own_start:
            # It was asked of an earlier start of this node, or by someone who knows of none yet.
            self._trouble("unknown_answerer", asked.start)
        elif generations.honour(self._work, self._peer.name, asked):
            self.heard.request = asked
            if row.peer_start != asked.start:
                self.heard.moved = self.heard.renewed = True
        else:
            # It is an old message, or one of a start before it was honoured since: then the peer
            # waits for an answer that only a fresh start can get.
            self._trouble("unknown_start", asked.start)

    def _take_answer(self, answer: CompareAnswer) -> None:
        try:
            taken = generations.adopt(self._work, self._peer, answer, self._message.documents)
        except PushRejected as rejected:
            self._trouble(str(rejected), answer.start)
        except Diverged:
            self._freeze(_DIVERGED)
        else:
            lay_kept(self._work.kernel, self._work.connection, self._work.now)
            self._meet_again()
            status = self._work.channel(self._peer.name).status
            self.heard.opened = taken is Adopted.ALL and status is ChannelStatus.OPEN
            self.heard.moved |= taken is not Adopted.NOTHING
            if taken is Adopted.PART:
                note_part(self._work, self._peer.name)
            elif taken is Adopted.ALL:
                note_compared(self._work, self._peer.name, self._message.cosigned)

    def _take_push(self) -> None:
        work, message = self._work, self._message
        row = work.channel(self._peer.name)
        if row.status is not ChannelStatus.OPEN:
            if not self.heard.trouble:
                # Why an answer was refused says more than that it was not taken.
                self._trouble(row.status.value)
            return
        if message.start != row.peer_start:
            self._trouble("unknown_start", message.start)
            return
        if any(segment.erased or segment.path for segment in message.segments):
            # Only what was refused before can be erased, and nobody has decided about a push; and
            # who writes a log has signed where its push ends.
            self._trouble("malformed", message.start)
            return
        self.heard.holding = True
        head = work.head(work.mirror(self._peer.name))
        try:
            find = finder(work, message.documents)
            me = work.kernel.identity.name
            arrivals = verify_push(me, self._peer, head, message.segments, find)
            keep_documents(work, arrivals, message.documents)
        except PushRejected as rejected:
            # A push that begins elsewhere is an old or repeated one: the holding puts it right.
            if str(rejected) != "mismatch":
                self._trouble(str(rejected), message.start)
            return
        self._apply(arrivals, faulty_entries(head, arrivals))
        self._meet_again()
        self._applied = self.heard.moved = True

    def _take_files(self) -> None:
        message = self._message
        if self._work.channel(self._peer.name).status is not ChannelStatus.OPEN:
            return
        self.heard.lacking = message.lacking
        self.heard.offered = bool(message.offers or message.pieces)
        self.heard.declined = self._crossing.take(self._work, self._peer.name, message)
        self.heard.moved |= self._crossing.is_progress(self._peer.name, message.lacking)

    def _take_holding(self, holding: Holding) -> None:
        standing = hear_holding(self._work, self._peer, holding)
        self.heard.standing = standing.position
        frozen = self._work.channel(self._peer.name).status is ChannelStatus.FROZEN
        if standing.elsewhere and not frozen:
            self._freeze(_DIVERGED)
        elif standing.ahead:
            self._begin_again()

    def _apply(self, arrivals: list[Arrival], faulty: dict[tuple[int, int], str]) -> None:
        work = self._work
        mirror = work.mirror(self._peer.name)
        entries = (entry for _, _, entry in walk(arrivals) if entry)
        self.heard.stored = any(isinstance(entry.event, BlobStored) for entry in entries)
        for grown in store_arrivals(work, mirror, arrivals):
            work.countersign(grown, self._peer.name)
        keep_notes(work, mirror, arrivals)
        effects = Effects(work, self._peer.name)
        received = Received(
            received_at=work.now,
            # Nothing is there after it was received, whatever the gateway's clock says.
            available_at=min(self._available.at, work.now),
            source=self._available.source,
        )
        effects.hear(arrivals, faulty, received=received)
        effects.close()

    def _meet_again(self) -> None:
        """What the peer pushed may have changed under which keys it speaks."""
        peer = read_peer(self._work.kernel.store, self._work.connection, self._peer.name)
        self.heard.rekeyed |= peer != self._peer
        self._peer = peer

    def _take_trouble(self) -> None:
        row = self._work.channel(self._peer.name)
        if not self._message.trouble or self._message.about != row.own_start:
            return
        if self._message.trouble == "unknown_start":
            self._renew()
            # A peer that says so of every start must not keep this node talking.
            self.heard.moved = False
        elif self._message.trouble == "diverged":
            self._freeze(_DIVERGED)
        elif self._message.trouble in _LAMENTED:
            self._lament(*_LAMENTED[self._message.trouble])

    def _begin_again(self) -> None:
        if self._work.channel(self._peer.name).status is ChannelStatus.OPEN:
            self._renew()

    def _renew(self) -> None:
        generations.begin_again(self._work, self._peer.name)
        self.heard.renewed = True

    def _freeze(self, reason: str) -> None:
        generations.freeze(self._work, self._peer.name)
        _log.error("channel_frozen", peer=self._peer.name, reason=reason)

    def _lament(self, event: str, reason: str) -> None:
        """Nothing mends this but people; the channel stands, and all others go on."""
        _log.error(event, peer=self._peer.name, reason=reason)

    def _trouble(self, trouble: str, about: str = "") -> None:
        self.heard.trouble, self.heard.about = trouble, about
