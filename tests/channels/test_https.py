"""A first envelope over https."""

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.roads import Means, build_road
from tongban.channels.roads.https import fetch_descriptor

from .nodes import descriptor, https_endpoint, open_door


def test_an_envelope_gets_its_answer() -> None:
    with open_door(lambda envelope: envelope[::-1]) as door:
        road = build_road([https_endpoint(door)], Means(allow_loopback=True))
        assert road.carry(b"abc") == b"cba"
        assert road.carry(b"def") == b"fed"
        road.close()


def test_a_stranger_fetches_the_descriptor() -> None:
    with open_door(lambda _: None) as door:
        fetched = fetch_descriptor(f"https://127.0.0.1:{door.port}", allow_loopback=True)
    assert fingerprint(read_descriptor(fetched)) == fingerprint(read_descriptor(descriptor()))
