"""The roads to a peer, by the kind that a descriptor names; a new road is one file and one line."""

from collections.abc import Mapping, Sequence

from tongban.channels.endpoints import Endpoint
from tongban.channels.faults import RoadUnknown
from tongban.channels.roads import gateway, https, memory
from tongban.channels.roads.road import Builder, Means, Receive, Road

__all__ = ["ROADS", "Means", "Receive", "Road", "build_road"]

ROADS: Mapping[str, Builder] = {
    "https": https.build,
    "gateway": gateway.build,
    "memory": memory.build,
}


def build_road(endpoints: Sequence[Endpoint], means: Means) -> Road:
    """The road to the first endpoint that this node can reach; raises RoadUnknown."""
    for endpoint in endpoints:
        build = ROADS.get(endpoint.road)
        road = build(endpoint, means) if build else None
        if road is not None:
            return road
    offered = ", ".join(endpoint.road for endpoint in endpoints) or "none"
    raise RoadUnknown(
        f"the peer offers these roads: {offered}; this node has none of them. Set up one of them "
        "here, or ask the peer's operator for another"
    )
