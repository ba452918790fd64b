"""H: both sides of an inquiry know the same answers, and those that their logs say."""

from collections.abc import Iterator
from itertools import permutations

from tongban.core.canonical import decode
from tongban.core.inquiries.state import InquiryState
from tongban.testing.simulation.checkers.database import SQL, Line, lines, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_ANSWERS = {"inquiry.answered", "inquiry.one_off_decided"}


class Inquiries:
    """Counts answers by the entries about each inquiry."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Sides differ while letters are on their way."""

    def look_at_last(self) -> None:
        """Between every two that did not part."""
        for one, other in permutations(self._world.honest, 2):
            if not self._world.parted(one.name, other.name):
                _check(one, other)


def _check(one: Machine, other: Machine) -> None:
    ours, theirs = _inquiries(one, other.name), _inquiries(other, one.name)
    for name in sorted({*ours, *theirs}):
        if ours.get(name) != theirs.get(name):
            raise Violation("H", f"{one.name} and {other.name} differ on inquiry {name}")
        known = {line.entry for line in ours[name].answers()}
        expected = _answers(_said(one, other, name))
        if known != expected:
            raise Violation("H", f"{one.name} takes {known} for the answers of {name}: {expected}")


def _inquiries(machine: Machine, peer: str) -> dict[str, InquiryState]:
    return {
        key.partition("/")[2]: decode(data, InquiryState)
        for kind, key, data in rows(machine, SQL["states"], "own")
        if kind == "inquiry" and data and key.startswith(f"{peer}/")
    }


def _said(one: Machine, other: Machine, name: str) -> Iterator[Line]:
    for writer, reader in ((one, other), (other, one)):
        for line in lines(writer, "own", reader.name):
            if line.subject == name and not line.ground and line.data is not None:
                yield line


def _answers(said: Iterator[Line]) -> set[str]:
    """Entries of answers that were neither withdrawn nor replaced."""
    given: set[str] = set()
    gone: set[str] = set()
    for line in said:
        if line.type in _ANSWERS:
            given.add(line.said["id"])
            gone.add(line.said["event"].get("replaces", ""))
        elif line.type == "inquiry.answer_withdrawn":
            gone.add(line.said["event"]["answer"])
    return given - gone
