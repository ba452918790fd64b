"""Made-up nodes with real keys, certificates and doors, for tests on roads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tongban.channels.descriptors import Reads, Title, make_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.channels.keepers import Keeper
from tongban.channels.roads.certificates import DoorCertificate, make_certificate
from tongban.channels.roads.https_door import PeerDoor
from tongban.channels.roads.road import Receive
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suites import SUITES

SUITE = SUITES["ed25519-sha256"]
PASSPHRASE = b"made up for tests"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: A door's certificate is checked against this machine's clock, so it begins long ago.
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def key_ring(number: int) -> KeyRing:
    return KeyRing.from_seeds(
        SUITE, {purpose: bytes([number, i] * 16) for i, purpose in enumerate(KeyPurpose)}
    )


def door_certificate(name: str, number: int = 1) -> DoorCertificate:
    return make_certificate(
        name, not_before=LONG_AGO, randomness=bytes([number] * 64), passphrase=PASSPHRASE
    )


def descriptor(
    name: str = "hefei",
    *,
    signer: KeyRing | None = None,
    endpoints: tuple[Endpoint, ...] = (),
    serial: int = 1,
    earlier: tuple[KeyRing, ...] = (),
    keeper: Keeper | None = None,
) -> bytes:
    return make_descriptor(
        name=name,
        title=Title(zh="合肥市（演示）", en="Hefei (demo)"),
        jurisdictions=["340100"],
        endpoints=endpoints,
        reads=Reads(entries=(1,), messages=(1,)),
        serial=serial,
        signer=signer or key_ring(1),
        earlier=earlier,
        keeper=keeper,
    )


@contextmanager
def open_door(
    receive: Receive, *, certificate: DoorCertificate | None = None, port: int = 0
) -> Iterator[PeerDoor]:
    door = PeerDoor(
        host="127.0.0.1",
        port=port,
        certificate=certificate or door_certificate("hefei"),
        passphrase=PASSPHRASE,
        receive=receive,
        descriptor=descriptor,
    )
    door.start()
    try:
        yield door
    finally:
        door.stop()


def https_endpoint(door: PeerDoor, certificate: DoorCertificate | None = None) -> Endpoint:
    return Endpoint(
        road="https",
        address=f"https://127.0.0.1:{door.port}",
        certificate=(certificate or door_certificate("hefei")).certificate,
    )
