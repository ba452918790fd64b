"""H: a partner gone wild takes no more than its share, so that all others go on."""

from tongban.testing.simulation.machine import QUOTA
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class WithinQuota:
    """Counts what was taken of floods."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody took more than a quota at once."""
        for name, peer, taken in self._world.flooded:
            if taken > QUOTA.messages:
                raise Violation("H", f"{name} took {taken} messages of {peer} at once")

    def look_at_last(self) -> None:
        """The same."""
        self.look()
