"""What every road promises, tried on each road of the table with real parts."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tongban.channels.endpoints import Endpoint
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX, HEADER_BYTES_MAX, Envelope
from tongban.channels.faults import Oversize, RoadUnknown, Unreachable
from tongban.channels.roads import ROADS, Means, Road, build_road
from tongban.channels.roads.ferry import Ferry
from tongban.channels.roads.gateway import GatewayBox

from .nodes import NOON, https_endpoint, open_door


@dataclass(kw_only=True)
class Line:
    """A road from Songjiang to Hefei and what stands at its end."""

    road: Road
    received: list[bytes]
    cut: Callable[[], object]
    deliver: Callable[[], object] = field(default=lambda: None)
    answers_at_once: bool = True


class Hefei:
    """Keeps what arrives and answers with the envelope's last bytes, unless it is cut off."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.reachable = True

    def receive(self, envelope: bytes, _: object = None) -> bytes:
        if not self.reachable:
            raise Unreachable("the line is cut")
        self.received.append(envelope)
        return Envelope(sender="hefei", receiver="songjiang", sealed=envelope[-9:]).encode()

    def cut(self) -> None:
        self.reachable = False


@contextmanager
def memory_line(_: Path) -> Iterator[Line]:
    hefei = Hefei()
    endpoint = Endpoint(road="memory", address="hefei")
    road = build_road([endpoint], Means(neighbours={"hefei": hefei.receive}))
    yield Line(road=road, received=hefei.received, cut=hefei.cut)


@contextmanager
def https_line(_: Path) -> Iterator[Line]:
    hefei = Hefei()
    with open_door(hefei.receive) as door:
        road = build_road([https_endpoint(door)], Means(allow_loopback=True))
        yield Line(road=road, received=hefei.received, cut=door.stop)
        road.close()


@contextmanager
def gateway_line(folder: Path) -> Iterator[Line]:
    routes = {name: folder / name for name in ("songjiang", "hefei")}
    box, there = (GatewayBox(path, now=lambda: NOON) for path in routes.values())
    hefei, ferry = Hefei(), Ferry(routes)

    def deliver() -> None:
        ferry.run_once(now=NOON)
        there.poll(hefei.receive)

    yield Line(
        road=build_road([Endpoint(road="gateway", address="hefei")], Means(gateway=box)),
        received=hefei.received,
        cut=lambda: shutil.rmtree(routes["songjiang"]),
        deliver=deliver,
        answers_at_once=False,
    )


LINES: dict[str, Callable[[Path], AbstractContextManager[Line]]] = {
    "memory": memory_line,
    "https": https_line,
    "gateway": gateway_line,
}


@pytest.fixture(params=sorted(ROADS))
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    with LINES[request.param](tmp_path) as built:
        yield built


def envelope(sealed: bytes) -> bytes:
    return Envelope(sender="songjiang", receiver="hefei", sealed=sealed).encode()


@pytest.mark.parametrize("sealed", [b"\0", bytes(range(256)), b"\r\n\r\n" * 99, b"0\r\n\r\n"])
def test_bytes_arrive_unchanged(line: Line, sealed: bytes) -> None:
    line.road.carry(envelope(sealed))
    line.deliver()
    assert line.received == [envelope(sealed)]


def test_an_answer_comes_at_once_or_not_at_all(line: Line) -> None:
    answer = line.road.carry(envelope(b"the end is a question"))
    expected = Envelope(sender="hefei", receiver="songjiang", sealed=b" question").encode()
    assert answer == (expected if line.answers_at_once else None)


def test_the_largest_envelope_arrives_unchanged(line: Line) -> None:
    header = len(envelope(bytes(10_000_000))) - 10_000_000
    largest = envelope(bytes(ENVELOPE_BYTES_MAX - HEADER_BYTES_MAX - header) + b"end")
    line.road.carry(largest)
    line.deliver()
    assert line.received == [largest]


def test_more_than_an_envelope_is_refused_and_does_not_arrive(line: Line) -> None:
    with pytest.raises(Oversize):
        line.road.carry(bytes(ENVELOPE_BYTES_MAX + 1))
    line.deliver()
    assert line.received == []


def test_a_cut_line_is_unreachable(line: Line) -> None:
    line.cut()
    with pytest.raises(Unreachable):
        line.road.carry(envelope(b"anyone there?"))
    assert line.received == []


def test_concurrent_senders_lose_nothing(line: Line) -> None:
    sent = [envelope(b"number %d" % number) for number in range(100)]
    with ThreadPoolExecutor(8) as senders:
        list(senders.map(line.road.carry, sent))
    line.deliver()
    assert sorted(line.received) == sorted(sent)


def test_the_first_endpoint_that_this_node_can_reach_is_taken(tmp_path: Path) -> None:
    box = GatewayBox(tmp_path, now=lambda: NOON)
    offered = [
        Endpoint(road="nats", address="nats://10.0.0.1:4222"),
        Endpoint(road="memory", address="hefei"),
        Endpoint(road="gateway", address="hefei"),
    ]
    assert build_road(offered, Means(gateway=box)) is box


@pytest.mark.parametrize("endpoints", [[], [Endpoint(road="gateway", address="hefei")]])
def test_no_road_at_all_says_what_the_peer_offers(endpoints: list[Endpoint]) -> None:
    with pytest.raises(RoadUnknown, match=r"these roads: (none|gateway)"):
        build_road(endpoints, Means())
