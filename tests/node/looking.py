"""Looking into two nodes from outside: what their logs, states and home logs say."""

from collections.abc import Iterator
from typing import Any

from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.core.entry import Entry, Event
from tongban.core.refusal import Refusal
from tongban.logs import wire
from tongban.logs.rows import LogKind, StoredEntry, View
from tongban.node.node import Node
from tongban.node.work import readable
from tongban.testing.applications import SONGJIANG, online_application
from tongban.testing.memory_nodes import MemoryFederation


def submit(pair: MemoryFederation) -> str:
    """An application that Songjiang took in; its case."""
    command = online_application(pair)
    answer = pair[SONGJIANG].execute(command)
    assert not isinstance(answer, Refusal)
    return command.case


def rows_of(node: Node, kind: LogKind, peer: str = "") -> Iterator[StoredEntry]:
    """Every entry of a log, across its generations."""
    kernel = node.kernel
    with kernel.database.read() as connection:
        log = kernel.store.find_log(connection, kind=kind, peer=peer)
        if log is None:
            return
        for generation in kernel.store.generations(connection, log):
            place = (connection, log, generation.generation)
            yield from kernel.store.entries(*place, 0, generation.size)


def entries_of(node: Node, kind: LogKind, peer: str = "") -> list[Entry]:
    """Every readable entry of a log."""
    found = (readable(row.data) for row in rows_of(node, kind, peer))
    return [entry for entry in found if entry is not None]


def home_events(node: Node, *kinds: type[Event]) -> list[Any]:
    """What the node put on its home log of these kinds."""
    return [e.event for e in entries_of(node, LogKind.HOME) if isinstance(e.event, kinds)]


def believed(node: Node, partner: str, case: str) -> CaseState:
    """Where the case stands in the node's view of its partner."""
    with node.kernel.database.read() as connection:
        data = node.kernel.store.state(connection, View.PEER, "case", f"{partner}/{case}")
    assert data is not None
    return decode(data, CaseState)


def grounds(node: Node, peer: str) -> dict[str, str]:
    """Grounds of refused entries of the peer, by type; unreadable ones under ""."""
    return {row.type: row.ground for row in rows_of(node, LogKind.MIRROR, peer) if row.ground}


#: Everything that a transaction may change; a signature is made later, and again if it is lost.
_TABLES = (
    "SELECT * FROM tongban_state ORDER BY view, kind, id",
    "SELECT * FROM tongban_generation ORDER BY log, generation",
    "SELECT * FROM tongban_channel ORDER BY peer",
    "SELECT * FROM tongban_entry ORDER BY log, generation, leaf",
    "SELECT * FROM tongban_journal ORDER BY seq",
    "SELECT * FROM tongban_intent ORDER BY position",
    "SELECT * FROM tongban_body ORDER BY log, generation, leaf, name",
    "SELECT * FROM tongban_honoured ORDER BY peer, start",
    "SELECT * FROM tongban_mark ORDER BY key",
    "SELECT digest FROM tongban_document ORDER BY digest",
    "SELECT log, generation, size, kind, root FROM tongban_statement ORDER BY 1, 2, 3, 4",
)


def stored(node: Node) -> list[object]:
    """Everything that a transaction may change, and that a rebuild must give again."""
    with node.kernel.database.read() as connection:
        return [connection.execute(table).fetchall() for table in _TABLES]


def type_of(entry: Entry) -> str:
    """The entry's name on the wire."""
    return wire.type_name(entry.event)
