"""Worlds in which anything may go wrong; afterwards everything that must hold holds."""

import pytest

from tongban.testing.simulation.campaign import campaign, commit
from tongban.testing.simulation.play import play
from tongban.testing.simulation.report import Report
from tongban.testing.simulation.shrink import shrink
from tongban.testing.simulation.story import story_of

_SEEDS, _BATCH = 200, 10


def _told(seed: int) -> str:
    """What went wrong in the shortest story that still shows it."""
    played = play(story_of(seed))
    if played.violation is None:
        return ""
    shortest = shrink(played)
    words = f"seed {seed} at commit {commit()}: {shortest.violation}"
    return "\n".join([words, *map(str, shortest.story.steps)])


@pytest.mark.parametrize("first", range(0, _SEEDS, _BATCH))
def test_what_must_hold_holds_whatever_went_wrong(first: int) -> None:
    told = [words for seed in range(first, first + _BATCH) if (words := _told(seed))]
    assert told == []


@pytest.mark.drill
@pytest.mark.timeout(14_400)
def test_ten_thousand_worlds_hold() -> None:
    report = _campaign(10_000)
    assert report.failures == []


def _campaign(seeds: int) -> Report:
    return campaign(_SEEDS, seeds, bugs=[], progress=lambda _done, _work: None)
