"""Every example beside spec/envelopes.md and spec/descriptors.md comes out as the file says."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.envelopes import open_envelope
from tongban.channels.faults import DescriptorUnreadable, EnvelopeUnreadable
from tongban.channels.roads.gateway import GatewayBox
from tongban.evidence.canonical import decode_base64
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suites import SUITES

from .nodes import NOON

Vector = dict[str, Any]
FOLDER = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "channels"
FILES = {path.stem: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}
ENVELOPES = FILES["envelopes"]
HEFEI = KeyRing(
    suite=SUITES[ENVELOPES["suite"]],
    private_keys={KeyPurpose.SEALING: bytes.fromhex(ENVELOPES["private"])},
)


def each(file: str, group: str) -> pytest.MarkDecorator:
    """One test for each vector, called by what it is or why it is refused."""
    vectors = FILES[file][group]
    return pytest.mark.parametrize(
        "vector", [pytest.param(v, id=v.get("what") or v["why"]) for v in vectors]
    )


def test_every_file_is_read_here_or_beside() -> None:
    assert list(FILES) == ["descriptors", "envelopes", "gateway_names", "parts"]


@each("envelopes", "accepted")
def test_an_envelope_opens(vector: Vector) -> None:
    sender, message = open_envelope(
        bytes.fromhex(vector["envelope"]), receiver=ENVELOPES["receiver"], signer=HEFEI
    )
    assert (sender, message.hex()) == (vector["sender"], vector["message"])


@each("envelopes", "refused")
def test_an_envelope_is_refused(vector: Vector) -> None:
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(
            bytes.fromhex(vector["envelope"]), receiver=ENVELOPES["receiver"], signer=HEFEI
        )


@each("envelopes", "accepted")
def test_the_specification_is_enough_to_open_an_envelope(vector: Vector) -> None:
    head = bytes.fromhex(vector["envelope"]).split(b"\n", 4)
    aad = b"".join(line + b"\n" for line in head[:3])
    info = len(head[0]).to_bytes(4, "big") + head[0] + aad
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(ENVELOPES["private"]))
    assert suite.decrypt(head[4], key, info=info).hex() == vector["message"]


@each("descriptors", "accepted")
def test_a_descriptor_is_read(vector: Vector) -> None:
    descriptor = read_descriptor(vector["descriptor"].encode())
    assert (descriptor.name, descriptor.serial) == (vector["name"], vector["serial"])
    assert [endpoint.road for endpoint in descriptor.endpoints] == vector["roads"]
    assert fingerprint(descriptor) == vector["fingerprint"]


@each("descriptors", "refused")
def test_a_descriptor_is_refused(vector: Vector) -> None:
    with pytest.raises(DescriptorUnreadable):
        read_descriptor(vector["descriptor"].encode())


@each("descriptors", "accepted")
def test_the_specification_is_enough_to_check_a_descriptor(vector: Vector) -> None:
    text, signature = vector["descriptor"].split("\n\n")
    value = json.loads(text)
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert written == text
    log_key = Ed25519PublicKey.from_public_bytes(decode_base64(value["keys"]["log"]))
    log_key.verify(decode_base64(signature.split(" ")[2].strip())[4:], f"{text}\n".encode())
    assert printed(value) == vector["fingerprint"].replace(" ", "")


def printed(value: Vector) -> str:
    keys = [value["keys"][purpose] for purpose in ("log", "mirror", "witness", "sealing")]
    lines = ["tongban-fingerprint/1", value["name"], value["suite"], *keys, ""]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32].upper()


@each("gateway_names", "accepted")
def test_a_file_of_the_gateway_has_its_instant(vector: Vector, tmp_path: Path) -> None:
    box = GatewayBox(tmp_path, now=lambda: NOON)
    (tmp_path / "in" / vector["name"]).write_bytes(b"x")
    instants: list[datetime | None] = []
    assert box.poll(lambda _, at: instants.append(at)) == 1
    assert [at and at.isoformat() for at in instants] == [vector["available_at"]]


@each("gateway_names", "ignored")
def test_a_file_of_the_gateway_is_left_alone(vector: Vector, tmp_path: Path) -> None:
    box = GatewayBox(tmp_path, now=lambda: NOON)
    (tmp_path / "in" / vector["name"]).write_bytes(b"x")
    assert box.poll(lambda _, __: None) == 0
    assert (tmp_path / "in" / vector["name"]).exists()
