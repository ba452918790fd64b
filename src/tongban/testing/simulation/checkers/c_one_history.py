"""C: an honest node never signs two roots for one size."""

from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class OneHistory:
    """Knows every signature from where it is made (signed.py), also those that were forgotten."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody has signed twice who may not."""
        for words in self._world.signatures.unforgiven:
            raise Violation("C", words)

    def look_at_last(self) -> None:
        """The same."""
        self.look()
