"""Stories that once failed, each in a file of its own, to be played again for ever.

A seed tells another story as soon as a fault or a deed is added; the steps themselves do not.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tongban.testing.simulation.report import Failure, Report
from tongban.testing.simulation.story import Story


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How the shortest story found of a seed failed at a commit, and its steps."""

    commit: str
    failure: Failure

    def story(self) -> Story:
        """What is to be played."""
        return Story(self.failure.seed, self.failure.steps)


def keep_failures(folder: Path, report: Report) -> None:
    """Write a file for each seed that failed; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for failure in report.failures:
        kept = Kept(commit=report.commit, failure=failure)
        text = msgspec.json.format(msgspec.json.encode(kept), indent=2)
        (folder / f"{failure.invariant}-{failure.seed}.json").write_bytes(text + b"\n")


def read_kept(folder: Path) -> Iterator[tuple[str, Kept]]:
    """Every kept story by the name of its file."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, msgspec.json.decode(path.read_bytes(), type=Kept)
