"""A story: what happens at which moment; drawn from a seed, and told again step by step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from math import log
from random import Random

from tongban.testing.simulation.affairs import AFFAIRS
from tongban.testing.simulation.deeds import DEEDS
from tongban.testing.simulation.faults import FAULTS, FORFEITING
from tongban.testing.simulation.step import Step
from tongban.testing.simulation.terms import TERMS

#: How often each thing is drawn; faults that are not here are drawn once.
_WEIGHTS: Mapping[str, float] = {
    "apply": 8,
    "act": 6,
    "go_on": 22,
    "take_back": 3,
    "negotiate": 5,
    "erase": 1,
    "alliance": 6,
    "inquiry": 2,
}
_STEPS = (25, 70)
#: Share of all kinds of faults that a story has.
_SHARES = (0.1, 1.0)
#: Share of stories in which nobody lies, and everything can be claimed of everybody.
_HONEST = 0.5
#: Last digits of seeds in whose stories officers have affairs besides, and how many of them. They
#: showed the fewest planted bugs before there were affairs, so most are found where they were.
_WITH_AFFAIRS = (5, 6, 7)
_AFFAIRS = (3, 6)
#: The same of stories in which texts have other terms than the shipped ones, and how many of these.
_WITH_TERMS = (2, 4, 7, 8, 9)
_TERMS = (1, 2)
#: Mean seconds between two steps.
_PAUSE = 1.5


@dataclass(frozen=True, slots=True)
class Story:
    """A seed and its steps; a shrunk story has fewer steps than its seed gives."""

    seed: int
    steps: tuple[Step, ...]

    @property
    def has_affairs(self) -> bool:
        """Whether officers have affairs besides."""
        return any(step.kind in AFFAIRS for step in self.steps)

    @property
    def has_terms(self) -> bool:
        """Whether texts have other terms than the shipped ones."""
        return any(step.kind in TERMS for step in self.steps)

    def without(self, first: int, last: int) -> "Story":
        """The story with some steps left out."""
        return Story(self.seed, self.steps[:first] + self.steps[last:])


def story_of(seed: int) -> Story:
    """The story that a seed gives."""
    steps = list(_steps(seed))
    until = steps[-1].at
    steps += [*_affairs(seed, until), *_terms(seed, until)]
    return Story(seed, tuple(sorted(steps, key=lambda step: step.at)))


def _steps(seed: int) -> Iterator[Step]:
    """Each kind draws by itself, so that a new one changes no more of old stories than it must."""
    chance = Random(f"story/{seed}")
    share = chance.uniform(*_SHARES)
    barred = FORFEITING if _drawn(f"{seed}/honest") < _HONEST else ()
    faults = [kind for kind in FAULTS if kind not in barred]
    kinds = [*DEEDS, *(kind for kind in faults if _drawn(f"{seed}/{kind}") < share)]
    at = 0.0
    for number in range(chance.randint(*_STEPS)):
        at += chance.expovariate(1 / _PAUSE)
        kind = max(kinds, key=partial(_lot, f"{seed}/{number}"))
        yield Step(round(at, 3), kind, chance.getrandbits(32))


def _affairs(seed: int, until: float) -> Iterator[Step]:
    """Drawn apart, so that a story without them stays what it was before there were any."""
    if seed % 10 in _WITH_AFFAIRS:
        yield from _beside(f"affairs/{seed}", f"{seed}/affair", AFFAIRS, _AFFAIRS, until)


def _terms(seed: int, until: float) -> Iterator[Step]:
    """Drawn apart as well."""
    if seed % 10 in _WITH_TERMS:
        yield from _beside(f"terms/{seed}", f"{seed}/terms", TERMS, _TERMS, until)


def _beside(
    name: str, place: str, kinds: Iterable[str], times: tuple[int, int], until: float
) -> Iterator[Step]:
    chance = Random(name)
    for number in range(chance.randint(*times)):
        kind = max(kinds, key=partial(_lot, f"{place} {number}"))
        yield Step(round(chance.uniform(0, until), 3), kind, chance.getrandbits(32))


def _lot(place: str, kind: str) -> float:
    """The kind with the highest lot happens, each as often as it weighs against the others."""
    return log(_drawn(f"{place}/{kind}")) / _WEIGHTS.get(kind, 1.0)


def _drawn(name: str) -> float:
    """A number above 0 and up to 1 that hangs on the name alone."""
    return (int.from_bytes(sha256(name.encode()).digest()[:8], "big") + 1) / 2**64
