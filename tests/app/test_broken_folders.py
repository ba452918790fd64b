"""A node that cannot start says what is wrong and what to do, and changes nothing."""

import json
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.app.folders import BROKEN, Broken
from tests.command_line import ended, invoke, tongban

from tongban.app.production import MISSING
from tongban.app.settings import Folder, read_settings

every_breakage = pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)


def assert_in_order(parts: tuple[str, ...], text: str) -> None:
    at = 0
    for part in parts:
        assert part in text[at:], text
        at = text.index(part, at)


@every_breakage
def test_serve_says_what_is_wrong_and_what_to_do(folder: Folder, broken: Broken) -> None:
    broken.spoil(folder)
    served = ended(tongban("serve", "--folder", folder.root))
    assert (served.code, served.out) == (2, "")
    assert_in_order(broken.says, served.err)
    assert "Traceback" not in served.err
    assert "worker process" not in served.err, "a worker was started in vain"


@every_breakage
def test_doctor_finds_it(folder: Folder, broken: Broken) -> None:
    broken.spoil(folder)
    examined = invoke("doctor", "--folder", folder.root, "--json")
    report = json.loads(examined.out)
    assert (examined.code, report["healthy"], examined.err) == (1, False, "")
    problems = " ".join(line["text"] for line in report["findings"] if not line["fine"])
    assert_in_order(broken.says, problems)


@every_breakage
def test_a_command_that_works_on_the_files_says_it_too(folder: Folder, broken: Broken) -> None:
    broken.spoil(folder)
    asked = invoke("case", "list", "--folder", folder.root, "--json")
    assert asked.code == 2
    assert_in_order(broken.says, asked.err)
    assert json.loads(asked.out)["ok"] is False


def test_a_whole_folder_has_no_problems(folder: Folder) -> None:
    examined = invoke("doctor", "--folder", folder.root)
    assert (examined.code, examined.err) == (0, "")
    assert "PROBLEM" not in examined.out


def test_doctor_leaves_everything_as_it_was(folder: Folder) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.root.rglob("*")}
    invoke("doctor", "--folder", folder.root)
    assert {path: path.stat().st_mtime_ns for path in folder.root.rglob("*")} == before


def test_doctor_examines_a_folder_that_is_not_there(tmp_path: Path) -> None:
    examined = invoke("doctor", "--folder", tmp_path / "nowhere")
    assert examined.code == 1
    assert "begins with `tongban init" in examined.out
    assert not (tmp_path / "nowhere").exists()


def test_the_production_profile_names_each_part_that_is_missing(folder: Folder) -> None:
    production = next(broken for broken in BROKEN if broken.name == "the production profile")
    production.spoil(folder)
    served = ended(tongban("serve", "--folder", folder.root))
    assert [part for part in MISSING if part not in served.err] == []


def test_steps_of_a_later_version_in_the_tables_of_the_pages_are_noticed(folder: Folder) -> None:
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts','9999_x','')"
    assert tongban("status", "--folder", folder.root).returncode == 0
    with closing(sqlite3.connect(folder.database)) as connection:
        connection.execute(later)
        connection.commit()
    served = ended(tongban("serve", "--folder", folder.root))
    assert served.code == 2
    assert "took the step accounts.9999_x" in served.err
    assert "start that version, or restore a backup" in served.err
    assert "worker process" not in served.err, "a worker was started in vain"
    examined = invoke("doctor", "--folder", folder.root)
    assert (examined.code, "took the step accounts.9999_x" in examined.out) == (1, True)


@pytest.mark.parametrize("section", ["pages", "door"])
def test_a_port_in_use_is_named_with_its_setting(folder: Folder, section: str) -> None:
    port = getattr(read_settings(folder), section).port
    with socket.create_server(("127.0.0.1", port)):
        served = ended(tongban("serve", "--folder", folder.root))
        examined = invoke("doctor", "--folder", folder.root)
    assert served.code == 2
    assert f"port {port} of 127.0.0.1 is in use by another program; stop it" in served.err
    assert f"choose another port as {section}.port in tongban.toml" in served.err
    assert (examined.code, f"port {port}" in examined.out) == (1, True)


def test_an_address_of_another_machine_is_named_with_its_setting(folder: Folder) -> None:
    text = folder.settings.read_text(encoding="utf-8")
    folder.settings.write_text(text.replace('"127.0.0.1"', '"192.0.2.1"', 1), encoding="utf-8")
    served = ended(tongban("serve", "--folder", folder.root))
    assert served.code == 2
    assert "cannot listen on port" in served.err
    assert "mend pages.host or pages.port in tongban.toml" in served.err


def test_a_folder_without_permission_is_named(folder: Folder) -> None:
    folder.root.chmod(0)
    try:
        served = ended(tongban("serve", "--folder", folder.root, powerless=True))
        examined = ended(tongban("doctor", "--folder", folder.root, powerless=True))
        asked = ended(tongban("status", "--folder", folder.root, powerless=True))
    finally:
        folder.root.chmod(0o700)
    assert (served.code, examined.code, asked.code) == (2, 1, 2)
    for said in (served.err, examined.out, asked.err):
        assert "may not be read by this user; run the command as the node's own user" in said
    assert "Traceback" not in served.err + examined.err + asked.err


def test_a_folder_that_may_not_be_written_is_named(folder: Folder) -> None:
    folder.root.chmod(0o500)
    try:
        served = ended(tongban("serve", "--folder", folder.root, powerless=True))
    finally:
        folder.root.chmod(0o700)
    assert served.code == 2
    assert "Permission denied; give this user the right to it" in served.err
