"""Disks that are replaced: by a backup, by nothing."""

from functools import partial
from pathlib import Path
from random import Random

from tongban.logs.rows import ChannelStatus
from tongban.testing.simulation.deeds import apply, go_on, negotiate
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.world import World

#: Simulated seconds at most until a backup that was made for it is put back.
_LATER = 20.0


def back_up(world: World, chance: Random) -> bool:
    """Somebody makes a copy."""
    name = chance.choice(world.names)
    machine = world.machines[name]
    if not machine.running:
        return False
    world.copies[name].append(copied(world, machine))
    return True


def restore(world: World, chance: Random) -> bool:
    """A machine starts on a backup, and where there is none it will."""
    name = _with_a_copy(world, chance)
    if name is None:
        world.timeline.after(chance.random() * _LATER, partial(_restore_later, world, chance))
        return back_up(world, chance)
    world.replace_disk(world.machines[name], chance.choice(world.copies[name]))
    return True


def _restore_later(world: World, chance: Random) -> None:
    name = _with_a_copy(world, chance)
    if name is not None and not world.is_calm:
        world.replace_disk(world.machines[name], chance.choice(world.copies[name]))


def lose_disk(world: World, chance: Random) -> bool:
    """A machine starts on an empty disk, with the keys that are kept elsewhere."""
    name = chance.choice(world.names)
    if name in world.liars:
        return False
    world.replace_disk(world.machines[name], None)
    return True


def silently(world: World, chance: Random) -> bool:
    """A machine goes on from an older snapshot and does not know it."""
    name = chance.choice(world.names)
    machine = world.machines[name]
    if not machine.running or name in world.liars:
        return False
    copy = copied(world, machine)
    others = [world.machines[other] for other in world.names if other != name]
    if chance.choice([True, False]):
        world.fall(chance.choice(others), power=False, away=0.1)
    for deed in (apply, go_on, negotiate):
        deed(world, chance)
        world.run(chance.random() * 2)
    world.roll_back(machine, copy)
    if not chance.choice([True, False]) or not _tell_at_once(world, name):
        world.unaware.add(name)
    return True


def _tell_at_once(world: World, name: str) -> bool:
    """Each partner speaks before the machine writes anything that it had written otherwise.

    Whether the machine knows by then that it was rolled back, wherever it had been heard.
    """
    others = [other for other in world.names if other != name and world.machines[other].running]
    told = [world.do(partial(_speak, world, other, name)) for other in others]
    return all(told) and len(told) == len(world.names) - 1


def _speak(world: World, sender: str, receiver: str) -> bool:
    if not any(
        row.peer == receiver and row.status is ChannelStatus.OPEN
        for row in world[sender].channels()
    ):
        return False
    return world.lines.repeat(sender, receiver, world[sender].conversation.say(receiver))


def copied(world: World, machine: Machine) -> Path:
    """A copy of the machine's disk as it is."""
    world.copied += 1
    path = world.folder / f"{machine.name}-{world.copied}.copy"
    machine.copy_to(path)
    return path


def _with_a_copy(world: World, chance: Random) -> str | None:
    """A machine that has a backup; not a liar, which could not take back its own lies."""
    names = [name for name, copies in world.copies.items() if copies and name not in world.liars]
    return chance.choice(names) if names else None
