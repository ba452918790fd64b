"""Many parties, each with a line to every other; letters arrive when a test lets them arrive."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import permutations

from tongban.core.agreements.admit import admit
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.authority import SigningRules
from tongban.core.agreements.commands import AgreementCommand, Deposit, Leave, Offer, Sign
from tongban.core.agreements.decide import AgreementContext, decide
from tongban.core.agreements.deposits import deposit_text, leaving_text
from tongban.core.agreements.document import document_digest, parse_agreement
from tongban.core.agreements.events import AgreementLeft, DepositStep
from tongban.core.agreements.evolve import evolve, settle
from tongban.core.agreements.forwarding import ManyParties, due, owed
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind, Entry
from tongban.core.refusal import Refusal

from .examples import MORNING
from .talks import LEGAL_REPRESENTATIVE, entry, verify
from .test_agreement_provisions import WRITTEN

SYSTEM = Actor(kind=ActorKind.SYSTEM)
_CONSENTED = [{**consent, "given_on": "2026-10-20"} for consent in WRITTEN["consents"]]
THREE = parse_agreement(
    {
        **WRITTEN,
        "valid_from": "2026-11-01",
        "consents": _CONSENTED,
        "publications": [],
        "reviews": [],
    }
)


def with_fourth(agreement: Agreement = THREE) -> Agreement:
    """The same with Hefei as a further party, who grants and is granted nothing yet."""
    hefei = replace(agreement.parties[-1], node="hefei.g60.demo", place="340100")
    return replace(
        agreement,
        version=agreement.version + 1,
        parties=(*agreement.parties, hefei),
        supersedes=document_digest(agreement),
    )


def office(agreement: Agreement, node: str) -> str:
    line = agreement.party(node)
    assert line is not None
    return line.office.zh


def by(node: str, text: str) -> str:
    """A made-up portable note of a node (see `talks.verify`)."""
    return f"{key_name(node)}\n{text}"


def signature(agreement: Agreement, node: str) -> str:
    digest = document_digest(agreement)
    return by(node, signing_text(digest, node, office(agreement, node), MORNING))


def leave(
    agreement: Agreement, node: str, last_day: date, at: datetime = MORNING, ground: str = "policy"
) -> Leave:
    said = AgreementLeft(
        document=document_digest(agreement),
        last_day=last_day.isoformat(),
        ground=ground,
        note="",
    )
    return Leave(
        document=said.document,
        actor=LEGAL_REPRESENTATIVE,
        ground=ground,
        last_day=last_day,
        note=by(node, leaving_text(agreement, said, node, at)),
    )


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An entry on its way, or the outcome of one; ground: of a refusal."""

    entry: Entry
    outcome: bool = False
    ground: str = ""


#: From whom, to whom.
Way = tuple[str, str]


