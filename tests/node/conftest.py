from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.keeping import KEEPING

from tongban.testing.applications import HEFEI, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MemoryFederation]:
    """Two nodes that know each other and have nothing left to say.

    They are on files, unless a test names databases (`on_every_database`).
    """
    kept = KEEPING[getattr(request, "param", "sqlite")](request)
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI), keeping=kept)
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()
