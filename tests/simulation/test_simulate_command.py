"""`tongban simulate`: what it prints, how it ends, and what it keeps."""

import json
from pathlib import Path

import pytest
from tests.command_line import invoke

from tongban.testing.simulation.campaign import commit
from tongban.testing.simulation.kept import read_kept
from tongban.testing.simulation.play import play
from tongban.testing.simulation.violation import Violation, is_same

#: A bug that the world of seed 0 sees, and its shortest story soon.
_BUG = "landed_with_the_sender"
_FAILING = ("simulate", "--seeds", 1, "--no-bugs", "--within", _BUG)


def test_worlds_that_hold_and_a_bug_that_was_caught_end_with_0() -> None:
    ended = invoke("simulate", "--seeds", 1, "--start", 3, "--bug", _BUG, "--json")
    told = json.loads(ended.out)
    assert ended.code == 0
    assert (told["start"], told["seeds"], told["commit"]) == (3, 1, commit())
    assert (told["violations"], told["failures"]) == (0, [])
    assert told["cases"] > 0
    assert all(times > 0 for times in told["faults_injected"].values())
    assert (told["planted_bugs"], told["planted_bugs_caught"]) == (1, 1)
    (bug,) = told["bugs"]
    assert set(bug) == {"name", "breaks", "rule", "seed", "invariant", "checker"}
    assert (bug["name"], bug["invariant"], bug["checker"][:2]) == (_BUG, "F", "f_")


def test_a_failing_seed_is_told_with_commit_and_steps_and_ends_with_1() -> None:
    ended = invoke(*_FAILING)
    assert ended.code == 1
    assert f"Seed 0 at commit {commit()} violates F: " in ended.out
    assert "(f_handed_over) Step(at=" in ended.out
    assert "0 of 0 planted bugs were caught" in ended.out


def test_a_failing_seed_is_counted_and_its_shortest_story_kept(tmp_path: Path) -> None:
    ended = invoke(*_FAILING, "--keep", tmp_path, "--json")
    told = json.loads(ended.out)
    assert (ended.code, told["violations"]) == (1, 1)
    (failure,) = told["failures"]
    assert set(failure) == {"seed", "invariant", "checker", "words", "steps"}
    ((name, kept),) = read_kept(tmp_path)
    assert (name, kept.commit, len(kept.failure.steps)) == ("F-0", commit(), len(failure["steps"]))
    assert play(kept.story()).violation is None, "the code without the bug is right"


@pytest.mark.parametrize("option", ["--bug", "--within"])
def test_a_bug_that_is_not_there_is_refused_by_its_name(option: str) -> None:
    ended = invoke("simulate", "--seeds", 0, option, "no_such_bug")
    assert ended.code == 2
    assert "no_such_bug" in ended.err


def _unforeseen(error: Exception) -> Violation:
    violation = Violation("-", "made up")
    violation.__cause__ = error
    return violation


def test_two_exceptions_of_different_kinds_are_not_the_same_failure() -> None:
    assert is_same(_unforeseen(KeyError("one")), _unforeseen(KeyError("other")))
    assert not is_same(_unforeseen(KeyError("one")), _unforeseen(ValueError("one")))
    assert not is_same(Violation("A", "one"), Violation("B", "one"))
