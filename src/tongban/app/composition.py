"""Wires a node from its folder; the only place that knows every part."""

import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from tongban.app.first_start import demand_database
from tongban.app.key_files import Secrets, open_secrets
from tongban.app.production import check_profile
from tongban.app.settings import Folder, Settings, read_settings
from tongban.catalogue.calendar import load_calendar
from tongban.channels.descriptors import Reads, Title, make_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.channels.faults import ChannelFault
from tongban.channels.quota import Meter, Quota
from tongban.channels.roads import Means, Road, build_road
from tongban.channels.roads.gateway import GatewayBox
from tongban.channels.roads.https_door import PeerDoor
from tongban.evidence.key_sets import KeySets
from tongban.logs.pieces import PieceFolder
from tongban.logs.postgresql import PostgresqlStore
from tongban.logs.sqlite import SqliteStore
from tongban.node.clock import SystemClock
from tongban.node.delivery import Delivery
from tongban.node.identity import Identity
from tongban.node.kernel import VERSIONS, Kernel
from tongban.node.library import Library
from tongban.node.node import Node
from tongban.node.peers import PeerBook
from tongban.node.ports import Clock, Database, Projector
from tongban.node.randomness import SystemRandomness

ENTRY_VERSIONS = (1,)
MESSAGE_VERSIONS = VERSIONS

#: Greater than that of every descriptor with the same keys that said less of what the node reads.
_SERIAL = 4
#: Descriptors with later keys are later than all with earlier ones.
_SERIALS_OF_KEYS = 1_000

_log = structlog.get_logger(__name__)

#: The read models of a node, which read what its library keeps.
ProjectorsOf = Callable[[Library], tuple[Projector, ...]]


def build_node(
    folder: Folder,
    settings: Settings,
    secrets: Secrets,
    database: Database,
    *,
    projectors: ProjectorsOf = lambda _library: (),
    clock: Clock | None = None,
) -> Node:
    """A node on a database; nothing has started yet."""
    randomness = SystemRandomness()
    kind = PostgresqlStore if settings.database else SqliteStore
    store = kind(data_key=secrets.signer.data_key, draw=randomness.draw)
    library = Library(store)
    kernel = Kernel(
        identity=Identity(name=settings.name, signer=secrets.signer, keeper=settings.keeper),
        store=store,
        pieces=PieceFolder(folder.blobs),
        library=library,
        peers=PeerBook(),
        database=database,
        clock=clock or SystemClock(),
        randomness=randomness,
        calendar=load_calendar(),
        projectors=projectors(library),
        describe=lambda: descriptor_of(settings, folder, secrets.signer),
        skew_seconds_max=settings.skew_seconds_max,
        refused_days=settings.refused_days,
        inquiry_days=settings.inquiry_days,
        four_eyes=settings.four_eyes,
    )
    quota = Quota(
        messages=settings.quotas.messages,
        bytes=settings.quotas.bytes,
        window_seconds=settings.quotas.window_seconds,
    )
    return Node(kernel, Meter(quota=quota))


def descriptor_of(settings: Settings, folder: Folder, signer: KeySets) -> bytes:
    """The node's signed descriptor as its settings describe it."""
    return make_descriptor(
        name=settings.name,
        title=Title(zh=settings.title_zh, en=settings.title_en),
        jurisdictions=settings.jurisdictions,
        endpoints=_endpoints(settings, folder),
        reads=Reads(entries=ENTRY_VERSIONS, messages=MESSAGE_VERSIONS),
        serial=_SERIAL + _SERIALS_OF_KEYS * signer.number,
        signer=signer,
        earlier=signer.earlier,
        keeper=settings.keeper,
    )


def _endpoints(settings: Settings, folder: Folder) -> list[Endpoint]:
    endpoints = []
    if settings.door is not None:
        address = settings.door.address or f"https://{settings.door.host}:{settings.door.port}"
        certificate = folder.door_certificate.read_bytes()
        endpoints.append(Endpoint(road="https", address=address, certificate=certificate))
    if settings.gateway is not None:
        endpoints.append(Endpoint(road="gateway", address=settings.name))
    return endpoints


class Lines:
    """The node's lines to the world: door, drop-box, delivery and the polling thread."""

    def __init__(self, node: Node, settings: Settings, folder: Folder, secrets: Secrets) -> None:
        self._node = node
        self._settings = settings
        self._stopping = threading.Event()
        self._box = _gateway_box(settings, node)
        means = Means(allow_loopback=settings.profile == "demo", gateway=self._box)
        self._roads = _RoadBook(node, means)
        self.delivery = Delivery(node.conversation, self._roads.to)
        self._door = _door(node, settings, folder, secrets)
        self._poller = threading.Thread(target=self._poll, name="gateway", daemon=True)

    def open(self) -> None:
        """Listen, poll and deliver; raises DoorBlocked when the port is taken."""
        if self._door is not None:
            self._door.start()
        for peer in self._node.kernel.peers.names():
            self.delivery.serve(peer)
        self._node.wake = self._wake
        if self._box is not None:
            self._poller.start()

    def close(self) -> None:
        """Stop taking in and sending; what is written waits for the next start."""
        self._stopping.set()
        if self._door is not None:
            self._door.stop()
        self.delivery.stop()

    def _wake(self, peer: str) -> None:
        self.delivery.serve(peer)
        self.delivery.wake(peer)

    def _poll(self) -> None:
        box, gateway = self._box, self._settings.gateway
        if box is None or gateway is None:
            return
        while not self._stopping.is_set():
            try:
                taken = box.poll(self._node.hear)
            except ChannelFault as fault:
                _log.warning("gateway_down", reason=str(fault))
                taken = 0
            except Exception:  # noqa: BLE001 - the thread must outlive any one failure
                _log.exception("gateway_failed")
                taken = 0
            if taken:
                for peer in self._node.kernel.peers.names():
                    self.delivery.answered(peer)
            else:
                self._stopping.wait(gateway.seconds)


class _RoadBook:
    """Roads by peer, built from the newest descriptor when first needed."""

    def __init__(self, node: Node, means: Means) -> None:
        self._node = node
        self._means = means
        self._roads: dict[str, tuple[int, Road]] = {}

    def to(self, peer: str) -> Road:
        """The road to the peer; raises RoadUnknown."""
        descriptor = self._node.kernel.peers.descriptor(peer)
        kept = self._roads.get(peer)
        if kept is None or kept[0] != id(descriptor):
            self._roads[peer] = (id(descriptor), build_road(descriptor.endpoints, self._means))
        return self._roads[peer][1]


def _gateway_box(settings: Settings, node: Node) -> GatewayBox | None:
    if settings.gateway is None:
        return None
    return GatewayBox(
        Path(settings.gateway.folder), now=node.kernel.clock.now, cap=settings.gateway.cap
    )


def _door(node: Node, settings: Settings, folder: Folder, secrets: Secrets) -> PeerDoor | None:
    if settings.door is None:
        return None
    signer = secrets.signer
    return PeerDoor(
        host=settings.door.host,
        port=settings.door.port,
        certificate=secrets.door,
        passphrase=secrets.passphrase,
        receive=node.hear,
        descriptor=lambda: descriptor_of(settings, folder, signer),
    )


Loaded = tuple[Folder, Settings, Secrets]


def load(root: Path) -> Loaded:
    """Folder, settings and keys of a node, for whoever is about to run it.

    Raises SettingsUnreadable, ProfileIncomplete, DatabaseGone, or a fault of the key files.
    """
    folder = Folder(root)
    settings = read_settings(folder)
    check_profile(settings)
    demand_database(folder, settings)
    return folder, settings, open_secrets(folder)
