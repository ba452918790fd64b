"""Lines that carry nothing, one way or both."""

from random import Random

from tongban.testing.simulation.world import World

_LASTS = 30.0


def cut_one_way(world: World, chance: Random) -> bool:
    """Nothing passes from one to the other for a while."""
    sender, receiver = chance.sample(world.names, 2)
    return _cut(world, chance, {(sender, receiver)})


def cut(world: World, chance: Random) -> bool:
    """Nothing passes between two for a while."""
    one, other = chance.sample(world.names, 2)
    return _cut(world, chance, {(one, other), (other, one)})


def _cut(world: World, chance: Random, ways: set[tuple[str, str]]) -> bool:
    world.lines.cut |= ways
    world.timeline.after(chance.random() * _LASTS, lambda: world.lines.cut.difference_update(ways))
    return True
