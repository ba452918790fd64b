"""Machines that stop: the process, the power, or everything for a while."""

from random import Random

from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.world import World

_AWAY = 10.0
#: Writes, truncations and fsyncs that a command or push makes, and some more.
_SOON = 60


def pause(world: World, chance: Random) -> bool:
    """A machine stands still, and then goes on where it was."""
    name = chance.choice(world.names)
    others = [other for other in world.names if other != name]
    ways = {way for other in others for way in ((name, other), (other, name))}
    world.lines.cut |= ways
    world.timeline.after(chance.random() * 3, lambda: world.lines.cut.difference_update(ways))
    return True


def crash(world: World, chance: Random) -> bool:
    """A process dies between two writes."""
    return _fall(world, chance, power=False)


def power_failure(world: World, chance: Random) -> bool:
    """A machine loses power between two writes."""
    return _fall(world, chance, power=True)


def fall_at_a_write(world: World, chance: Random) -> bool:
    """A machine will stop at one of its next writes, truncations or fsyncs."""
    machine = _one(world, chance)
    machine.disk.arm(chance.randint(1, _SOON))
    return machine.running


def fall_in_recovery(world: World, chance: Random) -> bool:
    """A machine falls, and falls again while it starts."""
    machine = _one(world, chance)
    if not machine.running:
        return False
    world.fall(machine, power=chance.choice([True, False]), away=1.0)
    at = chance.randint(1, _SOON)
    world.timeline.after(0.9, lambda: _come_back_armed(machine, at))
    return True


def _come_back_armed(machine: Machine, at: int) -> None:
    if not machine.running:
        machine.disk.revive()
        machine.disk.arm(at)
        machine.start()


def _fall(world: World, chance: Random, *, power: bool) -> bool:
    machine = _one(world, chance)
    if not machine.running:
        return False
    world.fall(machine, power=power, away=chance.random() * _AWAY)
    return True


def _one(world: World, chance: Random) -> Machine:
    return world.machines[chance.choice(world.names)]
