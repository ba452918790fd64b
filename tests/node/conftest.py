from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.testing.applications import HEFEI, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Two nodes that know each other and have nothing left to say."""
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()
