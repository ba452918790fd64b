"""A process that plays, and prints JSON (report.py).

`seeds FIRST STOP BUG` plays these, with a bug planted unless its name is "". `bug NAME SEEDS`
plants a bug and plays from 0 on until it is seen, the seed that saw it last before all. `search` is
the same without any memory.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from tongban.testing.simulation.planted.bugs import BUGS
from tongban.testing.simulation.planted.memory import remembered
from tongban.testing.simulation.planted.planting import plant
from tongban.testing.simulation.report import Batch, Caught, Failure


def _seeds(first: str, stop: str, within: str) -> Batch:
    if within:
        plant(BUGS[within])
    from tongban.testing.simulation.play import play
    from tongban.testing.simulation.shrink import shrink
    from tongban.testing.simulation.story import story_of
    from tongban.testing.simulation.violation import seen_by

    batch, strikes = Batch(), Counter[str]()
    for seed in range(int(first), int(stop)):
        played = play(story_of(seed))
        strikes += played.strikes
        batch.cases += played.cases
        if played.violation is not None:
            shortest = shrink(played)
            failure = Failure(
                seed=seed,
                invariant=played.violation.invariant,
                checker=seen_by(played.violation),
                words=str(shortest.violation),
                steps=shortest.story.steps,
            )
            batch.failures.append(failure)
    batch.strikes = dict(strikes)
    return batch


def _bug(name: str, seeds: str) -> Caught:
    known = remembered().get(name)
    return _play(name, range(int(seeds)) if known is None else [known.seed, *range(int(seeds))])


def _search(name: str, seeds: str) -> Caught:
    return _play(name, range(int(seeds)))


def _play(name: str, seeds: Iterable[int]) -> Caught:
    bug = BUGS[name]
    plant(bug)
    from tongban.testing.simulation.play import play
    from tongban.testing.simulation.story import story_of
    from tongban.testing.simulation.violation import seen_by

    for seed in seeds:
        violation = play(story_of(seed)).violation
        if violation is not None:
            return Caught(
                name=name,
                breaks=bug.breaks,
                rule=bug.rule,
                seed=seed,
                invariant=violation.invariant,
                checker=seen_by(violation),
            )
    return Caught(name=name, breaks=bug.breaks, rule=bug.rule)


_TASKS: Mapping[str, Callable[..., Batch | Caught]] = {
    "seeds": _seeds,
    "bug": _bug,
    "search": _search,
}

if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(_TASKS[task](*arguments)))
