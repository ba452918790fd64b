from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tongban.evidence.tree import EMPTY
from tongban.logs.faults import BrokenInvariant, EntryDamaged
from tongban.logs.rows import Head, LogKind, NewEntry, RefusedRow
from tongban.logs.store import Store

from .databases import SUITE, Database
from .examples import AT, SALT, bytes_of, entries, entry


def test_a_log_keeps_its_number(store: Store, connection: Any) -> None:
    first = store.open_log(connection, kind=LogKind.OWN, peer="hefei.example")
    assert store.open_log(connection, kind=LogKind.OWN, peer="hefei.example") == first


def test_logs_differ_by_kind_and_by_peer(store: Store, connection: Any) -> None:
    names = [(kind, peer) for kind in LogKind for peer in ("hefei.example", "wuhu.example")]
    numbers = {store.open_log(connection, kind=kind, peer=peer) for kind, peer in names}
    assert len(numbers) == len(names)


def test_a_log_without_a_generation_has_no_head(store: Store, connection: Any) -> None:
    log = store.open_log(connection, kind=LogKind.HOME, peer="")
    assert store.head(connection, log) is None
    assert store.generations(connection, log) == []


def test_a_new_generation_is_empty(store: Store, connection: Any, head: Head) -> None:
    assert (head.size, head.range, head.last_entry_id, head.opened) == (0, EMPTY, "", 1)
    assert store.head(connection, head.log) == head


def test_the_head_is_the_generation_with_the_highest_number(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(3))
    second = store.open_generation(
        connection,
        head.log,
        generation=2,
        start="1" * 32,
        origin="songjiang.example/channel/2",
        suite=SUITE,
    )
    assert store.head(connection, head.log) == second
    assert second.opened == 2
    assert [g.size for g in store.generations(connection, head.log)] == [3, 0]


def test_opening_a_generation_again_gives_its_present_end(
    store: Store, connection: Any, head: Head
) -> None:
    after = store.append(connection, head, entries(3))
    again = store.open_generation(
        connection, head.log, generation=1, start=head.start, origin=head.origin, suite=SUITE
    )
    assert again == after


def test_a_generation_number_belongs_to_one_start(
    store: Store, connection: Any, head: Head
) -> None:
    with pytest.raises(BrokenInvariant):
        store.open_generation(
            connection, head.log, generation=1, start="1" * 32, origin=head.origin, suite=SUITE
        )


def test_an_older_generation_can_still_grow(store: Store, connection: Any, head: Head) -> None:
    store.open_generation(
        connection, head.log, generation=2, start="1" * 32, origin="second", suite=SUITE
    )
    older = store.head_of(connection, head.log, 1)
    assert older is not None
    store.append(connection, older, entries(2))
    assert [g.size for g in store.generations(connection, head.log)] == [2, 0]


def test_entries_come_back_byte_for_byte(store: Store, connection: Any, head: Head) -> None:
    given = entries(5)
    store.append(connection, head, given)
    stored = store.entries(connection, head.log, 1, 1, 4)
    assert [e.index for e in stored] == [1, 2, 3]
    assert [e.data for e in stored] == [e.data for e in given[1:4]]
    assert [(e.id, e.type, e.subject_kind, e.subject_id) for e in stored] == [
        (e.id, e.type, e.subject_kind, e.subject_id) for e in given[1:4]
    ]
    assert {e.ground for e in stored} == {""}


def test_asking_beyond_the_end_gives_what_there_is(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(2))
    assert len(store.entries(connection, head.log, 1, 1, 100)) == 1
    assert store.entry(connection, head.log, 1, 2) is None


def test_appending_nothing_changes_nothing(store: Store, connection: Any, head: Head) -> None:
    assert store.append(connection, head, []) == head


def test_appending_at_an_outdated_end_writes_nothing(
    store: Store, connection: Any, head: Head
) -> None:
    after = store.append(connection, head, entries(1))
    with pytest.raises(BrokenInvariant):
        store.append(connection, head, entries(2))
    assert store.head(connection, head.log) == after
    assert len(store.entries(connection, head.log, 1, 0, 9)) == 1


def test_the_last_entry_id_never_falls(store: Store, connection: Any, head: Head) -> None:
    unreadable = NewEntry(data=b"\x00", leaf_hash=b"\x00" * 32)
    after = store.append(connection, head, [entry(7)])
    after = store.append(connection, after, [entry(3), unreadable])
    assert after.last_entry_id == entry(7).id
    assert store.head(connection, head.log) == after


def test_one_entry_id_may_occur_twice(store: Store, connection: Any, head: Head) -> None:
    after = store.append(connection, head, [entry(1), entry(1)])
    assert after.size == 2


def test_a_refused_entry_keeps_its_bytes_and_its_ground(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(2))
    store.mark_refused(connection, head.log, 1, 1, "not_holder")
    stored = store.entry(connection, head.log, 1, 1)
    assert stored is not None
    assert (stored.ground, stored.data) == ("not_holder", entry(1).data)


