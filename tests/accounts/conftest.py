"""Every page stands in a world: the fixture is used by every test of this folder."""

from tests.standin import world

__all__ = ["world"]
