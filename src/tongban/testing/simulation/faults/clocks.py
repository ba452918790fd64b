"""Clocks that jump, run apart, or simply tell that days have passed."""

from datetime import datetime, timedelta
from random import Random

from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.deeds import apply_between
from tongban.testing.simulation.world import World

_DAYS = (1, 5, 30)
_JUMPS = (-2, -30, 365, -365, 3650, -3650)
#: To where clocks jump: the eve of a leap day, the last seconds of agreements, and years of which
#: no calendar is known.
_MOMENTS = (
    datetime(2028, 2, 28, 23, 59, 58, tzinfo=CHINA_TIME),
    datetime(2028, 2, 29, 9, 0, tzinfo=CHINA_TIME),
    datetime(2029, 12, 31, 23, 59, 59, 500_000, tzinfo=CHINA_TIME),
    datetime(2031, 3, 3, 9, 0, tzinfo=CHINA_TIME),
    datetime(2036, 2, 29, 9, 0, tzinfo=CHINA_TIME),
)
#: Share of moments that one clock alone believes in.
_ALONE = 0.7


def days_pass(world: World, chance: Random) -> bool:
    """Days pass in which nothing else happens."""
    days = timedelta(days=chance.choice(_DAYS))
    for machine in world.machines.values():
        machine.clock.off += days
    return True


def jump(world: World, chance: Random) -> bool:
    """One clock jumps by days or years."""
    machine = world.machines[chance.choice(world.names)]
    machine.clock.off += timedelta(days=chance.choice(_JUMPS))
    return True


def moment(world: World, chance: Random) -> bool:
    """One clock, or all of them, jump to where something ends, and somebody applies right then."""
    name = chance.choice(world.names)
    at = chance.choice(_MOMENTS)
    for each in [name] if chance.random() < _ALONE else world.names:
        world.machines[each].clock.put(at)
    other = chance.choice([each for each in world.names if each != name])
    applicant, competent = chance.sample([name, other], 2)
    apply_between(world, applicant, competent, chance)
    return True


def skew(world: World, chance: Random) -> bool:
    """One clock is off by seconds or hours."""
    machine = world.machines[chance.choice(world.names)]
    machine.clock.off += timedelta(seconds=chance.choice([-7200, -90, -1, 1, 90, 7200]))
    return True