def test_entries_of_one_type_come_from_every_generation_and_no_other_log(
    store: Store, connection: Any, head: Head
) -> None:
    closing = replace(entry(1), type="case.decided")
    store.append(connection, head, [entry(0), closing, entry(2)])
    second = store.open_generation(
        connection,
        head.log,
        generation=2,
        start="1" * 32,
        origin="songjiang.example/channel/2",
        suite=SUITE,
    )
    store.append(connection, second, [replace(entry(3), type="case.decided"), entry(4)])
    other = store.open_log(connection, kind=LogKind.HOME, peer="")
    home = store.open_generation(
        connection, other, generation=1, start="2" * 32, origin="home/1", suite=SUITE
    )
    store.append(connection, home, [replace(entry(5), type="case.decided")])
    found = store.entries_of(connection, head.log, "case.decided")
    assert [(row.generation, row.index) for row in found] == [(1, 1), (2, 0)]


def test_an_erased_refused_entry_keeps_hash_and_length(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(2))
    store.mark_refused(connection, head.log, 1, 1, "malformed")
    store.erase_entry(connection, head.log, 1, 1)
    stored = store.entry(connection, head.log, 1, 1)
    assert stored is not None
    assert (stored.data, stored.id, stored.type, stored.subject_id) == (None, "", "", "")
    assert (stored.leaf_hash, stored.length) == (entry(1).leaf_hash, len(bytes_of(1)))


def test_an_entry_that_took_effect_is_not_erased(store: Store, connection: Any, head: Head) -> None:
    store.append(connection, head, entries(1))
    with pytest.raises(BrokenInvariant):
        store.erase_entry(connection, head.log, 1, 0)
    assert store.entries(connection, head.log, 1, 0, 1)[0].data == entry(0).data


@pytest.mark.parametrize(("index", "ground"), [(0, ""), (9, "not_holder")])
def test_refusing_needs_a_ground_and_an_entry(
    store: Store, connection: Any, head: Head, index: int, ground: str
) -> None:
    store.append(connection, head, entries(1))
    with pytest.raises(BrokenInvariant):
        store.mark_refused(connection, head.log, 1, index, ground)


def test_the_root_of_a_generation_is_that_of_its_entries(
    store: Store, connection: Any, head: Head
) -> None:
    given = entries(5)
    store.append(connection, head, given)
    expected = EMPTY.extend(SUITE, (e.leaf_hash for e in given)).root(SUITE)
    assert store.generations(connection, head.log)[0].root == expected


def test_refused_entries_are_found_as_long_as_they_have_their_bytes(
    store: Store, connection: Any, head: Head
) -> None:
    store.append(connection, head, entries(4))
    for index in (3, 1):
        store.mark_refused(connection, head.log, 1, index, "malformed")
    store.put_body(connection, head.log, 1, 3, "result", SALT, b"content")
    first = RefusedRow(generation=1, index=1, ground="malformed", has_bodies=False)
    second = replace(first, index=3, has_bodies=True)
    assert store.refused_entries(connection, head.log) == [first, second]
    store.erase_entry(connection, head.log, 1, 1)
    store.erase_body(connection, head.log, 1, 3, "result", AT)
    assert store.refused_entries(connection, head.log) == [replace(second, has_bodies=False)]
    assert store.refused_entries(connection, head.log + 1) == []


@pytest.fixture
def damage(database: Database, connection: Any) -> Callable[[int], None]:
    """What a disk does to the bytes of an entry."""
    statement = database.dialect.translate("UPDATE tongban_entry SET data = ? WHERE leaf = ?")
    return lambda index: connection.execute(statement, (b"flipped", index))


def test_damaged_entries_are_found_and_erased_ones_are_not_damaged(
    store: Store, connection: Any, head: Head, damage: Callable[[int], None]
) -> None:
    store.append(connection, head, entries(5))
    store.mark_refused(connection, head.log, 1, 0, "malformed")
    store.erase_entry(connection, head.log, 1, 0)
    for index in (1, 4):
        damage(index)
    assert store.damaged_entries(connection, head.log, 1, 0, 5) == [1, 4]
    assert store.damaged_entries(connection, head.log, 1, 2, 4) == []


def test_a_damaged_entry_takes_back_the_bytes_that_were_hashed_and_no_others(
    store: Store, connection: Any, head: Head, damage: Callable[[int], None]
) -> None:
    store.append(connection, head, entries(2))
    damage(1)
    with pytest.raises(EntryDamaged):
        store.entry(connection, head.log, 1, 1)
    assert not store.restore_entry(connection, head.log, 1, 1, bytes_of(0))
    assert not store.restore_entry(connection, head.log, 1, 9, bytes_of(1))
    assert store.restore_entry(connection, head.log, 1, 1, bytes_of(1))
    stored = store.entry(connection, head.log, 1, 1)
    assert stored is not None
    assert (stored.data, stored.id) == (entry(1).data, entry(1).id)


def test_an_entry_that_comes_back_without_its_bytes_keeps_hash_and_length(
    store: Store, connection: Any, head: Head
) -> None:
    gone = NewEntry(data=None, leaf_hash=entry(1).leaf_hash, length=70)
    after = store.append(connection, head, [entry(0), gone])
    stored = store.entry(connection, head.log, 1, 1)
    assert stored is not None
    assert (stored.data, stored.leaf_hash, stored.length) == (None, gone.leaf_hash, 70)
    assert after.last_entry_id == entry(0).id
