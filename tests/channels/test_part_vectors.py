"""Every example of a part beside spec/channels.md comes out as the file says."""

import json
from pathlib import Path
from typing import Any

import pytest

from tongban.channels.descriptors import KeySet, PublicKeys
from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import CompareAnswer, decode_message
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import EMPTY, leaf_hash
from tongban.logs.rows import Head
from tongban.node.identity import Peer, channel_origin
from tongban.node.verifying import PushRejected, verify_push

Vector = dict[str, Any]
FILE = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "channels" / "parts.json"
PARTS = json.loads(FILE.read_bytes())
SUITE = SUITES[PARTS["suite"]]
KEY = bytes.fromhex(PARTS["key"])
_KEYS = PublicKeys(log=KEY, mirror=b"", witness=b"", sealing=b"")
ASKER = Peer(
    name=PARTS["asker"],
    sets=(KeySet(keys=_KEYS, suite=PARTS["suite"]),),
    serial=1,
    speaks_from=1,
)


def stored() -> Head:
    leaves = [leaf_hash(SUITE, bytes.fromhex(entry)) for entry in PARTS["stored"]]
    generation, start = PARTS["generation"], PARTS["start"]
    return Head(
        log=1,
        generation=generation,
        start=start,
        suite=SUITE,
        origin=channel_origin(ASKER.name, PARTS["answerer"], generation, start),
        size=len(leaves),
        range=EMPTY.extend(SUITE, leaves),
        last_entry_id="",
        opened=1,
    )


def taken(vector: Vector) -> tuple[CompareAnswer, int]:
    """The answer, and where the asker's log ends with it."""
    message = decode_message(bytes.fromhex(vector["message"]))
    if message.answer is None or message.needed_version() > message.version:
        raise MessageUnreadable("it has parts that its version does not have")
    given = message.answer.askers_log
    arrivals = verify_push(PARTS["answerer"], ASKER, stored(), given, lambda _: None)
    return message.answer, arrivals[-1].end.size


@pytest.mark.parametrize("vector", PARTS["accepted"], ids=lambda vector: vector["what"])
def test_a_part_is_taken(vector: Vector) -> None:
    answer, size = taken(vector)
    assert (answer.more, size) == (vector["more"], vector["size"])


@pytest.mark.parametrize("vector", PARTS["refused"], ids=lambda vector: vector["why"])
def test_a_part_is_refused(vector: Vector) -> None:
    with pytest.raises((MessageUnreadable, PushRejected)):
        taken(vector)
