from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import ChannelRow, ChannelStatus, PeerRow, StoredDocument, StoredIntent
from tongban.logs.store import Store

from .examples import AT

CHANNEL = ChannelRow(
    peer="hefei.example",
    status=ChannelStatus.OPEN,
    own_start="0" * 32,
    peer_start="1" * 32,
    cosigned_generation=1,
    cosigned_size=2,
    replicated_generation=3,
    replicated_size=4,
    last_contact_at=AT,
    waiting_since=AT + timedelta(seconds=1),
)


def test_peers_are_listed_by_name(store: Store, connection: Any) -> None:
    for name in ("wuhu.example", "hefei.example"):
        store.put_peer(connection, name, b"descriptor", "fingerprint", AT)
    assert [peer.name for peer in store.peers(connection)] == ["hefei.example", "wuhu.example"]


def test_a_new_descriptor_takes_the_place_of_the_old(store: Store, connection: Any) -> None:
    store.put_peer(connection, "hefei.example", b"old", "aaaa", AT)
    store.put_peer(connection, "hefei.example", b"new", "bbbb", AT + timedelta(days=1))
    assert store.peer(connection, "hefei.example") == PeerRow(
        name="hefei.example",
        descriptor=b"new",
        fingerprint="bbbb",
        paired_at=AT + timedelta(days=1),
    )


def test_an_unknown_peer_is_none(store: Store, connection: Any) -> None:
    assert store.peer(connection, "hefei.example") is None
    assert store.channel(connection, "hefei.example") is None


def test_a_channel_stands_where_it_was_put_last(store: Store, connection: Any) -> None:
    later = replace(CHANNEL, status=ChannelStatus.FROZEN, cosigned_size=9, waiting_since=None)
    for row in (CHANNEL, later):
        store.put_channel(connection, row)
        assert store.channel(connection, "hefei.example") == row
    assert store.channels(connection) == [later]


def test_a_new_channel_knows_of_no_start_and_no_contact(store: Store, connection: Any) -> None:
    row = ChannelRow(peer="wuhu.example", status=ChannelStatus.COMPARING)
    store.put_channel(connection, row)
    assert store.channel(connection, "wuhu.example") == row


def test_a_start_stays_honoured(store: Store, connection: Any) -> None:
    for start in ("1" * 32, "2" * 32, "1" * 32):
        store.honour(connection, "hefei.example", start)
    assert store.is_honoured(connection, "hefei.example", "1" * 32)
    assert store.is_honoured(connection, "hefei.example", "2" * 32)
    assert not store.is_honoured(connection, "hefei.example", "3" * 32)
    assert not store.is_honoured(connection, "wuhu.example", "1" * 32)


def test_intents_wait_in_the_order_of_people(store: Store, connection: Any) -> None:
    for number in ("I-2", "I-1", "I-3"):
        store.add_intent(connection, id=number, peer="hefei.example", at=AT, payload=b"payload")
    store.add_intent(connection, id="I-0", peer="wuhu.example", at=AT, payload=b"payload")
    waiting = store.pending_intents(connection, "hefei.example")
    assert [intent.id for intent in waiting] == ["I-2", "I-1", "I-3"]
    assert waiting[0] == StoredIntent(
        id="I-2", peer="hefei.example", at=AT, payload=b"payload", ground=None
    )


@pytest.mark.parametrize("ground", ["", "agreement_expired"])
def test_a_settled_intent_keeps_its_ground_and_loses_its_payload(
    store: Store, connection: Any, ground: str
) -> None:
    store.add_intent(connection, id="I-1", peer="hefei.example", at=AT, payload=b"payload")
    store.settle_intent(connection, "I-1", ground)
    assert store.pending_intents(connection, "hefei.example") == []
    assert store.intent(connection, "I-1") == StoredIntent(
        id="I-1", peer="hefei.example", at=AT, payload=None, ground=ground
    )


def test_a_waiting_intent_takes_another_payload_and_keeps_its_place(
    store: Store, connection: Any
) -> None:
    for name in ("I-1", "I-2"):
        store.add_intent(connection, id=name, peer="hefei.example", at=AT, payload=b"payload")
    store.change_intent(connection, "I-1", b"less")
    waiting = store.pending_intents(connection, "hefei.example")
    assert [(intent.id, intent.payload) for intent in waiting] == [
        ("I-1", b"less"),
        ("I-2", b"payload"),
    ]


def test_a_settled_intent_takes_no_payload(store: Store, connection: Any) -> None:
    store.add_intent(connection, id="I-1", peer="hefei.example", at=AT, payload=b"payload")
    store.settle_intent(connection, "I-1", "")
    with pytest.raises(BrokenInvariant):
        store.change_intent(connection, "I-1", b"less")


def test_an_intent_is_settled_once(store: Store, connection: Any) -> None:
    store.add_intent(connection, id="I-1", peer="hefei.example", at=AT, payload=b"payload")
    store.settle_intent(connection, "I-1", "")
    with pytest.raises(BrokenInvariant):
        store.settle_intent(connection, "I-1", "")
    assert store.intent(connection, "I-2") is None


def test_documents_are_kept_by_digest_and_listed_by_kind(store: Store, connection: Any) -> None:
    for digest, kind in [("bb", "item"), ("aa", "item"), ("cc", "process")]:
        store.put_document(connection, digest, kind, digest.encode())
    assert store.document(connection, "aa") == b"aa"
    assert store.document(connection, "dd") is None
    assert store.documents(connection, "item") == [
        StoredDocument(digest="aa", kind="item", data=b"aa"),
        StoredDocument(digest="bb", kind="item", data=b"bb"),
    ]


def test_a_digest_has_one_content(store: Store, connection: Any) -> None:
    for _ in range(2):
        store.put_document(connection, "aa", "item", b"content")
    with pytest.raises(BrokenInvariant):
        store.put_document(connection, "aa", "item", b"other")
    assert store.document(connection, "aa") == b"content"


def test_the_last_mark_counts(store: Store, connection: Any) -> None:
    assert store.mark(connection, "name") is None
    for value in ("first", "松江"):
        store.put_mark(connection, "name", value)
    assert store.mark(connection, "name") == "松江"
