"""Every page stands in a world."""

import pytest
from tests.standin import World, world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _stands_in_a_world(world: World) -> None:
    """Pages reach the node through one door; here it leads to the stand-in."""
