"""Who keeps a node for a government that has none of its own (代管节点, spec/descriptors.md)."""

from typing import Annotated

import msgspec
from msgspec import Meta


class Keeper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another node whose people hold this node's keys and record what its government does.

    key_sets: how many of the first key sets they ever held; None while they keep the node.
    """

    node: str
    key_sets: Annotated[int, Meta(ge=1)] | None = None

    def of(self, number: int) -> str:
        """Name of the node whose people held the key set of this number, or ""."""
        held = self.key_sets is None or number <= self.key_sets
        return self.node if held else ""


def keeper_of(keeper: Keeper | None, number: int) -> str:
    """The same, "" for a node that nobody ever kept."""
    return keeper.of(number) if keeper else ""
