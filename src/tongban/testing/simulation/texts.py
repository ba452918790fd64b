"""Agreements in a world: which there are, what they grant, and getting them signed."""

from functools import partial
from random import Random

from tongban.core.agreements.document import Agreement, Grant
from tongban.testing.simulation.people import sign_both
from tongban.testing.simulation.world import World

#: Simulated seconds in which what is said gets there where nothing hinders it.
SOON = 0.2


def grants_of(agreement: Agreement) -> list[Grant]:
    """Every grant of every clause."""
    return [grant for clause in agreement.clauses for grant in clause.grants]


def granting(world: World, chance: Random) -> Agreement | None:
    """One that lets somebody act for somebody, between two machines that are up."""
    known = [each for each in world.agreements if grants_of(each)]
    agreement = chance.choice(known) if known else None
    return agreement if agreement and are_up(world, agreement) else None


def are_up(world: World, agreement: Agreement) -> bool:
    """Whether the machines of all its parties are up."""
    return all(world.machines[name].running for name in agreement.nodes)


def sign(world: World, agreement: Agreement) -> None:
    """Let two offer and sign it, unless something keeps them from it.

    The second signs once it has heard of the offer.
    """
    if agreement not in world.agreements:
        world.agreements.append(agreement)
    for _ in range(2):
        if are_up(world, agreement):
            nodes = {name: world[name] for name in agreement.nodes}
            world.do(partial(sign_both, nodes, agreement))
            world.run(SOON)
