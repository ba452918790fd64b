"""D: every entry takes effect at most once, in order."""

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_ABOUT_THE_CHANNEL = {"outcome.recorded", "generation.opened", "channel.key_rotated"}


class OnceInOrder:
    """Reads journals and outcomes."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Every journal goes forward in each log."""
        for machine in self._world.honest:
            if not machine.running:
                continue
            reached: dict[int, tuple[int, int]] = {}
            for log, generation, leaf in rows(machine, SQL["journal"]):
                place = (generation, leaf)
                if place <= reached.get(log, (0, -1)):
                    words = f"{machine.name} applied {place} of log {log} after {reached[log]}"
                    raise Violation("D", words)
                reached[log] = place

    def look_at_last(self) -> None:
        """Outcomes follow each other without gap or overlap, and ids only grow."""
        self.look()
        for machine in self._world.honest:
            for peer in self._world.names:
                _check_outcomes(machine, peer)
                _check_ids(machine, peer)


def _check_outcomes(machine: Machine, peer: str) -> None:
    """Each entry is decided once, those that say something of the channel itself by nobody."""
    end, decided = (0, 0), list[tuple[tuple[int, int], tuple[int, int]]]()
    for line in lines(machine, "own", peer):
        if line.type == "outcome.recorded" and not line.ground:
            said = line.said["event"]
            since = (said["since_generation"], said["since_size"])
            if since < end:
                raise Violation("D", f"{machine.name} decided from {since} on again, after {end}")
            end = (said["generation"], said["size"])
            decided.append((since, end))
    for line in lines(machine, "mirror", peer):
        place = (line.generation, line.leaf)
        known = any(since <= place < end for since, end in decided)
        if line.type not in _ABOUT_THE_CHANNEL and not known:
            raise Violation("D", f"{machine.name} never decided {line.type} at {place}")


def _check_ids(machine: Machine, peer: str) -> None:
    last = ""
    for line in lines(machine, "own", peer):
        if line.data is None or line.ground:
            continue
        if line.said["id"] <= last:
            raise Violation("D", f"{machine.name} wrote {line.said['id']} after {last}")
        last = line.said["id"]
