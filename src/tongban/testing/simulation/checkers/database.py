"""Looks into a machine's database from outside, with SQL of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from tongban.logs.sqlite.sql import load
from tongban.testing.simulation.machine import Machine

SQL = load("looking.sql", __package__)


@dataclass(frozen=True, slots=True)
class Line:
    """One stored entry, as the database holds it."""

    kind: str
    peer: str
    origin: str
    generation: int
    leaf: int
    leaf_hash: bytes
    ground: str
    type: str
    subject: str
    data: bytes | None

    @property
    def said(self) -> dict[str, Any]:
        """The entry as JSON."""
        read: dict[str, Any] = json.loads(self.data or b"{}")
        return read


def rows(machine: Machine, sql: str, *values: object) -> list[Any]:
    """What a query gives."""
    with machine.database.read() as connection:
        found: list[Any] = connection.execute(sql, values).fetchall()
    return found


def lines(machine: Machine, kind: str = "", peer: str = "") -> Iterator[Line]:
    """Entries of a machine in log order, of one kind of log and about one peer if named."""
    with machine.database.read() as connection:
        found = connection.execute(SQL["entries"], {"kind": kind, "peer": peer}).fetchall()
    return starmap(Line, found)
