"""Machines whose software is older than that of others, and becomes newer at a restart."""

from functools import partial
from random import Random

from tongban.node.kernel import VERSIONS
from tongban.testing.simulation.world import World

_AWAY = 2.0
#: Simulated seconds at most until operators tell each other of the newer descriptor.
_TOLD = 5.0


def upgrade(world: World, chance: Random) -> bool:
    """A machine with older software stops, and starts with the newest."""
    older = [m for m in world.machines.values() if m.versions != VERSIONS and m.running]
    if not older:
        return False
    machine = chance.choice(older)
    away = chance.random() * _AWAY
    world.fall(machine, power=False, away=away)
    machine.versions, machine.serial = VERSIONS, machine.serial + 1
    told = away + chance.random() * _TOLD
    world.timeline.after(told, partial(world.introduce, world.names))
    return True
