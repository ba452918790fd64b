"""Accepting a partner's descriptor when an operator compared its fingerprint."""

from tongban.channels.descriptors import (
    Descriptor,
    continues,
    fingerprint,
    read_descriptor,
    supersedes,
)
from tongban.node.faults import DescriptorOutdated, OtherKeys
from tongban.node.peers import PeerBook


class FingerprintDiffers(Exception):
    """The descriptor is not the one that the operators compared; compare again by telephone."""


def compared_descriptor(peers: PeerBook, data: bytes, compared: str) -> Descriptor:
    """The descriptor with this fingerprint, as new as what is known of the same node, or newer.

    Raises FingerprintDiffers, DescriptorUnreadable, DescriptorOutdated, or OtherKeys where it does
    not name the key sets under which the node is known.
    """
    read = read_descriptor(data)
    actual = fingerprint(read)
    if actual.replace(" ", "") != compared.replace(" ", "").upper():
        raise FingerprintDiffers(
            f"the descriptor of {read.name} has the fingerprint {actual}, not {compared}"
        )
    if peers.get(read.name) is not None:
        _check_against(peers.descriptor(read.name), read)
    return read


def _check_against(known: Descriptor, read: Descriptor) -> None:
    if supersedes(known, read) or (continues(known, read) and not continues(read, known)):
        raise DescriptorOutdated(
            f"this descriptor of {read.name} is older than the one that is known; ask "
            f"{read.name} for its present one"
        )
    if not continues(read, known):
        raise OtherKeys(
            f"this descriptor does not name the keys under which {read.name} is known here, so "
            "the history with it could not go on under it; somebody may pretend to be "
            f"{read.name}, or it lost its keys: then it needs another name, as a new node"
        )
