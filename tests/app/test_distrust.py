"""What operators do about partners and disks that they cannot trust."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.folders import make_node
from tests.command_line import invoke

from tongban.app.composition import descriptor_of
from tongban.app.key_files import open_secrets
from tongban.app.settings import Folder, read_settings
from tongban.channels.descriptors import fingerprint, read_descriptor

HEFEI = "hefei.g60.demo"


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptor of a partner that does not run."""
    folder = make_node(tmp_path_factory.mktemp("partner") / "node", name=HEFEI)
    path = folder.root.parent / "hefei.descriptor"
    path.write_bytes(descriptor_of(read_settings(folder), folder, open_secrets(folder).signer))
    return path


@pytest.fixture
def paired(running: Folder, partner: Path) -> Iterator[Folder]:
    pair(running, partner)
    yield running
    pair(running, partner)


def pair(folder: Folder, partner: Path) -> None:
    compared = fingerprint(read_descriptor(partner.read_bytes()))
    added = invoke("peer", "add", partner, "--fingerprint", compared, "--folder", folder.root)
    assert added.code == 0


def line(folder: Folder) -> str:
    listed = json.loads(invoke("peer", "list", "--folder", folder.root, "--json").out)
    return str(listed[0]["line"])


def test_a_line_is_closed_and_opened_again_with_what_follows_said(
    paired: Folder, partner: Path
) -> None:
    closed = invoke("peer", "close", HEFEI, "--ground", "partner_gone", "--folder", paired.root)
    assert closed.code == 0
    assert f"The line to {HEFEI} is closed, and that is on record." in closed.out
    assert "new acts for that partner are refused" in closed.out
    assert line(paired) == "closed"
    pair(paired, partner)
    assert line(paired) == "comparing"


def test_only_known_grounds_close_a_line(paired: Folder) -> None:
    for ground in ("Mr Wang said so", "zhang_san"):
        closed = invoke("peer", "close", HEFEI, "--ground", ground, "--folder", paired.root)
        assert (closed.code, "one of partner_gone, keys_stolen" in closed.err) == (1, True)
    assert line(paired) == "comparing"


@pytest.mark.parametrize(
    "command",
    [
        ("peer", "close", "nowhere", "--ground", "partner_gone"),
        ("peer", "erase", "nowhere"),
        ("evidence", "misbehaviour", "nowhere"),
    ],
)
def test_a_stranger_is_said_to_be_no_partner(running: Folder, command: tuple[str, ...]) -> None:
    asked = invoke(*command, "--folder", running.root)
    assert asked.code == 2
    assert "nowhere is not paired with this node" in asked.err


def test_an_honest_partner_has_nothing_on_record(paired: Folder, tmp_path: Path) -> None:
    listed = invoke("evidence", "misbehaviour", HEFEI, "--folder", paired.root)
    assert (listed.code, "never contradicted itself" in listed.out) == (0, True)
    path = tmp_path / "proof"
    written = invoke("evidence", "misbehaviour", HEFEI, "-o", path, "--folder", paired.root)
    assert written.code == 1
    assert "so there is no number 1" in written.err
    assert not path.exists()


def test_nothing_refused_is_nothing_erased(paired: Folder) -> None:
    erased = invoke("peer", "erase", HEFEI, "--folder", paired.root, "--json")
    assert json.loads(erased.out) == {"name": HEFEI, "erased": 0}


def test_a_whole_store_is_said_to_be_whole(paired: Folder) -> None:
    looked = invoke("repair", "--folder", paired.root, "--json")
    found = json.loads(looked.out)
    assert (looked.code, found["damaged"], found["left"]) == (0, 0, [])
    assert found["entries"] > 0
    told = invoke("repair", "--folder", paired.root)
    assert "all are as they were written" in told.out
