"""More people come than a day allows, and what is held back goes by itself when the day is over."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import next_midnight
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.machine import A_ROUND
from tongban.testing.simulation.texts import SOON, are_up, granting, grants_of, sign
from tongban.testing.simulation.world import World

#: Of a text with a limit of one a day; none is a version that anybody else signs.
_VERSION = 211
_COME = (2, 4)
#: Seconds after midnight at which clocks stand; the greater are past the tolerance of clocks.
_AFTER_MIDNIGHT = (-5, 5, 301, 400)


def hold_over(world: World, chance: Random) -> bool:
    """The excess waits at the sender, perhaps over its fall, until midnight in China has passed."""
    older = granting(world, chance)
    if older is None:
        return False
    sign(world, older)
    agreement = _one_a_day(older)
    sign(world, agreement)
    if not are_up(world, agreement):
        return False
    grant = chance.choice(grants_of(agreement))
    begun = sum(apply_under(world, grant, chance) for _ in range(chance.randint(*_COME))) > 0
    world.run(SOON)
    world.rounds_matter = True
    sender = world.machines[grant.grantee]
    if chance.random() < 1 / 2:
        world.fall(sender, power=chance.choice([True, False]), away=chance.random())
    after = chance.choice(_AFTER_MIDNIGHT)
    for name in sorted(agreement.nodes):
        clock = world.machines[name].clock
        clock.put(next_midnight(clock.now()) + timedelta(seconds=after))
    world.run(A_ROUND)
    return begun


def _one_a_day(agreement: Agreement) -> Agreement:
    clauses = tuple(
        replace(clause, grants=tuple(replace(each, daily_limit=1) for each in clause.grants))
        for clause in agreement.clauses
    )
    return replace(
        agreement, version=_VERSION, supersedes=document_digest(agreement), clauses=clauses
    )
