"""The examples of spec/bundles.md hold for this implementation as for any other."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

from . import vectors
from .stories import codes
from .vectors import told

FOLDER = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "bundles"
ARCHIVES: dict[str, Any] = json.loads((FOLDER / "archives.json").read_bytes())
BUNDLES: dict[str, Any] = json.loads((FOLDER / "bundles.json").read_bytes())
TRUST = read_trust("\n".join(BUNDLES["trust"]))
BASES = {example["name"]: example["files"] for example in BUNDLES["accepted"]}


def archive(files: dict[str, str | None]) -> bytes:
    return pack(
        {
            name: bytes.fromhex(text) if name.startswith("bodies/") else text.encode()
            for name, text in files.items()
            if text is not None
        }
    )


def changed(example: dict[str, Any]) -> bytes:
    return archive({**BASES[example["base"]], **example["files"]})


@pytest.mark.parametrize("example", ARCHIVES["accepted"], ids=lambda e: e["what"])
def test_archives_are_written_and_read_as_the_examples(example: dict[str, Any]) -> None:
    files = {name: bytes.fromhex(content) for name, content in example["files"].items()}
    assert pack(files) == bytes.fromhex(example["archive"])
    assert unpack(bytes.fromhex(example["archive"])) == files


@pytest.mark.parametrize("example", ARCHIVES["unreadable"], ids=lambda e: e["why"])
def test_unreadable_archives_are_refused(example: dict[str, Any]) -> None:
    with pytest.raises(BundleUnreadable):
        unpack(bytes.fromhex(example["archive"]))


@pytest.mark.parametrize("example", BUNDLES["accepted"], ids=lambda e: e["what"])
def test_accepted_bundles_say_what_the_examples_say(example: dict[str, Any]) -> None:
    data = archive(example["files"])
    assert hashlib.sha256(data).hexdigest() == example["archive_sha256"]
    assert told(verify_bundle(data, TRUST)) == example["report"]


@pytest.mark.parametrize("example", BUNDLES["not_verified"], ids=lambda e: e["why"])
def test_bundles_that_do_not_hold_have_the_problems_of_the_examples(
    example: dict[str, Any],
) -> None:
    report = verify_bundle(changed(example), TRUST)
    assert not report.verified
    assert codes(report) == example["problems"]


@pytest.mark.parametrize("example", BUNDLES["unreadable"], ids=lambda e: e["why"])
def test_unreadable_bundles_are_refused(example: dict[str, Any]) -> None:
    with pytest.raises(BundleUnreadable):
        verify_bundle(changed(example), TRUST)


def test_the_file_is_what_its_maker_makes() -> None:
    assert vectors.FILE.read_text(encoding="utf-8") == vectors.text()
