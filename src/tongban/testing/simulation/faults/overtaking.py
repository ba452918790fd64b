"""Machines that forget what was just said, while that is still on its way."""

from collections.abc import Sequence
from functools import partial
from random import Random

from tongban.logs.rows import ChannelStatus
from tongban.testing.simulation.deeds import go_on, have_to_tell, negotiate
from tongban.testing.simulation.faults.rollbacks import copied
from tongban.testing.simulation.world import World

#: Old letters that come at once, and the simulated seconds that a comparison takes.
_POST, _COMPARISON = 30, 0.006
#: Simulated seconds in which a machine that starts has spoken with everybody.
_SPOKEN = 0.2
#: Simulated seconds in which two that start together have compared, one before the other.
_COMPARED = 0.5

#: A letter as the lines keep it: sender, receiver, envelope.
Letter = tuple[str, str, bytes]


def overtaken(world: World, chance: Random) -> bool:
    """Its letters and answers arrive somewhere in the middle of its comparison."""
    ways = _two(world, chance)
    if ways is None:
        return False
    held = [way for way in ways if chance.choice([True, True, False])]
    post = _forgotten(world, ways[0], held, chance)
    at = chance.uniform(0, _COMPARISON)
    for letter in post:
        world.timeline.after(at, partial(world.lines.repeat, *letter))
    return True


def ambushed(world: World, chance: Random) -> bool:
    """Its letters arrive right after its partner has answered its new start, and before the push.

    Among them is the request of its start before, and what it pushed under that.
    """
    ways = _two(world, chance)
    if ways is None:
        return False
    there, back = ways
    world.fall(world.machines[there[0]], power=False, away=0.0)
    world.run(_SPOKEN)
    post = [letter for letter in _forgotten(world, there, [there], chance) if letter[:2] == there]
    world.lines.ambushes[back] = partial(_strike, world, there, post)
    return True


def both_forget(world: World, chance: Random) -> bool:
    """Two forget a start of one of them; its letters arrive right after the next was answered.

    The other opens first, since what the one asks is kept back and comes with its answer only.
    """
    ways = _two(world, chance)
    if ways is None or world.liars & set(ways[0]):
        return False
    there, back = ways
    copies = {name: copied(world, world.machines[name]) for name in there}
    written = len(world.lines.letters)
    world.fall(world.machines[there[0]], power=False, away=0.0)
    world.run(_SPOKEN)
    _say_more(world, there, chance)
    post = [letter for letter in world.lines.letters[written:] if letter[:2] == there]
    for name, copy in copies.items():
        world.replace_disk(world.machines[name], copy)
    world.lines.held[there] = []
    world.timeline.after(_COMPARED, partial(_release, world, there))
    world.lines.ambushes[back] = partial(_strike, world, there, post)
    return True


def _two(world: World, chance: Random) -> Sequence[tuple[str, str]] | None:
    """The ways between one that forgets and its partner, if both are up."""
    name, peer = chance.sample(world.names, 2)
    standing = world.machines[name].running and world.machines[peer].running
    return ((name, peer), (peer, name)) if standing and name not in world.liars else None


def _forgotten(
    world: World, way: tuple[str, str], held: Sequence[tuple[str, str]], chance: Random
) -> list[Letter]:
    """Put a machine back to where it was before it said more; the letters, in their order."""
    machine, ways = world.machines[way[0]], {way, way[::-1]}
    copy = copied(world, machine)
    world.lines.held.update({each: [] for each in held})
    _say_more(world, way, chance)
    late = [(*each, letter) for each in held for letter in world.lines.held.pop(each, [])]
    older = [letter for letter in world.lines.letters if letter[:2] in ways]
    world.replace_disk(machine, copy)
    return [*older[-_POST:], *late]


def _say_more(world: World, way: tuple[str, str], chance: Random) -> None:
    have_to_tell(world, *way, chance)
    for deed in (go_on, negotiate, go_on):
        world.run(0.02)
        deed(world, chance)
    world.run(0.02)


def _release(world: World, way: tuple[str, str]) -> None:
    for letter in world.lines.held.pop(way, []):
        world.lines.repeat(*way, letter)


def _strike(world: World, way: tuple[str, str], post: Sequence[Letter]) -> bool:
    """Deliver, if the partner is open and has honoured the present start by now."""
    name, peer = way
    if not (world.machines[name].running and world.machines[peer].running):
        return True
    present = {row.own_start for row in world[name].channels() if row.peer == peer}
    honoured = {
        row.peer_start
        for row in world[peer].channels()
        if row.peer == name and row.status is ChannelStatus.OPEN
    }
    if not present & honoured:
        return False
    for letter in post:
        world.lines.repeat(*letter)
    return True