@dataclass(kw_only=True)
class Parties:
    """Each node's own view of each of its pairs, and what is under way between them."""

    agreement: Agreement
    states: dict[Way, AgreementState | None] = field(default_factory=dict)
    ways: dict[Way, deque[Letter]] = field(default_factory=dict)
    cut: set[Way] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    now: datetime = MORNING
    count: int = 0

    def __post_init__(self) -> None:
        for way in permutations(sorted(self.agreement.nodes), 2):
            self.states[way] = None
            self.ways[way] = deque()

    @property
    def digest(self) -> str:
        return document_digest(self.agreement)

    @property
    def depositary(self) -> str:
        return self.agreement.depositary

    def many(self, me: str) -> ManyParties:
        known: Mapping[str, AgreementState | None] = {
            other: state for (one, other), state in self.states.items() if one == me
        }
        return ManyParties(agreement=self.agreement, digest=self.digest, me=me, states=known)

    def offer(self) -> None:
        for partner in sorted(self.agreement.nodes - {self.depositary}):
            self.say(self.depositary, partner, Offer(document=self.digest, actor=SYSTEM))

    def sign(self, node: str) -> None:
        """With the depositary; it signs with everybody that it laid the text before."""
        others = sorted(self.agreement.nodes - {node})
        to = others if node == self.depositary else [self.depositary]
        for partner in to:
            note = signature(self.agreement, node)
            command = Sign(document=self.digest, actor=LEGAL_REPRESENTATIVE, party=node, note=note)
            self.say(node, partner, command)

    def leave(self, node: str, last_day: date) -> None:
        """As a node says it: once it is bound to each partner, before that to the depositary."""
        bound = [other for one, other in sorted(self.concluded()) if one == node]
        others = sorted(self.agreement.nodes - {node})
        collecting = others if node == self.depositary else [self.depositary]
        for partner in bound or collecting:
            self.say(node, partner, leave(self.agreement, node, last_day, self.now))

    def say(self, me: str, partner: str, command: AgreementCommand) -> bool:
        """Append what was decided to the log; a refusal is remembered."""
        answer = decide(self.states[me, partner], command, self._context(me, partner))
        if isinstance(answer, Refusal):
            self.refused.append(answer.ground)
            return False
        self.count += 1
        line = entry(answer[0].event, self.digest, self.count)
        self.states[me, partner] = evolve(self.states[me, partner], line, writer=me, reader=partner)
        self.ways[me, partner].append(Letter(entry=line))
        return True

    def forward(self, me: str) -> bool:
        """What the node does by itself; whether it did anything."""
        done = False
        for said in list(due(self.many(me))):
            text = deposit_text(self.agreement, said, me, self.now)
            step = Deposit(
                document=self.digest, actor=SYSTEM, said=replace(said, note=by(me, text))
            )
            for partner, state in sorted(self.many(me).states.items()):
                done |= state is not None and self.say(me, partner, step)
        for partner, command in list(owed(self.many(me))):
            done |= self.say(me, partner, command)
        return done

    def deliver(self, way: Way) -> bool:
        """One letter arrives, unless the line is cut or there is none."""
        if way in self.cut or not self.ways[way]:
            return False
        letter, (writer, reader) = self.ways[way].popleft(), way
        if letter.outcome:
            state = self.states[reader, writer]
            assert state is not None
            settled = settle(state, letter.entry.id, refused=letter.ground)
            self.states[reader, writer] = settled
            return True
        known = self.states[reader, writer]
        refusal = admit(
            known,
            letter.entry,
            writer=writer,
            receiver=reader,
            documents={self.digest: self.agreement},
            verify=verify,
            at=self.now,
        )
        if refusal is None:
            self.states[reader, writer] = evolve(known, letter.entry, writer=writer, reader=reader)
        else:
            self.refused.append(refusal.ground)
        ground = refusal.ground if refusal else ""
        self.ways[reader, writer].append(Letter(entry=letter.entry, outcome=True, ground=ground))
        return True

    def rest(self) -> None:
        """Everything is said and has arrived, where lines are open."""
        busy = True
        while busy:
            said = [self.forward(me) for me in sorted(self.agreement.nodes)]
            came = [self.deliver(way) for way in sorted(self.ways)]
            busy = any(said) or any(came)

    def concluded(self) -> set[Way]:
        """Pairs, from each end, that hold it for concluded."""
        return {
            way
            for way, state in self.states.items()
            if state and state.is_concluded(self.agreement)
        }

    def standing(self, way: Way) -> object:
        """What an end of a pair knows that matters to acts, whatever entries brought it."""
        state = self.states[way]
        if state is None:
            return None
        steps = {(line.said.step, line.said.party, line.said.last_day) for line in state.deposits}
        return state.is_concluded(self.agreement), state.ended_on, frozenset(steps)

    def all_agree(self) -> bool:
        """Whether both ends of each pair have come to the same."""
        return all(self.standing((a, b)) == self.standing((b, a)) for a, b in self.states)

    def knows(self, node: str, step: DepositStep, party: str = "") -> bool:
        return any(state.deposit(step, party) is not None for state in self.many(node).known())

    def _context(self, me: str, partner: str) -> AgreementContext:
        return AgreementContext(
            party=me,
            peer=partner,
            documents={self.digest: self.agreement},
            verify=verify,
            now=self.now,
            signing=SigningRules(day=china_day(self.now)),
        )
