"""One conversation with the node under test, as an honest partner leads it.

Whatever the node says is checked on the way; what breaks a rule is told as a Deviation from that
rule, whichever rule is in hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tongban.channels.descriptors import Descriptor
from tongban.channels.messages import (
    CompareAnswer,
    CompareRequest,
    Holding,
    Message,
    Position,
    PushedBody,
    Segment,
    encode_message,
)
from tongban.conformance.holdings import Holdings
from tongban.conformance.line import Line, Reply
from tongban.conformance.log import NOWHERE, Generation, Log, before, place
from tongban.conformance.mirror import Mirror
from tongban.conformance.outcomes import Outcomes
from tongban.conformance.reading import VERSION, read_answer
from tongban.conformance.regaining import regained
from tongban.conformance.rule import Deviation, NotReached
from tongban.conformance.runner import Runner
from tongban.conformance.writing import SYSTEM, Pen
from tongban.core.channel.events import OutcomeRecorded
from tongban.core.entry import Seen
from tongban.evidence.notes import cosign_note, encode_note, parse_note
from tongban.evidence.signer import KeyPurpose

OK, NOTHING_TO_SAY, REFUSED = 200, 204, 400
#: In so many messages an honest node has said all that it has to say.
_ROUNDS = 8
#: A node may decide somewhat later than it stores.
_OUTCOME_ROUNDS = 40
_PAUSE = 0.1
SHUT = {"frozen", "closed"}


@dataclass(slots=True)
class Talk:
    """The runner's side of the channel.

    own: its log. standing: where the node last said that it holds that. start, node_start,
    honoured: the runner's present start, the node's, and the one under which it may push. asked:
    the comparison that the node waits for. trouble: what it told last. stale: something was signed
    that the runner does not stand by, so that it has to start again. blocked: why nothing more can
    be looked at. inquiry: the question that it asked. frozen: the node stopped the channel when it
    had to. compared_ever: it was open in this run.
    """

    runner: Runner
    node: Descriptor
    line: Line
    now: Callable[[], datetime]
    draw: Callable[[int], bytes]
    own: Log = field(default_factory=Log)
    standing: Position | None = None
    start: str = ""
    node_start: str = ""
    honoured: str = ""
    is_open: bool = False
    asked: CompareRequest | None = None
    trouble: str = ""
    stale: bool = False
    blocked: str = ""
    answers: int = 0
    inquiry: str = ""
    frozen: bool = False
    compared_ever: bool = False
    compared: CompareAnswer | None = None
    pen: Pen = field(init=False)
    mirror: Mirror = field(init=False)
    holdings: Holdings = field(init=False)
    outcomes: Outcomes = field(default_factory=Outcomes)
    _tampering: bool = False
    _lost: Position = NOWHERE
    _patience: int = _OUTCOME_ROUNDS
    _cosigned_notes: dict[bytes, bytes] = field(default_factory=dict)
    _said: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        self.pen = Pen(self.runner, self.node, self.now, self.draw)
        self.mirror = Mirror(self.node, self.runner.name)
        self.holdings = Holdings(self.node)
        self.start = self.pen.fresh_start()

    @property
    def seen(self) -> Seen:
        """What an entry that is written now has seen: nothing that the runner has yet to decide."""
        waiting = self.outcomes.waiting
        end = waiting[0] if waiting else self.mirror.log.end
        return Seen(generation=end.generation, size=end.size)

    def message(self, **parts: Any) -> Message:
        """Everything that an honest node would say now, but for the parts given."""
        request = None if self.is_open else self.request()
        trouble, about = self._said
        whole: dict[str, Any] = {
            "version": VERSION,
            "sender": self.runner.name,
            "receiver": self.node.name,
            "start": self.start,
            "cosigned": self.holdings.cosigned,
            "holding": self.holding() if self.is_open else None,
            "request": request,
            "answer": self._due_answer(),
            "trouble": trouble,
            "about": about,
        }
        return Message(**(whole | parts))

    def request(self) -> CompareRequest:
        """Where the runner stands in both logs."""
        return CompareRequest(
            start=self.start,
            own=self.own.end,
            mirror=self.mirror.log.end,
            answerer=self.node_start,
        )

    def holding(self) -> Holding:
        """How much of the node's log is mirrored, with the cosignatures for it."""
        generations = self.mirror.log.generations
        notes = [self._cosign(each) for each in generations if each.note]
        return Holding(position=self.mirror.log.end, notes=notes)

    def exchange(self, **parts: Any) -> Message | None:
        """Say what there is to say, and hear the answer; None where the node has none."""
        message = self.message(**parts)
        self._said = ("", "")
        reply = self.line.post(self.pen.seal(encode_message(message)))
        if reply.status == NOTHING_TO_SAY:
            return None
        heard = self.read(reply)
        self._hear(heard)
        return heard

    def read(self, reply: Reply) -> Message:
        """The message that the node answers; raises Deviation."""
        if reply.status != OK:
            raise Deviation("envelopes.taken", f"an honest message is answered by {reply.status}")
        self.answers += 1
        return read_answer(self.runner, self.node, reply.body)

    def settle(self) -> None:
        """Bring both logs to where nobody has news; raises Deviation where that does not come."""
        if self.blocked:
            raise NotReached(self.blocked)
        if self.stale:
            self.restart()
        for turn in range(_ROUNDS):
            if self._is_settled():
                return
            if turn > _ROUNDS // 2:
                self.line.pause(_PAUSE)
            self._turn()
        raise self._unsettled()

    def restart(self, *, forget: bool = False) -> None:
        """Start again, as after a fall; forget: on an empty disk, with nothing but the keys."""
        self.start, self.is_open, self.stale = self.pen.fresh_start(), False, False
        self.compared, self.standing, self.asked = None, None, None
        self._tampering = False
        if forget:
            self._lost, self.own = self.own.end, Log()
            self.mirror.forget()
            self.outcomes.forget()

    def lay(self, segments: Sequence[Segment], **parts: Any) -> Message | None:
        """Push what the runner does not stand by; what was signed for it calls for a new start.

        Whoever drew it up had settled before: what the node writes meanwhile waits.
        """
        self._tampering = self.stale = True
        return self.exchange(segments=list(segments), **parts)

    def push(self, *entries: bytes, bodies: Sequence[PushedBody] = (), **parts: Any) -> int:
        """Append entries and push them; the index of the first one. They must be stored."""
        if self.stale or self.asked or not self.is_open or self.standing != self.own.end:
            # Otherwise an outcome of the runner's would come before entries with lower ids.
            self.settle()
        generation = self.own.last
        first = len(generation.entries)
        generation.entries = [*generation.entries, *entries]
        moved = [PushedBody(b.index + first, b.name, b.salt, b.content) for b in bodies]
        self.exchange(segments=[self.pen.segment(generation, first, moved)], **parts)
        for _ in range(_ROUNDS):
            if self.standing == self.own.end:
                return first
            self._turn()
        refused = self._unsettled()
        # What the node does not take was never said; the next generation commits to what it has.
        generation.entries, self.stale = generation.entries[:first], True
        raise refused

    def outcome(self, first: int) -> OutcomeRecorded:
        """What the node decided about the last push, which began at this index."""
        for turn in range(self._patience):
            found = self.outcomes.until(self.own.end)
            if found is not None:
                self.outcomes.check_whole(found, first, self.own.end)
                return found
            if turn:
                self.line.pause(_PAUSE)
            self.nudge()
        # A node that wrote none in all this time will write none next time either.
        self._patience = 1
        raise Deviation(
            "outcomes.recorded", f"no outcome came for the push up to {place(self.own.end)}"
        )

    def nudge(self) -> Message | None:
        """Say something old that calls for an answer: a push that brings nothing new."""
        generation = self.own.last
        return self.exchange(segments=[self.pen.segment(generation, len(generation.entries) - 1)])

    def _is_settled(self) -> bool:
        done = self.is_open and self.asked is None and not self.outcomes.waiting
        return done and self.standing == self.own.end

    def _turn(self) -> None:
        if not self.is_open:
            self.exchange()
            return
        if self.outcomes.waiting:
            event = self.outcomes.decide(self.now())
            entry = self.pen.entry(event, self.pen.channel, self.seen, actor=SYSTEM)
            self.own.last.entries.append(entry)
        behind = list(self.own.after(self.standing or self._given_back()))
        if behind:
            self.exchange(segments=[self.pen.segment(each, first) for each, first in behind])
        else:
            self.nudge()

    def _given_back(self) -> Position:
        """Where the node stands when it has just answered: before the opening that came of it."""
        return Position(generation=self.own.end.generation - 1, size=2**53 - 1)

    def _unsettled(self) -> Deviation:
        if not self.is_open:
            return Deviation("starts.answered", f"no answer to the start {self.start} came")
        if self.asked is not None:
            return Deviation("starts.opens", "it was answered, and still asks for a comparison")
        where = place(self.standing) if self.standing else "nothing"
        return Deviation(
            "pushes.taken",
            f"the runner's log ends at {place(self.own.end)}, and the node holds {where}; "
            f"trouble {self.trouble!r}",
        )

    def _due_answer(self) -> CompareAnswer | None:
        """Nothing is ever given back: who examines has no more than the node showed it."""
        if self.asked is None:
            return None
        return CompareAnswer(
            for_start=self.asked.start, start=self.start, askers_log=[], answerers_log=[]
        )

    def _hear(self, heard: Message) -> None:
        self.node_start, self.trouble = heard.start, heard.trouble
        if self._strayed(heard):
            return
        try:
            self._take(heard)
        except Deviation as deviation:
            self.blocked = f"the node broke {deviation.rule} before: {deviation}"
            raise
        if heard.trouble in SHUT and not self._tampering:
            if self.compared_ever and heard.trouble == "frozen":
                self.blocked = (
                    "the node froze the channel, and the runner had not contradicted itself"
                )
                raise Deviation("misbehaviour.without_cause", self.blocked)
            self.blocked = (
                f"the node says that the line to {self.runner.name} is {heard.trouble}; let it "
                "take the runner in once more, or begin with a new runner"
            )
            raise NotReached(self.blocked)
        if heard.trouble == "unknown_start" and heard.about == self.start:
            self.stale = True

    def _strayed(self, heard: Message) -> bool:
        """Whether the node took what the runner does not stand by: then their ways part."""
        held = heard.holding.position if heard.holding else NOWHERE
        if not self._tampering or not before(self.own.end, held):
            return False
        self.standing = held
        self.blocked = "the node took what it had to refuse, and its history is another since"
        return True

    def _take(self, heard: Message) -> None:
        self._note_request(heard.request)
        if heard.answer is not None and heard.answer.for_start == self.start and not self.is_open:
            self._take_answer(heard.answer)
        if self.is_open and heard.segments:
            self._take_push(heard)
        if heard.holding is not None:
            self.holdings.hear(heard.holding, self.own)
            self.standing = heard.holding.position

    def _note_request(self, asked: CompareRequest | None) -> None:
        if asked is None:
            self.asked = None
        elif asked.answerer == self.start:
            self._check_memory(asked)
            self.asked, self.honoured = asked, asked.start
        else:
            self.asked, self._said = None, ("unknown_answerer", asked.start)

    def _check_memory(self, asked: CompareRequest) -> None:
        """A node that runs on has what it signed; raises Deviation."""
        if self.own.generations and before(asked.own, self.mirror.log.end):
            raise Deviation(
                "log.kept",
                f"it asks from {place(asked.own)} of its own log on, and signed up to "
                f"{place(self.mirror.log.end)}",
            )
        if before(asked.mirror, self.holdings.cosigned):
            raise Deviation(
                "cosignatures.kept",
                f"it asks from {place(asked.mirror)} on, and cosigned up to "
                f"{place(self.holdings.cosigned)}",
            )

    def _take_answer(self, answer: CompareAnswer) -> None:
        own = regained(self.pen, self.own, answer.askers_log)
        if before(own.end, self._lost):
            raise Deviation(
                "starts.gives_back",
                f"it gives back up to {place(own.end)}; it held {place(self._lost)}",
            )
        self.own, self._lost = own, NOWHERE
        self.pen.note_ids(self.own)
        for at, entry in self.mirror.take(answer.answerers_log, self.own.end):
            # What the runner had applied before it forgot is decided already.
            self.outcomes.hear(at, entry, decided=True)
        self.compared, self.honoured, self.is_open = answer, answer.start, True
        self.compared_ever = True
        self.pen.open_generation(self.own, self.start, self.seen)

    def _take_push(self, heard: Message) -> None:
        if heard.start != self.honoured:
            self._said = ("unknown_start", heard.start)
            return
        for at, entry in self.mirror.take(heard.segments, self.own.end):
            self.outcomes.hear(at, entry)
        self.outcomes.received(self.mirror.log.end)

    def _cosign(self, generation: Generation) -> bytes:
        if generation.note not in self._cosigned_notes:
            cosigned = cosign_note(
                parse_note(generation.note),
                name=f"{self.runner.name}/mirror",
                signer=self.runner.signer,
                purpose=KeyPurpose.MIRROR,
                timestamp=int(self.now().timestamp()),
            )
            self._cosigned_notes[generation.note] = encode_note(cosigned)
        return self._cosigned_notes[generation.note]
