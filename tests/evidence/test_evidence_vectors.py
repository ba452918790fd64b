"""Every accepted and refused example beside spec/evidence.md comes out as the file says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tongban.evidence import faults
from tongban.evidence.canonical import decode_base64
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.commitments import commit, opens
from tongban.evidence.cosignatures import cosigned_message, verify_cosignature
from tongban.evidence.keys import VerifierKey, parse_vkey
from tongban.evidence.notes import encode_note, parse_note, verify_note
from tongban.evidence.proofs import ProofResult, check_proof, encode_proof, parse_proof
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import (
    EMPTY,
    CompactRange,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

Vector = dict[str, Any]
FOLDER = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "evidence"
#: Of ed25519-sha256, and of the suites that have a folder of their own.
FOLDERS = (FOLDER, FOLDER / "sm2-sm3")
READ = ["checkpoints", "commitments", "cosignatures", "keys", "notes", "proofs", "sealing", "tree"]
FILES = {
    (folder.name, path.stem): json.loads(path.read_bytes())
    for folder in FOLDERS
    for path in sorted(folder.glob("*.json"))
}
TREES = [file for (_, name), file in FILES.items() if name == "tree"]
PROVEN = FILES["evidence", "proofs"]["accepted"][0]
unhex = bytes.fromhex


def each(name: str, *parts: str) -> pytest.MarkDecorator:
    """One test for each vector of a part, called by what it is or why it is refused."""
    return pytest.mark.parametrize(
        "vector",
        [
            pytest.param({**file, **vector}, id=f"{folder}: {vector.get('what', i)}")
            for (folder, stem), file in FILES.items()
            if stem == name
            for i, vector in enumerate(_part(file, parts))
        ],
    )


def _part(file: Vector, parts: tuple[str, ...]) -> list[Vector]:
    found: Any = file
    for part in parts:
        found = found.get(part, [])
    listed: list[Vector] = found
    return listed


def suite_of(vector: Vector) -> Suite:
    return SUITES[vector["suite"]]


def keys_of(vector: Vector) -> list[VerifierKey]:
    return [parse_vkey(text) for text in vector["keys"]]


def test_every_file_is_read_here() -> None:
    for folder in FOLDERS:
        # The words of a checkpoint are the same in every suite.
        missing = {"checkpoints"} if folder != FOLDER else set()
        assert {name for of, name in FILES if of == folder.name} == {*READ} - missing


@each("keys", "accepted")
def test_keys_are_read(vector: Vector) -> None:
    key = parse_vkey(vector["vkey"])
    assert key.encode_vkey() == vector["vkey"]
    assert (key.name, key.public.hex()) == (vector["name"], vector["public"])
    assert (key.key_type.hex(), key.key_id.hex()) == (vector["key_type"], vector["key_id"])


@each("keys", "refused")
def test_keys_are_refused(vector: Vector) -> None:
    with pytest.raises(faults.UnreadableKey):
        parse_vkey(vector["vkey"])


@each("notes", "accepted")
def test_notes_are_read_and_verified(vector: Vector) -> None:
    note = parse_note(vector["note"].encode())
    assert encode_note(note).decode() == vector["note"]
    signed = {key.encode_vkey() for key in verify_note(note, keys_of(vector))}
    assert signed == set(vector["signed_by"])


@each("notes", "unsigned")
def test_notes_that_nobody_signed(vector: Vector) -> None:
    assert not verify_note(parse_note(vector["note"].encode()), keys_of(vector))


@each("notes", "refused")
def test_notes_are_refused(vector: Vector) -> None:
    with pytest.raises(faults.UnreadableNote):
        parse_note(unhex(vector["note"]))


@each("checkpoints", "accepted")
def test_checkpoints_are_read(vector: Vector) -> None:
    checkpoint = parse_checkpoint(vector["text"])
    assert checkpoint.encode() == vector["text"]
    assert (checkpoint.origin, checkpoint.size) == (vector["origin"], vector["size"])
    assert checkpoint.root == unhex(vector["root"])
    assert list(checkpoint.extensions) == vector["extensions"]


@each("checkpoints", "refused")
def test_checkpoints_are_refused(vector: Vector) -> None:
    with pytest.raises(faults.UnreadableCheckpoint):
        parse_checkpoint(vector["text"])


@each("cosignatures", "accepted")
def test_cosignatures_are_verified(vector: Vector) -> None:
    key, text, time = parse_vkey(vector["vkey"]), vector["text"], vector["timestamp"]
    assert cosigned_message(text, time).decode() == vector["message"]
    assert verify_cosignature(key, text, unhex(vector["cosignature"])) == time


@each("cosignatures", "refused")
def test_cosignatures_are_refused(vector: Vector) -> None:
    key = parse_vkey(vector["vkey"])
    assert verify_cosignature(key, vector["text"], unhex(vector["cosignature"])) is None


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree["suite"])
def test_roots_are_those_of_the_file(tree: Vector) -> None:
    suite = suite_of(tree)
    leaves = [leaf_hash(suite, unhex(leaf)) for leaf in tree["leaves"]]
    roots = [EMPTY.extend(suite, leaves[:size]).root(suite).hex() for size in range(9)]
    assert roots == tree["roots"]


def test_roots_are_those_that_other_implementations_have() -> None:
    root = FILES["evidence", "tree"]["roots"][8]
    assert root == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@each("tree", "ranges", "accepted")
def test_ranges_are_read(vector: Vector) -> None:
    compact = CompactRange.from_bytes(unhex(vector["bytes"]))
    assert compact.to_bytes().hex() == vector["bytes"]
    assert compact.root(suite_of(vector)).hex() == vector["roots"][vector["size"]]


@each("tree", "ranges", "refused")
def test_ranges_are_refused(vector: Vector) -> None:
    with pytest.raises(faults.UnreadableRange):
        CompactRange.from_bytes(unhex(vector["bytes"]))


def inclusion_holds(vector: Vector) -> bool:
    leaf, root = unhex(vector["leaf_hash"]), unhex(vector["root"])
    proof = [unhex(step) for step in vector["proof"]]
    return verify_inclusion(suite_of(vector), leaf, vector["index"], vector["size"], proof, root)


def consistency_holds(vector: Vector) -> bool:
    proof = [unhex(step) for step in vector["proof"]]
    roots = unhex(vector["old_root"]), unhex(vector["new_root"])
    return verify_consistency(
        suite_of(vector), vector["old_size"], vector["new_size"], proof, *roots
    )


@each("tree", "inclusion", "accepted")
def test_inclusion_holds(vector: Vector) -> None:
    assert inclusion_holds(vector)


@each("tree", "inclusion", "refused")
def test_inclusion_does_not_hold(vector: Vector) -> None:
    assert not inclusion_holds(vector)


@each("tree", "consistency", "accepted")
def test_consistency_holds(vector: Vector) -> None:
    assert consistency_holds(vector)


@each("tree", "consistency", "refused")
def test_consistency_does_not_hold(vector: Vector) -> None:
    assert not consistency_holds(vector)


def checked(vector: Vector) -> ProofResult:
    cosigners = [parse_vkey(text) for text in vector["cosigners"]]
    proof = parse_proof(vector["proof"].encode())
    assert encode_proof(proof).decode() == vector["proof"]
    return check_proof(proof, unhex(vector["entry"]), parse_vkey(vector["log"]), cosigners)


@each("proofs", "accepted")
def test_proofs_hold(vector: Vector) -> None:
    result = checked(vector)
    assert result.proven, result.reason


@each("proofs", "not_proven")
def test_proofs_do_not_hold(vector: Vector) -> None:
    assert not checked(vector).proven


@each("proofs", "unreadable")
def test_proofs_are_unreadable(vector: Vector) -> None:
    with pytest.raises(faults.UnreadableProof):
        parse_proof(unhex(vector["proof"]))


def unsealed(vector: Vector) -> bytes:
    suite = suite_of(vector)
    private, info, aad = (unhex(vector[name]) for name in ("private", "info", "aad"))
    return suite.unseal(private, info, aad, unhex(vector["sealed"]))


@each("sealing", "accepted")
def test_sealed_bytes_open(vector: Vector) -> None:
    assert unsealed(vector).hex() == vector["plaintext"]
    public = suite_of(vector).sealing_public(unhex(vector["private"]))
    assert public.hex() == vector["public"]


@each("sealing", "refused")
def test_sealed_bytes_do_not_open(vector: Vector) -> None:
    with pytest.raises(faults.SealBroken):
        unsealed(vector)


@each("commitments", "accepted")
def test_commitments_open(vector: Vector) -> None:
    salt, content = unhex(vector["salt"]), unhex(vector["content"])
    assert commit(suite_of(vector), salt, content).hex() == vector["commitment"]
    assert opens(suite_of(vector), unhex(vector["commitment"]), salt, content)


@each("commitments", "refused")
def test_commitments_do_not_open(vector: Vector) -> None:
    salt, content = unhex(vector["salt"]), unhex(vector["content"])
    assert not opens(suite_of(vector), unhex(vector["commitment"]), salt, content)


def mutations(data: bytes) -> Iterator[bytes]:
    for at in range(len(data)):
        for bit in range(8):
            yield data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def test_no_single_bit_of_a_proof_can_change() -> None:
    """The proof has nothing but required parts, so every changed bit must count."""
    vector = PROVEN
    cosigners = [parse_vkey(text) for text in vector["cosigners"]]
    original, entry, log = vector["proof"].encode(), unhex(vector["entry"]), vector["log"]
    accepted = []
    for changed in mutations(original):
        try:
            proof = parse_proof(changed)
        except faults.UnreadableProof:
            continue
        if check_proof(proof, entry, parse_vkey(log), cosigners).proven:
            accepted.append(changed)
    assert accepted == []


def test_no_single_bit_of_an_entry_can_change() -> None:
    vector = PROVEN
    for changed in mutations(unhex(vector["entry"])):
        assert not checked({**vector, "entry": changed.hex()}).proven


def test_base64_has_one_spelling() -> None:
    for text in ("AB==", "AA", "AA==\n", "A===", "AA==AA==", " AA==", "AA-_"):
        with pytest.raises(ValueError, match="base64"):
            decode_base64(text)
