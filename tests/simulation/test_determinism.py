"""A seed is told again exactly, in any process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_SOURCES = Path(__file__).resolve().parents[2] / "src"
_PROGRAM = """
import sys
from tongban.testing.simulation.play import play
from tongban.testing.simulation.story import story_of
print(play(story_of(int(sys.argv[1]))).print_)
"""


def _print_of(seed: int, hash_seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(seed)],
        env={**os.environ, "PYTHONPATH": str(_SOURCES), "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
        text=True,
    ).stdout


@pytest.mark.parametrize("seed", [3, 14, 15])
def test_the_same_seed_writes_the_same_bytes(seed: int) -> None:
    assert _print_of(seed, "1") == _print_of(seed, "2") != ""
