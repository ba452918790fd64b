"""`tongban key`: on a node that runs, and on one that stands."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.command_line import ended, invoke, tongban

from tongban.app.key_files import open_secrets
from tongban.app.settings import Folder


def listed(folder: Folder) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        invoke("key", "list", "--folder", folder.root, "--json").out
    )
    return found


def test_a_running_node_goes_on_under_its_new_keys(running: Folder) -> None:
    before = listed(running)
    rotated = json.loads(invoke("key", "rotate", "--folder", running.root, "--json").out)
    after = listed(running)
    assert [line["in_force"] for line in before] == [["home"]]
    assert [line["in_force"] for line in after] == [[], ["home"]]
    assert rotated["fingerprint"] == after[1]["fingerprint"] != before[0]["fingerprint"]
    shown = json.loads(invoke("peer", "show", "--folder", running.root, "--json").out)
    assert shown["earlier"] == [before[0]["fingerprint"]]


def test_keys_that_are_rotated_twice_at_once_are_all_in_the_file(running: Folder) -> None:
    before = len(listed(running))
    with ThreadPoolExecutor() as pool:
        said = list(
            pool.map(lambda _: ended(tongban("key", "rotate", "--folder", running.root)), range(3))
        )
    assert [each.code for each in said] == [0, 0, 0]
    assert len(listed(running)) == before + 3
    assert open_secrets(running).signer.number == before + 3


def test_a_node_that_stands_is_rotated_and_starts_under_its_new_keys(folder: Folder) -> None:
    said = ended(tongban("key", "rotate", "--folder", folder.root))
    assert said.code == 0
    assert "Tell partners nothing" in said.out
    assert "docs/how-to/stolen-keys.md" in said.out
    assert open_secrets(folder).signer.number == 2
    found = json.loads(tongban("key", "list", "--folder", folder.root, "--json").stdout)
    assert [line["in_force"] for line in found] == [[], ["home"]]


def test_a_key_file_from_before_the_rotation_starts_nothing(folder: Folder) -> None:
    old = folder.keystore.read_bytes()
    assert ended(tongban("key", "rotate", "--folder", folder.root)).code == 0
    folder.keystore.write_bytes(old)
    said = ended(tongban("key", "list", "--folder", folder.root))
    assert said.code == 2
    assert "put the newest key file in place" in said.err


def test_a_node_goes_over_to_the_algorithms_of_the_chinese_standards(folder: Folder) -> None:
    for given in (("--suite", "sm2-sm3"), ()):
        assert ended(tongban("key", "rotate", *given, "--folder", folder.root)).code == 0
    found = json.loads(tongban("key", "list", "--folder", folder.root, "--json").stdout)
    assert [line["suite"] for line in found] == ["ed25519-sha256", "sm2-sm3", "sm2-sm3"]
    assert [line["in_force"] for line in found] == [[], [], ["home"]]
    assert ended(tongban("verify", "--folder", folder.root)).code == 0


def test_a_suite_that_nobody_knows_is_refused_with_those_there_are(folder: Folder) -> None:
    said = ended(tongban("key", "rotate", "--suite", "rsa", "--folder", folder.root))
    assert said.code == 2
    assert "rsa is no suite" in said.err
    assert open_secrets(folder).signer.number == 1
