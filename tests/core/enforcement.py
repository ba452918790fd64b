"""Two nodes, each with its own view and its belief of the other's; agreements and cases together.

As nodes do it (spec/channels.md, "Who decides what is allowed"): entries wait on their way, the
reader decides a push at one instant, and the writer recomputes what the reader decided from the two
logs alone.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from tongban.core.agreements.admit import admit as admit_agreement
from tongban.core.agreements.document import Document
from tongban.core.agreements.evolve import count_intake, settle_intake
from tongban.core.agreements.evolve import evolve as evolve_agreement
from tongban.core.agreements.evolve import settle as settle_agreement
from tongban.core.agreements.intakes import limited_document
from tongban.core.agreements.signature import NoteVerifier
from tongban.core.agreements.state import AgreementState, PairAgreements, pair_agreements
from tongban.core.cases.admit import admit as admit_case
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.cases.evolve import evolve as evolve_case
from tongban.core.cases.process import Process
from tongban.core.cases.settle import settle as settle_case
from tongban.core.cases.state import CaseState, Received
from tongban.core.channel.events import AvailabilitySource
from tongban.core.entry import Entry, SubjectKind
from tongban.core.faults import BrokenInvariant

from .talks import verify as made_up


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """An outcome: how much of the other's log it covers, when, and what it refuses of that."""

    size: int
    at: datetime
    refused: Mapping[str, str]


@dataclass(kw_only=True)
class View:
    """What one node holds between the two, or what the other believes that it holds.

    verify: reads portable notes; those of most tests are made up.
    """

    viewer: str
    documents: Mapping[str, Document]
    processes: Mapping[str, Process]
    agreements: dict[str, AgreementState] = field(default_factory=dict)
    cases: dict[str, CaseState] = field(default_factory=dict)
    verify: NoteVerifier = made_up

    def pair(self) -> PairAgreements:
        return pair_agreements(self.agreements.values(), self.documents)

    def process_of(self, entry: Entry) -> Process:
        """The one that the case pins; where nobody knows the case any will do."""
        known = self.cases.get(entry.subject.id)
        begins = entry.event if isinstance(entry.event, CaseTakenIn | CaseDispatched) else None
        pinned = known.process if known else begins.process if begins else ""
        return self.processes.get(pinned, next(iter(self.processes.values())))

    def judge(self, entry: Entry, writer: str, receiver: str, at: datetime) -> str:
        if entry.subject.kind is SubjectKind.AGREEMENT:
            refusal = admit_agreement(
                self.agreements.get(entry.subject.id),
                entry,
                writer=writer,
                receiver=receiver,
                documents=self.documents,
                verify=self.verify,
                at=at,
            )
        else:
            refusal = admit_case(
                self.cases.get(entry.subject.id),
                entry,
                writer=writer,
                receiver=receiver,
                process=self.process_of(entry),
                pair=self.pair(),
                at=at,
            )
        return refusal.ground if refusal else ""

    def fold(self, entry: Entry, writer: str, reader: str, at: datetime | None) -> None:
        subject = entry.subject.id
        if entry.subject.kind is SubjectKind.AGREEMENT:
            known = self.agreements.get(subject)
            self.agreements[subject] = evolve_agreement(known, entry, writer=writer, reader=reader)
            return
        if limited := self._limited(entry):
            self.agreements[limited.document] = count_intake(limited, entry, at)
        self.cases[subject] = evolve_case(
            self.cases.get(subject),
            entry,
            writer=writer,
            viewer=self.viewer,
            process=self.process_of(entry),
            received=received(at) if at else None,
        )

    def settle(self, entry: Entry, refused: str, at: datetime) -> None:
        subject = entry.subject.id
        if entry.subject.kind is SubjectKind.AGREEMENT:
            known = self.agreements.pop(subject, None)
            settled = settle_agreement(known, entry.id, refused=refused) if known else None
            if settled:
                self.agreements[subject] = settled
            return
        if limited := self._limited(entry):
            counted = settle_intake(limited, entry, at, refused=bool(refused))
            self.agreements[limited.document] = counted
        state = self.cases.get(subject)
        if state is not None:
            self.cases[subject] = settle_case(state, entry.id, refused, received=received(at))

    def suppose(self, entry: Entry, writer: str, reader: str, at: datetime | None) -> None:
        """Fold what the other is believed to hold; what nobody can have folded changes nothing."""
        with suppress(BrokenInvariant):
            self.fold(entry, writer, reader, at)

    def _limited(self, entry: Entry) -> AgreementState | None:
        digest = limited_document(entry, self.documents)
        return self.agreements.get(digest) if digest else None


