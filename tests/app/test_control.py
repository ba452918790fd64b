"""The command line's way to a running node: what comes in wrong changes nothing."""

import json
import os
import socket
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import ended, invoke, tongban

from tongban.app.control import REQUEST_BYTES_MAX, ControlSocket, NodeStopped, OperationRefused, ask
from tongban.app.settings import Folder
from tongban.node.keystore import ENTROPY_BYTES, create_keystore, read_credential


def say(folder: Folder, line: bytes) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(folder.root / "control"))
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        answer: dict[str, Any] = json.loads(connection.makefile("rb").readline())
    return answer


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"garbage\n",
        b"[]\n",
        b"{}\n",
        b'{"operation": 5, "arguments": {}}\n',
        b'{"operation": "status"}\n',
        b'{"operation": "status", "arguments": []}\n',
        b"\xff\xfe\x00\n",
        b"[" * 100_000 + b"\n",
        b'{"operation": "status", "arguments": {}',
    ],
)
def test_garbage_is_refused_in_words(running: Folder, line: bytes) -> None:
    assert say(running, line)["refused"].startswith("one line of JSON with operation and arg")
    assert ask(running.root, "status", {})["name"] == "suzhou.g60.demo"


def test_an_operation_of_another_version_is_refused_in_words(running: Folder) -> None:
    answer = say(running, b'{"operation": "fly", "arguments": {}}\n')
    assert answer["refused"] == "this version knows no operation fly; update both sides"


def test_a_flaw_shows_its_kind_and_nobodys_data(running: Folder) -> None:
    answer = say(running, b'{"operation": "case.show", "arguments": {"name": "\xe5\xbc\xa0"}}\n')
    assert "the program has a flaw (KeyError)" in answer["failed"]
    assert "look at the node's log" in answer["failed"]


def test_a_request_over_the_limit_is_refused_with_the_limit(running: Folder) -> None:
    answer = say(running, b"x" * (REQUEST_BYTES_MAX + 100_000) + b"\n")
    assert "a node takes at most 16,000,000 at once" in answer["refused"]
    with pytest.raises(OperationRefused, match="at most 16,000,000 at once"):
        ask(running.root, "status", {"text": "x" * REQUEST_BYTES_MAX})


def test_only_the_owner_may_ask(running: Folder) -> None:
    assert stat.S_IMODE((running.root / "control").stat().st_mode) == 0o600


def test_a_second_instance_is_told_who_works_on_the_folder(running: Folder) -> None:
    served = ended(tongban("serve", "--folder", running.root))
    holder = (running.root / "lock").read_text(encoding="ascii")
    assert served.code == 2
    assert f"process {holder} already works on {running.root}; stop it first" in served.err


def test_rebuild_waits_for_no_running_node(running: Folder) -> None:
    rebuilt = ended(tongban("rebuild", "--folder", running.root, "--json"))
    assert rebuilt.code == 2
    assert "already works on" in json.loads(rebuilt.out)["problem"]


def test_doctor_asks_the_running_node(running: Folder) -> None:
    examined = invoke("doctor", "--folder", running.root, "--json")
    findings = {line["what"]: line["text"] for line in json.loads(examined.out)["findings"]}
    assert examined.code == 0
    assert (findings["process"], findings["lines"]) == ("running", "0 of 0 open")


def test_doctor_sees_a_key_file_that_was_replaced_under_the_node(running: Folder) -> None:
    began_with = running.keystore.read_bytes()
    running.keystore.unlink()
    another = bytes(range(ENTROPY_BYTES))
    create_keystore(running.keystore, read_credential(running.credential), another)
    try:
        examined = invoke("doctor", "--folder", running.root, "--json")
    finally:
        running.keystore.write_bytes(began_with)
    problems = [line["text"] for line in json.loads(examined.out)["findings"] if not line["fine"]]
    assert examined.code == 1
    assert len(problems) == 1
    assert "put back the file that the node began with" in problems[0]


def hang_up(listener: socket.socket) -> None:
    listener.accept()[0].close()


def test_a_node_that_dies_while_it_is_asked_is_reported(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dying:
        dying.bind(str(tmp_path / "control"))
        dying.listen()
        threading.Thread(target=hang_up, args=(dying,)).start()
        with pytest.raises(NodeStopped, match="the node stopped before it answered"):
            ask(tmp_path, "status", {})


def test_a_socket_that_a_dead_node_left_is_taken_for_no_node(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "control"))
    with pytest.raises(ConnectionError, match="no node runs"):
        ask(tmp_path, "status", {})


def test_a_folder_with_a_long_name_is_reached_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 20) / ("name" * 20)
    deep.mkdir(parents=True)
    assert len(os.fsencode(deep)) > 107
    control = ControlSocket(deep, lambda name, _arguments, _tell: name)
    control.open()
    assert ask(deep, "echo", {}) == "echo"
