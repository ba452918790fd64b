import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core.blobs.admit import admit_files, admit_receipt, blobs_of
from tongban.core.blobs.events import BlobStored
from tongban.core.blobs.manifest import (
    FILE_BYTES_MAX,
    Manifest,
    is_root,
    lists,
    read_manifest,
    write_manifest,
)
from tongban.core.blobs.refusals import BlobGround
from tongban.core.canonical import encode
from tongban.core.cases.events import CaseAccepted
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import (
    Actor,
    ActorKind,
    Blob,
    Commitment,
    Entry,
    Event,
    Seen,
    Subject,
    SubjectKind,
)
from tongban.core.faults import NotCanonical
from tongban.core.refusal import Refusal
from tongban.evidence.pieces import open_piece, piece_name, root_of_pieces, seal_piece

VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "spec/vectors/blobs/manifests.json").read_text("utf-8")
)
KEY = bytes(range(32))
PIECES = (seal_piece(KEY, 0, b"a" * 1_000_000), seal_piece(KEY, 1, b"b"))
MANIFEST = Manifest(
    media="application/pdf",
    size=1_000_001,
    key=KEY.hex(),
    pieces=tuple(piece_name(piece).hex() for piece in PIECES),
)
BLOB = MANIFEST.blob


def entry_with(
    event: Event, subject: str = "case-1", kind: SubjectKind = SubjectKind.CASE, **more: Any
) -> Entry:
    return Entry(
        id="0" * 26,
        at=datetime(2026, 11, 23, tzinfo=UTC),
        actor=Actor(kind=ActorKind.SYSTEM),
        subject=Subject(kind=kind, id=subject),
        event=event,
        **more,
    )


def naming(blob: Blob | None, seen: Seen | None) -> Entry:
    line = Commitment(name="result", digest="0" * 64, size=9, media="application/pdf", blob=blob)
    return entry_with(CaseAccepted(number=""), commitments=(line,), seen=seen)


def ground_of(refusal: Refusal | None) -> str:
    return refusal.ground if refusal else ""


def test_a_manifest_is_read_as_it_was_written() -> None:
    data = write_manifest(MANIFEST)
    assert read_manifest(data) == MANIFEST
    assert lists(data, BLOB)
    assert Blob(root=root_of_pieces(map(piece_name, PIECES)), size=1_000_001) == BLOB


def test_a_manifest_lists_no_other_file() -> None:
    data = write_manifest(MANIFEST)
    assert not lists(data, Blob(root=BLOB.root, size=BLOB.size - 1))
    assert not lists(data, Blob(root="0" * 64, size=BLOB.size))
    assert not lists(b"%PDF-", BLOB)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 0},
        {"size": -1},
        {"size": FILE_BYTES_MAX + 1},
        {"size": 1_000_000},
        {"size": 2_000_001},
        {"key": "00"},
        {"key": "AB" * 32},
        {"pieces": [MANIFEST.pieces[0], "00"]},
        {"pieces": [MANIFEST.pieces[0], "zz" * 32]},
        {"more": 1},
    ],
)
def test_what_lists_no_whole_file_is_no_manifest(changes: dict[str, Any]) -> None:
    plain = json.loads(write_manifest(MANIFEST))
    with pytest.raises(NotCanonical):
        read_manifest(encode({**plain, **changes}))


def test_the_greatest_file_has_a_manifest_that_is_a_body() -> None:
    pieces = tuple(f"{number:064x}" for number in range(2000))
    whole = Manifest(media="video/mp4", size=FILE_BYTES_MAX, key=KEY.hex(), pieces=pieces)
    data = write_manifest(whole)
    assert len(data) < 1_000_000
    assert read_manifest(data) == whole


@given(order=st.lists(st.integers(min_value=0, max_value=1), min_size=1, max_size=6))
def test_pieces_in_any_order_and_often_come_to_the_same_file(order: list[int]) -> None:
    held = {piece_name(PIECES[number]): PIECES[number] for number in order}
    whole = all(name in held for name in MANIFEST.names)
    assert whole == (set(order) == {0, 1})
    if whole:
        found = [open_piece(KEY, n, held[name]) for n, name in enumerate(MANIFEST.names)]
        assert b"".join(found) == b"a" * 1_000_000 + b"b"


RECEIPT = Seen(generation=2, size=5)


@pytest.mark.parametrize(
    ("seen", "ground"),
    [
        (Seen(generation=2, size=5), ""),
        (Seen(generation=3, size=0), ""),
        (Seen(generation=2, size=4), BlobGround.NOT_STORED),
        (Seen(generation=1, size=9), BlobGround.NOT_STORED),
        (None, BlobGround.NOT_STORED),
    ],
)
def test_an_entry_names_a_file_only_after_it_saw_the_receipt(
    seen: Seen | None, ground: str
) -> None:
    assert ground_of(admit_files(naming(BLOB, seen), {BLOB.root: [RECEIPT]})) == ground


def test_without_any_receipt_no_entry_names_a_file() -> None:
    seen = Seen(generation=9, size=9)
    assert ground_of(admit_files(naming(BLOB, seen), {})) == BlobGround.NOT_STORED
    assert ground_of(admit_files(naming(BLOB, seen), {"0" * 64: [RECEIPT]})) != ""


def test_an_entry_without_files_needs_no_receipt() -> None:
    assert admit_files(naming(None, None), {}) is None
    assert blobs_of(naming(None, None).commitments) == ()


@pytest.mark.parametrize(
    ("root", "size", "ground"),
    [
        (BLOB.root, 1, ""),
        (BLOB.root, FILE_BYTES_MAX, ""),
        (BLOB.root, 0, BlobGround.UNFIT),
        (BLOB.root, FILE_BYTES_MAX + 1, BlobGround.UNFIT),
        ("somebody", 1, BlobGround.UNFIT),
    ],
)
def test_a_receipt_is_refused_only_for_what_it_is(root: str, size: int, ground: str) -> None:
    entry = entry_with(BlobStored(size=size), root, SubjectKind.BLOB)
    assert ground_of(admit_receipt(entry)) == ground


def test_nothing_else_is_about_a_file() -> None:
    entry = entry_with(CaseAccepted(number=""), BLOB.root, SubjectKind.BLOB)
    assert ground_of(admit_receipt(entry)) == ChannelGround.WRONG_SUBJECT


def test_a_root_is_64_lower_case_hexadecimal_digits() -> None:
    assert is_root("0f" * 32)
    assert not is_root("0F" * 32)


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda vector: vector["name"])
def test_accepted_manifest_is_read(vector: dict[str, Any]) -> None:
    manifest = read_manifest(vector["manifest"].encode())
    sealed = [bytes.fromhex(each) for each in vector["sealed"]]
    assert manifest.blob == Blob(root=vector["root"], size=vector["size"])
    assert tuple(map(piece_name, sealed)) == manifest.names
    key = bytes.fromhex(manifest.key)
    opened = [open_piece(key, number, each) for number, each in enumerate(sealed)]
    assert b"".join(opened) == vector["file"].encode()


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_refused_manifest_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        read_manifest(vector["manifest"].encode())
