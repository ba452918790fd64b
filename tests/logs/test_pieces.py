from pathlib import Path

import pytest

from tongban.evidence.pieces import piece_name
from tongban.logs.pieces import PieceFolder

PIECE = b"sealed bytes"
NAME = piece_name(PIECE)


@pytest.fixture
def pieces(tmp_path: Path) -> PieceFolder:
    return PieceFolder(tmp_path / "blobs")


def test_a_piece_is_found_by_its_name(pieces: PieceFolder) -> None:
    assert not pieces.holds(NAME)
    assert pieces.get(NAME) is None
    assert pieces.put(PIECE) == NAME
    assert pieces.put(PIECE) == NAME
    assert pieces.holds(NAME)
    assert pieces.get(NAME) == PIECE
    assert list(pieces.names()) == [NAME]


def test_a_piece_that_is_dropped_is_gone(pieces: PieceFolder) -> None:
    pieces.put(PIECE)
    pieces.drop(NAME)
    pieces.drop(NAME)
    assert pieces.get(NAME) is None
    assert list(pieces.names()) == []


def test_a_piece_that_the_disk_changed_is_not_given(pieces: PieceFolder, tmp_path: Path) -> None:
    pieces.put(PIECE)
    (path,) = (tmp_path / "blobs").glob("??/*")
    path.write_bytes(b"sealed bytez")
    assert pieces.holds(NAME)
    assert pieces.get(NAME) is None


def test_nobody_else_reads_the_files(pieces: PieceFolder, tmp_path: Path) -> None:
    pieces.put(PIECE)
    (path,) = (tmp_path / "blobs").glob("??/*")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_nothing(
    pieces: PieceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        pieces.put(PIECE)
    assert not pieces.holds(NAME)
    assert list((tmp_path / "blobs").glob("??/*")) == []


def test_what_a_dead_process_left_half_written_is_cleared(
    pieces: PieceFolder, tmp_path: Path
) -> None:
    pieces.put(PIECE)
    (path,) = (tmp_path / "blobs").glob("??/*")
    left = path.with_name(f"{path.name}.1.2.draft")
    left.write_bytes(b"seal")
    assert list(pieces.names()) == [NAME]
    pieces.clear_drafts()
    assert not left.exists()
    assert pieces.holds(NAME)
