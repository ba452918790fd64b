"""The door against strangers who do not keep to HTTP, or keep to it very slowly."""

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from tests.journeys.processes import within

import tongban
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import DoorBlocked
from tongban.channels.roads import Means, build_road, patient_server
from tongban.channels.roads.https_door import LARGE_BODIES_MAX, LARGE_BODY_BYTES, PeerDoor

from .nodes import descriptor, door_certificate, https_endpoint, open_door

HALF = b"POST /envelopes HTTP/1.1\r\nHost: hefei\r\nContent-Le"


class Hefei:
    def __init__(self) -> None:
        self.received: list[bytes] = []

    def receive(self, envelope: bytes) -> bytes:
        self.received.append(envelope)
        return b"taken in"


@pytest.fixture(scope="module")
def resident() -> Hefei:
    return Hefei()


@pytest.fixture(scope="module")
def door(resident: Hefei) -> Iterator[PeerDoor]:
    """One door for all tests, which also shows that it stands what the earlier ones did."""
    with open_door(resident.receive) as opened:
        yield opened


@pytest.fixture
def hefei(resident: Hefei) -> Hefei:
    resident.received.clear()
    return resident


@contextmanager
def connection(door: PeerDoor, *, source: str = "127.0.0.1") -> Iterator[socket.socket]:
    plain = socket.create_connection(("127.0.0.1", door.port), 10, source_address=(source, 0))
    with plain:
        yield plain


@contextmanager
def tls(door: PeerDoor, *, source: str = "127.0.0.1") -> Iterator[ssl.SSLSocket]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.options |= ssl.OP_IGNORE_UNEXPECTED_EOF
    with (
        connection(door, source=source) as plain,
        context.wrap_socket(plain, suppress_ragged_eofs=True) as wrapped,
    ):
        yield wrapped


def everything(stream: socket.socket) -> bytes:
    parts = []
    try:
        while part := stream.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def ask(door: PeerDoor, request: bytes) -> bytes:
    with tls(door) as stream:
        stream.sendall(request)
        return everything(stream)


def post(body: bytes) -> bytes:
    head = f"POST /envelopes HTTP/1.1\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def test_an_envelope_is_taken_in(door: PeerDoor, hefei: Hefei) -> None:
    answer = ask(door, post(b"abc"))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\ntaken in")
    assert hefei.received == [b"abc"]


def test_the_door_does_not_tell_its_version(door: PeerDoor) -> None:
    assert b"Server: tongban\r\n" in ask(door, post(b"abc"))


