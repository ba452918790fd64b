"""Whole nodes on PostgreSQL, each with a schema of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from tongban.logs.postgresql import PostgresqlStore
from tongban.node.postgresql_database import PostgresqlDatabase
from tongban.testing.postgresql_cluster import PostgresqlCluster

if TYPE_CHECKING:
    from tongban.testing.memory_nodes import MemoryNode


class OnPostgresql:
    """Nodes of one federation on one server; a node that starts again finds its schema."""

    store = PostgresqlStore

    def __init__(self, cluster: PostgresqlCluster) -> None:
        self._cluster = cluster
        self._addresses: dict[str, str] = {}

    def open(self, node: "MemoryNode") -> PostgresqlDatabase:
        """The database in the node's schema."""
        return PostgresqlDatabase(
            self._address_of(node), process=f"{node.name}/{node.starts}", ask_seconds=0.1
        )

    def copy_to(self, node: "MemoryNode", copy: Path) -> None:
        """A dump of the schema as it is now."""
        self._cluster.dump(self._address_of(node), copy)

    def put_back(self, node: "MemoryNode", copy: Path) -> None:
        """Read an older dump into the schema."""
        self._cluster.restore(self._address_of(node), copy)

    def drop(self, node: "MemoryNode") -> None:
        """Empty the schema."""
        self._cluster.empty_schema(self._address_of(node))

    def _address_of(self, node: "MemoryNode") -> str:
        if node.name not in self._addresses:
            self._addresses[node.name] = self._cluster.create_schema()
        return self._addresses[node.name]
