"""A partner whose descriptor says that it reads only the first version of messages."""

from tongban.channels.descriptors import Reads, Title, fingerprint, make_descriptor, read_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation


def pair_older(pair: MemoryFederation) -> None:
    """From here on Songjiang takes Hefei's node for one of older software."""
    older = make_descriptor(
        name=HEFEI,
        title=Title(zh="合肥", en="Hefei"),
        jurisdictions=("340100",),
        endpoints=[Endpoint(road="memory", address=HEFEI)],
        reads=Reads(entries=(1,), messages=(1,)),
        serial=9,
        signer=pair[HEFEI].kernel.identity.signer,
    )
    pair[SONGJIANG].pair(older, compared=fingerprint(read_descriptor(older)))
