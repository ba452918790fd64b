"""What playing came to: of a batch of seeds, of a planted bug, of a whole campaign."""

from collections import Counter

import msgspec

from tongban.testing.simulation.step import Step


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A seed that broke something: what, and the steps of the shortest story found that does."""

    seed: int
    invariant: str
    checker: str
    words: str
    steps: tuple[Step, ...]


class Batch(msgspec.Struct, kw_only=True):
    """What some seeds came to; strikes: how often each kind of fault struck."""

    failures: list[Failure] = []
    strikes: dict[str, int] = {}
    cases: int = 0


class Caught(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a planted bug; seed: the first that saw it, None when none did.

    checker: its module, or the exception with which the program itself stopped.
    """

    name: str
    breaks: str
    rule: str
    seed: int | None = None
    invariant: str = ""
    checker: str = ""


class Report(msgspec.Struct, kw_only=True):
    """What a campaign came to; commit: of the code that played, "" where that is not known."""

    start: int
    seeds: int
    commit: str
    violations: int
    failures: list[Failure]
    cases: int
    faults_injected: dict[str, int]
    planted_bugs: int
    planted_bugs_caught: int
    bugs: list[Caught]

    @property
    def ok(self) -> bool:
        """Whether nothing was violated and every planted bug was caught."""
        return not self.violations and self.planted_bugs == self.planted_bugs_caught


def summed(
    batches: list[Batch], bugs: list[Caught], *, start: int, seeds: int, commit: str
) -> Report:
    """The report of a campaign."""
    failures = [failure for batch in batches for failure in batch.failures]
    strikes: Counter[str] = Counter()
    for batch in batches:
        strikes.update(batch.strikes)
    return Report(
        start=start,
        seeds=seeds,
        commit=commit,
        violations=len(failures),
        failures=failures,
        cases=sum(batch.cases for batch in batches),
        faults_injected=dict(sorted(strikes.items())),
        planted_bugs=len(bugs),
        planted_bugs_caught=sum(bug.seed is not None for bug in bugs),
        bugs=bugs,
    )
