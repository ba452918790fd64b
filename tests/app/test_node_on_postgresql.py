"""A node whose settings name a PostgreSQL: what works there, and what is refused in words."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from tests.app.conftest import serving
from tests.command_line import ended, invoke, tongban

from tongban.app import settings as settings_module
from tongban.app.settings import Folder, SettingsUnreadable, read_settings
from tongban.testing.postgresql_cluster import PostgresqlCluster


def name_database(folder: Folder, address: str) -> None:
    text = folder.settings.read_text(encoding="utf-8")
    named = text.replace('database = ""', f'database = "{address}"')
    assert named != text
    folder.settings.write_text(named, encoding="utf-8")


@pytest.fixture
def placed(folder: Folder, postgresql_address: str) -> Folder:
    """A node on a server, which has not started yet."""
    name_database(folder, postgresql_address)
    return folder


def test_a_node_works_on_the_server_that_its_settings_name(placed: Folder) -> None:
    assert "no tables yet" in ended(tongban("doctor", "--folder", placed.root)).out
    first = ended(tongban("status", "--folder", placed.root))
    assert (first.code, first.err) == (0, "")
    again = ended(tongban("status", "--folder", placed.root))
    assert again == first
    assert "PostgreSQL, tables of version" in ended(tongban("doctor", "--folder", placed.root)).out
    assert not placed.database.exists()


def test_nothing_is_started_on_a_server_that_lost_the_node(
    placed: Folder, postgresql_address: str, postgresql_cluster: PostgresqlCluster
) -> None:
    assert tongban("status", "--folder", placed.root).returncode == 0
    postgresql_cluster.empty_schema(postgresql_address)
    served = ended(tongban("serve", "--folder", placed.root))
    assert served.code == 2
    assert "nothing was started" in served.err
    assert "no tables yet" not in ended(tongban("doctor", "--folder", placed.root)).out


def test_a_server_that_is_not_there_is_named(folder: Folder, tmp_path: Path) -> None:
    name_database(folder, f"postgresql://nobody@/nothing?host={tmp_path}")
    served = ended(tongban("serve", "--folder", folder.root))
    assert served.code == 2
    assert "see that the server runs" in served.err


def test_a_backup_is_left_to_the_server_and_the_command_says_how(placed: Folder) -> None:
    assert tongban("status", "--folder", placed.root).returncode == 0
    refused = invoke("backup", "--folder", placed.root)
    assert (refused.code, "pg_dump" in refused.err) == (2, True)


def test_what_lies_on_the_server_is_examined(placed: Folder, postgresql_address: str) -> None:
    nothing = invoke("verify", "--folder", placed.root)
    assert (nothing.code, "nothing to verify" in nothing.err) == (2, True)
    assert tongban("status", "--folder", placed.root).returncode == 0
    whole = invoke("verify", "--folder", placed.root, "--json")
    assert whole.code == 0
    assert json.loads(whole.out)["counts"]["entries"] > 0
    with psycopg.connect(postgresql_address, autocommit=True) as server:
        server.execute("UPDATE tongban_entry SET data = data || '\\x00'::bytea WHERE leaf = 0")
    damaged = invoke("verify", "--folder", placed.root)
    assert (damaged.code, "entry 0" in damaged.out) == (1, True)
    assert not any(path.name.startswith(".") for path in placed.root.iterdir())


def test_a_node_that_lost_its_server_begins_empty_under_its_keys(
    placed: Folder, tmp_path: Path, postgresql_address: str, postgresql_cluster: PostgresqlCluster
) -> None:
    assert tongban("status", "--folder", placed.root).returncode == 0
    saved = ("--keys", placed.keys, "--settings", placed.settings)
    still_there = invoke("recover", tmp_path / "anew", *saved)
    assert (still_there.code, "nothing was changed" in still_there.err) == (2, True)
    assert not (tmp_path / "anew").exists()
    postgresql_cluster.empty_schema(postgresql_address)
    assert invoke("recover", tmp_path / "anew", *saved).code == 0
    assert tongban("status", "--folder", tmp_path / "anew").returncode == 0


def test_a_backup_of_a_file_is_not_put_into_the_place_of_a_server(
    folder: Folder, tmp_path: Path, postgresql_address: str
) -> None:
    backup = tmp_path / "node.backup"
    assert tongban("status", "--folder", folder.root).returncode == 0
    assert invoke("backup", "--folder", folder.root, "--output", backup).code == 0
    name_database(folder, postgresql_address)
    refused = invoke("restore", backup, "--folder", folder.root, "--replace")
    assert (refused.code, "pg_dump" in refused.err) == (2, True)


def page(folder: Folder) -> int:
    """What the front page answers."""
    port = read_settings(folder).pages.port
    return httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True).status_code


def test_a_node_that_serves_outlives_a_fall_of_its_server(
    folder: Folder, lonely_cluster: PostgresqlCluster
) -> None:
    name_database(folder, lonely_cluster.create_schema())
    with serving(folder):
        assert page(folder) == 200
        lonely_cluster.kill()
        assert page(folder) == 503
        lonely_cluster.start()
        assert page(folder) == 200
        assert ended(tongban("status", "--folder", folder.root)).code == 0


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://somebody@host/name", "postgresql://user@host/name"),
        ("postgresql://somebody@host", "postgresql://user@host/name"),
        ("postgresql://somebody:secret@host/name", "password file"),
        ("postgresql://somebody@host/name?password=secret", "password file"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words(
    folder: Folder, address: str, said: str
) -> None:
    name_database(folder, address)
    with pytest.raises(SettingsUnreadable, match=said) as refused:
        read_settings(folder)
    assert "secret" not in str(refused.value)


def test_a_machine_without_the_driver_is_told_how_to_get_it(
    placed: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_driver(name: str) -> Any:
        return None if name == "psycopg" else find_spec(name)

    monkeypatch.setattr(settings_module, "find_spec", without_driver)
    with pytest.raises(SettingsUnreadable, match=r"pip install tongban\[postgresql\]"):
        read_settings(placed)
