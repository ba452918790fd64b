"""The partners of this node, as their accepted descriptors present them."""

from tongban.channels.descriptors import Descriptor, read_descriptor
from tongban.evidence.suites import SUITES
from tongban.logs.store import Store
from tongban.node.faults import UnknownPeer
from tongban.node.identity import Peer
from tongban.node.ports import Database


class PeerBook:
    """Descriptors by name; `reload` reads them from the store, at the start and after a pairing."""

    def __init__(self) -> None:
        self._descriptors: dict[str, Descriptor] = {}
        self._peers: dict[str, Peer] = {}

    def reload(self, store: Store, database: Database) -> None:
        """Read all accepted descriptors from the store."""
        with database.read() as connection:
            rows = store.peers(connection)
        descriptors = {row.name: read_descriptor(row.descriptor) for row in rows}
        self._peers = {name: _peer(found) for name, found in descriptors.items()}
        self._descriptors = descriptors

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


def _peer(descriptor: Descriptor) -> Peer:
    return Peer(
        name=descriptor.name,
        suite=SUITES[descriptor.suite],
        log_key=descriptor.keys.log,
        mirror_key=descriptor.keys.mirror,
        sealing_key=descriptor.keys.sealing,
    )
