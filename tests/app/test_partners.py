"""`tongban peer` and `tongban agreement` with what operators get wrong."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
import yaml
from tests.app.folders import make_node
from tests.command_line import invoke

from tongban.app.composition import descriptor_of
from tongban.app.key_files import open_secrets
from tongban.app.settings import Folder, read_settings
from tongban.catalogue import load_agreements
from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.core import canonical

HEFEI = "hefei.g60.demo"


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptor of a partner that does not run."""
    folder = make_node(tmp_path_factory.mktemp("partner") / "node", name=HEFEI)
    path = folder.root.parent / "hefei.descriptor"
    path.write_bytes(descriptor_of(read_settings(folder), folder, open_secrets(folder).signer))
    return path


@pytest.fixture
def garbage(tmp_path: Path) -> Path:
    path = tmp_path / "garbage"
    path.write_bytes(b"garbage\n")
    return path


def partners(folder: Folder) -> list[str]:
    listed = json.loads(invoke("peer", "list", "--folder", folder.root, "--json").out)
    return [line["name"] for line in listed]


def agreements(folder: Folder) -> str:
    return invoke("agreement", "list", "--folder", folder.root, "--json").out


def test_garbage_is_no_descriptor(running: Folder, garbage: Path) -> None:
    added = invoke("peer", "add", garbage, "--folder", running.root)
    assert added.code == 2
    assert "garbage: the bytes are no descriptor" in added.err
    assert "Ask the partner's operator for the file of `tongban peer show" in added.err


def test_a_changed_descriptor_is_refused(running: Folder, partner: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    changed.write_bytes(partner.read_bytes().replace(b"320500", b"310000"))
    added = invoke("peer", "add", changed, "--folder", running.root)
    assert added.code == 2
    assert "not signed by its own log key" in added.err


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1:9", "https://nowhere.invalid:443", "https://partner", "https://:0"],
)
def test_an_address_that_gives_no_descriptor_is_named(running: Folder, address: str) -> None:
    added = invoke("peer", "add", address, "--folder", running.root)
    assert added.code == 2
    assert f"no descriptor came from {address}" in added.err
    assert "See that the address is right" in added.err


def test_without_a_fingerprint_nothing_is_changed(running: Folder, partner: Path) -> None:
    added = invoke("peer", "add", partner, "--folder", running.root, "--json")
    found = json.loads(added.out)
    assert (added.code, found["name"], found["added"]) == (1, HEFEI, False)
    assert found["fingerprint"] == fingerprint(read_descriptor(partner.read_bytes()))
    assert partners(running) == []


def test_a_wrong_fingerprint_is_refused_and_changes_nothing(running: Folder, partner: Path) -> None:
    wrong = ("--fingerprint", "ABCD EFGH")
    added = invoke("peer", "add", partner, *wrong, "--folder", running.root)
    assert added.code == 1
    assert f"the descriptor of {HEFEI} has the fingerprint" in added.err
    assert "do not pair. Nothing was changed" in added.err
    assert partners(running) == []


def test_a_node_is_no_partner_of_itself(running: Folder, tmp_path: Path) -> None:
    shown = json.loads(invoke("peer", "show", "--folder", running.root, "--json").out)
    own = tmp_path / "own"
    own.write_bytes(b64decode(shown["descriptor"]))
    compared = ("--fingerprint", shown["fingerprint"])
    added = invoke("peer", "add", own, *compared, "--folder", running.root)
    assert added.code == 1
    assert "is this node itself" in added.err
    assert partners(running) == []


@pytest.mark.parametrize(
    "text",
    ["", "garbage", "a: [", "[1, 2]", "number: 5", "a: 2026-13-45", "[" * 5000, "&a [*a, *a]"],
)
def test_garbage_is_no_agreement(running: Folder, tmp_path: Path, text: str) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_text(text, encoding="utf-8")
    imported = invoke("agreement", "import", path, "--folder", running.root, "--json")
    assert imported.code == 1
    assert "the document is not an agreement" in imported.err
    assert "Nothing was kept; mend the file and import it again" in imported.err
    assert json.loads(imported.out)["ok"] is False
    assert agreements(running) == "[]"


def test_a_picture_is_no_agreement(running: Folder, tmp_path: Path) -> None:
    path = tmp_path / "agreement.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff")
    imported = invoke("agreement", "import", path, "--folder", running.root)
    assert (imported.code, "not text in UTF-8" in imported.err) == (2, True)


def shipped(tmp_path: Path, *, ours: bool) -> tuple[Path, str]:
    """A shipped agreement in which the running node is a party, or is not; and another party."""
    found = next(each for each in load_agreements() if ("suzhou.g60.demo" in each.nodes) is ours)
    path = tmp_path / "agreement.yaml"
    content = yaml.safe_load(canonical.encode(found))
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path, min(found.nodes - {"suzhou.g60.demo"})


def test_an_agreement_of_others_is_neither_kept_nor_signed(running: Folder, tmp_path: Path) -> None:
    path, party = shipped(tmp_path, ours=False)
    imported = invoke("agreement", "import", path, "--folder", running.root)
    assert imported.code == 1
    assert "suzhou.g60.demo is no party of this agreement; its parties are" in imported.err
    assert party in imported.err
    assert agreements(running) == "[]"


def test_an_agreement_with_a_stranger_waits_for_the_pairing(
    running: Folder, tmp_path: Path
) -> None:
    path, party = shipped(tmp_path, ours=True)
    imported = invoke("agreement", "import", path, "--folder", running.root)
    assert imported.code == 1
    assert f"{party} is no partner of this node yet; `tongban peer add` first" in imported.err
    assert agreements(running) == "[]"


@pytest.mark.parametrize(
    "command", [("sign", "abc"), ("show", "abc"), ("suspend", "abc", "--ground", "trial")]
)
def test_an_unknown_agreement_is_said_to_be_unknown(
    running: Folder, command: tuple[str, ...]
) -> None:
    asked = invoke("agreement", *command, "--folder", running.root)
    assert asked.code == 1
    assert "no agreement abc is kept here; `tongban agreement list` shows" in asked.err


def test_a_file_that_no_node_would_read_is_refused_with_the_limit(
    running: Folder, tmp_path: Path
) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_bytes(b"x" * 18_000_000)
    imported = invoke("agreement", "import", path, "--folder", running.root)
    assert imported.code == 1
    assert "has 18,000,000 bytes and a node reads at most 8,000,000 of a file" in imported.err
    assert agreements(running) == "[]"
