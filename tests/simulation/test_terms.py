"""Texts on other terms end while cases are under way, and change no story without them."""

from pathlib import Path
from random import Random

import pytest

from tongban.core.agreements.clauses import RunOff
from tongban.core.cases.events import Delivery
from tongban.testing.simulation.deeds import apply
from tongban.testing.simulation.play import play
from tongban.testing.simulation.step import Step
from tongban.testing.simulation.story import Story, story_of
from tongban.testing.simulation.terms import TERMS
from tongban.testing.simulation.terms.drawn import drawn
from tongban.testing.simulation.texts import grants_of
from tongban.testing.simulation.world import TRIO, World

#: A seed whose world has three cities, and how often each kind is tried in it.
_SEED, _TIMES = 4, 4
_SEEDS = range(100)
_DRAWN = 200


@pytest.mark.parametrize("kind", TERMS)
def test_a_text_really_ends_under_way_and_nothing_breaks(kind: str) -> None:
    steps = tuple(Step(at=4.0 * number, kind=kind, seed=number) for number in range(_TIMES))
    played = play(Story(_SEED, steps))
    assert played.violation is None
    assert played.strikes[kind] > 0


def test_only_some_seeds_have_terms() -> None:
    assert {seed % 10 for seed in _SEEDS if story_of(seed).has_terms} == {2, 4, 7, 8, 9}


def test_every_rule_and_every_way_to_get_a_result_is_drawn(tmp_path: Path) -> None:
    world = World(tmp_path, TRIO, Random(1))
    world.people_choose = True
    world.start()
    chance = Random(2)
    texts = [drawn(world.agreements[0], world, chance) for _ in range(_DRAWN)]
    assert {text.run_off for text in texts} == set(RunOff)
    assert len({grant.powers for text in texts for grant in grants_of(text)}) > 3
    for _ in range(_DRAWN // 5):
        apply(world, chance)
    assert {matter.delivery for matter in world.matters} == set(Delivery)
    assert {matter.originals for matter in world.matters} == {True, False}
    world.close()
