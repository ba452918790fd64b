"""Disks that are full or fail."""

from random import Random

from tongban.testing.simulation.world import World

_LASTS = 10.0


def full(world: World, chance: Random) -> bool:
    """Nothing more fits on a disk for a while."""
    disk = world.machines[chance.choice(world.names)].disk
    disk.full = True
    world.timeline.after(chance.random() * _LASTS, lambda: setattr(disk, "full", False))
    return True


def failing_writes(world: World, chance: Random) -> bool:
    """No write goes through for a while, as with a cable that is loose."""
    disk = world.machines[chance.choice(world.names)].disk
    disk.writes_fail = True
    world.timeline.after(chance.random() * _LASTS, lambda: setattr(disk, "writes_fail", False))
    return True


def failing_sync(world: World, chance: Random) -> bool:
    """The next fsync fails, and nobody knows what is on the platter."""
    world.machines[chance.choice(world.names)].disk.sync_fails = True
    return True
