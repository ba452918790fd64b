"""The simulator sees: every bug that is planted in production code is caught."""

import msgspec
import pytest

from tongban.testing.simulation.campaign import BUG_SEEDS, child
from tongban.testing.simulation.planted.bugs import BUGS
from tongban.testing.simulation.report import Caught

_AT_LEAST = 30


def test_there_are_enough_of_them_and_each_says_what_it_breaks() -> None:
    assert len(BUGS) >= _AT_LEAST
    assert all(bug.breaks and bug.before != bug.after for bug in BUGS.values())


@pytest.mark.drill
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str) -> None:
    caught = msgspec.json.decode(child("bug", name, str(BUG_SEEDS)), type=Caught)
    assert caught.seed is not None, BUGS[name].breaks
