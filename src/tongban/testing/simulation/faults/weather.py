"""Letters that are lost, repeated, late, or come again after days."""

from functools import partial
from random import Random

from tongban.testing.simulation.world import World

_LASTS = 20.0
#: Old letters that come in together.
_POST = 12


def lose(world: World, chance: Random) -> bool:
    """Every so many letters or answers are lost for a while."""
    world.lines.weather.lost = chance.choice([0.1, 0.3, 0.7])
    return _passes(world, chance)


def repeat(world: World, chance: Random) -> bool:
    """Letters come twice for a while."""
    world.lines.weather.repeated = chance.choice([0.2, 0.5])
    return _passes(world, chance)


def delay(world: World, chance: Random) -> bool:
    """Letters take long and overtake each other for a while."""
    world.lines.weather.late = chance.choice([0.2, 0.5])
    world.lines.weather.delay = chance.choice([0.01, 0.3])
    return _passes(world, chance)


def old_letter(world: World, chance: Random) -> bool:
    """A letter of any time comes once more."""
    if not world.lines.letters:
        return False
    world.lines.repeat(*chance.choice(world.lines.letters))
    return True


def late_post(world: World, chance: Random) -> bool:
    """A machine starts, and before it has compared all that was ever lost comes in at once."""
    machine = world.machines[chance.choice(world.names)]
    if not machine.running or not world.lines.letters:
        return False
    world.fall(machine, power=False, away=0.0)
    letters = [letter for letter in world.lines.letters if letter[1] == machine.name]
    for letter in chance.sample(letters, min(len(letters), _POST)):
        at = chance.choice([0.0005, 0.0015, 0.5])
        world.timeline.after(at, partial(world.lines.repeat, *letter))
    return True


def _passes(world: World, chance: Random) -> bool:
    world.timeline.after(chance.random() * _LASTS, lambda: _clear(world))
    return True


def _clear(world: World) -> None:
    world.lines.weather = type(world.lines.weather)()
