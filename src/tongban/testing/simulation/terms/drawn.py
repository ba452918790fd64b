"""Draws the terms of a text: powers, modes, items, the run-off rule, and how long it holds."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tongban.core.agreements.clauses import Clause, RunOff
from tongban.core.agreements.document import Agreement, Grant, document_digest
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.testing.simulation.world import World

#: None is a version that anybody else signs.
_VERSIONS = range(301, 400)
#: What one place lets another do, from little to all that anybody has been let.
_POWERS = (
    (Power.RECEIVE,),
    (Power.RECEIVE, Power.DELIVER),
    (Power.RECEIVE, Power.CHECK_ORIGINALS),
    (Power.RECEIVE, Power.CHECK_ORIGINALS, Power.DELIVER),
    (Power.RECEIVE, Power.NOTIFY, Power.CHECK_ORIGINALS, Power.DELIVER),
    (Power.CHECK_ORIGINALS, Power.DELIVER),
)
#: How often a text holds for a few days only, and for how many more than the first.
_SHORT, _DAYS = 0.8, (0, 1, 5)
#: How often a grant names but some of the items of the older one.
_SOME = 0.3


def drawn(older: Agreement, world: World, chance: Random) -> Agreement:
    """The same parties on other terms, in the place of the older text."""
    rule = chance.choice(list(RunOff))
    return replace(
        older,
        version=chance.choice(_VERSIONS),
        supersedes=document_digest(older),
        clauses=tuple(_clause(clause, rule, chance) for clause in older.clauses),
        valid_until=_last_day(older, world, chance),
        publications=(),
    )


def _clause(clause: Clause, rule: RunOff, chance: Random) -> Clause:
    grants = tuple(_grant(grant, chance) for grant in clause.grants)
    return replace(clause, grants=grants, run_off=rule if clause.run_off else None)


def _grant(grant: Grant, chance: Random) -> Grant:
    items = grant.items
    if chance.random() < _SOME:
        items = tuple(sorted(chance.sample(items, chance.randint(1, len(items)))))
    modes = tuple(mode for mode in Mode if mode in grant.modes or chance.random() < 1 / 2)
    return replace(grant, items=items, modes=modes, powers=chance.choice(_POWERS), daily_limit=0)


def _last_day(older: Agreement, world: World, chance: Random) -> date:
    if chance.random() >= _SHORT:
        return older.valid_until
    today = china_day(world.machines[min(older.nodes)].clock.now())
    return min(today + timedelta(days=chance.choice(_DAYS)), older.valid_until)
