"""A story: what happens at which moment; drawn from a seed, and told again step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from tongban.testing.simulation.deeds import DEEDS
from tongban.testing.simulation.faults import FAULTS

#: How often each thing is drawn; faults that are not here are drawn once.
_WEIGHTS: Mapping[str, float] = {
    "apply": 8,
    "act": 6,
    "go_on": 22,
    "take_back": 3,
    "negotiate": 5,
    "erase": 1,
}
_STEPS = (25, 70)
#: Mean seconds between two steps.
_PAUSE = 1.5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: when, what, and the seed of everything it draws itself."""

    at: float
    kind: str
    seed: int


@dataclass(frozen=True, slots=True)
class Story:
    """A seed and its steps; a shrunk story has fewer steps than its seed gives."""

    seed: int
    steps: tuple[Step, ...]

    def without(self, first: int, last: int) -> "Story":
        """The story with some steps left out."""
        return Story(self.seed, self.steps[:first] + self.steps[last:])


def story_of(seed: int) -> Story:
    """The story that a seed gives."""
    return Story(seed, tuple(_steps(Random(f"story/{seed}"))))


def _steps(chance: Random) -> Iterator[Step]:
    faults = chance.sample(sorted(FAULTS), chance.randint(2, len(FAULTS)))
    kinds = [*DEEDS, *faults]
    weights = [_WEIGHTS.get(kind, 1.0) for kind in kinds]
    at = 0.0
    for _ in range(chance.randint(*_STEPS)):
        at += chance.expovariate(1 / _PAUSE)
        kind = chance.choices(kinds, weights)[0]
        yield Step(round(at, 3), kind, chance.getrandbits(32))
