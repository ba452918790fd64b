"""F: each deadline takes effect exactly once, recorded by the holder, not before it has passed."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations
from typing import Any

from chinese_calendar import is_workday

from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_WORKING_DAYS = 5
_SENT = "case.dispatched"
_DEEMED, _REVERSED = "case.deemed_accepted", "deemed_acceptance.reversed"


class OneDeadline:
    """Reads what each side wrote that took effect at the other."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Deadlines are counted when everything is said."""

    def look_at_last(self) -> None:
        """One effect a case, unless it was taken back, and none on the last day or before it."""
        for writer, reader in permutations(self._world.honest, 2):
            deemed: Counter[str] = Counter()
            for line in lines(writer, "own", reader.name):
                if line.ground or line.type not in {_DEEMED, _REVERSED}:
                    continue
                deemed[line.subject] += 1 if line.type == _DEEMED else -1
                if line.type == _DEEMED:
                    _check_day(line, _available(writer, reader, line))
            twice = [case for case, times in deemed.items() if times > 1]
            if twice:
                raise Violation("F", f"{writer.name} let the limit of {twice} pass twice")


def _check_day(line: Line, available: str) -> None:
    """Five working days after it became available (行政许可法 32(4)), counted here again."""
    said = line.said
    if said["at"][:10] <= said["event"]["due_on"]:
        raise Violation("F", f"{line.subject} was deemed accepted before its limit had passed")
    day, working = date.fromisoformat(available[:10]), 0
    while working < _WORKING_DAYS:
        day += timedelta(days=1)
        working += is_workday(day)
    if said["event"]["due_on"] < day.isoformat():
        raise Violation("F", f"{line.subject} was deemed accepted on a limit of fewer days")


def _available(writer: Machine, reader: Machine, deemed: Line) -> str:
    """When the writer had it, as its last outcome before says about a hand-over that landed."""
    sent = [
        (line.generation, line.leaf)
        for line in lines(reader, "own", writer.name)
        if line.type == _SENT and line.subject == deemed.subject and not line.ground
    ]
    found = ""
    for line in lines(writer, "own", reader.name):
        if (line.generation, line.leaf) >= (deemed.generation, deemed.leaf):
            break
        if line.type == "outcome.recorded" and any(_decides(line.said["event"], e) for e in sent):
            found = str(line.said["event"]["available_at"])
    if not found:
        raise Violation(
            "F", f"{writer.name} let a limit pass for {deemed.subject}, which it never received"
        )
    return found


def _decides(outcome: dict[str, Any], place: tuple[int, int]) -> bool:
    since = (outcome["since_generation"], outcome["since_size"])
    return since <= place < (outcome["generation"], outcome["size"])
