"""Cases are brought some way under a text, it ends, and people go on with them on both sides."""

from collections.abc import Sequence
from functools import partial
from random import Random

from tongban.core.agreements.document import Agreement
from tongban.testing.simulation import people
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.people import Matter
from tongban.testing.simulation.terms.drawn import drawn
from tongban.testing.simulation.terms.endings import End
from tongban.testing.simulation.texts import SOON, are_up, granting, grants_of, sign
from tongban.testing.simulation.world import World

_CASES = (1, 3)
#: How far each case is brought at a time; seconds in which the other side hears of it, or does not.
_ACTS = (0, 3)
_STRAIGHT = 0.7
_HEARD = (0.0, 0.02, SOON)


def end_under_way(world: World, chance: Random, *, end: End) -> bool:
    """Half the time the line is cut meanwhile, so that end and acts cross."""
    older = granting(world, chance)
    if older is None:
        return False
    sign(world, older)
    agreement = drawn(older, world, chance)
    sign(world, agreement)
    if not are_up(world, agreement):
        return False
    matters = _begun(world, agreement, chance)
    world.run(SOON)
    _go_on(world, agreement, matters, chance)
    one, other = sorted(agreement.nodes)
    cut = {(one, other), (other, one)} if chance.random() < 1 / 2 else set()
    world.lines.cut |= cut
    _go_on(world, agreement, matters, chance)
    end(world, agreement, chance)
    _go_on(world, agreement, matters, chance)
    world.lines.cut -= cut
    world.run(SOON)
    matters = [*matters, *_begun(world, agreement, chance)]
    _go_on(world, agreement, matters, chance)
    return bool(matters)


def _begun(world: World, agreement: Agreement, chance: Random) -> list[Matter]:
    before = len(world.matters)
    for _ in range(chance.randint(*_CASES)):
        apply_under(world, chance.choice(grants_of(agreement)), chance)
    return world.matters[before:]


def _go_on(world: World, agreement: Agreement, matters: Sequence[Matter], chance: Random) -> None:
    for matter in matters:
        for _ in range(chance.randint(*_ACTS)):
            names = chance.sample(sorted(agreement.nodes), 2)
            any(_done(world, name, matter, chance) for name in names)
            world.run(chance.choice(_HEARD))


def _done(world: World, name: str, matter: Matter, chance: Random) -> bool:
    """Somebody does what leads straight to a result, or now and then anything that is usual."""
    if not world.machines[name].running:
        return False
    if chance.random() < _STRAIGHT:
        return world.do(partial(people.bring_on, world[name], matter, chance))
    return world.do(partial(people.go_on, world[name], matter, chance))
