"""Two nodes at a table, in memory: their logs, their views, and letters that come when they may."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tongban.core.agreements.document import Agreement, Document, document_digest
from tongban.core.entry import Commitment, Entry, Seen, Subject, SubjectKind
from tongban.core.negotiations.admit import admit
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.negotiations.decide import NegotiationContext, decide
from tongban.core.negotiations.evolve import evolve
from tongban.core.negotiations.permit import Table
from tongban.core.negotiations.settle import settle
from tongban.core.negotiations.state import NegotiationState
from tongban.core.refusal import Refusal
from tongban.core.words import Words

from .examples import MORNING, agreement_between

SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"
NAME = "20261102-0123456789ABCDEF"


def drafts(count: int) -> list[Agreement]:
    """Texts between the two that differ in their title."""
    text = agreement_between("suzhou", "hangzhou")
    return [replace(text, title=Words(zh=f"草案{n}", en=f"Draft {n}")) for n in range(count)]


DRAFTS = drafts(4)
DIGESTS = [document_digest(draft) for draft in DRAFTS]
DOCUMENTS: Mapping[str, Document] = dict(zip(DIGESTS, DRAFTS, strict=True))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Up to where a node applied the other's log, when, and what it refused of it."""

    size: int
    at: datetime
    refused: dict[str, str]


Written = Entry | Outcome


@dataclass(kw_only=True)
class Node:
    """log: what it wrote. read: of the other's log. known: of its own log, what was answered.

    off: by what its clock is wrong.
    """

    name: str
    state: NegotiationState | None = None
    log: list[Written] = field(default_factory=list)
    read: int = 0
    known: int = 0
    off: timedelta = timedelta()


@dataclass(kw_only=True)
class Talks:
    """What the two share; `now` moves only when a test moves it.

    documents: by digest, whatever may come to the table.
    """

    suzhou: Node = field(default_factory=lambda: Node(name=SUZHOU))
    hangzhou: Node = field(default_factory=lambda: Node(name=HANGZHOU))
    now: datetime = MORNING
    count: int = 0
    offered: frozenset[str] = frozenset()
    documents: Mapping[str, Document] = field(default_factory=lambda: DOCUMENTS)

    def other(self, node: Node) -> Node:
        return self.hangzhou if node is self.suzhou else self.suzhou

    def ask(self, node: Node, command: NegotiationCommand) -> str:
        """Decide and append; the ground of a refusal, or "". Nothing leaves the node yet."""
        answer = decide(node.state, command, self.context(node))
        if isinstance(answer, Refusal):
            return answer.ground
        (decided,) = answer
        self.count += 1
        entry = Entry(
            id=f"{self.count:026d}",
            at=self.now + node.off,
            actor=command.actor,
            subject=Subject(kind=SubjectKind.NEGOTIATION, id=command.negotiation),
            event=decided.event,
            commitments=tuple(
                Commitment(name=name, digest="0" * 64, size=2, media="text/plain")
                for name in decided.bodies
            ),
            seen=Seen(generation=1, size=node.read),
        )
        self.write(node, entry)
        return ""

    def context(self, node: Node) -> NegotiationContext:
        return NegotiationContext(
            party=node.name,
            peer=self.other(node).name,
            now=self.now + node.off,
            documents=self.documents,
            offered=self.offered,
        )

    def write(self, node: Node, entry: Entry) -> None:
        """Append an entry, whoever allowed it."""
        node.log.append(entry)
        node.state = self.fold(node.state, entry, writer=node, viewer=node)

    def push(self, writer: Node) -> dict[str, str]:
        """Carry what a node wrote to the other, which applies it; what was refused, and why."""
        reader = self.other(writer)
        news = writer.log[reader.read :]
        reader.read = len(writer.log)
        at = self.now + reader.off
        reader.state, refused = self.applied(reader.state, news, at, reader)
        if any(isinstance(line, Entry) for line in news):
            reader.log.append(Outcome(size=len(writer.log), at=at, refused=refused))
        return refused

    def flush(self) -> None:
        """Carry everything over until neither has news."""
        while self.suzhou.read < len(self.hangzhou.log) or self.hangzhou.read < len(
            self.suzhou.log
        ):
            self.push(self.suzhou)
            self.push(self.hangzhou)

    def applied(
        self, state: NegotiationState | None, news: list[Written], at: datetime, reader: Node
    ) -> tuple[NegotiationState | None, dict[str, str]]:
        """The reader's view after these lines of the other's log, and what it refuses of them."""
        writer, refused = self.other(reader), {}
        for line in news:
            if isinstance(line, Outcome):
                state = self.learned(state, reader, line)
                continue
            table = Table(
                writer=writer.name,
                reader=reader.name,
                at=at,
                documents=self.documents,
                offered=self.offered,
                bodies=frozenset(each.name for each in line.commitments),
            )
            refusal = admit(state, line, table)
            if refusal:
                refused[line.id] = refusal.ground
            else:
                state = self.fold(state, line, writer=writer, viewer=reader)
        return state, refused

    def learned(
        self, state: NegotiationState | None, node: Node, outcome: Outcome
    ) -> NegotiationState | None:
        for line in node.log[node.known : outcome.size]:
            if isinstance(line, Entry) and state:
                state = settle(state, line.id, refused=outcome.refused.get(line.id, ""))
        node.known = outcome.size
        return state

    def fold(
        self, state: NegotiationState | None, entry: Entry, *, writer: Node, viewer: Node
    ) -> NegotiationState:
        reader = self.other(writer)
        return evolve(state, entry, writer=writer.name, reader=reader.name, viewer=viewer.name)

    def recompute(self, node: Node) -> tuple[NegotiationState | None, list[dict[str, str]]]:
        """A node's state and refusals as its partner computes them, from the two logs alone."""
        partner = self.other(node)
        ghost = Node(name=node.name, log=node.log)
        ghosts = replace(
            self,
            suzhou=ghost if node is self.suzhou else self.suzhou,
            hangzhou=ghost if node is self.hangzhou else self.hangzhou,
        )
        found = []
        for line in node.log:
            upto = line.size if isinstance(line, Outcome) else line.seen.size if line.seen else 0
            news = partner.log[ghost.read : upto]
            ghost.read = max(ghost.read, upto)
            at = line.at
            ghost.state, refused = ghosts.applied(ghost.state, news, at, ghost)
            if isinstance(line, Outcome):
                found.append(refused)
            else:
                ghost.state = ghosts.fold(ghost.state, line, writer=ghost, viewer=ghost)
        # A node that heard nothing but outcomes since wrote nothing about it.
        rest = partner.log[ghost.read : node.read]
        return ghosts.applied(ghost.state, rest, self.now, ghost)[0], found
