from typing import Any

from tongban.logs.rows import Head, JournalLine, LogKind, StoredState, View
from tongban.logs.store import Store

from .databases import SUITE
from .examples import entries, entry


def record(store: Store, connection: Any, head: Head, index: int, ground: str = "") -> int:
    return store.record_applied(
        connection,
        log=head.log,
        generation=head.generation,
        index=index,
        subject_kind="case",
        subject_id=f"C-{index}",
        ground=ground,
    )


def test_a_journal_line_tells_the_entry_and_who_wrote_it(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(2))
    seq = record(store, connection, head, 1, ground="not_holder")
    expected = JournalLine(
        seq=seq,
        log=head.log,
        kind=LogKind.OWN,
        peer="hefei.example",
        generation=1,
        index=1,
        data=entry(1).data,
        leaf_hash=entry(1).leaf_hash,
        subject_kind="case",
        subject_id="C-1",
        ground="not_holder",
    )
    assert store.journal(connection, 0, 10) == [expected]


def test_the_journal_is_in_the_order_of_recording_over_all_logs(
    store: Store, connection: Any, head: Head
) -> None:
    log = store.open_log(connection, kind=LogKind.MIRROR, peer="hefei.example")
    mirror = store.open_generation(
        connection, log, generation=1, start="2" * 32, origin="m", suite=SUITE
    )
    for each in (head, mirror):
        store.append(connection, each, entries(2))
    order = [(mirror, 0), (head, 1), (mirror, 1), (head, 0)]
    seqs = [record(store, connection, each, index) for each, index in order]
    lines = store.journal(connection, 0, 10)
    assert [line.seq for line in lines] == sorted(seqs) == seqs
    assert [(line.log, line.index) for line in lines] == [(h.log, index) for h, index in order]


def test_the_journal_is_read_on_from_any_place(store: Store, connection: Any, head: Head) -> None:
    store.append(connection, head, entries(5))
    seqs = [record(store, connection, head, index) for index in range(5)]
    assert [line.seq for line in store.journal(connection, seqs[1], 2)] == seqs[2:4]


def test_a_subject_has_a_story_of_its_own(store: Store, connection: Any, head: Head) -> None:
    store.append(connection, head, entries(3))
    for index in (0, 1, 1, 2):
        record(store, connection, head, index)
    assert [line.index for line in store.journal_of(connection, "case", "C-1")] == [1, 1]
    assert store.journal_of(connection, "agreement", "C-1") == []


def test_the_journal_keeps_a_line_for_an_erased_entry(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(1))
    record(store, connection, head, 0, ground="malformed")
    store.mark_refused(connection, head.log, 1, 0, "malformed")
    store.erase_entry(connection, head.log, 1, 0)
    assert [line.data for line in store.journal(connection, 0, 10)] == [None]


def test_each_view_has_its_own_state(store: Store, connection: Any) -> None:
    for view in View:
        store.put_state(connection, view, "case", "C-1", view.value.encode())
    assert store.state(connection, View.OWN, "case", "C-1") == b"own"
    assert store.state(connection, View.PEER, "case", "C-1") == b"peer"
    assert store.state(connection, View.OWN, "agreement", "C-1") is None


def test_the_last_state_counts(store: Store, connection: Any) -> None:
    for data in (b"first", b"second"):
        store.put_state(connection, View.OWN, "case", "C-1", data)
    assert store.states(connection, View.OWN, "case") == [StoredState(id="C-1", data=b"second")]


def test_forgetting_states_leaves_the_journal(store: Store, connection: Any, head: Head) -> None:
    store.append(connection, head, entries(1))
    record(store, connection, head, 0)
    store.put_state(connection, View.PEER, "case", "C-0", b"state")
    store.forget_states(connection)
    assert store.states(connection, View.PEER, "case") == []
    assert len(store.journal(connection, 0, 10)) == 1
