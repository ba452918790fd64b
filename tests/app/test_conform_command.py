"""`tongban conform`: what it prints, and how it ends."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command_line import Ended, invoke
from tests.conforming.doors import introduced, node_behind_a_door
from tests.conforming.wrong_nodes import gaps_are_an_offence

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.roads.https_door import PeerDoor
from tongban.conformance.rules import RULES
from tongban.conformance.runner import Runner
from tongban.node.randomness import SystemRandomness
from tongban.testing.memory_nodes import MemoryNode

Node = tuple[MemoryNode, PeerDoor, bytes]


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with node_behind_a_door(tmp_path) as node:
        (tmp_path / "node.descriptor").write_bytes(node[2])
        yield node


@pytest.fixture
def runner(tmp_path: Path, node: Node) -> Runner:
    """One whose keys lie in a folder, and whom the node has taken in."""
    runner = Runner.make(SystemRandomness().draw, suite="sm2-sm3", name="examiner")
    (tmp_path / "runner").mkdir()
    (tmp_path / "runner" / "runner.json").write_bytes(runner.to_bytes())
    introduced(node[0], runner)
    return runner


def conform(node: Node, folder: Path, *options: object) -> Ended:
    return invoke(
        "conform",
        f"https://127.0.0.1:{node[1].port}",
        "--folder",
        folder / "runner",
        "--wait",
        0,
        *options,
    )


def test_a_node_that_keeps_every_rule_ends_with_0(
    node: Node, tmp_path: Path, runner: Runner
) -> None:
    ended = conform(node, tmp_path, "--descriptor", tmp_path / "node.descriptor")
    assert ended.code == 0, ended
    assert (
        f"符合规范 · conforms: 符合 passed {len(RULES)}, 不符合 failed 0, 未查到 not reached 0"
        in (ended.out)
    )
    assert f"tongban peer close {runner.name}" in ended.out
    assert fingerprint(read_descriptor(node[2])) in ended.out


@pytest.mark.usefixtures("runner")
def test_what_failed_is_told_with_what_was_expected_seen_and_where_to_read(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps_are_an_offence(monkeypatch)
    ended = conform(node, tmp_path, "--rule", "pushes.gap", "--rule", "pushes.batch")
    assert ended.code == 1
    assert "符合 passed 1, 不符合 failed 1, 未查到 not reached 0" in ended.out
    assert "pushes.gap 不符合 failed 应当 expected 有缺口的推送不接收" in ended.out
    assert "所见 seen trouble 'malformed'; expected ''" in ended.out
    assert "请读 read spec/channels.md, “Verifying a push”" in ended.out


@pytest.mark.usefixtures("runner")
def test_programs_read_the_same_as_json(node: Node, tmp_path: Path) -> None:
    report = json.loads(conform(node, tmp_path, "--rule", "pushes.gap", "--json").out)
    assert report["conforms"] is True
    assert report["runner"] == "examiner"
    assert report["suite"] == "sm2-sm3"
    (line,) = report["rules"]
    assert (line["rule"], line["judgement"]) == ("pushes.gap", "passed")
    assert (line["document"], line["section"]) == ("spec/channels.md", "Verifying a push")


def test_a_new_runner_is_kept_in_its_folder_and_written_for_the_node(
    node: Node, tmp_path: Path
) -> None:
    first = json.loads(conform(node, tmp_path, "--json").out)
    again = json.loads(conform(node, tmp_path, "--json").out)
    assert first["runner"] == again["runner"]
    assert (tmp_path / "runner" / "runner.json").stat().st_mode & 0o077 == 0
    described = read_descriptor((tmp_path / "runner" / "runner.descriptor").read_bytes())
    assert described.name == first["runner"]
    assert [line["rule"] for line in first["rules"] if line["judgement"] == "failed"] == [
        "envelopes.taken"
    ]


def test_without_a_folder_the_descriptor_goes_where_it_is_asked_for(
    node: Node, tmp_path: Path
) -> None:
    file = tmp_path / "its.descriptor"
    ended = invoke(
        "conform",
        f"https://127.0.0.1:{node[1].port}",
        *("--output", file, "--name", "somebody", "--suite", "sm2-sm3", "--wait", 0),
    )
    assert ended.code == 1
    described = read_descriptor(file.read_bytes())
    assert (described.name, described.suite) == ("somebody", "sm2-sm3")


@pytest.mark.usefixtures("runner")
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--rule", "pushes.unheard_of"), "there is no rule pushes.unheard_of"),
        (("--name", "another"), "holds the keys of examiner, of sm2-sm3"),
        (("--suite", "ed25519-sha256"), "holds the keys of examiner, of sm2-sm3"),
        (("--name", "No Name"), "is no name of a node"),
        (("--descriptor", "nowhere.descriptor"), "No such file"),
    ],
)
def test_what_cannot_be_tried_ends_with_2(
    node: Node, tmp_path: Path, options: tuple[str, str], problem: str
) -> None:
    ended = conform(node, tmp_path, *options)
    assert ended.code == 2
    assert problem in ended.err


def test_an_address_that_is_none_ends_with_2() -> None:
    ended = invoke("conform", "http://127.0.0.1:1")
    assert ended.code == 2
    assert "has not the form https://host:port" in ended.err


@pytest.mark.usefixtures("runner")
def test_a_door_that_does_not_answer_ends_with_2(node: Node, tmp_path: Path) -> None:
    node[1].stop()
    ended = conform(node, tmp_path, "--descriptor", tmp_path / "node.descriptor")
    assert ended.code == 2
    assert "the door does not answer" in ended.err


@pytest.mark.usefixtures("runner")
def test_a_descriptor_without_an_https_door_ends_with_2(node: Node, tmp_path: Path) -> None:
    file = tmp_path / "memory.descriptor"
    file.write_bytes(node[0].descriptor)
    ended = conform(node, tmp_path, "--descriptor", file)
    assert ended.code == 2
    assert "names no https door" in ended.err


def test_a_folder_that_holds_something_else_ends_with_2(node: Node, tmp_path: Path) -> None:
    (tmp_path / "runner").mkdir()
    (tmp_path / "runner" / "runner.json").write_text("{}", encoding="ascii")
    ended = conform(node, tmp_path)
    assert ended.code == 2
    assert "not the keys of a runner" in ended.err
