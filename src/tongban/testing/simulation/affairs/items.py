"""An item that an agreement opens vanishes from the catalogue while people apply for it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from tongban.core.agreements.document import Grant
from tongban.core.catalogues.events import WithdrawalReason
from tongban.node.node import Node
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.texts import SOON, granting, grants_of, sign
from tongban.testing.simulation.world import World

#: How often it comes back with another version.
_COMES_BACK = 0.4


def vanish(world: World, chance: Random) -> bool:
    """Its authority withdraws it, perhaps behind a cut line, so that the other hears late."""
    agreement = granting(world, chance)
    if agreement is None:
        return False
    sign(world, agreement)
    grant = chance.choice(grants_of(agreement))
    code = chance.choice(grant.items)
    grant = replace(grant, items=(code,))
    if not _at_the_authority(world, grant, partial(_open, code=code)):
        return False
    world.run(SOON)
    ways = {(grant.grantee, grant.granter), (grant.granter, grant.grantee)}
    cut = ways if chance.random() < 1 / 2 else set()
    world.lines.cut |= cut
    begun = apply_under(world, grant, chance)
    gone = _at_the_authority(world, grant, partial(_withdraw, code=code))
    begun |= apply_under(world, grant, chance)
    world.run(SOON)
    world.lines.cut -= cut
    world.run(chance.choice((0.0, SOON)))
    begun |= apply_under(world, grant, chance)
    if chance.random() < _COMES_BACK:
        gone |= _at_the_authority(world, grant, partial(_publish_again, code=code))
        world.run(SOON)
        begun |= apply_under(world, grant, chance)
    return begun and gone


def _at_the_authority(world: World, grant: Grant, do: Callable[[Node], bool]) -> bool:
    """Something is done there, and its partners are told at once where their lines are open."""
    if not world.machines[grant.granter].running:
        return False
    node = world[grant.granter]
    return world.do(lambda: do(node) and node.openings.tell_all() >= 0)


def _open(node: Node, *, code: str) -> bool:
    known = {item.code for item in node.published.own()}
    if code in known:
        node.openings.open_to_all([code])
    return code in known


def _withdraw(node: Node, *, code: str) -> bool:
    node.published.withdraw([code], reason=WithdrawalReason.SUSPENDED)
    return True


def _publish_again(node: Node, *, code: str) -> bool:
    item = node.published.withdrawn_item(code)
    if item is not None:
        node.published.publish([replace(item, version=item.version + 1)], ())
    return item is not None
