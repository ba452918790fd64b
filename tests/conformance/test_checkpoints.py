from dataclasses import replace
from typing import Any

import pytest

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Head, StatementKind, StoredCheckpoint
from tongban.logs.store import Store

ROOT = b"\x01" * 32


def state(  # noqa: PLR0917  a test's shorthand
    store: Store,
    connection: Any,
    head: Head,
    size: int,
    root: bytes = ROOT,
    kind: StatementKind = StatementKind.CHECKPOINT,
) -> None:
    store.add_statement(
        connection,
        log=head.log,
        generation=head.generation,
        size=size,
        kind=kind,
        root=root,
        at=1000 + size,
    )


def stated(store: Store, connection: Any, head: Head) -> list[StoredCheckpoint]:
    return store.statements(connection, head.log, head.generation, after=0, limit=100)


def test_a_statement_waits_for_its_signature(store: Store, connection: Any, head: Head) -> None:
    state(store, connection, head, 3)
    waiting = StoredCheckpoint(
        log=head.log,
        generation=1,
        origin=head.origin,
        size=3,
        kind=StatementKind.CHECKPOINT,
        root=ROOT,
        at=1003,
        keys=1,
        signature=None,
        note=None,
    )
    assert stated(store, connection, head) == [waiting]
    store.put_signature(connection, waiting, b"signature")
    assert stated(store, connection, head) == [replace(waiting, signature=b"signature")]


def test_the_same_statement_again_changes_nothing(
    store: Store, connection: Any, head: Head
) -> None:
    state(store, connection, head, 3)
    before = stated(store, connection, head)
    store.add_statement(
        connection,
        log=head.log,
        generation=1,
        size=3,
        kind=StatementKind.CHECKPOINT,
        root=ROOT,
        at=9999,
    )
    assert stated(store, connection, head) == before


def test_a_second_root_for_one_size_is_never_stored(
    store: Store, connection: Any, head: Head
) -> None:
    state(store, connection, head, 3)
    with pytest.raises(BrokenInvariant, match="second root"):
        state(store, connection, head, 3, root=b"\x02" * 32)
    assert [waiting.root for waiting in stated(store, connection, head)] == [ROOT]


def test_the_first_signature_stays(store: Store, connection: Any, head: Head) -> None:
    state(store, connection, head, 3)
    (statement,) = stated(store, connection, head)
    for signature in (b"first", b"second"):
        store.put_signature(connection, statement, signature)
    stored = store.checkpoint(connection, head.log, 1, 3)
    assert stored is not None
    assert stored.signature == b"first"


@pytest.mark.parametrize("change", [{"size": 4}, {"root": b"\x02" * 32}])
def test_a_signature_needs_the_statement_that_was_stored(
    store: Store, connection: Any, head: Head, change: dict[str, Any]
) -> None:
    state(store, connection, head, 3)
    (statement,) = stated(store, connection, head)
    with pytest.raises(BrokenInvariant):
        store.put_signature(connection, replace(statement, **change), b"signature")


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("noted", [False, True])
def test_a_checkpoint_is_cosigned_when_both_sides_signed(
    store: Store,
    connection: Any,
    head: Head,
    signed: bool,  # noqa: FBT001  a case of the table above
    noted: bool,  # noqa: FBT001  a case of the table above
) -> None:
    state(store, connection, head, 3)
    if signed:
        store.put_signature(connection, stated(store, connection, head)[0], b"signature")
    if noted:
        store.put_note(connection, head.log, 1, 3, b"note")
    stored = store.checkpoint(connection, head.log, 1, 3)
    assert stored is not None
    assert stored.cosigned == (signed and noted)


def test_a_later_note_takes_the_place_of_the_earlier(
    store: Store, connection: Any, head: Head
) -> None:
    state(store, connection, head, 3)
    for note in (b"one signature", b"two signatures"):
        store.put_note(connection, head.log, 1, 3, note)
    stored = store.checkpoint(connection, head.log, 1, 3)
    assert stored is not None
    assert (stored.note, stored.root, stored.at) == (b"two signatures", ROOT, 1003)


def test_no_checkpoint_was_stated_where_none_was(store: Store, connection: Any, head: Head) -> None:
    assert store.checkpoint(connection, head.log, 1, 3) is None
    assert store.last_statement(connection, head.log, 1, at_most=9) is None


@pytest.fixture
def four_sizes(store: Store, connection: Any, head: Head) -> Head:
    """Stated: 2, 4, 6, 8; signed by this node: all but 8; by the other: 2, 6 and 8."""
    for size in (2, 4, 6, 8):
        state(store, connection, head, size)
    for statement in stated(store, connection, head)[:-1]:
        store.put_signature(connection, statement, b"signature")
    for size in (2, 6, 8):
        store.put_note(connection, head.log, 1, size, b"note")
    return head


@pytest.mark.parametrize(("cosigned", "at_least", "size"), [
    (False, 0, 2), (False, 3, 4), (True, 3, 6), (True, 2, 2), (True, 7, None),
])  # fmt: skip
def test_the_earliest_checkpoint_covers_an_entry_with_the_fewest_after_it(  # noqa: PLR0917
    store: Store,
    connection: Any,
    four_sizes: Head,
    cosigned: bool,  # noqa: FBT001  a case of the table above
    at_least: int,
    size: int | None,
) -> None:
    found = store.earliest_checkpoint(
        connection, four_sizes.log, 1, cosigned=cosigned, at_least=at_least
    )
    assert (found.size if found else None) == size
