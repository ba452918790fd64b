"""An agreement begins on a day that has come by one clock and not by the other."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from tongban.core.agreements.document import Agreement
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.texts import SOON, are_up, granting, grants_of, sign
from tongban.testing.simulation.world import World

#: None is a version that anybody else signs.
_VERSIONS = range(221, 224)
#: How far clocks are from the first day, in days.
_APART = (0.0001, 0.001, 1)


def begin(world: World, chance: Random) -> bool:
    """Somebody applies before the first day, between the two clocks, and after it."""
    older = granting(world, chance)
    if older is None:
        return False
    agreement = _later(older, world, chance)
    if agreement.valid_until < agreement.valid_from:
        return False
    sign(world, agreement)
    if not are_up(world, agreement):
        return False
    grant = chance.choice(grants_of(agreement))
    first = datetime.combine(agreement.valid_from, time.min, CHINA_TIME)
    names, begun = [grant.grantee, grant.granter], False
    chance.shuffle(names)
    for name in names:
        world.machines[name].clock.put(first - timedelta(days=chance.choice(_APART)))
    for name in ("", *names):
        if name:
            world.machines[name].clock.put(first + timedelta(days=chance.choice(_APART)))
        begun |= apply_under(world, grant, chance)
        world.run(SOON)
    return begun


def _later(older: Agreement, world: World, chance: Random) -> Agreement:
    """The same text from a day to come on; it stands beside the older one, and grants the same."""
    today = china_day(world.machines[min(older.nodes)].clock.now())
    return replace(
        older,
        version=chance.choice(_VERSIONS),
        valid_from=today + timedelta(days=chance.choice((1, 2))),
        publications=(),
        supersedes="",
    )
