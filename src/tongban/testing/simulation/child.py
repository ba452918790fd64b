"""A process that plays: `seeds FIRST STOP`, or `bug NAME SEEDS`; prints JSON (report.py)."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from tongban.testing.simulation.report import Batch, Caught, Failure


def _seeds(first: str, stop: str) -> Batch:
    from tongban.testing.simulation.play import play
    from tongban.testing.simulation.shrink import shrink
    from tongban.testing.simulation.story import story_of

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
                words=str(shortest.violation),
                steps=tuple(str(step) for step in shortest.story.steps),
            )
            batch.failures.append(failure)
    batch.strikes = dict(strikes)
    return batch


def _bug(name: str, seeds: str) -> Caught:
    from tongban.testing.simulation.planted.bugs import BUGS
    from tongban.testing.simulation.planted.planting import plant

    bug = BUGS[name]
    plant(bug)
    from tongban.testing.simulation.play import play
    from tongban.testing.simulation.story import story_of

    for seed in range(int(seeds)):
        violation = play(story_of(seed)).violation
        if violation is not None:
            return Caught(
                name=name,
                breaks=bug.breaks,
                rule=bug.rule,
                seed=seed,
                invariant=violation.invariant,
            )
    return Caught(name=name, breaks=bug.breaks, rule=bug.rule)


_TASKS: Mapping[str, Callable[[str, str], Batch | Caught]] = {"seeds": _seeds, "bug": _bug}

if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(_TASKS[task](*arguments)))
