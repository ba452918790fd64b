from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tongban.logs.blobs import BlobRow
from tongban.logs.rows import Head, LogKind
from tongban.logs.store import Store

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
ROOT, OTHER = "a" * 64, "b" * 64
NAMES = [b"\x01" * 32, b"\x02" * 32]
PEER = "hefei.example"
BODY = "material:licence"


def kept(root: str = ROOT, *, stored: bool = True, peer: str = "") -> BlobRow:
    return BlobRow(root=root, peer=peer, size=1_000_001, stored=stored)


def erase(store: Store, connection: Any, head: Head, index: int) -> None:
    store.erase_body(connection, head.log, head.generation, index, BODY, AT)


@pytest.fixture
def placed(store: Store, connection: Any, head: Head) -> Head:
    store.put_blob(connection, kept(), AT, NAMES)
    store.put_body(connection, head.log, head.generation, 0, BODY, b"s" * 32, b"a manifest")
    store.place_blob(connection, head.log, head.generation, 0, BODY, ROOT)
    return head


def test_a_file_is_kept_with_its_pieces_in_order(store: Store, connection: Any) -> None:
    store.put_blob(connection, kept(), AT, NAMES)
    assert store.blob(connection, ROOT) == kept()
    assert store.pieces(connection, ROOT) == NAMES
    assert store.is_listed(connection, NAMES[1])
    assert not store.is_listed(connection, b"\x03" * 32)
    assert (store.blob(connection, OTHER), store.pieces(connection, OTHER)) == (None, [])


def test_what_a_peer_offers_stands_beside_what_is_kept(store: Store, connection: Any) -> None:
    store.put_blob(connection, kept(stored=False, peer=PEER), AT, NAMES)
    assert store.blob(connection, ROOT) is None
    assert store.offers(connection, PEER) == [kept(stored=False, peer=PEER)]
    store.put_blob(connection, kept(), AT, NAMES)
    assert store.forget_blob(connection, ROOT, PEER) == []
    assert store.offers(connection, PEER) == []
    assert store.pieces(connection, ROOT) == NAMES


def test_what_no_file_has_any_more_may_go(store: Store, connection: Any) -> None:
    store.put_blob(connection, kept(), AT, NAMES)
    store.put_blob(connection, kept(OTHER), AT, NAMES[:1])
    assert store.forget_blob(connection, ROOT, "") == NAMES[1:]
    assert store.forget_blob(connection, OTHER, "") == NAMES[:1]


def test_files_are_gone_through_in_order(store: Store, connection: Any) -> None:
    for root in (OTHER, ROOT):
        store.put_blob(connection, kept(root), AT)
    store.put_blob(connection, kept("c" * 64, peer=PEER), AT)
    assert store.kept_blobs(connection, "", 9) == [kept(ROOT), kept(OTHER)]
    assert store.kept_blobs(connection, ROOT, 9) == [kept(OTHER)]
    assert store.kept_blobs(connection, "", 1) == [kept(ROOT)]


def test_a_file_goes_when_its_last_manifest_was_erased(
    store: Store, connection: Any, placed: Head
) -> None:
    store.place_blob(connection, placed.log, placed.generation, 1, BODY, ROOT)
    assert store.idle_blobs(connection, LATER) == []
    erase(store, connection, placed, 0)
    assert store.is_placed(connection, ROOT)
    assert store.idle_blobs(connection, LATER) == []
    erase(store, connection, placed, 1)
    assert not store.is_placed(connection, ROOT)
    assert store.idle_blobs(connection, AT - timedelta(days=99)) == [kept()]


def test_erasing_another_body_lets_no_file_go(store: Store, connection: Any, placed: Head) -> None:
    erase(store, connection, placed, 7)
    assert store.is_placed(connection, ROOT)


def test_what_nothing_came_of_is_idle_after_a_time(store: Store, connection: Any) -> None:
    store.put_blob(connection, kept(), AT, NAMES)
    store.put_blob(connection, kept(OTHER, stored=False, peer=PEER), AT)
    assert store.idle_blobs(connection, AT) == []
    assert store.idle_blobs(connection, LATER) == [
        kept(),
        kept(OTHER, stored=False, peer=PEER),
    ]
    store.put_blob(connection, kept(), LATER)
    assert store.idle_blobs(connection, LATER) == [kept(OTHER, stored=False, peer=PEER)]


def test_what_an_intent_waits_for_is_not_idle(store: Store, connection: Any) -> None:
    store.put_blob(connection, kept(), AT, NAMES)
    store.await_blob(connection, "intent-1", PEER, ROOT)
    assert store.idle_blobs(connection, LATER) == []
    assert store.awaited_blobs(connection, PEER) == [ROOT]
    assert store.awaited_blobs(connection, "another.example") == []
    assert store.blobs_of_intent(connection, "intent-1") == [ROOT]
    store.stop_awaiting(connection, "intent-1")
    assert store.awaited_blobs(connection, PEER) == []
    assert store.idle_blobs(connection, LATER) == [kept()]


@pytest.mark.usefixtures("placed")
def test_what_is_not_whole_is_asked_of_the_peer_with_whom_it_stands(
    store: Store, connection: Any
) -> None:
    assert store.lacking_blobs(connection, PEER) == []
    store.put_blob(connection, kept(stored=False), AT)
    assert store.lacking_blobs(connection, PEER) == [ROOT]
    store.open_log(connection, kind=LogKind.OWN, peer="another.example")
    assert store.lacking_blobs(connection, "another.example") == []
