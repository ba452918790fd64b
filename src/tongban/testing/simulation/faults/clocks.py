"""Clocks that jump, run apart, or simply tell that days have passed."""

from datetime import timedelta
from random import Random

from tongban.testing.simulation.world import World

_DAYS = (1, 5, 30)
_JUMPS = (-2, -30, 365, -365, 3650, -3650)


def days_pass(world: World, chance: Random) -> bool:
    """Days pass in which nothing else happens."""
    days = timedelta(days=chance.choice(_DAYS))
    for machine in world.machines.values():
        machine.clock.off += days
    return True


def jump(world: World, chance: Random) -> bool:
    """One clock jumps by days or years."""
    machine = world.machines[chance.choice(world.names)]
    machine.clock.off += timedelta(days=chance.choice(_JUMPS))
    return True


def skew(world: World, chance: Random) -> bool:
    """One clock is off by seconds or hours."""
    machine = world.machines[chance.choice(world.names)]
    machine.clock.off += timedelta(seconds=chance.choice([-7200, -90, -1, 1, 90, 7200]))
    return True
