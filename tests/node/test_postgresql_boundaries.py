"""A line to the database that breaks at any commit of two nodes, before it or after it."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import Composed

from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.node.faults import StorageFailed
from tongban.node.postgresql_database import Connection, PostgresqlDatabase
from tongban.testing.applications import (
    HEFEI,
    SONGJIANG,
    accept,
    grant,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation, MemoryNode
from tongban.testing.postgresql_cluster import PostgresqlCluster
from tongban.testing.postgresql_nodes import OnPostgresql


class Breaking:
    """A connection whose line breaks at the commit: the server gets it, or it does not."""

    def __init__(self, connection: Connection, *, arrives: bool) -> None:
        self._connection = connection
        self._arrives = arrives

    def execute(self, statement: Any, *values: Any, **given: Any) -> Any:
        if not isinstance(statement, Composed):
            return self._connection.execute(statement, *values, **given)
        if self._arrives:
            self._connection.execute(statement, **given)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class Fragile(PostgresqlDatabase):
    """Breaks the line once, at the commit that it was told."""

    breaks_in = 0
    arrives = False

    def _commit(self, connection: Connection) -> None:
        self.breaks_in -= 1
        if self.breaks_in == 0:
            breaking: Any = Breaking(connection, arrives=self.arrives)
            super()._commit(breaking)
        else:
            super()._commit(connection)


class OnFragile(OnPostgresql):
    def open(self, node: MemoryNode) -> Fragile:
        return Fragile(self._address_of(node), process=f"{node.name}/{node.starts}", ask_seconds=0)


def again(pair: MemoryFederation, act: Callable[[], object]) -> object:
    """What a person, or a partner, does who was told that nothing was stored."""
    for _ in range(3):
        try:
            return act()
        except StorageFailed:
            pair[SONGJIANG].conversation.forget_standing(HEFEI)
            pair[HEFEI].conversation.forget_standing(SONGJIANG)
    raise AssertionError("it never came through")


def acts(pair: MemoryFederation, name: str, case: str) -> int:
    return sum(line.kind is not LogKind.HOME for line in pair[name].history(case))


def run_a_case(pair: MemoryFederation) -> None:
    command = online_application(pair)
    steps: tuple[Callable[[], object], ...] = (
        lambda: pair[SONGJIANG].execute(command),
        pair.settle,
        lambda: pair[HEFEI].execute(accept(command.case)),
        lambda: pair[HEFEI].execute(grant(command.case)),
        pair.settle,
    )
    for step in steps:
        assert not isinstance(again(pair, step), Refusal)
    state = pair[SONGJIANG].case_state(command.case)
    assert state is not None
    assert state.ended
    assert state == pair[HEFEI].case_state(command.case)
    assert acts(pair, SONGJIANG, command.case) == acts(pair, HEFEI, command.case) == 4


@pytest.mark.parametrize("arrives", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize("name", [SONGJIANG, HEFEI])
def test_every_case_ends_alike_wherever_the_line_breaks(
    tmp_path: Path, postgresql_cluster: PostgresqlCluster, name: str, *, arrives: bool
) -> None:
    pair = MemoryFederation(tmp_path, (SONGJIANG, HEFEI), keeping=OnFragile(postgresql_cluster))
    publish(pair)
    pair.settle()
    database = pair.nodes[name].database
    assert isinstance(database, Fragile)
    for breaks_in in count(1):
        database.breaks_in, database.arrives = breaks_in, arrives
        run_a_case(pair)
        if database.breaks_in > 0:
            break
    assert breaks_in > 4
    pair.stop()
