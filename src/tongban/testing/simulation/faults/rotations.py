"""Keys that change while others speak: in mid batch, in a fall, on both sides at once."""

from functools import partial
from random import Random

from tongban.testing.simulation.deeds import apply, go_on
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.world import World

#: Writes, truncations and fsyncs that a rotation makes, with the comparison after it.
_SOON = 40
#: Enough for any story; a descriptor names them all.
_KEYS_MAX = 8
#: Share of rotations that a machine may not survive.
_FALLS = 0.4


def rotate(world: World, chance: Random) -> bool:
    """Machines get new keys while their letters are on the way, and may fall over it."""
    names = chance.sample(world.names, chance.choice([1, 1, 2]))
    machines = [world.machines[name] for name in names if world.machines[name].keys < _KEYS_MAX]
    if not machines or any(machine.name in world.liars for machine in machines):
        return False
    for deed in chance.sample([apply, go_on], chance.randint(0, 2)):
        deed(world, chance)
        # Less than a letter takes: a push is in the post when the keys change.
        world.run(chance.random() * 0.01)
    for machine in machines:
        if machine.running and chance.random() < _FALLS:
            machine.disk.arm(chance.randint(1, _SOON))
        world.do(partial(_rotate, machine))
    return True


def _rotate(machine: Machine) -> bool:
    machine.rotate()
    return True
