"""Agreements that end, are suspended or replaced while cases under them are on their way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import permutations
from random import Random

from tongban.core.agreements.commands import AgreementCommand, Resume, Suspend, Terminate
from tongban.core.agreements.document import Agreement, Grant, document_digest
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.refusal import Refusal
from tongban.testing.applications import LEGAL_REPRESENTATIVE, OFFICER
from tongban.testing.simulation.deeds import apply_under, go_on
from tongban.testing.simulation.people import sign_both
from tongban.testing.simulation.world import World

#: Simulated seconds in which what is said gets there where nothing hinders it.
_SOON = 0.2
#: How far clocks are from the end of an agreement, in days, when it ends between two of them.
_APART = (0.001, 1, 3653)
#: How many days after its first an agreement's place is taken.
_LATER = (0, 1, 400)
#: How often a suspension is lifted again.
_RESUMED = 0.5


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
    digest = document_digest(agreement)
    stop = Suspend(document=digest, actor=OFFICER, ground="made_up")
    begun = _while_it_is_on_its_way(world, agreement, chance, lambda _name: stop)
    if chance.random() < _RESUMED:
        world.run(_SOON)
        for name, partner in permutations(sorted(agreement.nodes), 2):
            lift = Resume(document=digest, actor=OFFICER)
            world.do(partial(_say, world, name, partner, lift))
        apply_under(world, _grant(agreement, chance), chance)
    return begun


def termination(world: World, chance: Random) -> bool:
    """One party or both end an agreement today while a case under it is on its way.

    After that day somebody tries once more.
    """
    agreement = _signed(world, chance)
    if agreement is None:
        return False
    begun = _while_it_is_on_its_way(
        world,
        agreement,
        chance,
        lambda name: Terminate(
            document=document_digest(agreement),
            actor=LEGAL_REPRESENTATIVE,
            ground="made_up",
            last_day=china_day(world.machines[name].clock.now()),
        ),
    )
    world.run(_SOON)
    for name in sorted(agreement.nodes):
        clock = world.machines[name].clock
        clock.put(clock.now() + timedelta(days=chance.choice(_APART)))
    apply_under(world, _grant(agreement, chance), chance)
    return begun


def amendment(world: World, chance: Random) -> bool:
    """Another text takes an agreement's place while a case under it is on its way.

    Perhaps one that grants nothing any more, and perhaps only from a later day on.
    """
    agreement = _signed(world, chance)
    if agreement is None:
        return False
    first = min(agreement.valid_until, agreement.valid_from + timedelta(days=chance.choice(_LATER)))
    granting = chance.choice([True, False])
    amended = replace(
        agreement,
        version=agreement.version + 1,
        supersedes=document_digest(agreement),
        valid_from=first,
        clauses=tuple(
            clause if granting else replace(clause, grants=()) for clause in agreement.clauses
        ),
    )
    world.agreements.append(amended)
    begun = apply_under(world, _grant(agreement, chance), chance)
    _sign(world, amended)
    apply_under(world, _grant(agreement, chance), chance)
    return begun


def _while_it_is_on_its_way(
    world: World,
    agreement: Agreement,
    chance: Random,
    command: Callable[[str], AgreementCommand],
) -> bool:
    """A case is begun on a line that is cut, and one party or both say something meanwhile."""
    one, other = chance.sample(sorted(agreement.nodes), 2)
    ways = {(one, other), (other, one)}
    world.lines.cut |= ways
    begun = apply_under(world, _grant(agreement, chance), chance)
    for name, partner in ((one, other), (other, one))[: chance.choice([1, 2])]:
        world.do(partial(_say, world, name, partner, command(name)))
    world.run(_SOON)
    world.lines.cut -= ways
    return begun


def _signed(world: World, chance: Random) -> Agreement | None:
    """An agreement that both know, signed by now unless something keeps them from it."""
    if not world.agreements:
        return None
    granting = [each for each in world.agreements if _grants(each)]
    agreement = chance.choice(granting)
    if not all(world.machines[name].running for name in agreement.nodes):
        return None
    _sign(world, agreement)
    return agreement


def _sign(world: World, agreement: Agreement) -> None:
    world.do(partial(sign_both, {name: world[name] for name in agreement.nodes}, agreement))
    world.run(_SOON)


def _grant(agreement: Agreement, chance: Random) -> Grant:
    return chance.choice(_grants(agreement))


def _grants(agreement: Agreement) -> list[Grant]:
    return [grant for clause in agreement.clauses for grant in clause.grants]


def _say(world: World, name: str, partner: str, command: AgreementCommand) -> bool:
    if not world.machines[name].running:
        return False
    return not isinstance(world[name].execute(command, partner=partner), Refusal)
