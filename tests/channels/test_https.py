"""The calling side of https against doors that are shut, strange or hostile."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.ports import free_base

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import (
    AddressForbidden,
    ChannelFault,
    EnvelopeRefused,
    EnvelopeUnreadable,
    MessageUnreadable,
    OverQuota,
    Oversize,
    Unreachable,
)
from tongban.channels.roads import Means, Road, build_road
from tongban.channels.roads.addresses import resolve
from tongban.channels.roads.certificates import (
    VALID_FOR,
    DoorCertificate,
    make_certificate,
)
from tongban.channels.roads.https import _PinnedSocket, fetch_descriptor
from tongban.channels.roads.https_door import _context
from tongban.channels.roads.patient_server import Answer, PatientServer, Request

from .nodes import (
    LONG_AGO,
    NOON,
    PASSPHRASE,
    descriptor,
    door_certificate,
    https_endpoint,
    open_door,
)


@contextmanager
def road_to(endpoint: Endpoint) -> Iterator[Road]:
    road = build_road([endpoint], Means(allow_loopback=True))
    yield road
    road.close()


@contextmanager
def strange_door(answer: Callable[[Request], Answer]) -> Iterator[Endpoint]:
    certificate = door_certificate("hefei")
    server = PatientServer(
        ("127.0.0.1", 0),
        tls=_context(certificate, PASSPHRASE),
        body_bytes_max=1000,
        answer=answer,
    )
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield Endpoint(
        road="https",
        address=f"https://127.0.0.1:{server.bind_addr[1]}",
        certificate=certificate.certificate,
    )
    server.stop()
    thread.join()


def refusing(fault: Exception) -> Callable[[bytes], bytes]:
    def receive(_: bytes) -> bytes:
        raise fault

    return receive


def test_nothing_to_answer_is_no_answer() -> None:
    with open_door(lambda _: None) as door, road_to(https_endpoint(door)) as road:
        assert road.carry(b"abc") is None


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (EnvelopeUnreadable(""), EnvelopeRefused),
        (MessageUnreadable(""), EnvelopeRefused),
        (Oversize(""), Oversize),
        (OverQuota(""), OverQuota),
        (Unreachable("no room on the disk"), Unreachable),
        (RuntimeError("a bug"), Unreachable),
    ],
)
def test_the_peers_fault_reaches_the_sender(
    raised: Exception, expected: type[ChannelFault]
) -> None:
    with open_door(refusing(raised)) as door, road_to(https_endpoint(door)) as road:
        with pytest.raises(expected):
            road.carry(b"abc")
        with pytest.raises(expected):
            road.carry(b"the connection is usable, or a new one is made")


def test_the_pause_that_the_peer_asks_for_reaches_the_sender() -> None:
    busy = refusing(OverQuota("", retry_after_seconds=17))
    with open_door(busy) as door, road_to(https_endpoint(door)) as road:
        with pytest.raises(OverQuota) as caught:
            road.carry(b"abc")
        assert caught.value.retry_after_seconds == 17


@pytest.mark.parametrize("stated", ["", "soon", "-5", "99999999999999999999", "１"])
def test_a_nonsensical_pause_is_bounded(stated: str) -> None:
    headers = {"Retry-After": stated} if stated.isascii() else {}
    answer = Answer(status="429 Too Many Requests", headers=headers)
    with strange_door(lambda _: answer) as endpoint, road_to(endpoint) as road:
        with pytest.raises(OverQuota) as caught:
            road.carry(b"abc")
        assert 1 <= caught.value.retry_after_seconds <= 3600


def test_another_certificate_than_the_pinned_one_is_refused_before_anything_is_sent() -> None:
    received: list[bytes] = []
    with open_door(received.append) as door:
        endpoint = https_endpoint(door, door_certificate("hefei", number=2))
        with (
            road_to(endpoint) as road,
            pytest.raises(Unreachable, match="certificate that differs"),
        ):
            road.carry(b"abc")
    assert received == []


def test_a_certificate_that_the_pinned_one_issued_is_refused() -> None:
    authority, issued = authority_and_issued()
    with open_door(lambda _: None, certificate=issued) as door:
        endpoint = https_endpoint(door, authority)
        with (
            road_to(endpoint) as road,
            pytest.raises(Unreachable, match="certificate that differs"),
        ):
            road.carry(b"abc")


def authority_and_issued() -> tuple[DoorCertificate, DoorCertificate]:
    """A certificate that may issue others, and one that it issued."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("authority", "door")
    ]

    def issue(number: int) -> DoorCertificate:
        builder = x509.CertificateBuilder(
            issuer_name=names[0],
            subject_name=names[number],
            public_key=keys[number].public_key(),
            serial_number=number + 1,
            not_valid_before=LONG_AGO,
            not_valid_after=LONG_AGO + VALID_FOR,
        ).add_extension(x509.BasicConstraints(ca=number == 0, path_length=None), critical=True)
        certificate = builder.sign(keys[0], hashes.SHA256())
        return DoorCertificate(
            certificate=certificate.public_bytes(serialization.Encoding.DER),
            key=keys[number].private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(PASSPHRASE),
            ),
        )

    return issue(0), issue(1)


@pytest.mark.parametrize(
    ("not_before", "said"),
    [(LONG_AGO - VALID_FOR, "no longer valid"), (NOON + timedelta(days=36_500), "not yet valid")],
)
def test_a_pinned_certificate_out_of_its_time_is_refused(not_before: object, said: str) -> None:
    certificate = make_certificate(
        "hefei",
        not_before=not_before,  # type: ignore[arg-type]
        randomness=bytes(64),
        passphrase=PASSPHRASE,
    )
    with (
        open_door(lambda _: None, certificate=certificate) as door,
        road_to(https_endpoint(door, certificate)) as road,
        pytest.raises(Unreachable, match=said),
    ):
        road.carry(b"abc")


