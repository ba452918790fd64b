"""An upper level publishes standards, lists of items and advice, and sets further versions."""

from dataclasses import replace
from datetime import date
from functools import cache, partial
from random import Random
from typing import Any

from tongban.catalogue.regulation import load_mandates, load_standards
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE, STANDARD, RuleForm
from tongban.core.catalogues.rules import Rule
from tongban.core.mandates.advice import Advice
from tongban.core.words import Words
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.node import Node
from tongban.testing.applications import OFFICER
from tongban.testing.simulation.world import World

#: How often who sets a version has not seen the newest one, and how many versions are set at most.
_BEHIND = 0.1
_VERSIONS = 3
_PAUSES = (0.0, 0.2, 11.0)


def issue(world: World, chance: Random) -> bool:
    """One node publishes versions of a rule; the rounds tell its partners of each."""
    name, done = chance.choice(world.names), False
    form, draft = chance.choice(_drafts())
    world.rounds_matter = True
    for _ in range(chance.randint(1, _VERSIONS)):
        if world.machines[name].running:
            done |= world.do(partial(_issue, world[name], form, draft, chance))
        world.run(chance.choice(_PAUSES))
    return done


def _issue(node: Node, form: RuleForm[Any], draft: Rule, chance: Random) -> bool:
    newest = max((each.rule.version for each in node.rules.standing(form)), default=0)
    behind = newest - 1 if newest and chance.random() < _BEHIND else newest
    title = Words(zh=f"第{chance.randrange(9)}稿", en="made up")
    try:
        node.rules.issue(form, replace(draft, title=title), after=behind, actor=OFFICER)
    except (RuleChanged, RuleUnchanged):
        return False
    return True


@cache
def _drafts() -> tuple[tuple[RuleForm[Any], Rule], ...]:
    mandate, words = load_mandates()[-1], Words(zh="演示", en="made up")
    advice = Advice(
        number="G60/A-1",
        title=words,
        issuer=words,
        published_on=date(2026, 11, 23),
        text=words,
        basic_code=mandate.lines[0].basic_codes[0],
        illustrative=True,
    )
    return (STANDARD, load_standards()[0]), (MANDATE, mandate), (ADVICE, advice)
