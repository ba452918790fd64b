"""Makes a story that fails shorter, as long as it fails in the same way."""

from tongban.testing.simulation.play import Played, play
from tongban.testing.simulation.violation import is_same


def shrink(played: Played) -> Played:
    """The shortest story found that fails alike; steps are left out in blocks."""
    block = len(played.story.steps) // 2
    while block:
        played = _thinned(played, block)
        block //= 2
    return played


def _thinned(played: Played, block: int) -> Played:
    first = 0
    while first < len(played.story.steps):
        shorter = play(played.story.without(first, first + block))
        if _same(played, shorter):
            played = shorter
        else:
            first += block
    return played


def _same(one: Played, other: Played) -> bool:
    if one.violation is None or other.violation is None:
        return False
    return is_same(one.violation, other.violation)
