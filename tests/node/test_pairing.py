"""Taking a partner's descriptor, and taking it again."""

import pytest

from tongban.channels.descriptors import Reads, Title, fingerprint, make_descriptor, read_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.node.faults import DescriptorOutdated, UnknownPeer
from tongban.node.pairing import FingerprintDiffers
from tongban.node.peers import read_peer
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation


def descriptor(pair: MemoryFederation, serial: int, address: str) -> bytes:
    return make_descriptor(
        name=HEFEI,
        title=Title(zh=HEFEI, en=HEFEI),
        jurisdictions=("340100",),
        endpoints=[Endpoint(road="memory", address=address)],
        reads=Reads(entries=(1,), messages=(1,)),
        serial=serial,
        signer=pair[HEFEI].kernel.identity.signer,
    )


def take(pair: MemoryFederation, data: bytes) -> str:
    pair[SONGJIANG].pair(data, compared=fingerprint(read_descriptor(data)))
    return pair[SONGJIANG].kernel.peers.descriptor(HEFEI).endpoints[0].address


def test_a_newer_descriptor_takes_the_place_of_an_older_one(pair: MemoryFederation) -> None:
    assert take(pair, descriptor(pair, 2, "moved")) == "moved"


def test_every_partners_descriptor_is_known(pair: MemoryFederation) -> None:
    assert [each.name for each in pair[SONGJIANG].kernel.peers.descriptors()] == [HEFEI]


def test_an_older_descriptor_is_not_taken_again(pair: MemoryFederation) -> None:
    take(pair, descriptor(pair, 3, "moved"))
    with pytest.raises(DescriptorOutdated, match="ask hefei"):
        take(pair, descriptor(pair, 2, "before"))
    assert pair[SONGJIANG].kernel.peers.descriptor(HEFEI).endpoints[0].address == "moved"


def test_a_descriptor_of_another_fingerprint_is_not_taken(pair: MemoryFederation) -> None:
    with pytest.raises(FingerprintDiffers, match="has the fingerprint"):
        pair[SONGJIANG].pair(descriptor(pair, 2, "moved"), compared="0000 0000")
    assert pair[SONGJIANG].kernel.peers.descriptor(HEFEI).endpoints[0].address != "moved"


def test_who_is_not_paired_is_named_with_what_to_do(pair: MemoryFederation) -> None:
    kernel = pair[SONGJIANG].kernel
    with pytest.raises(UnknownPeer, match="peer add"):
        kernel.peers.require("wuhu.g60.demo")
    with (
        kernel.database.read() as connection,
        pytest.raises(UnknownPeer, match="peer add"),
    ):
        read_peer(kernel.store, connection, "wuhu.g60.demo")
