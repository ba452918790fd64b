"""Where backups and examinations are made: each run has a folder of its own."""

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from tongban.app.backups.workspace import workspace


def hold(folder: Path) -> int:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return opened


def test_who_holds_the_folder_around_it_holds_up_no_run(tmp_path: Path) -> None:
    opened = hold(tmp_path)
    with workspace(tmp_path / "node.backup") as work:
        assert work.parent == tmp_path
    os.close(opened)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_at_once_have_one_each_and_what_an_earlier_left_goes(tmp_path: Path) -> None:
    (tmp_path / ".node.backup.work-left").mkdir()
    target = tmp_path / "node.backup"
    with workspace(target) as one, workspace(target) as other:
        assert sorted(tmp_path.iterdir()) == sorted([one, other])


def test_what_is_cleared_away_before_it_is_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkdtemp
    cleared: list[Path] = []
    held: list[int] = []

    def disturbed(**asked: str) -> str:
        made = Path(make(prefix=asked["prefix"], dir=asked["dir"]))
        if not cleared:
            made.rmdir()
            cleared.append(made)
        elif not held:
            held.append(hold(made))
        return str(made)

    monkeypatch.setattr(tempfile, "mkdtemp", disturbed)
    with workspace(tmp_path / "node.backup") as work:
        assert work.is_dir()
        assert len(list(tmp_path.iterdir())) == 2
    os.close(held[0])
