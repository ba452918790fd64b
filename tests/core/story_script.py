"""How a story of spec/vectors is written: entries as the core makes them, step by step."""

from datetime import datetime

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import Document, document_digest
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.decide import CaseContext, decide
from tongban.core.decided import Decided
from tongban.core.entry import Actor, Commitment, Entry, Event, Seen, Subject, SubjectKind
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.evidence.signer import KeyPurpose, KeyRing, verifier_key
from tongban.evidence.suites.ed25519_sha256 import Ed25519Sha256
from tongban.logs.wire import encode

from .examples import (
    CALENDAR,
    MORNING,
    OFFICER,
)
from .histories import endless
from .retelling import Retold, Told, instant
from .short_texts import (
    HEFEI,
    INTAKE,
    ITEM,
    PROCESS,
    SUZHOU,
    TEXTS,
)

#: Made up, as everything here.
_SEEDS = {SUZHOU: bytes([1]) * 32, HEFEI: bytes([2]) * 32}
RINGS = {
    node: KeyRing.from_seeds(Ed25519Sha256(), dict.fromkeys(KeyPurpose, seed))
    for node, seed in _SEEDS.items()
}
KEYS = {
    key_name(node): verifier_key(ring, KeyPurpose.LOG, key_name(node)).encode_vkey()
    for node, ring in RINGS.items()
}
_NAMES = {document_digest(text): name for name, text in TEXTS.items()}
_NAMED = {name: (digest, TEXTS[name]) for digest, name in _NAMES.items()}


def portable(text: Agreement, node: str, at: datetime) -> str:
    """A party's signature over a text."""
    party = text.party(node)
    assert party is not None
    words = signing_text(document_digest(text), node, party.office.zh, at)
    return encode_note(sign_note(words, name=key_name(node), signer=RINGS[node])).decode()


class Script:
    """A story while it is written: what happens is what the core makes of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Told] = []
        self.now = MORNING
        self.count = 0
        self.retold = Retold((SUZHOU, HEFEI), _NAMED, PROCESS, ITEM.code, KEYS)

    def at(self, day: int, hour: int = 9, minute: int = 0, month: int = 11) -> None:
        """Time passes."""
        self.now = self.now.replace(month=month, day=day, hour=hour, minute=minute)

    def write(self, node: str, say: str, text: Document, event: Event) -> None:
        """An entry about a text, whether it is allowed or not; nothing leaves the node yet."""
        subject = Subject(kind=SubjectKind.AGREEMENT, id=document_digest(text))
        entry = self._entry(node, subject, Decided(event=event), OFFICER)
        self._wrote(node, say, [], [entry])

    def act(
        self,
        node: str,
        say: str,
        *commands: CaseCommand,
        as_if: datetime | None = None,
        blind: bool = False,
    ) -> None:
        """Entries about a case, as the node decides them.

        as_if: what its clock says. blind: as if what was signed had effect and had never ended.
        """
        home: list[Entry] = []
        entries: list[Entry] = []
        for command in commands:
            side = self.retold.side(node)
            context = CaseContext(
                now=as_if or self.now,
                party=node,
                item=ITEM,
                process=PROCESS,
                pair=endless(side.own.pair()) if blind else side.own.pair(),
                calendar=CALENDAR,
            )
            answer = decide(side.own.cases.get(command.case), command, context)
            assert not isinstance(answer, Refusal), (self.name, say, answer)
            subject = Subject(kind=SubjectKind.CASE, id=command.case)
            for decided in answer:
                entry = self._entry(node, subject, decided, command.actor, as_if)
                (home if decided.home else entries).append(entry)
                alone = [entry] if decided.home else []
                self.retold.write(node, alone, [] if decided.home else [entry])
        self.steps.append(written(node, say, home, entries))

    def push(self, node: str, say: str, *, answered: bool = True) -> dict[str, str]:
        """All that a node wrote since is decided by the other; the grounds, by entry."""
        refused = self.retold.push(node, self.now)
        reader = self.retold.duel.other(self.retold.side(node)).name
        self.steps.append(
            {
                "say": say,
                "push": node,
                "received_at": instant(self.now),
                "refused": refused,
                "then": self.retold.seen(reader, self.now),
                "answered": answered,
            }
        )
        if answered:
            assert self.retold.push(reader, self.now) == {}
        return refused

    def ask(self, say: str, **other: object) -> None:
        """On what Suzhou may act for Hefei, as it knows itself; other: what else is asked."""
        asked: Told = {
            "say": say,
            "ask": SUZHOU,
            "at": instant(self.now),
            "granter": HEFEI,
            "grantee": SUZHOU,
            "item": ITEM.code,
            "mode": PROCESS.mode.value,
            "powers": list(INTAKE),
            "case": "",
            **other,
        }
        asked["intake"] = asked["powers"] == list(INTAKE)
        self.steps.append({**asked, "answer": self.retold.may(asked["ask"], asked)})

    def story(self) -> Told:
        """What the file has of it."""
        nodes = (SUZHOU, HEFEI)
        seen = {node: self.retold.seen(node, self.now) for node in nodes}
        assert self.retold.duel.differences == []
        return {
            "name": self.name,
            "steps": self.steps,
            "end": {"at": instant(self.now), "seen": seen},
        }

    def _wrote(self, node: str, say: str, home: list[Entry], entries: list[Entry]) -> None:
        self.retold.write(node, home, entries)
        self.steps.append(written(node, say, home, entries))

    def _entry(
        self,
        node: str,
        subject: Subject,
        decided: Decided,
        actor: Actor,
        as_if: datetime | None = None,
    ) -> Entry:
        self.count += 1
        return Entry(
            id=f"{self.count:026d}",
            at=as_if or self.now,
            actor=actor,
            subject=subject,
            event=decided.event,
            basis=decided.basis,
            commitments=tuple(
                Commitment(name=name, digest="0" * 64, size=2, media="application/json")
                for name in decided.bodies
            ),
            seen=None if decided.home else Seen(generation=1, size=self.retold.side(node).read),
        )


def written(node: str, say: str, home: list[Entry], entries: list[Entry]) -> Told:
    return {
        "say": say,
        "write": node,
        "home": [encode(entry).decode() for entry in home],
        "entries": [encode(entry).decode() for entry in entries],
    }
