"""Nodes in this process behind a real https door, and a runner that knows it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.channels.nodes import PASSPHRASE, door_certificate

from tongban.channels.descriptors import (
    Reads,
    Title,
    fingerprint,
    make_descriptor,
    read_descriptor,
)
from tongban.channels.endpoints import Endpoint
from tongban.channels.quota import Quota
from tongban.channels.roads.https_door import PeerDoor
from tongban.conformance.examination import Examination
from tongban.conformance.line import Line
from tongban.conformance.rule import Finding, Judgement
from tongban.conformance.rules import RULES
from tongban.conformance.runner import Runner
from tongban.conformance.talk import Talk
from tongban.evidence.suites import USUAL
from tongban.logs.wire import VERSIONS as ENTRIES
from tongban.node.clock import SystemClock
from tongban.node.kernel import VERSIONS
from tongban.node.randomness import SystemRandomness
from tongban.testing.memory_nodes import MemoryNode, SetClock

PLENTY = Quota(messages=100_000, bytes=10**10, window_seconds=60)
CITY = "songjiang.g60.demo"

Receive = Callable[[bytes], bytes | None]


@contextmanager
def node_behind_a_door(
    folder: Path,
    *,
    suite: str = USUAL,
    around: Callable[[Receive], Receive] | None = None,
    quota: Quota = PLENTY,
    earlier: tuple[str, ...] = (),
) -> Iterator[tuple[MemoryNode, PeerDoor, bytes]]:
    """A node, its door and its descriptor; around: put between the door and the node.

    earlier: suites of the key sets that it had before.
    """
    clock = SetClock(instant=SystemClock().now())
    suites = (*earlier, suite)
    node = MemoryNode(CITY, folder / "node.db", clock, quota=quota, keys=len(suites), suites=suites)
    certificate = door_certificate(CITY)

    def receive(envelope: bytes) -> bytes | None:
        # A node that is started again is another object.
        return node.node.hear(envelope)

    described: list[bytes] = []
    door = PeerDoor(
        host="127.0.0.1",
        port=0,
        certificate=certificate,
        passphrase=PASSPHRASE,
        receive=around(receive) if around else receive,
        descriptor=lambda: described[0],
    )
    door.start()
    endpoint = Endpoint(
        road="https",
        address=f"https://127.0.0.1:{door.port}",
        certificate=certificate.certificate,
    )
    signer = node.node.kernel.identity.signer
    described.append(
        make_descriptor(
            name=CITY,
            title=Title(zh="松江区", en="Songjiang"),
            jurisdictions=("310117",),
            endpoints=[endpoint],
            reads=Reads(entries=tuple(ENTRIES), messages=VERSIONS),
            serial=1,
            signer=signer,
            earlier=signer.earlier,
        )
    )
    try:
        yield node, door, described[0]
    finally:
        door.stop()
        node.stop()


def introduced(node: MemoryNode, runner: Runner) -> None:
    data = runner.descriptor()
    node.node.pair(data, compared=fingerprint(read_descriptor(data)))


def talk_to(
    described: bytes,
    runner: Runner,
    *,
    seconds: float = 120,
    pause: Callable[[float], None] = lambda _: None,
) -> Talk:
    node = read_descriptor(described)
    (endpoint,) = node.endpoints
    line = Line(
        address=endpoint.address,
        certificate=endpoint.certificate,
        seconds=seconds,
        pause=pause,
    )
    return Talk(
        runner=runner,
        node=node,
        line=line,
        now=SystemClock().now,
        draw=SystemRandomness().draw,
    )


def examine(talk: Talk) -> list[Finding]:
    return Examination(talk, RULES).run(RULES)


def found(findings: list[Finding], judgement: Judgement) -> dict[str, str]:
    return {each.rule.id: each.seen for each in findings if each.judgement is judgement}
