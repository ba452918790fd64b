"""Stories of spec/vectors told again: what was written, what was pushed, what a node may do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tongban.core.agreements.authorise import Delegation, find_basis, why_stopped
from tongban.core.agreements.document import Document
from tongban.core.cases.events import Mode
from tongban.core.cases.permit import under_way
from tongban.core.cases.process import Power, Process, process_digest
from tongban.core.china_time import china_day
from tongban.core.entry import Entry
from tongban.core.negotiations.state import NegotiationState
from tongban.core.refusal import Refusal
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.keys import parse_vkey
from tongban.evidence.notes import parse_note, verify_note
from tongban.logs.wire import decode

from .enforcement import Duel, Side, View
from .table import Node, Outcome, Talks

Told = dict[str, Any]


def instant(at: datetime) -> str:
    """The form in which stories write an instant."""
    return at.isoformat(timespec="milliseconds")


class Retold:
    """A story about agreements and cases on two nodes, each with its own view and its belief.

    keys: by key name. documents: by file name and by digest; those that travel in the story.
    """

    def __init__(
        self,
        nodes: tuple[str, str],
        named: Mapping[str, tuple[str, Document]],
        process: Process,
        item: str,
        keys: Mapping[str, str],
    ) -> None:
        self.names = {digest: name for name, (digest, _) in named.items()}
        self.item, self._keys = item, {name: parse_vkey(key) for name, key in keys.items()}
        self._documents = dict(named.values())
        self._processes = {process_digest(process): process}
        one, other = nodes
        self.duel = Duel(sides=(self._side(one, other), self._side(other, one)))

    def side(self, name: str) -> Side:
        """One of the two, by its node's name."""
        return next(side for side in self.duel.sides if side.name == name)

    def write(self, writer: str, home: list[Entry], entries: list[Entry]) -> None:
        """Nothing leaves the node yet; home: what concerns it alone."""
        side = self.side(writer)
        for entry in home:
            side.own.fold(entry, writer, self.duel.other(side).name, None)
        for entry in entries:
            self.duel.write(side, entry)

    def push(self, writer: str, at: datetime) -> dict[str, str]:
        """All that one wrote since its last push; what the other refuses of it, by entry."""
        side = self.side(writer)
        reader = self.duel.other(side)
        before = len(reader.log)
        self.duel.push(side, at)
        ruled = [line for line in reader.log[before:] if not isinstance(line, Entry)]
        return {name: str(ground) for each in ruled for name, ground in each.refused.items()}

    def seen(self, name: str, at: datetime) -> Told:
        """What a node holds: how each text stands for the item, and its cases."""
        view = self.side(name).own
        pair = view.pair()
        return {
            "texts": {
                self.names[digest]: str(why_stopped(pair, state, self.item, at) or "")
                for digest, state in sorted(view.agreements.items())
            },
            "cases": {
                case: {
                    "stage": state.stage,
                    "holder": state.holder,
                    "in_transit": bool(state.transit),
                    "returned": state.returned,
                    "taken_in_at": instant(state.intake.taken_in_at),
                    "available_at": instant(state.available_at) if state.available_at else "",
                }
                for case, state in sorted(view.cases.items())
            },
        }

    def may(self, asker: str, asked: Told) -> Told:
        """What a node finds to rest an act on, by what it knows."""
        side = self.side(asker)
        case = side.own.cases.get(asked["case"])
        wanted = Delegation(
            powers=tuple(Power(power) for power in asked["powers"]),
            item=asked["item"],
            mode=Mode(asked["mode"]),
            grantee=asked["grantee"],
            granter=asked["granter"],
            at=datetime.fromisoformat(asked["at"]),
            under_way=under_way(case) if case else None,
            intake=asked["intake"],
        )
        found = find_basis(side.own.pair(), wanted)
        if isinstance(found, Refusal):
            return {"ground": str(found.ground)}
        text = self.names[found.document or ""]
        return {"kind": found.kind.value, "document": text, "clause": found.clause}

    def verify(self, name: str, note: str) -> str | None:
        """The text of a portable note, if this key signed it."""
        try:
            read = parse_note(note.encode())
        except EvidenceFault:
            return None
        key = self._keys.get(name)
        return read.text if key and verify_note(read, [key]) else None

    def _side(self, name: str, other: str) -> Side:
        return Side(name=name, own=self._view(name), theirs=self._view(other))

    def _view(self, viewer: str) -> View:
        return View(
            viewer=viewer,
            documents=self._documents,
            processes=self._processes,
            verify=self.verify,
        )


def read(texts: list[str]) -> list[Entry]:
    """Entries as a story has them."""
    return [decode(text.encode()) for text in texts]


def tell(story: Told, retold: Retold) -> None:
    """Each step has the effect that the story says, and both nodes compute the same."""
    for step in story["steps"]:
        if "write" in step:
            retold.write(step["write"], read(step["home"]), read(step["entries"]))
        elif "push" in step:
            at = datetime.fromisoformat(step["received_at"])
            reader = retold.duel.other(retold.side(step["push"])).name
            assert retold.push(step["push"], at) == step["refused"], step["say"]
            assert retold.seen(reader, at) == step["then"], step["say"]
            assert not step["answered"] or retold.push(reader, at) == {}, step["say"]
        else:
            assert retold.may(step["ask"], step) == step["answer"], step["say"]
    assert retold.duel.differences == []
    for node, seen in story["end"]["seen"].items():
        assert retold.seen(node, datetime.fromisoformat(story["end"]["at"])) == seen


def tell_talks(story: Told, talks: Talks) -> None:
    """The same of a negotiation, in which nobody asks; each computes what the other decided."""
    nodes = {node.name: node for node in (talks.suzhou, talks.hangzhou)}
    for step in story["steps"]:
        if "write" in step:
            for entry in read(step["entries"]):
                talks.write(nodes[step["write"]], entry)
            continue
        talks.now = datetime.fromisoformat(step["received_at"])
        writer = nodes[step["push"]]
        refused = talks.push(writer)
        assert {name: str(ground) for name, ground in refused.items()} == step["refused"]
        assert table_of(talks.other(writer), talks.now) == step["then"], step["say"]
        assert not step["answered"] or talks.push(talks.other(writer)) == {}, step["say"]
    for node in nodes.values():
        assert table_of(node, talks.now) == story["end"]
        state, rulings = talks.recompute(node)
        assert state == node.state
        assert rulings == [line.refused for line in node.log if isinstance(line, Outcome)]


def table_of(node: Node, at: datetime) -> Told | None:
    """How a negotiation stands at a node on the day of an instant; None where it has none."""
    state: NegotiationState | None = node.state
    if state is None or not state.versions:
        return None
    return {
        "standing": str(state.standing(china_day(at))),
        "versions": [version.document for version in state.versions],
        "holder": state.holder,
        "ended_by": state.closing.by if state.closing else "",
        "comments": [
            {"version": line.version, "clause": line.clause, "by": line.by}
            for line in state.comments
        ],
    }
