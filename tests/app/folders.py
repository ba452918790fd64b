"""Node folders as operators find them: whole, and broken in every way that is foreseen."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_base

from tongban.app.initialise import initialise
from tongban.app.settings import Folder, make_settings
from tongban.logs.sqlite.migration import migrate
from tongban.node.clock import SystemClock
from tongban.node.randomness import SystemRandomness

NAME = "suzhou.g60.demo"


def make_node(root: Path, name: str = NAME) -> Folder:
    """A node's folder, as `tongban init` makes it."""
    base = free_base()
    settings = make_settings(
        name=name,
        title_zh="苏州市",
        title_en="Suzhou",
        jurisdictions=["320500"],
        pages={"port": base},
        door={"port": base + 100},
    )
    return initialise(root, settings, now=SystemClock().now(), draw=SystemRandomness().draw)


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """What is wrong with a folder; says: parts of what must be said, the remedy last."""

    name: str
    spoil: Callable[[Folder], object]
    says: tuple[str, ...]


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _folder_for_file(folder: Folder) -> None:
    folder.door_key.unlink()
    folder.door_key.mkdir()


def _later_version(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.database)) as connection:
        migrate(connection)
        connection.execute("UPDATE tongban_schema SET version = 99")
        connection.commit()


def _empty_database(folder: Folder) -> None:
    folder.begun.touch()
    folder.database.touch()


SPOILT_SETTINGS = (
    Broken(
        name="no settings",
        spoil=lambda folder: folder.settings.unlink(),
        says=("there is no readable", "begins with `tongban init"),
    ),
    Broken(
        name="settings that are no TOML",
        spoil=lambda folder: folder.settings.write_text("= garbage ="),
        says=("tongban.toml is not as it should be", "line 1", "mend it and try again"),
    ),
    Broken(
        name="settings that are no text",
        spoil=lambda folder: folder.settings.write_bytes(b"\xff\xfe\x00garbage"),
        says=("tongban.toml is not as it should be", "mend it and try again"),
    ),
    Broken(
        name="an unknown setting",
        spoil=lambda folder: _replace(folder.settings, "profile =", "pofile ="),
        says=("tongban.toml", "unknown field `pofile`", "docs/reference/settings.md"),
    ),
    Broken(
        name="a port that is none",
        spoil=lambda folder: _replace(folder.settings, "port = ", "port = 9"),
        says=("tongban.toml", "<= 65535", ".port`", "docs/reference/settings.md"),
    ),
    Broken(
        name="the production profile",
        spoil=lambda folder: _replace(folder.settings, '"demo"', '"production"'),
        says=('profile = "production" does not start yet', 'Use profile = "demo"'),
    ),
)

SPOILT_KEYS = (
    Broken(
        name="no key file",
        spoil=lambda folder: folder.keystore.unlink(),
        says=("keys/keystore", "No such file", "restore it from backup"),
    ),
    Broken(
        name="a damaged key file",
        spoil=lambda folder: folder.keystore.write_bytes(folder.keystore.read_bytes()[:-9]),
        says=("keys/keystore", "not as it was written", "restore it from backup"),
    ),
    Broken(
        name="no credential",
        spoil=lambda folder: folder.credential.unlink(),
        says=("keys/credential", "No such file", "put it in place"),
    ),
    Broken(
        name="an empty credential",
        spoil=lambda folder: folder.credential.write_text("\n"),
        says=("keys/credential", "is empty", "put the right one in place"),
    ),
    Broken(
        name="a wrong credential",
        spoil=lambda folder: folder.credential.write_text("wrong\n"),
        says=("does not open the key file", "keys/keystore", "put the credential"),
    ),
    Broken(
        name="an exposed credential",
        spoil=lambda folder: folder.credential.chmod(0o604),
        says=("everybody on this machine has access", "run `chmod o="),
    ),
    Broken(
        name="no certificate of the door",
        spoil=lambda folder: folder.door_certificate.unlink(),
        says=("keys/door.der is missing", "restore it from the backup"),
    ),
    Broken(
        name="no secret of the pages",
        spoil=lambda folder: folder.page_secret.unlink(),
        says=("keys/pages-secret is missing", "restore it from the backup"),
    ),
    Broken(
        name="a secret of the pages that is none",
        spoil=lambda folder: folder.page_secret.write_text("short\n"),
        says=("keys/pages-secret holds 5 characters", "restore it from the backup"),
    ),
    Broken(
        name="a damaged key of the door",
        spoil=lambda folder: folder.door_key.write_bytes(folder.door_key.read_bytes()[:-90]),
        says=("keys/door.der and door.pem are damaged", "restore both from the backup"),
    ),
    Broken(
        name="a folder in the place of a key file",
        spoil=_folder_for_file,
        says=("keys/door.pem: Is a directory", "restore it from the backup"),
    ),
)

SPOILT_DATABASES = (
    Broken(
        name="a database of a later version",
        spoil=_later_version,
        says=("holds tables of version 99", "start the version that wrote it"),
    ),
    Broken(
        name="a file that is no database",
        spoil=lambda folder: folder.database.write_bytes(b"garbage " * 1000),
        says=("the file is no database", "put the right one in its place"),
    ),
    Broken(
        name="a database that vanished",
        spoil=lambda folder: folder.begun.touch(),
        says=("tongban.db is gone, and this node has had one", "restore", "`tongban recover"),
    ),
    Broken(
        name="a database that became empty",
        spoil=_empty_database,
        says=("tongban.db is gone, and this node has had one", "restore", "`tongban recover"),
    ),
)

BROKEN = (*SPOILT_SETTINGS, *SPOILT_KEYS, *SPOILT_DATABASES)
