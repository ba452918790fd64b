"""`tongban backup | restore | verify | recover`, as operators run them."""

import json
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.app.folders import NAME, make_node
from tests.command_line import Ended, ended, invoke, tongban
from tests.journeys.processes import within

from tongban.app.backups.examining import kernel_on
from tongban.app.backups.words import age
from tongban.app.composition import load
from tongban.app.settings import Folder
from tongban.node.blobs.files import Files
from tongban.node.clock import SystemClock
from tongban.node.plain_database import PlainDatabase


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A node that has started once."""
    folder = make_node(tmp_path_factory.mktemp("begun") / "node")
    assert tongban("status", "--folder", folder.root).returncode == 0
    return folder


@pytest.fixture
def node(begun: Folder, tmp_path: Path) -> Folder:
    shutil.copytree(begun.root, tmp_path / "node")
    return Folder(tmp_path / "node")


@pytest.fixture
def backup(node: Folder, tmp_path: Path) -> Path:
    assert back_up(node, tmp_path / "backup").code == 0
    return tmp_path / "backup"


def keep_file(node: Folder) -> bytes:
    """A large file that somebody uploaded; its content."""
    _, settings, secrets = load(node.root)
    kernel = kernel_on(node.database, settings.name, secrets.signer, secrets)
    content = b"%PDF-1.7" + bytes(2_500_000)
    Files(kernel).keep("result", "application/pdf", [content])
    assert isinstance(kernel.database, PlainDatabase)
    kernel.database.close()
    return content


def pieces_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "blobs").glob("??/*")}


def test_pieces_of_large_files_are_in_a_backup_and_come_back(node: Folder, tmp_path: Path) -> None:
    keep_file(node)
    assert back_up(node, tmp_path / "backup", "--with-keys").code == 0
    before = pieces_in(node.root)
    assert len(before) == 3
    assert invoke("restore", tmp_path / "backup", "--verify").code == 0
    assert invoke("restore", tmp_path / "backup", "--folder", tmp_path / "other").code == 0
    assert pieces_in(tmp_path / "other") == before
    shutil.rmtree(node.blobs)
    again = invoke("restore", tmp_path / "backup", "--folder", node.root, "--replace")
    assert again.code == 0
    assert pieces_in(node.root) == before


def test_a_verification_finds_pieces_that_rotted(node: Folder, tmp_path: Path) -> None:
    keep_file(node)
    assert invoke("verify", "--folder", node.root).code == 0
    first = next(node.blobs.glob("??/*"))
    first.write_bytes(b"rotten")
    found = invoke("verify", "--folder", node.root)
    assert (found.code, "1 of its 3 pieces are lacking or changed" in found.out) == (1, True)
    assert back_up(node, tmp_path / "backup").code == 0
    without = invoke("restore", tmp_path / "backup", "--verify", "--keys", node.keys)
    assert (without.code, "tongban repair" in without.out) == (1, True)


def test_a_backup_with_another_piece_than_it_names_is_damaged(node: Folder, tmp_path: Path) -> None:
    keep_file(node)
    assert back_up(node, tmp_path / "backup").code == 0
    with zipfile.ZipFile(tmp_path / "backup") as good:
        held = {name: good.read(name) for name in good.namelist()}
    piece = next(name for name in held if name.startswith("blobs/"))
    with zipfile.ZipFile(tmp_path / "spoilt", "w") as spoilt:
        for name, data in held.items():
            spoilt.writestr(name, data[:-1] + b"x" if name == piece else data)
    assert invoke("restore", tmp_path / "spoilt", "--verify", "--keys", node.keys).code == 2


def back_up(node: Folder, file: Path, *more: str) -> Ended:
    return invoke("backup", "--folder", node.root, "--output", file, *more)


def test_a_backup_is_one_private_file_without_keys(node: Folder, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(backup) as archive:
        assert set(archive.namelist()) == {
            "tongban.db",
            "tongban.toml",
            "descriptor",
            "manifest.json",
            "manifest.note",
        }
        assert node.credential.read_bytes().strip() not in archive.read("tongban.db")


def test_keys_go_into_a_backup_only_when_asked_and_this_is_said(
    node: Folder, tmp_path: Path
) -> None:
    said = back_up(node, tmp_path / "whole", "--with-keys").out
    assert "It holds the node's keys" in said
    restored = invoke("restore", tmp_path / "whole", "--folder", tmp_path / "other", "--json")
    assert json.loads(restored.out)["keys"]
    assert invoke("doctor", "--folder", tmp_path / "other").code == 0


def test_a_backup_is_verified_with_the_keys_and_without(node: Folder, backup: Path) -> None:
    without = invoke("restore", backup, "--verify", "--json")
    assert (without.code, json.loads(without.out)["whole"]) == (0, True)
    assert "bodies" in json.loads(without.out)["skipped"][0]
    with_keys = invoke("restore", backup, "--verify", "--keys", node.keys, "--json")
    assert (with_keys.code, json.loads(with_keys.out)["skipped"]) == (0, [])


def test_verify_says_that_a_whole_store_is_whole(node: Folder) -> None:
    found = invoke("verify", "--folder", node.root)
    assert found.code == 0
    assert "Everything is as it was" in found.out
    assert {path.name for path in node.root.iterdir()} == {
        "keys",
        "lock",
        "tongban.db",
        "tongban.toml",
    }


def test_verify_names_what_is_damaged_and_ends_with_one(node: Folder) -> None:
    with closing(sqlite3.connect(node.database)) as raw, raw:
        raw.execute("UPDATE tongban_entry SET data = CAST(data || ' ' AS BLOB) WHERE leaf = 0")
    found = invoke("verify", "--folder", node.root, "--json")
    assert found.code == 1
    (damage, *_) = json.loads(found.out)["damages"]
    assert damage["kind"] == "entry_changed"
    assert "home log, generation 1, entry 0" in damage["place"]


def test_verify_of_what_is_no_database_ends_with_one(node: Folder) -> None:
    node.database.write_bytes(b"garbage " * 1000)
    found = invoke("verify", "--folder", node.root, "--json")
    (damage,) = json.loads(found.out)["damages"]
    assert (found.code, damage["kind"]) == (1, "file_damaged")


@pytest.fixture
def rotten(node: Folder) -> Folder:
    """A node of whose database file every fifth page is destroyed."""
    data = bytearray(node.database.read_bytes())
    for page in range(5, len(data) // 4096, 5):
        data[page * 4096 : (page + 1) * 4096] = b"\xaa" * 4096
    node.database.write_bytes(data)
    return node


def test_destroyed_pages_are_found_by_verify_and_doctor(rotten: Folder) -> None:
    assert invoke("verify", "--folder", rotten.root).code == 1
    examined = invoke("doctor", "--folder", rotten.root)
    assert (examined.code, "stop the node and restore" in examined.out) == (1, True)


@pytest.mark.parametrize("command", ["status", "repair"])
def test_a_command_that_comes_upon_destroyed_pages_says_what_to_do(
    rotten: Folder, command: str
) -> None:
    said = ended(tongban(command, "--folder", rotten.root))
    assert (said.code, "restore a backup" in said.err) == (2, True)
    assert "Traceback" not in said.err


def test_a_damaged_database_does_not_replace_a_good_backup(rotten: Folder, tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    whole = make_node(tmp_path / "whole")
    assert tongban("status", "--folder", whole.root).returncode == 0
    assert back_up(whole, tmp_path / "good" / "backup").code == 0
    before = (tmp_path / "good" / "backup").read_bytes()
    said = back_up(rotten, tmp_path / "good" / "backup")
    assert (said.code, "older ones are as they were" in said.err) == (2, True)
    assert (tmp_path / "good" / "backup").read_bytes() == before


def test_what_is_no_backup_is_not_replaced_by_one(node: Folder, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Sir")
    said = back_up(node, tmp_path / "letter")
    assert (said.code, "is no backup, so it was not replaced" in said.err) == (2, True)
    assert (tmp_path / "letter").read_text() == "Dear Sir"


@pytest.mark.parametrize("before", [True, False])
def test_what_was_added_to_a_backup_is_noticed(backup: Path, *, before: bool) -> None:
    data = backup.read_bytes()
    backup.write_bytes(b"more" + data if before else data + b"more")
    found = invoke("restore", backup, "--verify")
    assert (found.code, "holds more than a backup" in found.err) == (2, True)


def test_a_backup_is_restored_into_a_new_folder(node: Folder, backup: Path, tmp_path: Path) -> None:
    said = invoke("restore", backup, "--folder", tmp_path / "new", "--keys", node.keys)
    assert said.code == 0
    assert "The backup is of" in said.out
    assert invoke("doctor", "--folder", tmp_path / "new").code == 0
    assert invoke("verify", "--folder", tmp_path / "new").code == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "new").rglob("*"))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "is not empty"),
        (("--replace",), "name the right folder"),
    ],
)
def test_another_folder_is_never_overwritten(
    backup: Path, tmp_path: Path, more: tuple[str, ...], says: str
) -> None:
    other = make_node(tmp_path / "other", "hefei.g60.demo")
    before = {path: path.read_bytes() for path in other.root.rglob("*") if path.is_file()}
    refused = invoke("restore", backup, "--folder", other.root, *more)
    assert refused.code == 2
    assert says in refused.err
    after = {path: path.read_bytes() for path in other.root.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before} == before


def test_a_node_that_runs_is_not_restored_over(running: Folder, tmp_path: Path) -> None:
    made = back_up(running, tmp_path / "backup")
    assert made.code == 0
    refused = invoke("restore", tmp_path / "backup", "--folder", running.root, "--replace")
    assert refused.code == 2
    assert "already works on" in refused.err
    assert invoke("verify", "--folder", running.root).code == 0


def test_a_replaced_database_is_kept(node: Folder, backup: Path) -> None:
    before = node.database.read_bytes()
    done = invoke("restore", backup, "--folder", node.root, "--replace", "--json")
    assert done.code == 0
    assert Path(json.loads(done.out)["kept"]).read_bytes() == before
    assert invoke("verify", "--folder", node.root).code == 0


def test_a_write_ahead_log_whose_database_is_gone_is_not_played_into_the_backup(
    node: Folder, backup: Path
) -> None:
    """As a killed process leaves it, when somebody then removes the database alone."""
    with closing(sqlite3.connect(node.database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE later (what)")
        connection.commit()
        wal = Path(f"{node.database}-wal").read_bytes()
    assert wal
    node.database.unlink()
    Path(f"{node.database}-wal").write_bytes(wal)
    assert invoke("restore", backup, "--folder", node.root, "--replace").code == 0
    assert invoke("verify", "--folder", node.root).code == 0
    with closing(sqlite3.connect(node.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'")
        assert tables.fetchall() == []


def test_without_keys_nothing_is_restored(backup: Path, tmp_path: Path) -> None:
    refused = invoke("restore", backup, "--folder", tmp_path / "new")
    assert (refused.code, (tmp_path / "new").exists()) == (2, False)
    assert "name the saved folder of key files with --keys" in refused.err


def test_keys_of_another_node_do_not_fit(backup: Path, tmp_path: Path) -> None:
    other = make_node(tmp_path / "other")
    refused = invoke("restore", backup, "--folder", tmp_path / "new", "--keys", other.keys)
    assert (refused.code, (tmp_path / "new").exists()) == (2, False)
    assert "data key" in refused.err


def changed(backup: Path, into: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Another archive, whose files are what change makes of them; None leaves one out."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return into


def signed_as(backup: Path, *more: object) -> str:
    found = invoke("restore", backup, "--verify", "--json", *more)
    assert found.code == 0, found
    return str(json.loads(found.out)["signed"])


def test_who_made_a_backup_is_seen_with_the_keys_or_the_public_key(
    node: Folder, tmp_path: Path
) -> None:
    made = back_up(node, tmp_path / "backup", "--json")
    vkey = json.loads(made.out)["vkey"]
    assert signed_as(tmp_path / "backup") == "itself"
    assert signed_as(tmp_path / "backup", "--keys", node.keys) == "node"
    assert signed_as(tmp_path / "backup", "--vkey", vkey) == "node"
    wrong = invoke("restore", tmp_path / "backup", "--verify", "--vkey", "no key")
    assert wrong.code == 2


def test_a_backup_that_somebody_else_made_is_refused(
    node: Folder, backup: Path, tmp_path: Path
) -> None:
    other = make_node(tmp_path / "other")
    assert tongban("status", "--folder", other.root).returncode == 0
    back_up(other, tmp_path / "theirs")
    for more in (("--verify", "--keys", node.keys), ("--folder", node.root, "--replace")):
        refused = invoke("restore", tmp_path / "theirs", *more)
        assert refused.code == 2
        assert "did not sign it" in refused.err
    assert invoke("restore", backup, "--folder", node.root, "--replace").code == 0


@pytest.mark.parametrize("lie", [b"garbage", None, "manifest"])
def test_a_manifest_that_was_changed_after_it_was_signed_is_refused(
    backup: Path, tmp_path: Path, lie: bytes | str | None
) -> None:
    def change(name: str, data: bytes) -> bytes | None:
        if name == "manifest.note" and lie != "manifest":
            return lie if isinstance(lie, bytes) else None
        return data.replace(b'"keys": false', b'"keys":  false') if lie == "manifest" else data

    refused = invoke("restore", changed(backup, tmp_path / "lie", change), "--verify")
    assert refused.code == 2
    assert "Use another backup" in refused.err


def test_a_backup_of_before_the_signature_is_read_and_said_to_be_unsigned(
    node: Folder, backup: Path, tmp_path: Path
) -> None:
    def of_old(name: str, data: bytes) -> bytes | None:
        return None if name == "manifest.note" else data.replace(b'"version": 2', b'"version": 1')

    old = changed(backup, tmp_path / "old", of_old)
    assert signed_as(old, "--keys", node.keys) == "unsigned"
    done = invoke("restore", old, "--folder", tmp_path / "new", "--keys", node.keys)
    assert done.code == 0
    assert "It is not signed" in done.out


def spoil(backup: Path, at: float) -> None:
    data = bytearray(backup.read_bytes())
    data[int(len(data) * at)] ^= 0xFF
    backup.write_bytes(data)


@pytest.mark.parametrize("at", [0.05, 0.1, 0.5, 0.9, 0.95])
def test_a_changed_backup_is_noticed_and_nothing_restored(
    node: Folder, backup: Path, tmp_path: Path, at: float
) -> None:
    spoil(backup, at)
    for more in (("--verify",), ("--folder", tmp_path / "new", "--keys", node.keys)):
        found = invoke("restore", backup, *more)
        assert found.code == 2
        assert "Use another" in found.err
    assert not (tmp_path / "new").exists()


def test_backups_are_examined_side_by_side_and_where_there_is_room(
    node: Folder, backup: Path, tmp_path: Path
) -> None:
    room = tmp_path / "some room"
    room.mkdir()
    command = ("restore", backup, "--verify", "--keys", node.keys)
    with ThreadPoolExecutor() as pool:
        said = list(
            pool.map(lambda more: ended(tongban(*command, *more)), [(), (), ("--work", room), ()])
        )
    assert [each.code for each in said] == [0, 0, 0, 0]
    assert list(room.iterdir()) == []
    assert not any(tmp_path.glob(".*.work-*"))


def test_what_a_run_left_that_was_killed_is_cleared_away(node: Folder, backup: Path) -> None:
    left = backup.with_name(f".{backup.name}.work-killed")
    left.mkdir()
    assert invoke("restore", backup, "--verify", "--keys", node.keys).code == 0
    assert not left.exists()


def test_half_a_backup_is_none(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    found = invoke("restore", backup, "--verify")
    assert (found.code, "Use another" in found.err) == (2, True)


def test_a_backup_of_a_later_version_is_named_as_that(backup: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(later, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'"version": 2', b'"version": 4'))
    found = invoke("restore", later, "--verify")
    assert (found.code, "with the version that made it" in found.err) == (2, True)


def test_a_full_disk_leaves_no_backup_and_the_older_one(node: Folder, tmp_path: Path) -> None:
    assert back_up(node, tmp_path / "backup").code == 0
    older = (tmp_path / "backup").read_bytes()

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    command = [sys.executable, "-m", "tongban.app.cli", "backup", "-f", str(node.root)]
    process = subprocess.run(
        [*command, "-o", str(tmp_path / "backup")],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small,
    )
    said = ended(process)
    assert said.code == 2, said
    assert "Nothing was stored" in said.err
    assert (tmp_path / "backup").read_bytes() == older
    assert {path.name for path in tmp_path.iterdir()} == {"backup", "node"}


def test_a_backup_that_is_stopped_leaves_nothing_behind(node: Folder, tmp_path: Path) -> None:
    with closing(sqlite3.connect(node.database)) as raw, raw:
        raw.execute("CREATE TABLE ballast (bytes BLOB)")
        raw.execute("INSERT INTO ballast VALUES (zeroblob(400000000))")
    command = [sys.executable, "-m", "tongban.app.cli", "backup", "-f", str(node.root)]
    with subprocess.Popen([*command, "-o", str(tmp_path / "backup")]) as process:
        assert within(60, lambda: any(tmp_path.glob(".backup.work-*/draft")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == ["node"]


def test_a_lost_disk_begins_again_with_keys_and_settings(node: Folder, tmp_path: Path) -> None:
    again = tmp_path / "again"
    options = ("--keys", node.keys, "--settings", node.settings, "--json")
    made = invoke("recover", again, *options)
    assert json.loads(made.out)["name"] == NAME
    assert not Folder(again).database.exists()
    assert invoke("doctor", "--folder", again).code == 0
    assert invoke("recover", again, *options).code == 2


def test_age_is_said_as_people_say_it() -> None:
    now = SystemClock().now()
    assert age(now - timedelta(minutes=5), now) == "5 minutes ago"
    assert age(now - timedelta(hours=30), now) == "30 hours ago"
    assert age(now - timedelta(days=9), now) == "9 days ago"
    assert "look at the clock" in age(now + timedelta(hours=1), now)
