"""Keys that the reader of a bundle trusts for a reason outside the bundle (spec/bundles.md)."""

from collections.abc import Iterable, Iterator

from tongban.channels.descriptors import Descriptor
from tongban.evidence.faults import UnreadableKey
from tongban.evidence.keys import VerifierKey, parse_vkey
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.faults import TrustUnreadable
from tongban.node.bundles.manifest import manifest_key_name
from tongban.node.bundles.standing import mirror_key


def node_keys(node: Descriptor) -> tuple[VerifierKey, VerifierKey]:
    """The two keys of a node that a bundle rests on, log and mirror, as a trust list names them."""
    return node.verifier_key(KeyPurpose.LOG, manifest_key_name(node.name)), mirror_key(node)


def encode_trust(nodes: Iterable[Descriptor]) -> str:
    """A trust list with the keys of these nodes, one a line."""
    return "".join(f"{key.encode_vkey()}\n" for node in nodes for key in node_keys(node))


def read_trust(text: str) -> tuple[VerifierKey, ...]:
    """The keys of a trust list; empty lines and lines that begin with # are passed over.

    Raises TrustUnreadable.
    """
    return tuple(_keys(text))


def is_anchored(key: VerifierKey, trust: Iterable[VerifierKey]) -> bool:
    """Whether a key is one of these, under whatever name of its node a log key signs."""
    return _identity(key) in set(map(_identity, trust))


def _keys(text: str) -> Iterator[VerifierKey]:
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip()
        if word and not word.startswith("#"):
            try:
                yield parse_vkey(word)
            except UnreadableKey as error:
                raise TrustUnreadable(f"line {number}: {error}") from error


def _identity(key: VerifierKey) -> tuple[str, bytes, bytes]:
    # A node's log key signs under many names, which all begin with the node's; a mirror's key
    # under one, which tells it from the witness's.
    name = key.name if key.timestamped else key.name.partition("/")[0]
    return name, key.key_type, key.public
