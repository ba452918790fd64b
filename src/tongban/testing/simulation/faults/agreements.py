"""Agreements that end or are suspended while cases under them are on their way."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from tongban.core.agreements.commands import Suspend
from tongban.core.agreements.document import Agreement, Grant, document_digest
from tongban.core.china_time import CHINA_TIME
from tongban.core.refusal import Refusal
from tongban.testing.applications import OFFICER
from tongban.testing.simulation.deeds import apply_under, go_on
from tongban.testing.simulation.people import sign_both
from tongban.testing.simulation.world import World

#: Simulated seconds in which what is said gets there where nothing hinders it.
_SOON = 0.2
#: How far clocks are from the end of an agreement, in days, when it ends between two of them.
_APART = (0.001, 1, 3653)


def expiry(world: World, chance: Random) -> bool:
    """An agreement is over by one clock and not by the other, and a case goes between the two."""
    agreement = _signed(world, chance)
    if agreement is None:
        return False
    end = datetime.combine(agreement.valid_until + timedelta(days=1), time.min, CHINA_TIME)
    grant = _grant(agreement, chance)
    before, after = grant.grantee, grant.granter
    world.machines[before].clock.put(end - timedelta(days=chance.choice(_APART)))
    world.machines[after].clock.put(end + timedelta(days=chance.choice(_APART)))
    begun = apply_under(world, grant, chance)
    if begun:
        world.run(_SOON)
        world.machines[before].clock.put(end + timedelta(days=chance.choice(_APART)))
        go_on(world, chance)
    return begun


def suspension(world: World, chance: Random) -> bool:
    """An agreement is suspended while a case under it is on its way, by one of the two or both."""
    agreement = _signed(world, chance)
    if agreement is None:
        return False
    one, other = chance.sample(sorted(agreement.nodes), 2)
    ways = {(one, other), (other, one)}
    world.lines.cut |= ways
    begun = apply_under(world, _grant(agreement, chance), chance)
    for name, partner in ((one, other), (other, one))[: chance.choice([1, 2])]:
        world.do(partial(_suspend, world, name, partner, agreement))
    world.run(_SOON)
    world.lines.cut -= ways
    return begun


def _signed(world: World, chance: Random) -> Agreement | None:
    """An agreement that both know, signed by now unless something keeps them from it."""
    if not world.agreements:
        return None
    agreement = chance.choice(world.agreements)
    if not all(world.machines[name].running for name in agreement.nodes):
        return None
    world.do(partial(sign_both, {name: world[name] for name in agreement.nodes}, agreement))
    world.run(_SOON)
    return agreement


def _grant(agreement: Agreement, chance: Random) -> Grant:
    return chance.choice([grant for clause in agreement.clauses for grant in clause.grants])


def _suspend(world: World, name: str, partner: str, agreement: Agreement) -> bool:
    if not world.machines[name].running:
        return False
    command = Suspend(document=document_digest(agreement), actor=OFFICER, ground="made_up")
    return not isinstance(world[name].execute(command, partner=partner), Refusal)
