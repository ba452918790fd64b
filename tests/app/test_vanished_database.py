"""A node whose database vanished does not begin afresh under its old keys without being asked."""

from pathlib import Path

from tests.command_line import ended, invoke, tongban

from tongban.app.settings import Folder


def begun(folder: Folder) -> None:
    """The node has worked, and then its database is gone."""
    assert tongban("status", "--folder", folder.root).returncode == 0
    for file in folder.root.glob("tongban.db*"):
        file.unlink()


def test_a_new_folder_has_no_mark_of_a_database(folder: Folder) -> None:
    assert not folder.begun.exists()


def test_nothing_is_started_on_a_folder_that_lost_its_database(folder: Folder) -> None:
    begun(folder)
    served = ended(tongban("serve", "--folder", folder.root))
    asked = ended(tongban("case", "list", "--folder", folder.root))
    assert (served.code, asked.code) == (2, 2)
    assert "this node has had one; nothing was started" in served.err
    assert not folder.database.exists()


def test_recover_begins_empty_from_what_is_left(folder: Folder, tmp_path: Path) -> None:
    begun(folder)
    anew = tmp_path / "anew"
    saved = ("--keys", folder.keys, "--settings", folder.settings)
    assert invoke("recover", anew, *saved).code == 0
    assert tongban("status", "--folder", anew).returncode == 0
    assert Folder(anew).begun.exists()
