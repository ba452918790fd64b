import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tongban.logs.faults import EntryUnreadable
from tongban.logs.wire import decode, encode
from tongban.logs.wire.v1 import EVENT_TYPES

VECTORS = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "entries"
ACCEPTED = json.loads((VECTORS / "accepted.json").read_text(encoding="utf-8"))["accepted"]
REFUSED = json.loads((VECTORS / "refused.json").read_text(encoding="utf-8"))["refused"]


def bytes_of(vector: dict[str, Any]) -> bytes:
    if "hex" in vector:
        return bytes.fromhex(vector["hex"])
    if "repeat" in vector:
        repeated = vector["repeat"] * vector["times"]
        return f"{vector['before']}{repeated}{vector['after']}".encode()
    return str(vector["entry"]).encode()


@pytest.mark.parametrize("vector", ACCEPTED, ids=[v["name"] for v in ACCEPTED])
def test_accepted_vector_is_read_and_written_alike(vector: dict[str, Any]) -> None:
    data = bytes_of(vector)
    assert encode(decode(data)) == data
    assert hashlib.sha256(b"\x00" + data).hexdigest() == vector["leaf_hash_sha256"]


@pytest.mark.parametrize("vector", REFUSED, ids=[v["name"] for v in REFUSED])
def test_refused_vector_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(EntryUnreadable):
        decode(bytes_of(vector))


def test_every_type_of_event_has_an_accepted_vector() -> None:
    assert {json.loads(v["entry"])["type"] for v in ACCEPTED} == set(EVENT_TYPES)
