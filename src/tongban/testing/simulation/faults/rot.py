"""Bits that flip on the disk of a machine that is down.

Only in entries that the partner holds whole, since nobody else can give them back: home logs have
no mirror, and come from a backup (docs/explanation/promises.md).
"""

from functools import partial
from random import Random

from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.world import Rotten, World, shared

#: The version of messages in which entries are given back.
_REPAIRS = 2
_AWAY = 2.0
_FLIPS = (1, 3)


def flip(world: World, chance: Random) -> bool:
    """A machine falls, and comes back with a few bits changed."""
    machine = world.machines[chance.choice(world.names)]
    if not machine.running:
        return False
    places = _mirrored(world, machine)
    if not places:
        return False
    chosen = chance.sample(sorted(places), min(len(places), chance.randint(*_FLIPS)))
    world.fall(machine, power=False, away=chance.random() * _AWAY)
    for place in chosen:
        world.rotten.add(places[place])
        machine.flip(place, chance.getrandbits(16))
    world.timeline.after(0, partial(world.looked))
    return True


def _mirrored(world: World, machine: Machine) -> dict[tuple[int, int, int], Rotten]:
    """Entries that rot here and can come back: by place in the database."""
    found: dict[tuple[int, int, int], Rotten] = {}
    for name, other in world.machines.items():
        # What is not yet on the partner's platter may be lost there as well.
        kept = other.running and not other.disk.unsynced
        one_history = not {name, machine.name} & world.signatures.forgiven
        repairs = _REPAIRS in machine.versions and _REPAIRS in other.versions
        if other is machine or not (kept and one_history and repairs):
            continue
        # What was a lie the partner may erase, and then nobody has it.
        lies = {leaf_hash for _, _, leaf_hash in world.lies}
        theirs = {entry.leaf_hash for entry in shared(other) if entry.whole} - lies
        found |= {
            entry.place: Rotten(machine.name, name, entry.leaf_hash)
            for entry in shared(machine)
            if entry.peer == name and entry.whole and entry.leaf_hash in theirs
        }
    return found
