"""Who signed what: the exporter its manifest, writers their logs, readers what they stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tongban.core.cases.events import CaseOpened
from tongban.evidence.keys import NoteSignature, VerifierKey
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.entries import BundledEntry

from .pair import MORNING, Pair
from .stories import (
    CASE,
    HEFEI,
    OWN_RIGHT,
    SMALL,
    SONGJIANG,
    STRANGER,
    TRUST,
    WHOLE,
    bundling,
    codes,
    dispatched,
)


def with_last_signature(bundled: BundledEntry, signature: bytes) -> BundledEntry:
    note = bundled.proof.checkpoint_note
    *others, last = note.signatures
    lines = (*others, NoteSignature(name=last.name, key_id=last.key_id, signature=signature))
    changed = replace(note, signatures=lines)
    return replace(bundled, proof=replace(bundled.proof, checkpoint_note=changed))


def one_sided(bundled: BundledEntry) -> BundledEntry:
    note = bundled.proof.checkpoint_note
    changed = replace(note, signatures=note.signatures[:1])
    return replace(bundled, proof=replace(bundled.proof, checkpoint_note=changed))


def test_a_manifest_signed_by_another_key_fails() -> None:
    assert codes(replace(SMALL, signer=STRANGER).verify()) == ["manifest_not_signed"]


def test_an_exporter_without_descriptor_fails() -> None:
    report = replace(SMALL, nodes=(HEFEI,)).verify()
    assert "manifest_not_signed" in codes(report)
    assert "descriptors_differ" in codes(report)


def test_a_proof_of_another_entry_fails() -> None:
    entries = list(WHOLE.entries)
    at = max(range(len(entries)), key=lambda n: len(entries[n].proof.hashes))
    proof = entries[at].proof
    entries[at] = replace(entries[at], proof=replace(proof, hashes=proof.hashes[::-1]))
    assert "proof_fails" in codes(replace(WHOLE, entries=entries).verify())


def test_an_entry_that_is_not_in_the_log_fails() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.out.last.lines[1] = pair.out.last.lines[1].replace(b"made-up-item", b"other-item.x")
    assert "proof_fails" in codes(bundling(pair).verify())


def test_a_false_cosignature_fails() -> None:
    entries = [
        with_last_signature(b, bytes(72)) if b.place.log.reader and b.place.index else b
        for b in SMALL.entries
    ]
    assert "cosignature_false" in codes(replace(SMALL, entries=entries).verify())


def test_a_cosignature_of_a_time_beyond_every_calendar_fails() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.out.sign(datetime(9999, 1, 1, tzinfo=UTC))
    report = bundling(pair).verify()
    assert codes(report) == ["cosignature_false", "nothing_proven"]


def test_an_entry_that_is_not_countersigned_is_one_sided_and_not_proven() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.say(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.write(pair.back, CaseOpened(), CASE)
    pair.back.sign()
    report = bundling(pair).verify()
    assert report.verified
    last = report.entries[-1]
    assert (last.type, last.proven, last.cosigned_at) == ("case.opened", False, None)
    assert any(
        "单方陈述" in words.zh and str(last.number) in words.zh for words in report.not_proven
    )


def test_a_bundle_of_one_sided_entries_proves_nothing() -> None:
    report = replace(SMALL, entries=[one_sided(b) for b in SMALL.entries]).verify()
    assert codes(report) == ["nothing_proven"]
    assert not report.proven


def test_cosigned_at_is_what_the_reader_states() -> None:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT)
    pair.out.sign(MORNING + timedelta(days=3))
    (entry,) = [e for e in bundling(pair).verify().entries if e.about_case]
    assert entry.cosigned_at == MORNING + timedelta(days=3)


def test_trusted_keys_are_anchored() -> None:
    assert WHOLE.verify(TRUST).anchored


def test_without_trusted_keys_the_bundle_passes_and_says_that_they_are_not_anchored() -> None:
    report = WHOLE.verify(None)
    assert report.verified
    assert not report.anchored
    assert any("没有锚定" in words.zh for words in report.not_proven)
    assert sorted(report.fingerprints) == [HEFEI.name, SONGJIANG.name]


@pytest.mark.parametrize("left_out", TRUST)
def test_each_unknown_key_fails(left_out: VerifierKey) -> None:
    report = WHOLE.verify([key for key in TRUST if key != left_out])
    assert codes(report) == ["key_unknown"]
    assert left_out.name in report.problems[0].words.en
    assert not report.anchored


def test_no_key_at_all_is_trusted_on_an_empty_list() -> None:
    assert len(WHOLE.verify([]).problems) == len(TRUST)


def test_a_log_key_may_be_listed_under_any_name_of_its_node() -> None:
    renamed = [replace(key, name=key.name.replace("/bundles", "/descriptor")) for key in TRUST]
    assert WHOLE.verify(renamed).anchored


def test_a_key_of_another_purpose_does_not_anchor_a_mirror() -> None:
    witness = HEFEI.described.verifier_key(KeyPurpose.WITNESS, f"{HEFEI.name}/mirror")
    keys = [witness if key.name == witness.name else key for key in TRUST]
    assert codes(WHOLE.verify(keys)) == ["key_unknown"]


def test_a_key_of_the_right_bytes_and_another_node_does_not_anchor() -> None:
    keys = [replace(key, name=f"evil-{key.name}") for key in TRUST]
    assert codes(WHOLE.verify(keys)) == ["key_unknown"]
