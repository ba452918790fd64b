"""What read models are told."""

from collections.abc import Sequence

from tests.node.looking import submit

from tongban.node.ports import Change, Connection
from tongban.testing.applications import HEFEI
from tongban.testing.memory_nodes import MemoryFederation


class Reader:
    """A projector that reads a body of everything that it is told."""

    def __init__(self) -> None:
        self.read: list[bytes | None] = []

    def project(self, connection: Connection, changes: Sequence[Change]) -> None:
        del connection
        self.read += [change.body("application") for change in changes]

    def forget(self, connection: Connection) -> None:
        del connection


def test_a_projector_may_read_the_bodies_of_what_it_is_told(pair: MemoryFederation) -> None:
    reader = Reader()
    pair.nodes[HEFEI].projectors = (reader,)
    pair.nodes[HEFEI].stop()
    pair.nodes[HEFEI].start()
    submit(pair)
    pair.settle()
    assert b'{"made_up": true}' in reader.read
    assert None in reader.read
