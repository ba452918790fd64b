"""Whatever a command writes for people, it is never a file on which a node lives."""

import shutil
from pathlib import Path

import pytest
from tests.app.folders import make_node
from tests.command_line import ended, tongban

from tongban.app.outputs import OutputInUse, check_output
from tongban.app.settings import Folder


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = make_node(tmp_path_factory.mktemp("outputs") / "node")
    assert tongban("status", "--folder", folder.root).returncode == 0
    return folder


OWN = ("tongban.db", "tongban.db-wal", "tongban.toml", "lock", "control", "keys/new", "keys")


@pytest.mark.parametrize("name", OWN)
def test_a_file_of_a_node_is_never_an_output(node: Folder, name: str) -> None:
    with pytest.raises(OutputInUse):
        check_output(node.root / name)


def test_a_link_to_one_is_none_either(node: Folder, tmp_path: Path) -> None:
    (tmp_path / "innocent").symlink_to(node.database)
    with pytest.raises(OutputInUse):
        check_output(tmp_path / "innocent")


def test_saved_keys_and_databases_are_not_written_over(node: Folder, tmp_path: Path) -> None:
    shutil.copytree(node.keys, tmp_path / "saved")
    shutil.copy(node.database, tmp_path / "kept")
    for path in (tmp_path / "saved" / "credential", tmp_path / "kept"):
        with pytest.raises(OutputInUse):
            check_output(path)


def test_other_files_in_the_folder_and_elsewhere_are(node: Folder, tmp_path: Path) -> None:
    check_output(node.root / "today.backup")
    check_output(tmp_path / "today.backup")


@pytest.mark.parametrize("command", [("backup",), ("peer", "show"), ("peer", "keys")], ids=" ".join)
def test_commands_leave_the_database_alone(node: Folder, command: tuple[str, ...]) -> None:
    said = ended(tongban(*command, "--folder", node.root, "--output", node.database))
    assert (said.code, "name another file" in said.err) == (2, True)
    assert node.database.read_bytes().startswith(b"SQLite format 3")
