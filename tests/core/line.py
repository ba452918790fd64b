"""Two nodes and the line between them, in memory, made of the real core and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.admit import admit, recalls
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.decide import CaseContext, decide
from tongban.core.cases.events import HandoverRecalled
from tongban.core.cases.evolve import evolve
from tongban.core.cases.process import Process
from tongban.core.cases.settle import settle
from tongban.core.cases.state import CaseState, Received
from tongban.core.channel.events import AvailabilitySource
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.decided import Decided
from tongban.core.entry import Commitment, Entry, Seen, Subject, SubjectKind
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Up to which size a node applied the other's log, when, and which entries it refused."""

    size: int
    received: Received
    refused: dict[str, str]


Written = Entry | Outcome


@dataclass(kw_only=True)
class Node:
    """log: what it wrote for the other. read: how much of the other's log it has applied.

    known: how much of its own log the other has answered. opened: its view before the first
    line of its log, home entries included.
    """

    name: str
    state: CaseState | None = None
    log: list[Written] = field(default_factory=list)
    read: int = 0
    known: int = 0
    opened: CaseState | None = None


@dataclass(kw_only=True)
class Line:
    """What two nodes share; `now` moves only when a test moves it."""

    item: Item
    process: Process
    pair: PairAgreements
    calendar: WorkingCalendar
    now: datetime
    intake: Node
    competent: Node
    count: int = 0

    def other(self, node: Node) -> Node:
        return self.competent if node is self.intake else self.intake

    def wait(self, **span: int) -> None:
        self.now += timedelta(**span)

    def context(self, node: Node) -> CaseContext:
        return CaseContext(
            now=self.now,
            party=node.name,
            item=self.item,
            process=self.process,
            pair=self.pair,
            calendar=self.calendar,
        )

    def ask(self, node: Node, command: CaseCommand) -> tuple[Decided, ...] | Refusal:
        """Decide at a node and append what was decided; nothing leaves the node yet."""
        answer = decide(node.state, command, self.context(node))
        if not isinstance(answer, Refusal):
            for decided in answer:
                self.append(node, self.entry(node, command, decided), home=decided.home)
        return answer

    def do(self, node: Node, command: CaseCommand) -> None:
        """Ask, carry it over and back; a refusal on either side fails the test."""
        answer = self.ask(node, command)
        assert not isinstance(answer, Refusal), answer
        outcome = self.push(node)
        assert outcome is None or outcome.refused == {}, outcome
        self.push(self.other(node))

    def entry(self, node: Node, command: CaseCommand, decided: Decided) -> Entry:
        self.count += 1
        return Entry(
            id=f"{self.count:026d}",
            at=self.now,
            actor=command.actor,
            subject=Subject(kind=SubjectKind.CASE, id=command.case),
            event=decided.event,
            basis=decided.basis,
            commitments=tuple(
                Commitment(name=name, digest="0" * 64, size=2, media="application/json")
                for name in decided.bodies
            ),
            seen=Seen(generation=1, size=node.read),
        )

    def append(self, node: Node, entry: Entry, *, home: bool = False) -> None:
        node.state = self.fold(node.state, entry, node, node)
        if not home:
            node.log.append(entry)
        elif not node.log:
            node.opened = node.state

    def push(self, writer: Node) -> Outcome | None:
        """Carry what a node wrote to the other, which applies it and writes its outcome."""
        reader = self.other(writer)
        news = writer.log[reader.read :]
        outcome = Outcome(size=len(writer.log), received=self.receipt(), refused={})
        reader.state, refused = self.applied(reader.state, news, outcome, writer, reader)
        outcome.refused.update(refused)
        reader.read = len(writer.log)
        if not any(isinstance(line, Entry) for line in news):
            return None
        reader.log.append(outcome)
        return outcome

    def receipt(self) -> Received:
        return Received(received_at=self.now, available_at=self.now, source=AvailabilitySource.NODE)

    def applied(
        self,
        state: CaseState | None,
        news: Sequence[Written],
        outcome: Outcome,
        writer: Node,
        reader: Node,
    ) -> tuple[CaseState | None, dict[str, str]]:
        """The reader's view after these lines of the other's log, and what it refuses of them."""
        recalled = recalls([line for line in news if isinstance(line, Entry)])
        refused = {}
        for line in news:
            if isinstance(line, Outcome):
                state = self.learned(state, reader, line)
                continue
            refusal = admit(
                state,
                line,
                writer=writer.name,
                receiver=reader.name,
                process=self.process,
                pair=self.pair,
                at=outcome.received.received_at,
                recalled=recalled,
            )
            if refusal:
                refused[line.id] = refusal.ground
            else:
                state = self.fold(state, line, writer, reader, outcome.received)
        return state, refused

    def learned(self, state: CaseState | None, node: Node, outcome: Outcome) -> CaseState | None:
        for line in node.log[node.known : outcome.size]:
            if isinstance(line, Entry) and state:
                refused = outcome.refused.get(line.id, "")
                state = settle(state, line.id, refused, received=outcome.received)
        node.known = outcome.size
        return state

    def fold(
        self,
        state: CaseState | None,
        entry: Entry,
        writer: Node,
        viewer: Node,
        received: Received | None = None,
    ) -> CaseState | None:
        if isinstance(entry.event, HandoverRecalled) and state is None:
            return None
        return evolve(
            state,
            entry,
            writer=writer.name,
            viewer=viewer.name,
            process=self.process,
            received=received,
        )

    def recompute(self, node: Node) -> list[dict[str, str]]:
        """A node's refusals as its partner recomputes them, from the two logs alone."""
        partner = self.other(node)
        ghost = Node(name=node.name, state=node.opened, log=node.log)
        found = []
        for line in node.log:
            upto = line.size if isinstance(line, Outcome) else line.seen.size if line.seen else 0
            news = partner.log[ghost.read : upto]
            ghost.read = max(ghost.read, upto)
            if isinstance(line, Outcome):
                ghost.state, refused = self.applied(ghost.state, news, line, partner, ghost)
                found.append(refused)
            else:
                for outcome in news:
                    assert isinstance(outcome, Outcome)
                    ghost.state = self.learned(ghost.state, ghost, outcome)
                ghost.state = self.fold(ghost.state, line, ghost, ghost)
        return found
