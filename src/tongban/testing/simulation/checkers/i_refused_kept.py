"""I: what was refused of a partner stays to be looked at for as long as is promised."""

from datetime import datetime, timedelta

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.machine import REFUSED_DAYS, Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Peer, generation, index.
Place = tuple[str, int, int]


class RefusedKept:
    """Looks at each entry once: when its bytes are gone for the first time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: set[tuple[str, Place]] = set()

    def look(self) -> None:
        """Nothing went before its time; who got its log back from others kept nothing itself."""
        for machine in self._world.running:
            if machine.disks > 1 or machine.disk.dead:
                continue
            for place in rows(machine, SQL["erased_bytes"]):
                if (machine.name, place) not in self._seen:
                    self._seen.add((machine.name, place))
                    _check(machine, place)

    def look_at_last(self) -> None:
        """The same."""
        self.look()


def _check(machine: Machine, place: Place) -> None:
    peer, *spot = place
    refused = _refused_at(machine, peer, spot)
    if machine.clock.latest() - refused < timedelta(days=REFUSED_DAYS):
        raise Violation("I", f"{machine.name} erased {place} too soon after it was refused")


def _refused_at(machine: Machine, peer: str, spot: list[int]) -> datetime:
    for line in lines(machine, "own", peer):
        if line.type == "outcome.recorded":
            said = line.said["event"]
            if spot in [[each["generation"], each["index"]] for each in said["refused"]]:
                return datetime.fromisoformat(said["received_at"])
    raise Violation("I", f"{machine.name} erased {spot} of {peer}, which it never refused")
