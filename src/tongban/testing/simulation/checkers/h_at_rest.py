"""H: once faults stop, nobody has anything to tell anybody any more, and soon."""

from tongban.logs.rows import ChannelStatus
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import CALM, World

#: Letters of a whole world; honest nodes write some hundreds.
_LETTERS_MAX = 3_000


class FewWords:
    """Counts letters: who says the same for ever is heard by nobody."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """The world has not begun to talk without end."""
        _count(self._world)

    def look_at_last(self) -> None:
        """The same."""
        _count(self._world)


def let_rest(world: World) -> None:
    """Let the world come to rest, within the time that it may take.

    What is given back in parts of an entry or two through a drop-box takes longer: then the time
    counts from the last part.
    """
    end, most = world.timeline.now + CALM, 0
    world.run(1)
    while not world.settled():
        given = _given_back(world)
        if given > most:
            end, most = world.timeline.now + CALM, given
        if world.timeline.now >= end:
            raise Violation("H", "the nodes did not come to rest")
        _count(world)
        world.run(1)


def _given_back(world: World) -> int:
    """How many entries there are on machines that compare."""
    return sum(
        len(rows(machine, SQL["hashes"]))
        for machine in world.machines.values()
        if any(row.status is ChannelStatus.COMPARING for row in machine.node.channels())
    )


def _count(world: World) -> None:
    if len(world.lines.letters) > _LETTERS_MAX:
        raise Violation("H", "the nodes talk without end")
