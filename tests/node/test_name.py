"""A node's name stands on all its logs, and does not change under them."""

from dataclasses import replace

import pytest

from tongban.channels.quota import Meter, Quota
from tongban.node.faults import AnotherName
from tongban.node.identity import Identity
from tongban.node.node import Node
from tongban.testing.applications import HEFEI
from tongban.testing.memory_nodes import MemoryFederation


def test_a_database_is_not_gone_on_with_under_another_name(pair: MemoryFederation) -> None:
    kernel = pair[HEFEI].kernel
    renamed = replace(
        kernel, identity=Identity(name="evil.g60.demo", signer=kernel.identity.signer)
    )
    meter = Meter(quota=Quota(messages=1, bytes=1, window_seconds=1))
    with pytest.raises(AnotherName, match=f"back to {HEFEI}"):
        Node(renamed, meter)
    assert Node(kernel, meter).name == HEFEI