def test_the_descriptor_is_given_to_everybody(door: PeerDoor) -> None:
    answer = ask(door, b"GET /descriptor HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n" + descriptor())


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 404),
        (b"POST /envelopes/ HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 404),
        (b"GET /../descriptor HTTP/1.1\r\n\r\n", 404),
        (b"GET /envelopes HTTP/1.1\r\n\r\n", 405),
        (b"PUT /envelopes HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 405),
        (b"POST /descriptor HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 405),
        (b"POST /envelopes HTTP/1.1\r\n\r\n", 411),
        (b"POST /envelopes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 411),
        (b"POST /envelopes HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 411),
        (b"POST /envelopes HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n0123456789", 411),
        (b"POST /envelopes HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
        (b"POST /envelopes HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (ENVELOPE_BYTES_MAX + 1), 413),
        (b"POST /envelopes HTTP/1.1\r\nContent-Length: 999999999999999999999\r\n\r\n", 413),
        (b"POST /envelopes HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 413),
        (b"POST /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"\x00\x01\x02garbage\r\n\r\n", 400),
    ],
)
def test_a_bad_request_gets_its_status(
    door: PeerDoor, hefei: Hefei, request_: bytes, status: int
) -> None:
    answer = ask(door, request_)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert hefei.received == []


def test_a_truncated_body_is_not_taken_in(door: PeerDoor, hefei: Hefei) -> None:
    with tls(door) as stream:
        stream.sendall(b"POST /envelopes HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf")
    ask(door, post(b"another"))
    assert hefei.received == [b"another"]


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\xff\xff" + b"x" * 900, post(b"abc"), b"\n" * 99]
)
def test_what_is_not_tls_is_dropped(door: PeerDoor, hefei: Hefei, garbage: bytes) -> None:
    with connection(door) as stream, suppress(OSError):
        stream.sendall(garbage)
        stream.shutdown(socket.SHUT_WR)
        everything(stream)
    assert ask(door, post(b"abc")).endswith(b"taken in")
    assert hefei.received == [b"abc"]


def test_silent_connections_block_nobody(door: PeerDoor) -> None:
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(connection(door))
        assert seconds_until_served(door) < patient_server.HEAD_SECONDS


def test_connections_silent_after_the_handshake_block_nobody(door: PeerDoor) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(tls(door, source="127.0.0.2"))
        assert seconds_until_served(door) < patient_server.HEAD_SECONDS


def test_half_sent_requests_of_one_address_do_not_block_another(door: PeerDoor) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            # The door turns away those that would be too many.
            with suppress(OSError):
                stack.enter_context(tls(door, source="127.0.0.2")).sendall(HALF)
        assert seconds_until_served(door) < patient_server.HEAD_SECONDS


def test_half_a_handshake_blocks_nobody(door: PeerDoor) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            stream = stack.enter_context(connection(door, source="127.0.0.2"))
            stream.sendall(b"\x16\x03\x01\x02\x00\x01")
        assert seconds_until_served(door) < patient_server.HEAD_SECONDS


def seconds_until_served(door: PeerDoor) -> float:
    before = time.monotonic()
    assert ask(door, post(b"abc")).endswith(b"taken in")
    return time.monotonic() - before


@pytest.mark.parametrize("start", [HALF, b"POST /envelopes HTTP/1.1\r\nContent-Length: 99\r\n\r\n"])
def test_a_dripping_request_is_cut_off_at_the_deadline(
    door: PeerDoor, hefei: Hefei, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient_server, "HEAD_SECONDS", 0.5)
    with tls(door) as stream:
        stream.sendall(start)
        assert 0.3 < seconds_of_patience(stream) < 4
    assert hefei.received == []


def seconds_of_patience(stream: ssl.SSLSocket) -> float:
    """How long the door lets a byte drip in every 50 ms."""
    stream.settimeout(0.05)
    start = time.monotonic()
    while time.monotonic() < start + 5:
        try:
            stream.sendall(b"x")
            if stream.recv(1000) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - start


def test_a_reader_who_does_not_read_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_server, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(patient_server, "BYTES_PER_SECOND_MIN", 100_000_000)
    asked = threading.Event()

    def receive(_: bytes) -> bytes:
        asked.set()
        return bytes(30_000_000)

    with open_door(receive) as door, tls(door) as stream:
        stream.sendall(post(b"abc"))
        assert asked.wait(60)
        # Nothing is read until the door has let go of the connection.
        assert within(60, lambda: not door._server._turns)
        assert len(everything(stream)) < 30_000_000


def room_for_large_bodies(door: PeerDoor) -> int:
    room: int = door._server.answer.__self__._large_bodies._value  # type: ignore[attr-defined]
    return room


def test_only_so_many_large_bodies_are_read_at_once(door: PeerDoor) -> None:
    large = b"POST /envelopes HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (LARGE_BODY_BYTES + 1)
    with ExitStack() as stack:
        for _ in range(LARGE_BODIES_MAX):
            stack.enter_context(tls(door)).sendall(large)
        assert within(60, lambda: room_for_large_bodies(door) == 0)
        answer = ask(door, large)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 5\r\n" in answer
        assert ask(door, post(b"small")).endswith(b"taken in")


def test_an_exception_inside_is_logged_and_told_as_503(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: bytes) -> bytes:
        raise RuntimeError("a bug")

    with open_door(broken) as door:
        assert ask(door, post(b"abc")).startswith(b"HTTP/1.1 503 ")
    assert "could not be taken in" in caplog.text


def test_a_port_in_use_is_named_with_the_remedy(door: PeerDoor, hefei: Hefei) -> None:
    second = PeerDoor(
        host="127.0.0.1",
        port=door.port,
        certificate=door_certificate("hefei"),
        passphrase=b"made up for tests",
        receive=hefei.receive,
        descriptor=descriptor,
    )
    with pytest.raises(DoorBlocked, match=rf"port {door.port}: .*in use.*set another port"):
        second.start()
    second.stop()


def test_a_wrong_passphrase_is_told_before_anything_listens(hefei: Hefei) -> None:
    with pytest.raises(DoorBlocked, match="passphrase"):
        PeerDoor(
            host="127.0.0.1",
            port=0,
            certificate=door_certificate("hefei"),
            passphrase=b"another",
            receive=hefei.receive,
            descriptor=descriptor,
        )


def test_a_door_stops_soon_although_strangers_hold_connections(hefei: Hefei) -> None:
    with ExitStack() as stack:
        with open_door(hefei.receive) as door:
            for _ in range(3):
                stack.enter_context(tls(door)).sendall(HALF)
            before = time.monotonic()
        assert time.monotonic() - before < 8


def test_old_tls_is_refused(door: PeerDoor) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with connection(door) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain)


def test_many_envelopes_pass_one_door(door: PeerDoor, hefei: Hefei) -> None:
    road = build_road([https_endpoint(door)], Means(allow_loopback=True))
    for number in range(200):
        road.carry(b"%d" % number)
    road.close()
    assert len(hefei.received) == 200


def test_an_open_door_does_not_keep_a_process_alive_that_has_ended() -> None:
    program = "from channels.nodes import *\nopen_door(lambda _: None).__enter__()\nprint('open')"
    folders = [Path(tongban.__file__).parents[1], Path(__file__).parents[1]]
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert ended.stdout == b"open\n"
