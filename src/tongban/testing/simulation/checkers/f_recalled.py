"""F: a hand-over that was asked back in time is back, and its receiver never had it."""

from tongban.testing.simulation.checkers.database import lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class Recalled:
    """Looks hand-overs up by the recalls that took effect."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """A recall is decided with its hand-over, so there is nothing to see on the way."""

    def look_at_last(self) -> None:
        """Whatever was recalled was refused."""
        for machine in self._world.honest:
            written = {line.said["id"]: line for line in lines(machine, "own") if line.data}
            for line in written.values():
                undecided = self._world.parted(machine.name, line.peer)
                if line.type == "handover.recalled" and not line.ground and not undecided:
                    handover = written.get(line.said["event"]["handover"])
                    if handover is None or not handover.ground:
                        raise Violation("F", f"{line.subject} was recalled, and handed over too")
