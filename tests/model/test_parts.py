"""Answers in parts keep what starts promise, in every order of events that is explored."""

from collections.abc import Mapping

import pytest
from tests.model.channel import Rules
from tests.model.exploration import Explored, Model, explore, faced, history

_STATES = 60_000


def explored(
    rounds: int, left: Mapping[str, int], rules: Rules | None = None, states: int = _STATES
) -> Explored:
    world, past = history(rounds)
    model = Model(rules or Rules(), past)
    starts = world.drawn + sum(left.values()) + 1
    return explore(model, faced(world, left), starts_max=starts, states_max=states)


def test_a_node_that_is_put_back_to_any_moment_gets_everything_back_in_parts() -> None:
    result = explored(2, {"lose 0": 1})
    assert (result.broken, result.whole) == ((), True)


@pytest.mark.parametrize(
    ("rounds", "left", "states"),
    [
        (3, {"lose 0": 1}, 100_000),
        (1, {"lose 0": 1, "lose 1": 1}, 100_000),
        (2, {"lose 0": 1, "lose 1": 1}, 150_000),
        (2, {"lose 0": 1, "crash 0": 1}, 150_000),
        (2, {"crash 0": 2}, 150_000),
        (2, {"lose 0": 1, "crash 1": 1}, 150_000),
        (2, {"lose 0": 1, "act 0": 1}, 100_000),
        (2, {"lose 0": 1, "act 1": 1}, 100_000),
    ],
)
@pytest.mark.drill
def test_so_it_does_when_more_happens_meanwhile(
    rounds: int, left: Mapping[str, int], states: int
) -> None:
    assert explored(rounds, left, states=states).broken == ()


@pytest.mark.parametrize(
    ("rules", "left", "words"),
    [
        (Rules(only_the_last_opens=False), {"lose 0": 1}, "another history"),
        (Rules(with_what_was_decided=False), {"lose 0": 1}, "without the entries"),
        (Rules(no_more_than_was_decided=False), {"lose 0": 1}, "nobody decided"),
        (Rules(one_start_of_the_peer=False), {"lose 0": 1, "lose 1": 1}, "another history"),
        (Rules(overtaken_begins_again=False), {"crash 0": 2}, "compares for ever"),
    ],
)
def test_each_rule_is_needed(rules: Rules, left: Mapping[str, int], words: str) -> None:
    rounds = 3 if len(left) == 1 else 2
    assert words in explored(rounds, left, rules).broken[-1]
