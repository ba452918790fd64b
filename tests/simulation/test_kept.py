"""Stories that once failed hold: as they were shrunk, whatever seeds tell today.

Most of these were told while a bug was planted, which the file is named after.
"""

from pathlib import Path

import pytest

from tongban.testing.simulation.kept import Kept, keep_failures, read_kept
from tongban.testing.simulation.play import play
from tongban.testing.simulation.report import Batch, Failure, summed
from tongban.testing.simulation.story import story_of

_KEPT = dict(read_kept(Path(__file__).with_name("kept")))


@pytest.mark.parametrize("name", _KEPT)
def test_a_story_that_once_failed_holds(name: str) -> None:
    assert play(_KEPT[name].story()).violation is None


def test_there_are_some() -> None:
    assert len(_KEPT) > 10


def test_a_failing_seed_is_kept_as_the_story_that_was_shrunk(tmp_path: Path) -> None:
    steps = story_of(7).steps[:3]
    failure = Failure(seed=7, invariant="B", checker="b_same_roots", words="two", steps=steps)
    report = summed([Batch(failures=[failure])], [], start=7, seeds=1, commit="0123abc")
    keep_failures(tmp_path / "kept", report)
    assert dict(read_kept(tmp_path / "kept")) == {"B-7": Kept(commit="0123abc", failure=failure)}
    assert dict(read_kept(tmp_path / "kept"))["B-7"].story().steps == steps