@dataclass(kw_only=True)
class Side:
    """own: its view. theirs: what the other must hold. followed: how much of this side's log.

    seen: how much of the other's log an entry's writer had read, by entry.
    """

    name: str
    own: View
    theirs: View
    log: list[Entry | Ruling] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    read: int = 0
    followed: int = 0
    known: int = 0


def received(at: datetime) -> Received:
    return Received(received_at=at, available_at=at, source=AvailabilitySource.NODE)


@dataclass(kw_only=True)
class Duel:
    """Two sides that act at will; `differences`: rulings that the writer computed otherwise."""

    sides: tuple[Side, Side]
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    rulings: list[str] = field(default_factory=list)

    def other(self, side: Side) -> Side:
        return self.sides[1] if side is self.sides[0] else self.sides[0]

    def write(self, side: Side, entry: Entry) -> None:
        side.own.fold(entry, side.name, self.other(side).name, None)
        side.seen[entry.id] = side.read
        side.log.append(entry)

    def push(self, writer: Side, at: datetime) -> None:
        """All that one wrote since comes to the other, which rules on it at this instant."""
        reader = self.other(writer)
        news, refused = writer.log[reader.read :], dict[str, str]()
        for line in news:
            if isinstance(line, Ruling):
                self._learn(reader, line)
                continue
            ground = reader.own.judge(line, writer.name, reader.name, at)
            if ground:
                refused[line.id] = ground
            else:
                reader.own.fold(line, writer.name, reader.name, at)
            self._follow_to(reader, writer.seen[line.id])
            reader.theirs.suppose(line, writer.name, reader.name, None)
        reader.read = len(writer.log)
        if any(isinstance(line, Entry) for line in news):
            ruling = Ruling(size=reader.read, at=at, refused=refused)
            reader.log.append(ruling)
            self.rulings += refused.values()

    def _learn(self, writer: Side, ruling: Ruling) -> None:
        """The writer recomputes a ruling on its entries, and then follows it."""
        reader = self.other(writer)
        for line in writer.log[writer.followed : ruling.size]:
            if isinstance(line, Ruling):
                self._follow(writer, line)
                continue
            ground = ruling.refused.get(line.id, "")
            ours = writer.theirs.judge(line, writer.name, reader.name, ruling.at)
            if ours != ground:
                self.differences.append((line.id, ground, ours))
            if not ground:
                writer.theirs.suppose(line, writer.name, reader.name, ruling.at)
            writer.own.settle(line, ground, ruling.at)
        writer.followed = ruling.size

    def _follow_to(self, side: Side, seen: int) -> None:
        """The other wrote having read so much of this side's log: its rulings had reached it."""
        while side.followed < seen and isinstance(own := side.log[side.followed], Ruling):
            self._follow(side, own)
            side.followed += 1

    def _follow(self, side: Side, own: Ruling) -> None:
        """An own ruling had reached the other: in its view, what it wrote is settled."""
        partner = self.other(side)
        for line in partner.log[side.known : own.size]:
            if isinstance(line, Entry):
                side.theirs.settle(line, own.refused.get(line.id, ""), own.at)
        side.known = own.size
