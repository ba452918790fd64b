"""The examples of spec/misbehaviour.md hold for this implementation as for any other."""

import json
from typing import Any

import pytest

from tongban.node.bundles.archive import pack
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.trust import read_trust
from tongban.node.misbehaviour.verify import verify_misbehaviour

from . import vectors

#: spec/vectors/misbehaviour/proofs.json
PROOFS: dict[str, Any] = json.loads(vectors.FILE.read_bytes())
TRUST = read_trust("\n".join(PROOFS["trust"]))
BASES = {example["name"]: example["files"] for example in PROOFS["accepted"]}


def archive(files: dict[str, str | None]) -> bytes:
    return pack({name: text.encode() for name, text in files.items() if text is not None})


def changed(example: dict[str, Any]) -> bytes:
    return archive({**BASES[example["base"]], **example["files"]})


@pytest.mark.parametrize("example", PROOFS["accepted"], ids=lambda e: e["name"])
def test_accepted_proofs_say_what_the_examples_say(example: dict[str, Any]) -> None:
    report = verify_misbehaviour(archive(example["files"]), TRUST)
    assert vectors.told(report) == example["report"]
    assert report.verified


@pytest.mark.parametrize("example", PROOFS["not_verified"], ids=lambda e: e["why"])
def test_proofs_that_do_not_hold_have_the_problems_of_the_examples(
    example: dict[str, Any],
) -> None:
    report = verify_misbehaviour(changed(example), TRUST)
    assert not report.verified
    assert vectors.codes(report) == example["problems"]


@pytest.mark.parametrize("example", PROOFS["unreadable"], ids=lambda e: e["why"])
def test_unreadable_proofs_are_refused(example: dict[str, Any]) -> None:
    with pytest.raises(BundleUnreadable):
        verify_misbehaviour(changed(example), TRUST)


def test_the_file_is_what_its_maker_makes() -> None:
    assert vectors.FILE.read_text(encoding="utf-8") == vectors.text()
