"""A disk is lost, and somebody falls or forgets while it is given back in parts."""

from functools import partial
from random import Random

from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.world import World

#: Simulated seconds that giving back takes at most, and those until whoever fell is there again.
_GIVING, _AWAY = 0.01, 0.02
#: Writes, truncations and fsyncs of a few parts.
_SOON = 120


def lose_disk_and_fall(world: World, chance: Random) -> bool:
    """A machine starts on an empty disk; before it has everything back, it or a partner falls."""
    name, peer = chance.sample(world.names, 2)
    if name in world.liars:
        return False
    world.replace_disk(world.machines[name], None)
    for _ in range(chance.randint(1, 3)):
        machine = world.machines[chance.choice((name, peer))]
        strike = partial(_strike, world, machine, Random(chance.getrandbits(32)))
        world.timeline.after(chance.random() * _GIVING, strike)
    return True


def _strike(world: World, machine: Machine, chance: Random) -> None:
    if not machine.running:
        return
    copies = world.copies[machine.name]
    match chance.choice(("fall", "fall", "fall at a write", "forget")):
        case "fall":
            world.fall(machine, power=chance.choice([True, False]), away=chance.random() * _AWAY)
        case "fall at a write":
            machine.disk.arm(chance.randint(1, _SOON))
        # What rotted here as well may be on the copy, and the partner has just lost it.
        case _ if copies and machine.name not in world.liars | {each.name for each in world.rotten}:
            world.replace_disk(machine, chance.choice(copies))
