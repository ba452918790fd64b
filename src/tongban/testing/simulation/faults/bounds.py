"""Agreements that allow so much a day, and such as have to be published first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.commands import RecordPublication
from tongban.core.agreements.document import Agreement, Grant, document_digest
from tongban.core.china_time import china_day, next_midnight
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.testing.applications import OFFICER
from tongban.testing.simulation.deeds import apply_under
from tongban.testing.simulation.people import sign_both
from tongban.testing.simulation.world import World

#: Simulated seconds in which what is said gets there where nothing hinders it.
_SOON = 0.2
#: Intakes a day; and how many more people come.
_LIMITS = (1, 2, 3)
_EXCESS = 2
#: Seconds after midnight at which what was held goes, and some at which it does not yet.
_AFTER_MIDNIGHT = (1, 299, 301, 600)
#: How many copies of an agreement may differ; none is a version that anybody else signs.
_VERSIONS = range(201, 205)


_Change = Callable[[Agreement], Agreement]


def daily_limit(world: World, chance: Random) -> bool:
    """More people come than an agreement allows on a day, by one clock, by the other, or by both.

    Some of them while the line is cut; then the next day comes, at one of the two first.
    """
    agreement = _signed(world, chance, partial(_limited, limit=chance.choice(_LIMITS)))
    if agreement is None:
        return False
    grant = chance.choice(_grants(agreement))
    way = (grant.grantee, grant.granter)
    begun = _many_apply(world, grant, chance)
    if chance.random() < 1 / 2:
        world.lines.cut.add(way)
        begun |= _many_apply(world, grant, chance)
        world.run(_SOON)
        world.lines.cut.discard(way)
    names = list(way)
    chance.shuffle(names)
    for name in names:
        _next_day(world, name, chance)
        begun |= _many_apply(world, grant, chance)
        world.run(_SOON)
    return begun


def publication(world: World, chance: Random) -> bool:
    """Somebody applies under a text that has to be published, before, between and after it was."""
    agreement = _signed(world, chance, _public)
    if agreement is None:
        return False
    grant = chance.choice(_grants(agreement))
    begun = apply_under(world, grant, chance)
    names = sorted(agreement.nodes)
    chance.shuffle(names)
    for name in names:
        world.do(partial(_publish, world, name, agreement))
        begun |= apply_under(world, grant, chance)
        world.run(chance.choice((0.0, _SOON)))
    return apply_under(world, grant, chance) or begun


def _limited(agreement: Agreement, limit: int) -> Agreement:
    clauses = tuple(
        replace(clause, grants=tuple(replace(each, daily_limit=limit) for each in clause.grants))
        for clause in agreement.clauses
    )
    return replace(agreement, clauses=clauses)


def _public(agreement: Agreement) -> Agreement:
    where = Words(zh="政府网站", en="the website of the government")
    duties = tuple(
        PublicationDuty(party=name, where=where, publish_by=agreement.valid_from)
        for name in sorted(agreement.nodes)
    )
    return replace(agreement, publications=duties)


def _signed(world: World, chance: Random, changed: _Change) -> Agreement | None:
    """A text that takes the place of one that both know, signed unless something keeps them."""
    granting = [each for each in world.agreements if _grants(each)]
    if not granting:
        return None
    older = chance.choice(granting)
    if not all(world.machines[name].running for name in older.nodes):
        return None
    _sign(world, older)
    agreement = replace(
        changed(older), version=chance.choice(_VERSIONS), supersedes=document_digest(older)
    )
    if agreement not in world.agreements:
        world.agreements.append(agreement)
    _sign(world, agreement)
    return agreement


def _sign(world: World, agreement: Agreement) -> None:
    for _ in range(2):
        # The second signs once it has heard of the offer.
        nodes = {name: world[name] for name in agreement.nodes}
        world.do(partial(sign_both, nodes, agreement))
        world.run(_SOON)


def _many_apply(world: World, grant: Grant, chance: Random) -> bool:
    count = chance.randint(1, max(_LIMITS) + _EXCESS)
    return sum(apply_under(world, grant, chance) for _ in range(count)) > 0


def _next_day(world: World, name: str, chance: Random) -> None:
    clock = world.machines[name].clock
    midnight: datetime = next_midnight(clock.now())
    clock.put(midnight + timedelta(seconds=chance.choice(_AFTER_MIDNIGHT)))


def _publish(world: World, name: str, agreement: Agreement) -> bool:
    if not world.machines[name].running:
        return False
    node, digest = world[name], document_digest(agreement)
    today = china_day(node.kernel.clock.now())
    command = RecordPublication(document=digest, actor=OFFICER, party=name, published_on=today)
    answers = [
        node.execute(command, partner=partner) for partner in sorted(agreement.nodes - {name})
    ]
    return not any(isinstance(answer, Refusal) for answer in answers)


def _grants(agreement: Agreement) -> list[Grant]:
    return [grant for clause in agreement.clauses for grant in clause.grants]
