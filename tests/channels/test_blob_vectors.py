"""Every example of a message beside spec/blobs.md comes out as the file says."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import FILES, decode_message, encode_message

Vector = dict[str, Any]
FILE = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "blobs" / "messages.json"
MESSAGES = json.loads(FILE.read_bytes())


@pytest.mark.parametrize("vector", MESSAGES["accepted"], ids=lambda vector: vector["what"])
def test_a_message_is_read_and_needs_its_version(vector: Vector) -> None:
    message = decode_message(bytes.fromhex(vector["message"]))
    assert (message.version, message.needed_version()) == (FILES, FILES)
    assert decode_message(encode_message(message)) == message


@pytest.mark.parametrize("vector", MESSAGES["refused"], ids=lambda vector: vector["why"])
def test_a_message_is_refused(vector: Vector) -> None:
    try:
        message = decode_message(bytes.fromhex(vector["message"]))
    except MessageUnreadable:
        return
    assert message.needed_version() > message.version


def test_a_message_without_files_needs_no_such_version() -> None:
    message = decode_message(bytes.fromhex(MESSAGES["accepted"][0]["message"]))
    assert msgspec.structs.replace(message, offers=[]).needed_version() < FILES