def test_a_redirect_is_not_followed() -> None:
    received: list[bytes] = []
    with open_door(received.append) as other:
        answer = Answer(
            status="307 Temporary Redirect",
            headers={"Location": f"https://127.0.0.1:{other.port}/envelopes"},
        )
        with (
            strange_door(lambda _: answer) as endpoint,
            road_to(endpoint) as road,
            pytest.raises(Unreachable, match="307"),
        ):
            road.carry(b"abc")
    assert received == []


def test_an_answer_over_the_cap_is_not_kept() -> None:
    answer = Answer(status="200 OK", body=bytes(ENVELOPE_BYTES_MAX + 1))
    with (
        strange_door(lambda _: answer) as endpoint,
        road_to(endpoint) as road,
        pytest.raises(Unreachable, match="more than"),
    ):
        road.carry(b"abc")


def test_a_door_that_closes_in_mid_answer_is_unreachable() -> None:
    def short(request: Request) -> Answer:
        request.close_connection = True
        return Answer(status="200 OK", body=b"abc", headers={"Content-Length": "9"})

    with (
        strange_door(short) as endpoint,
        road_to(endpoint) as road,
        pytest.raises(Unreachable, match="does not answer"),
    ):
        road.carry(b"abc")


def test_the_road_works_again_when_the_door_is_back() -> None:
    port = free_base()
    with open_door(lambda _: b"first", port=port) as door:
        road = build_road([https_endpoint(door)], Means(allow_loopback=True))
        assert road.carry(b"abc") == b"first"
    with pytest.raises(Unreachable):
        road.carry(b"abc")
    with open_door(lambda _: b"second", port=port):
        assert road.carry(b"abc") == b"second"
    road.close()


def test_loopback_is_called_only_where_the_settings_allow_it() -> None:
    with open_door(lambda _: None) as door:
        road = build_road([https_endpoint(door)], Means(allow_loopback=False))
        with pytest.raises(AddressForbidden, match="this machine itself"):
            road.carry(b"abc")
        with pytest.raises(AddressForbidden):
            fetch_descriptor(f"https://127.0.0.1:{door.port}", allow_loopback=False)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "localhost", "::1", "::ffff:127.0.0.1"])
def test_every_spelling_of_loopback_is_known(host: str) -> None:
    with pytest.raises(AddressForbidden):
        resolve(host, 443, allow_loopback=False)


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        str(IPv4Address(0)),
        "224.0.0.1",
        "255.255.255.255",
        "fe80::1",
        "::",
        "ff02::1",
    ],
)
def test_addresses_that_no_peer_can_have_are_forbidden(host: str) -> None:
    with pytest.raises(AddressForbidden, match="no peer can have"):
        resolve(host, 443, allow_loopback=True)


@pytest.mark.parametrize("host", ["10.0.0.1", "59.255.1.1", "fd00::1"])
def test_addresses_of_government_networks_are_allowed(host: str) -> None:
    assert resolve(host, 443, allow_loopback=False) == [host]


def test_an_unknown_host_is_unreachable() -> None:
    with pytest.raises(Unreachable, match=r"no-such-host\.invalid"):
        resolve("no-such-host.invalid", 443, allow_loopback=False)


def test_a_pinned_certificate_that_tls_cannot_use_is_told() -> None:
    endpoint = Endpoint(road="https", address="https://10.0.0.1:443", certificate=b"0")
    with pytest.raises(Unreachable, match="cannot be used"):
        build_road([endpoint], Means())


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://127.0.0.1:1/x", "file:///etc"])
def test_only_https_addresses_are_called(address: str) -> None:
    with pytest.raises(AddressForbidden, match="https://host:port"):
        fetch_descriptor(address, allow_loopback=True)


def test_a_stranger_fetches_the_descriptor() -> None:
    with open_door(lambda _: None) as door:
        fetched = fetch_descriptor(f"https://127.0.0.1:{door.port}", allow_loopback=True)
    assert fingerprint(read_descriptor(fetched)) == fingerprint(read_descriptor(descriptor()))


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with open_door(lambda _: b"direct") as door, road_to(https_endpoint(door)) as road:
        assert road.carry(b"abc") == b"direct"


def test_connections_are_kept_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    handshakes: list[object] = []
    original = ssl.SSLSocket.do_handshake

    def counted(self: ssl.SSLSocket, block: bool = False) -> None:  # noqa: FBT001, FBT002  as in ssl
        handshakes.append(self)
        original(self, block)

    monkeypatch.setattr(ssl.SSLSocket, "do_handshake", counted)
    with open_door(lambda _: b"") as door, road_to(https_endpoint(door)) as road:
        for _ in range(5):
            road.carry(b"abc")
    assert len({id(socket) for socket in handshakes if isinstance(socket, _PinnedSocket)}) == 1


def test_a_certificate_is_determined_by_its_arguments() -> None:
    first, second, other = (door_certificate("hefei", number) for number in (1, 1, 2))
    assert first.certificate == second.certificate != other.certificate
    assert b"ENCRYPTED" in first.key
    assert "key" not in repr(first)


def test_a_certificate_needs_its_randomness() -> None:
    with pytest.raises(ValueError, match="64 random bytes"):
        make_certificate("hefei", not_before=NOON, randomness=bytes(8), passphrase=PASSPHRASE)
