"""E: nothing takes effect without a valid basis, and both sides compute the same outcome."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class SameOutcome:
    """Compares what both say of each entry, and looks each clause up for itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody disputes an outcome of an honest partner."""
        for machine in self._world.honest if not self._apart() else ():
            for line in lines(machine, "home") if machine.running else ():
                if line.type == "outcome.disputed":
                    raise Violation("E", f"{machine.name} disputes: {line.said['event']}")

    def _apart(self) -> set[str]:
        """Machines whose outcomes may rightly be disputed."""
        return self._world.liars | self._world.signatures.forgiven

    def look_at_last(self) -> None:
        """Grounds are the same at both, and every clause that was cited was in force."""
        self.look()
        for machine in self._world.honest:
            believed = [line for line in lines(machine, "mirror") if not line.ground]
            for line in believed:
                if (line.origin, line.leaf, line.leaf_hash) in self._world.lies:
                    raise Violation("E", f"{machine.name} believed a lie: {line.type}")
        for writer, reader in permutations(self._world.honest, 2):
            own = [(line.leaf_hash, line.ground) for line in lines(writer, "own", reader.name)]
            theirs = [
                (line.leaf_hash, line.ground) for line in lines(reader, "mirror", writer.name)
            ]
            if own != theirs:
                raise Violation("E", f"{writer.name} and {reader.name} differ on what took effect")
            _check_clauses(writer, reader)


def _check_clauses(writer: Machine, reader: Machine) -> None:
    """Each entry that cites a clause came after both signatures and before its own suspension."""
    ours, theirs = list(lines(writer, "own", reader.name)), list(lines(reader, "own", writer.name))
    for place, line in enumerate(ours):
        if line.ground or line.data is None or line.type != "case.dispatched":
            continue
        document = _clause_of(line.said)
        if document is None:
            continue
        signers = set(_signers(ours[:place], document)) | set(_signers(theirs, document))
        if signers < {writer.name, reader.name}:
            raise Violation("E", f"{writer.name} acted on an agreement that {signers} signed")
        if _is_suspended(ours[:place], document, line.said["event"]["item"]):
            raise Violation("E", f"{writer.name} acted on an agreement that it had suspended")


def _clause_of(said: dict[str, Any]) -> str | None:
    basis = said.get("basis") or {}
    return basis.get("document") if basis.get("kind") == "clause" else None


def _is_suspended(log: list[Line], document: str, item: str) -> bool:
    """Whether the writer had stopped this item, and not let it go on."""
    stopped = False
    for line in log:
        event = line.said.get("event", {}) if _stands(line, document) else {}
        if event and (not event.get("items") or item in event["items"]):
            stopped = line.type == "agreement.suspended" or (
                stopped and line.type != "agreement.resumed"
            )
    return stopped


def _signers(log: list[Line], document: str) -> Iterator[str]:
    for line in log:
        event = line.said.get("event", {}) if _stands(line, document) else {}
        if line.type == "agreement.signed" and event:
            yield event["party"]
        if line.type == "agreement.deposited" and event:
            yield from (each["party"] for each in event["enclosed"] if event["step"] == "concluded")


def _stands(line: Line, document: str) -> bool:
    return line.subject == document and not line.ground
