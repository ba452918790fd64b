"""Tests of one group run in one process, so that what they share is set up once."""

import subprocess
import sys
from pathlib import Path

_GROUPED = """
import os

import pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(8))
def test_it(number: int) -> None:
    with open("workers", "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
"""


def test_a_group_stays_with_one_worker(tmp_path: Path) -> None:
    """pytest-xdist leaves groups out without a word under a pytest that it does not fit."""
    (tmp_path / "test_grouped.py").write_text(_GROUPED, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-n", "2", "--dist", "loadgroup"]
    subprocess.run([*command, "--rootdir", tmp_path], cwd=tmp_path, check=True, timeout=120)
    workers = (tmp_path / "workers").read_text(encoding="utf-8").split()
    assert len(workers) == 8
    assert len(set(workers)) == 1
