"""Keys sign what they are for, and what is signed is found again in the note's bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.evidence.checkpoints import (
    Checkpoint,
    parse_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from tongban.evidence.commitments import commit
from tongban.evidence.cosignatures import cosigned_message
from tongban.evidence.faults import (
    KeyMisuse,
    SealBroken,
    UnreadableCheckpoint,
    UnreadableKey,
    UnreadableNote,
)
from tongban.evidence.keys import NoteSignature, is_key_name, parse_vkey
from tongban.evidence.notes import (
    SignedNote,
    cosign_note,
    cosigned_at,
    encode_note,
    parse_note,
    sign_note,
    verify_note,
)
from tongban.evidence.proofs import TlogProof, encode_proof, parse_proof
from tongban.evidence.signer import KeyPurpose, KeyRing, Signer, verifier_key
from tongban.evidence.suites import SUITES

SUITE = SUITES["ed25519-sha256"]
ORIGIN = "songjiang.example/channel/hefei.example/1"
MIRROR = "hefei.example/mirror"


def ring(first: int) -> KeyRing:
    seeds = {purpose: bytes([first + i]) * 32 for i, purpose in enumerate(KeyPurpose)}
    return KeyRing.from_seeds(SUITE, seeds)


songjiang, hefei = ring(0x10), ring(0x20)
log_key = verifier_key(songjiang, KeyPurpose.LOG, ORIGIN)
mirror_key = verifier_key(hefei, KeyPurpose.MIRROR, MIRROR)
checkpoint = Checkpoint(origin=ORIGIN, size=7, root=bytes(range(32)))
signed = sign_checkpoint(checkpoint, songjiang)


def mirrored(timestamp: int, note: SignedNote = signed) -> SignedNote:
    return cosign_note(
        note, name=MIRROR, signer=hefei, purpose=KeyPurpose.MIRROR, timestamp=timestamp
    )


def test_a_key_ring_is_a_signer() -> None:
    signer: Signer = songjiang
    assert signer.suite is SUITE


def test_a_key_ring_shows_no_key() -> None:
    assert "private_keys" not in repr(songjiang)


def test_a_mirror_signs_with_another_key_and_type_than_a_log() -> None:
    assert log_key.public != verifier_key(songjiang, KeyPurpose.MIRROR, ORIGIN).public
    assert (log_key.timestamped, mirror_key.timestamped) == (False, True)


def test_what_is_sealed_to_a_node_opens_there_only() -> None:
    sealed = SUITE.seal(songjiang.public(KeyPurpose.SEALING), b"info", b"aad", b"plaintext")
    assert songjiang.unseal(b"info", b"aad", sealed) == b"plaintext"
    with pytest.raises(SealBroken):
        hefei.unseal(b"info", b"aad", sealed)


def test_the_sealing_key_does_not_sign() -> None:
    with pytest.raises(KeyMisuse):
        songjiang.sign(KeyPurpose.SEALING, b"message")
    with pytest.raises(KeyMisuse):
        verifier_key(songjiang, KeyPurpose.SEALING, ORIGIN)


def test_a_seed_of_another_length_makes_no_ring() -> None:
    with pytest.raises(UnreadableKey):
        KeyRing.from_seeds(SUITE, dict.fromkeys(KeyPurpose, b"short"))


def test_a_signed_checkpoint_verifies_under_its_own_log_only() -> None:
    assert verify_checkpoint(signed, log_key) == checkpoint
    assert verify_checkpoint(signed, verifier_key(hefei, KeyPurpose.LOG, ORIGIN)) is None
    assert verify_checkpoint(signed, mirror_key) is None


def test_a_checkpoint_of_another_origin_than_its_key_does_not_verify() -> None:
    other = Checkpoint(origin="other.example", size=7, root=bytes(32))
    note = sign_note(other.encode(), name=ORIGIN, signer=songjiang)
    assert verify_checkpoint(note, log_key) is None


def test_a_note_about_something_else_is_no_checkpoint() -> None:
    note = sign_note("an agreement's digest\n", name=ORIGIN, signer=songjiang)
    with pytest.raises(UnreadableCheckpoint):
        verify_checkpoint(note, log_key)


def test_a_cosigned_note_tells_who_and_when() -> None:
    note = parse_note(encode_note(mirrored(1_760_000_000)))
    assert verify_note(note, [log_key, mirror_key]) == {log_key, mirror_key}
    assert cosigned_at(note, mirror_key) == 1_760_000_000


def test_the_earliest_of_several_cosignatures_counts() -> None:
    assert cosigned_at(mirrored(5, mirrored(9)), mirror_key) == 5


def test_a_key_that_did_not_cosign_has_no_time() -> None:
    assert cosigned_at(signed, mirror_key) is None
    assert cosigned_at(mirrored(5), log_key) is None
    claimed = NoteSignature(name=MIRROR, key_id=mirror_key.key_id, signature=bytes(72))
    forged = SignedNote(text=signed.text, signatures=(*signed.signatures, claimed))
    assert cosigned_at(forged, mirror_key) is None


@pytest.mark.parametrize("timestamp", [-1, 2**63])
def test_a_time_that_fits_no_cosignature_is_a_broken_invariant(timestamp: int) -> None:
    with pytest.raises(ValueError, match="no time"):
        cosigned_message(signed.text, timestamp)


@pytest.mark.parametrize("text", ["", "no line end", "tab\t\n", "bell\x07\n"])
def test_a_text_that_is_no_note_is_not_signed(text: str) -> None:
    with pytest.raises(UnreadableNote):
        sign_note(text, name=ORIGIN, signer=songjiang)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nend", "全角　空格"])
def test_nobody_signs_under_a_name_that_no_note_can_carry(name: str) -> None:
    with pytest.raises(UnreadableNote):
        sign_note("text\n", name=name, signer=songjiang)


def test_a_salt_of_another_length_is_a_broken_invariant() -> None:
    with pytest.raises(ValueError, match="not 31"):
        commit(SUITE, bytes(31), b"content")


characters = st.characters(exclude_categories=["Cs"]).filter(lambda c: c >= " " or c == "\n")
texts = st.text(characters).map(lambda text: text + "\n")
names = st.text(characters, min_size=1).filter(is_key_name)
lines = st.builds(
    NoteSignature,
    name=names,
    key_id=st.binary(min_size=4, max_size=4),
    signature=st.binary(min_size=1, max_size=80),
)
notes = st.builds(
    SignedNote, text=texts, signatures=st.lists(lines, min_size=1, max_size=5).map(tuple)
)
checkpoints = st.builds(
    Checkpoint,
    origin=st.text(characters, min_size=1).filter(lambda text: "\n" not in text),
    size=st.integers(0, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(
        st.text(characters, min_size=1).filter(lambda text: "\n" not in text), max_size=3
    ).map(tuple),
)


@given(note=notes)
def test_a_note_survives_its_bytes(note: SignedNote) -> None:
    assert parse_note(encode_note(note)) == note


@given(stated=checkpoints)
def test_a_checkpoint_survives_its_text(stated: Checkpoint) -> None:
    assert parse_checkpoint(stated.encode()) == stated


@given(
    index=st.integers(0, 2**63 - 1),
    hashes=st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple),
    stated=checkpoints,
    signatures=st.lists(lines, min_size=1, max_size=5).map(tuple),
    extra=st.none() | st.binary(),
)
def test_a_proof_survives_its_bytes(
    index: int,
    hashes: tuple[bytes, ...],
    stated: Checkpoint,
    signatures: tuple[NoteSignature, ...],
    extra: bytes | None,
) -> None:
    note = SignedNote(text=stated.encode(), signatures=signatures)
    proof = TlogProof(index=index, hashes=hashes, checkpoint_note=note, extra=extra)
    assert parse_proof(encode_proof(proof)) == proof


@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_note_or_a_plain_fault(data: bytes) -> None:
    try:
        assert encode_note(parse_note(data)) == data
    except UnreadableNote:
        return


@given(name=names, seed=st.binary(min_size=32, max_size=32))
def test_a_key_survives_its_text(name: str, seed: bytes) -> None:
    signer = KeyRing.from_seeds(SUITE, dict.fromkeys(KeyPurpose, seed))
    key = verifier_key(signer, KeyPurpose.WITNESS, name)
    assert parse_vkey(key.encode_vkey()) == key
