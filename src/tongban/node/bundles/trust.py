"""Keys that the reader of a bundle trusts for a reason outside the bundle (spec/bundles.md)."""

from collections.abc import Iterable, Iterator

from tongban.channels.descriptors import Descriptor, KeySet
from tongban.evidence.faults import UnreadableKey
from tongban.evidence.keys import NoteSignature, VerifierKey, parse_vkey
from tongban.evidence.notes import SignedNote
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.faults import TrustUnreadable
from tongban.node.bundles.manifest import manifest_key_name
from tongban.node.identity import mirror_name


def node_keys(node: Descriptor) -> tuple[VerifierKey, ...]:
    """The keys that a bundle may rest on, log and mirror of each set, as a trust list names them.

    The newest set comes first.
    """
    return tuple(key for each in reversed(node.sets) for key in _pair(node.name, each))


def used_keys(node: Descriptor, notes: Iterable[SignedNote]) -> tuple[VerifierKey, ...]:
    """Those of them whose set signed one of the notes; of the newest set where none did."""
    lines = [line for note in notes for line in note.signatures]
    used = [each for each in node.sets if any(_is_by(line, node.name, each) for line in lines)]
    return tuple(key for each in used or node.sets[-1:] for key in _pair(node.name, each))


def _pair(name: str, key_set: KeySet) -> tuple[VerifierKey, VerifierKey]:
    return (
        key_set.verifier_key(KeyPurpose.LOG, manifest_key_name(name)),
        key_set.verifier_key(KeyPurpose.MIRROR, mirror_name(name)),
    )


def _is_by(line: NoteSignature, name: str, key_set: KeySet) -> bool:
    """Whether a line says that a key of this set signed, under whatever name of the node."""
    if line.name == mirror_name(name):
        return line.claims(key_set.verifier_key(KeyPurpose.MIRROR, line.name))
    ours = line.name.partition("/")[0] == name
    return ours and line.claims(key_set.verifier_key(KeyPurpose.LOG, line.name))


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
