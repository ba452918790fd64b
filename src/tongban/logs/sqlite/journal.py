# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""The journal of effects, and the states folded from it."""

from typing import Any

from tongban.logs.rows import JournalLine, LogKind, StoredState, View
from tongban.logs.sqlite.dialect import Spoken
from tongban.logs.sqlite.suites import Suites


class Journal(Suites):
    """The journal's part of the store."""

    def record_applied(
        self,
        connection: Any,
        *,
        log: int,
        generation: int,
        index: int,
        subject_kind: str,
        subject_id: str,
        ground: str,
    ) -> int:
        row = (log, generation, index, subject_kind, subject_id, ground)
        (seq,) = connection.execute(self._sql["record_applied"], row).fetchone()
        return int(seq)

    def seq_of(self, connection: Any, log: int, generation: int, index: int) -> int | None:
        found = connection.execute(self._sql["seq_of"], (log, generation, index)).fetchone()
        return None if found is None else int(found[0])

    def journal_size(self, connection: Any) -> int:
        (size,) = connection.execute(self._sql["journal_size"]).fetchone()
        return int(size)

    def journal(self, connection: Any, after: int, limit: int) -> list[JournalLine]:
        rows = connection.execute(self._sql["journal"], (after, limit)).fetchall()
        return self.whole(connection, (_line(*row) for row in rows))

    def journal_of(self, connection: Any, subject_kind: str, subject_id: str) -> list[JournalLine]:
        rows = connection.execute(self._sql["journal_of"], (subject_kind, subject_id)).fetchall()
        return self.whole(connection, (_line(*row) for row in rows))


class States(Spoken):
    """The states' part of the store."""

    def state(self, connection: Any, view: View, kind: str, subject_id: str) -> bytes | None:
        row = connection.execute(self._sql["state"], (view.value, kind, subject_id)).fetchone()
        return None if row is None else bytes(row[0])

    def put_state(
        self, connection: Any, view: View, kind: str, subject_id: str, data: bytes
    ) -> None:
        connection.execute(self._sql["put_state"], (view.value, kind, subject_id, data))

    def states(self, connection: Any, view: View, kind: str) -> list[StoredState]:
        rows = connection.execute(self._sql["states"], (view.value, kind)).fetchall()
        return [StoredState(id=subject_id, data=data) for subject_id, data in rows]

    def forget_states(self, connection: Any) -> None:
        connection.execute(self._sql["forget_states"])


def _line(  # noqa: PLR0917  one argument for each column, in the order of journal.sql
    seq: int,
    log: int,
    kind: str,
    peer: str,
    generation: int,
    leaf: int,
    data: bytes | None,
    leaf_hash: bytes,
    subject_kind: str,
    subject_id: str,
    ground: str,
) -> JournalLine:
    return JournalLine(
        seq=seq,
        log=log,
        kind=LogKind(kind),
        peer=peer,
        generation=generation,
        index=leaf,
        data=data,
        leaf_hash=leaf_hash,
        subject_kind=subject_kind,
        subject_id=subject_id,
        ground=ground,
    )
