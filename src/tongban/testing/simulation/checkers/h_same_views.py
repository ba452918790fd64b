"""H: once faults stop, everything converges: lines are open and each knows what the other knows."""

from dataclasses import fields
from itertools import permutations
from typing import Any

from msgspec import Struct

from tongban.core.agreements.state import AgreementState
from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.core.catalogues.state import CatalogueState
from tongban.core.inquiries.state import InquiryState
from tongban.core.negotiations.state import NegotiationState
from tongban.core.records.state import RecordState
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_TYPES: dict[str, Any] = {
    "case": CaseState,
    "agreement": AgreementState,
    "catalogue": CatalogueState,
    "negotiation": NegotiationState,
    "inquiry": InquiryState,
    "record": RecordState,
}


class SameViews:
    """Compares what one believes of the other with what the other believes of itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Views differ while letters are on their way."""

    def look_at_last(self) -> None:
        """Every line is open and idle, and all views agree."""
        for machine in self._world.machines.values():
            closed = [
                row.peer
                for row in machine.node.channels()
                if row.status != "open" and not self._world.parted(machine.name, row.peer)
            ]
            if closed:
                raise Violation("H", f"{machine.name} never opened its line to {closed}")
            _check_countersigned(self._world, machine)
        for one, other in permutations(self._world.honest, 2):
            if one.node.conversation.has_news(other.name):
                raise Violation("H", f"{one.name} never finished telling {other.name}")
            _compare(one, other)


def _check_countersigned(world: World, machine: Machine) -> None:
    """Every writer knows that all it wrote is stored."""
    for peer, end, known in rows(machine, SQL["ends"]):
        if end != known and not world.parted(machine.name, peer):
            raise Violation("H", f"{machine.name} never learned that {peer} stored {end}")


def _compare(one: Machine, other: Machine) -> None:
    """A case that one of them never took is the other's own affair."""
    believed, known, own = _states(one, "peer"), _states(other, "own"), _states(one, "own")
    for (kind, key), state in believed.items():
        peer, _, id_ = key.partition("/")
        if peer != other.name or (kind == "case" and (kind, id_) not in own):
            continue
        theirs = known.get((kind, id_ if kind == "case" else f"{one.name}/{id_}"))
        if state != theirs:
            differing = _differing(state, theirs)
            words = f"{one.name} believes otherwise of {id_} than {other.name}: {differing}"
            raise Violation("H", words)


def _states(machine: Machine, view: str) -> dict[tuple[str, str], Any]:
    return {
        (kind, key): decode(data, _TYPES[kind])
        for kind, key, data in rows(machine, SQL["states"], view)
        if data and kind in _TYPES
    }


def _differing(one: Any, other: Any) -> list[str]:
    names = one.__struct_fields__ if isinstance(one, Struct) else [f.name for f in fields(one)]
    return [name for name in names if getattr(one, name, None) != getattr(other, name, None)]
