"""A private file is written wholly or not at all, and its owner alone reads it."""

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tongban.app.known_faults import told
from tongban.app.private_files import write_private


@contextmanager
def no_room() -> Iterator[None]:
    """Whatever this process writes to a file fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_only_the_owner_reads_it_even_where_others_read_the_older_one(tmp_path: Path) -> None:
    path = tmp_path / "case.bundle"
    path.write_bytes(b"older")
    path.chmod(0o644)
    write_private(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "case.bundle"
    path.write_bytes(b"older")
    with no_room(), pytest.raises(OSError, match="File too large") as caught:
        write_private(path, b"newer")
    assert told(caught.value) == f"{path}: File too large; make room there, and try again"
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileExistsError) as caught:
        write_private(pipe, b"content")
    assert told(caught.value) == f"{pipe}: is no plain file; choose another name"
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_folder_that_is_not_there_is_named_as_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_private(tmp_path / "nowhere/case.bundle", b"content")
    assert "nowhere/case.bundle: No such file" in told(caught.value)


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "case.bundle")
    write_private(tmp_path / "link", b"content")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "case.bundle").read_bytes() == b"content"
