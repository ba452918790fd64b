"""The partners of this node, as their accepted descriptors present them."""

from tongban.channels.descriptors import Descriptor, read_descriptor
from tongban.core.one_sided import marked
from tongban.core.words import Words
from tongban.logs.rows import LogKind, PeerRow
from tongban.logs.store import Store
from tongban.node.faults import UnknownPeer
from tongban.node.identity import Peer
from tongban.node.ports import Connection, Database


class PeerBook:
    """Descriptors by name.

    `reload` reads them from the store: at the start, after a pairing, and when keys changed.
    """

    def __init__(self) -> None:
        self._descriptors: dict[str, Descriptor] = {}
        self._peers: dict[str, Peer] = {}

    def reload(self, store: Store, database: Database) -> None:
        """Read all accepted descriptors from the store."""
        with database.read() as connection:
            rows = store.peers(connection)
            peers = {row.name: _peer(store, connection, row) for row in rows}
        self._descriptors = {row.name: read_descriptor(row.descriptor) for row in rows}
        self._peers = peers

    def names(self) -> list[str]:
        """Names of all partners, in order."""
        return sorted(self._peers)

    def get(self, name: str) -> Peer | None:
        """The partner, or None where it is not paired."""
        return self._peers.get(name)

    def require(self, name: str) -> Peer:
        """The partner; raises UnknownPeer."""
        peer = self._peers.get(name)
        if peer is None:
            raise UnknownPeer(f"{name} is not paired with this node; run `tongban peer add` first")
        return peer

    def descriptor(self, name: str) -> Descriptor:
        """The partner's descriptor; raises UnknownPeer."""
        self.require(name)
        return self._descriptors[name]

    def descriptors(self) -> tuple[Descriptor, ...]:
        """Of all partners, by name."""
        return tuple(known for _, known in sorted(self._descriptors.items()))

    def title(self, name: str) -> Words:
        """What the partner calls itself, marked where another signs for it; raises UnknownPeer."""
        known = self.descriptor(name)
        return marked(Words(zh=known.title.zh, en=known.title.en), known.kept_by)


def read_peer(store: Store, connection: Connection, name: str) -> Peer:
    """The partner as the store has it inside a transaction; raises UnknownPeer."""
    row = store.peer(connection, name)
    if row is None:
        raise UnknownPeer(f"{name} is not paired with this node; run `tongban peer add` first")
    return _peer(store, connection, row)


def _peer(store: Store, connection: Connection, row: PeerRow) -> Peer:
    """Older key sets speak until a generation under the newer ones opened, or people compared."""
    found = read_descriptor(row.descriptor)
    mirror = store.find_log(connection, kind=LogKind.MIRROR, peer=row.name)
    written = store.generations(connection, mirror) if mirror is not None else []
    return Peer(
        name=found.name,
        sets=found.sets,
        serial=found.serial,
        speaks_from=max(row.compared_keys, written[-1].keys if written else 1),
    )
