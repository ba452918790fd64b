"""What read models are told."""

from collections.abc import Sequence

import pytest
from tests.node.looking import submit

from tongban.node.ports import Change, Connection
from tongban.node.rebuild import rebuild
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
        self.read.clear()


@pytest.fixture
def reader(pair: MemoryFederation) -> Reader:
    found = Reader()
    pair.nodes[HEFEI].projectors = (found,)
    pair.nodes[HEFEI].stop()
    pair.nodes[HEFEI].start()
    return found


def test_a_projector_may_read_the_bodies_of_what_it_is_told(
    pair: MemoryFederation, reader: Reader
) -> None:
    submit(pair)
    pair.settle()
    assert b'{"made_up": true}' in reader.read
    assert None in reader.read


def test_a_rebuild_tells_it_everything_again_in_the_same_order(
    pair: MemoryFederation, reader: Reader
) -> None:
    submit(pair)
    pair.settle()
    rebuild(pair[HEFEI].kernel)
    told = [*reader.read]
    rebuild(pair[HEFEI].kernel)
    assert b'{"made_up": true}' in told
    assert reader.read == told
