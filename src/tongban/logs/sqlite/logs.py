# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Logs, generations and entries."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, leaf_hash
from tongban.logs.damage import is_damaged
from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Generation, Head, LogKind, NewEntry, RefusedRow, StoredEntry
from tongban.logs.sqlite.suites import suite_named
from tongban.logs.sqlite.trees import Trees, read_range
from tongban.logs.tiles import grow


class Logs(Trees):
    """The logs' part of the store."""

    def find_log(self, connection: Any, *, kind: LogKind, peer: str) -> int | None:
        found = connection.execute(self._sql["find_log"], (kind.value, peer)).fetchone()
        return None if found is None else int(found[0])

    def open_log(self, connection: Any, *, kind: LogKind, peer: str) -> int:
        key = (kind.value, peer)
        found = connection.execute(self._sql["find_log"], key).fetchone()
        (log,) = found or connection.execute(self._sql["insert_log"], key).fetchone()
        return int(log)

    def open_generation(
        self,
        connection: Any,
        log: int,
        *,
        generation: int,
        start: str,
        origin: str,
        suite: Suite,
        keys: int = 1,
    ) -> Head:
        row = (log, generation, start, origin, suite.name, EMPTY.to_bytes(), keys, keys, log)
        connection.execute(self._sql["insert_generation"], row)
        head = self.head_of(connection, log, generation)
        asked = (start, origin, suite, keys)
        if head is None or (head.start, head.origin, head.suite, head.keys) != asked:
            raise BrokenInvariant(f"generation {generation} of {origin} has another start or keys")
        return head

    def announce_keys(self, connection: Any, log: int, generation: int, keys: int) -> None:
        connection.execute(self._sql["announce_keys"], (keys, log, generation))

    def newest_keys(self, connection: Any, kind: LogKind) -> int:
        (newest,) = connection.execute(self._sql["newest_keys"], (kind.value,)).fetchone()
        return int(newest)

    def head(self, connection: Any, log: int) -> Head | None:
        return self._head(
            connection, connection.execute(self._sql["latest_head"], (log,)).fetchone()
        )

    def head_of(self, connection: Any, log: int, generation: int) -> Head | None:
        found = connection.execute(self._sql["head_of_generation"], (log, generation)).fetchone()
        return self._head(connection, found)

    def generations(self, connection: Any, log: int) -> list[Generation]:
        rows = connection.execute(self._sql["generations"], (log,)).fetchall()
        return [self._generation(*row) for row in rows]

    def append(self, connection: Any, head: Head, entries: Sequence[NewEntry]) -> Head:
        if not entries:
            return head
        grown, tops = grow(head.suite, head.range, [entry.leaf_hash for entry in entries])
        last = max(head.last_entry_id, *(entry.id for entry in entries))
        after = replace(head, size=grown.size, range=grown, last_entry_id=last)
        self._advance(connection, head, after)
        log, generation = head.log, head.generation
        cursor = connection.cursor()
        cursor.executemany(self._sql["insert_entry"], _insertable(head, entries))
        cursor.executemany(
            self._sql["insert_subtree"],
            [(log, generation, top.level, top.index, top.hash) for top in tops],
        )
        return after

    def entries(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[StoredEntry]:
        rows = connection.execute(self._sql["entries"], (log, generation, first, stop)).fetchall()
        return self.whole(connection, (_entry(*row) for row in rows))

    def entries_of(self, connection: Any, log: int, type_name: str) -> list[StoredEntry]:
        rows = connection.execute(self._sql["entries_of_type"], (log, type_name)).fetchall()
        return self.whole(connection, (_entry(*row) for row in rows))

    def weight(self, connection: Any, log: int, generation: int, first: int, stop: int) -> int:
        place = (log, generation, first, stop)
        (weight,) = connection.execute(self._sql["weight"], place + place).fetchone()
        return int(weight)

    def entry(self, connection: Any, log: int, generation: int, index: int) -> StoredEntry | None:
        found = self.entries(connection, log, generation, index, index + 1)
        return found[0] if found else None

    def mark_refused(
        self, connection: Any, log: int, generation: int, index: int, ground: str
    ) -> None:
        if not ground:
            raise BrokenInvariant("an entry is refused on a ground")
        # SQLite writes the whole row anew and frees the old one, bytes of the entry and all.
        connection.execute(self._sql["overwrite_deleted"])
        row = (ground, log, generation, index)
        if connection.execute(self._sql["refuse_entry"], row).rowcount != 1:
            raise BrokenInvariant(f"there is no entry {index} to refuse in generation {generation}")

    def erase_entry(self, connection: Any, log: int, generation: int, index: int) -> None:
        connection.execute(self._sql["overwrite_deleted"])
        if connection.execute(self._sql["erase_entry"], (log, generation, index)).rowcount != 1:
            raise BrokenInvariant(f"entry {index} of generation {generation} was not refused")

    def refused_entries(self, connection: Any, log: int) -> list[RefusedRow]:
        rows = connection.execute(self._sql["refused_entries"], (log,)).fetchall()
        return [
            RefusedRow(generation=generation, index=leaf, ground=ground, has_bodies=bool(bodies))
            for generation, leaf, ground, bodies in rows
        ]

    def damaged_entries(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[int]:
        rows = connection.execute(self._sql["entries"], (log, generation, first, stop)).fetchall()
        entries = [_entry(*row) for row in rows]
        suite = self.suite_of(connection, log, generation) if entries else None
        return [entry.index for entry in entries if suite and is_damaged(suite, entry)]

    def restore_entry(
        self, connection: Any, log: int, generation: int, index: int, data: bytes
    ) -> bool:
        leaf = leaf_hash(self.suite_of(connection, log, generation), data)
        row = (data, log, generation, index, leaf)
        return bool(connection.execute(self._sql["restore_entry"], row).rowcount == 1)

    def _advance(self, connection: Any, head: Head, after: Head) -> None:
        moved = connection.execute(
            self._sql["advance_generation"],
            (
                after.size,
                after.range.to_bytes(),
                after.last_entry_id,
                head.log,
                head.generation,
                head.size,
            ),
        ).rowcount
        if moved != 1:
            raise BrokenInvariant(f"{head.origin} does not end at {head.size}, as the caller held")

    def _head(self, connection: Any, row: Any) -> Head | None:
        if row is None:
            return None
        log, generation, start, origin, suite, *row = row
        *end, last_entry_id, keys, next_keys, opened, stated = row
        whole = self.sound_range(connection, log, generation, suite_named(suite), (*end, stated))
        return Head(
            log=log,
            generation=generation,
            start=start,
            origin=origin,
            suite=suite_named(suite),
            size=whole.size,
            range=whole,
            last_entry_id=last_entry_id,
            opened=opened,
            keys=keys,
            next_keys=next_keys,
        )

    def _generation(  # noqa: PLR0917  one argument for each column, in the order of logs.sql
        self,
        generation: int,
        start: str,
        origin: str,
        suite: str,
        size: int,
        compact_range: bytes,
        keys: int,
    ) -> Generation:
        stored = read_range(compact_range, size)
        return Generation(
            generation=generation,
            start=start,
            origin=origin,
            suite=suite_named(suite),
            size=size,
            root=stored.root(suite_named(suite)) if stored else b"",
            keys=keys,
        )


def _insertable(head: Head, entries: Sequence[NewEntry]) -> list[tuple[object, ...]]:
    log, generation = head.log, head.generation
    return [
        (
            log,
            generation,
            index,
            entry.leaf_hash,
            entry.length if entry.data is None else len(entry.data),
            entry.id,
            entry.type,
            entry.subject_kind,
            entry.subject_id,
            entry.data,
        )
        for index, entry in enumerate(entries, start=head.size)
    ]


def _entry(  # noqa: PLR0917  one argument for each column, in the order of logs.sql
    log: int,
    generation: int,
    leaf: int,
    data: bytes | None,
    leaf_hash: bytes,
    length: int,
    ground: str,
    entry_id: str,
    entry_type: str,
    subject_kind: str,
    subject_id: str,
) -> StoredEntry:
    return StoredEntry(
        log=log,
        generation=generation,
        index=leaf,
        data=data,
        leaf_hash=leaf_hash,
        length=length,
        ground=ground,
        id=entry_id,
        type=entry_type,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
