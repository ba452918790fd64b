"""The simulator sees: every bug that is planted in production code is caught."""

import warnings
from collections.abc import Callable

import msgspec
import pytest

from tongban.testing.simulation.campaign import BUG_SEEDS, child
from tongban.testing.simulation.checkers import CHECKERS
from tongban.testing.simulation.checkers.checker import Checker
from tongban.testing.simulation.planted.bugs import BUGS
from tongban.testing.simulation.planted.memory import Sight, remembered
from tongban.testing.simulation.report import Caught
from tongban.testing.simulation.world import World

_AT_LEAST = 30


def test_there_are_enough_of_them_and_each_says_what_it_breaks() -> None:
    assert len(BUGS) >= _AT_LEAST
    assert all(bug.breaks and bug.before != bug.after for bug in BUGS.values())


def test_nothing_is_remembered_of_bugs_that_are_gone() -> None:
    assert set(remembered()) <= set(BUGS)


def test_every_checker_is_the_one_that_catches_some_bug() -> None:
    """A checker that never speaks first may be blind, and nobody would know."""
    seeing = {sight.checker for sight in remembered().values()}
    assert {_file(checker) for checker in CHECKERS} - seeing == set()


@pytest.mark.timeout(1_800)
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str) -> None:
    """One world each where the remembered seed still sees it, and a search where it does not."""
    caught = _caught("bug", name)
    assert caught.seed is not None, BUGS[name].breaks
    assert caught.checker
    if Sight(seed=caught.seed, checker=caught.checker) != remembered().get(name):
        warnings.warn(
            f"{name} was seen by {caught.checker} with seed {caught.seed}; "
            f"`tongban simulate --seeds 0 --bug {name} --remember` renews what is remembered",
            stacklevel=1,
        )


@pytest.mark.drill
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught_by_one_of_the_first_seeds(name: str) -> None:
    assert _caught("search", name).seed is not None, BUGS[name].breaks


def _file(checker: Callable[[World], Checker]) -> str:
    return checker.__module__.rpartition(".")[2]


def _caught(task: str, name: str) -> Caught:
    return msgspec.json.decode(child(task, name, str(BUG_SEEDS)), type=Caught)
