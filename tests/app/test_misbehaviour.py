"""`tongban evidence misbehaviour` lists what was noticed, and writes what anybody can check."""

import json
import sqlite3
from pathlib import Path

import pytest
from tests.command_line import Ended, ended, tongban
from tests.node.misbehaviour.vectors import HEFEI, NOT_EXTENDED

from tongban.app.settings import Folder
from tongban.channels.descriptors import fingerprint
from tongban.evidence.notes import encode_note


@pytest.fixture
def accusing(folder: Folder) -> Folder:
    """A node that does not run, paired with one of which it holds a contradiction."""
    descriptor = folder.root / "hefei.descriptor"
    descriptor.write_bytes(HEFEI.descriptor)
    compared = fingerprint(HEFEI.described)
    assert ask("peer", "add", descriptor, "--fingerprint", compared, folder=folder).code == 0
    found = NOT_EXTENDED.contradiction()
    notes = (encode_note(found.first), encode_note(found.second), b"".join(found.path))
    with sqlite3.connect(folder.database) as connection:
        connection.execute(
            "INSERT INTO tongban_contradiction (peer, found_at, descriptor, first_note,"
            " second_note, path) VALUES (?, ?, ?, ?, ?, ?)",
            (HEFEI.name, "2026-11-23T09:00:00.000+08:00", HEFEI.descriptor, *notes),
        )
    connection.close()
    return folder


def ask(*arguments: object, folder: Folder) -> Ended:
    return ended(tongban(*arguments, "--folder", folder.root))


def test_what_was_noticed_is_listed_and_written_and_verified(
    accusing: Folder, tmp_path: Path
) -> None:
    listed = ask("evidence", "misbehaviour", HEFEI.name, folder=accusing)
    assert listed.code == 0
    assert "2026-11-23T09:00:00+08:00" in listed.out
    path = tmp_path / "hefei.proof"
    written = ask("evidence", "misbehaviour", HEFEI.name, "--output", path, folder=accusing)
    assert (written.code, "no contents of cases in it" in written.out) == (0, True)
    verified = tongban("evidence", "verify", path, "--json")
    report = json.loads(verified.stdout)
    assert (verified.returncode, report["accused"]) == (0, HEFEI.name)
    # The node never wrote the notice on its home log, since the test wrote behind its back.
    assert report["noticed_at"] is None
    assert "the file does not say" in report["not_proven"][2]["en"]
