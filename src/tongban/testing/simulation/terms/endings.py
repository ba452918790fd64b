"""How a text stops carrying acts, wholly or in part, by one party or both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from tongban.core.agreements.commands import AgreementCommand, Resume, Suspend, Terminate
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.refusal import Refusal
from tongban.testing.applications import LEGAL_REPRESENTATIVE, OFFICER
from tongban.testing.simulation.terms.drawn import drawn
from tongban.testing.simulation.texts import SOON, grants_of, sign
from tongban.testing.simulation.world import World

#: Ends a text in a world.
End = Callable[[World, Agreement, Random], None]

#: How far clocks are from midnight when a text is over, in seconds.
_APART = (-3_600, -1, 1, 3_600)
#: How often what was stopped goes on again, in part.
_RESUMED = 0.4


def suspend_in_part(world: World, agreement: Agreement, chance: Random) -> None:
    """All of it, one direction, or some items; and perhaps some of these go on again."""
    digest = document_digest(agreement)
    items = _scope(agreement, chance)
    stop = Suspend(document=digest, actor=OFFICER, ground="made_up", items=items)
    _said_by_some(world, agreement, chance, lambda _name: stop)
    if chance.random() < _RESUMED:
        world.run(SOON)
        some = tuple(chance.sample(items, chance.randint(0, len(items))))
        lift = Resume(document=digest, actor=OFFICER, items=some)
        _said_by_some(world, agreement, chance, lambda _name: lift)


def terminate(world: World, agreement: Agreement, chance: Random) -> None:
    """Today is its last day; and the next comes, by one clock before the other."""

    def command(name: str) -> AgreementCommand:
        today = china_day(world.machines[name].clock.now())
        return Terminate(
            document=document_digest(agreement),
            actor=LEGAL_REPRESENTATIVE,
            ground="made_up",
            last_day=today,
        )

    _said_by_some(world, agreement, chance, command)
    if chance.random() < 1 / 2:
        world.run(SOON)
    names = sorted(agreement.nodes)
    _pass(world, china_day(world.machines[names[0]].clock.now()), names, chance)


def run_out(world: World, agreement: Agreement, chance: Random) -> None:
    """Its last day passes, by one clock before the other."""
    _pass(world, agreement.valid_until, sorted(agreement.nodes), chance)


def narrow(world: World, agreement: Agreement, chance: Random) -> None:
    """Another text takes its place, with other powers or with none at all."""
    amended = drawn(agreement, world, chance)
    if chance.random() < 1 / 2:
        clauses = tuple(replace(clause, grants=()) for clause in amended.clauses)
        amended = replace(amended, clauses=clauses)
    sign(world, amended)


def _scope(agreement: Agreement, chance: Random) -> tuple[str, ...]:
    """Items that are stopped; none means all of the text."""
    grants = grants_of(agreement)
    granter = chance.choice(grants).granter
    direction = sorted({code for each in grants if each.granter == granter for code in each.items})
    some = sorted(chance.sample(direction, chance.randint(1, len(direction))))
    return chance.choice(((), tuple(direction), tuple(some)))


def _said_by_some(
    world: World,
    agreement: Agreement,
    chance: Random,
    command: Callable[[str], AgreementCommand],
) -> None:
    names = chance.sample(sorted(agreement.nodes), chance.choice((1, 2)))
    for name in names:
        (partner,) = agreement.nodes - {name}
        if world.machines[name].running:
            world.do(partial(_say, world, name, partner, command(name)))


def _say(world: World, name: str, partner: str, command: AgreementCommand) -> bool:
    return not isinstance(world[name].execute(command, partner=partner), Refusal)


def _pass(world: World, last: date, names: list[str], chance: Random) -> None:
    """The day is over, or nearly, by each clock; a clock that is further on stays there."""
    midnight = datetime.combine(last + timedelta(days=1), time.min, CHINA_TIME)
    for name in names:
        clock = world.machines[name].clock
        clock.put(max(midnight + timedelta(seconds=chance.choice(_APART)), clock.now()))
