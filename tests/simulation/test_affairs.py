"""What officers do besides cases happens in worlds, and changes no story without it."""

import pytest

from tongban.testing.simulation.affairs import AFFAIRS
from tongban.testing.simulation.play import play
from tongban.testing.simulation.step import Step
from tongban.testing.simulation.story import Story, story_of

#: A seed whose world has three cities, and how often an affair is tried in it.
_SEED, _TIMES = 4, 4
_SEEDS = range(100)


@pytest.mark.parametrize("kind", AFFAIRS)
def test_an_affair_really_happens_and_nothing_breaks(kind: str) -> None:
    steps = tuple(Step(at=2.0 * number, kind=kind, seed=number) for number in range(_TIMES))
    played = play(Story(_SEED, steps))
    assert played.violation is None
    assert played.strikes[kind] > 0


def test_only_some_seeds_have_affairs() -> None:
    assert {seed % 10 for seed in _SEEDS if story_of(seed).has_affairs} == {5, 6, 7}


def test_affairs_come_beside_what_a_seed_told_without_them() -> None:
    for seed in _SEEDS:
        steps = story_of(seed).steps
        assert list(steps) == sorted(steps, key=lambda step: step.at)
        assert len([step for step in steps if step.kind not in AFFAIRS]) >= 25
