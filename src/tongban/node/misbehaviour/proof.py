"""A proof of misbehaviour as files, and back (spec/misbehaviour.md, "Files").

Its outer form is that of a bundle: one archive of which only one spelling is read, and a signed
manifest that lists every other file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tongban.channels.descriptors import Descriptor, read_descriptor
from tongban.channels.faults import DescriptorUnreadable
from tongban.core import canonical
from tongban.core.faults import NotCanonical
from tongban.evidence.canonical import decode_base64, encode_base64
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.contradictions import Contradiction
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.names import is_node_name
from tongban.evidence.notes import SignedNote, encode_note, parse_note, sign_note
from tongban.evidence.proofs import encode_proof
from tongban.evidence.signer import Signer
from tongban.evidence.suite import HASH_BYTES
from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.entries import BundledEntry, read_entry
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.file_names import descriptor_file, entry_file, proof_file
from tongban.node.bundles.manifest import MANIFEST, list_files

FORMAT: Literal["tongban-misbehaviour/1"] = "tongban-misbehaviour/1"
FIRST, SECOND, PATH = "checkpoints/first.note", "checkpoints/second.note", "checkpoints/path.txt"
#: A tree below 2^63 leaves is no higher.
_PATH_HASHES_MAX = 64
_ENTRIES_MAX = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """Who shows that whom contradicts itself, and the SHA-256 of every other file by name."""

    accused: str
    exported_at: datetime
    exported_by: str
    files: Mapping[str, str]
    format: Literal["tongban-misbehaviour/1"] = FORMAT


@dataclass(frozen=True, kw_only=True, slots=True)
class Exhibits:
    """What a proof holds beside its manifest.

    accused, accuser: their descriptors. entries: of the accuser's home log, its pairing with the
    accused and its notice of the misbehaviour.
    """

    contradiction: Contradiction
    accused: bytes
    accuser: bytes
    entries: tuple[BundledEntry, ...]

    def files(self, manifest: Manifest) -> dict[str, bytes]:
        """Every file but the manifest."""
        return dict(self._files(manifest))

    def _files(self, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
        found = self.contradiction
        yield FIRST, encode_note(found.first)
        yield SECOND, encode_note(found.second)
        if found.path:
            yield PATH, "".join(f"{encode_base64(step)}\n" for step in found.path).encode()
        yield descriptor_file(manifest.accused), self.accused
        yield descriptor_file(manifest.exported_by), self.accuser
        for number, bundled in enumerate(self.entries, 1):
            yield entry_file(number), bundled.data
            yield proof_file(number), encode_proof(bundled.proof)


def key_name(node: str) -> str:
    """The name under which a node's log key signs that it shows somebody's misbehaviour."""
    return f"{node}/misbehaviour"


def encode_proof_file(
    exhibits: Exhibits, *, accused: str, at: datetime, by: str, signer: Signer
) -> bytes:
    """The one encoding of these exhibits under a manifest of the accuser."""
    bare = Manifest(accused=accused, exported_at=at, exported_by=by, files={})
    files = exhibits.files(bare)
    manifest = Manifest(accused=accused, exported_at=at, exported_by=by, files=list_files(files))
    text = canonical.encode(manifest).decode() + "\n"
    signed = encode_note(sign_note(text, name=key_name(by), signer=signer))
    return pack({**files, MANIFEST: signed})


def is_proof_file(data: bytes) -> bool:
    """Whether the bytes say that they are a proof of misbehaviour; they may still be unreadable."""
    try:
        signed = unpack(data).get(MANIFEST, b"")
    except BundleUnreadable:
        return False
    return f'"format":"{FORMAT}"'.encode() in signed


def read_files(data: bytes) -> tuple[Manifest, SignedNote, dict[str, bytes]]:
    """The manifest, the note around it, and the other files; raises BundleUnreadable.

    Whether the manifest is signed, and lists these files, are other questions.
    """
    files = unpack(data)
    try:
        note = parse_note(files.pop(MANIFEST, b""))
        manifest = canonical.decode(note.text.removesuffix("\n").encode(), Manifest)
    except (UnreadableNote, NotCanonical) as error:
        raise BundleUnreadable(f"{MANIFEST} is no manifest of a proof: {error}") from error
    names = (manifest.accused, manifest.exported_by)
    if not all(map(is_node_name, names)) or len(set(names)) == 1:
        raise BundleUnreadable(f"{MANIFEST} does not name two nodes")
    return manifest, note, files


def read_exhibits(manifest: Manifest, files: Mapping[str, bytes]) -> Exhibits:
    """What lies in exactly these files; raises BundleUnreadable."""
    exhibits = Exhibits(
        contradiction=Contradiction(
            first=_checkpoint(files, FIRST),
            second=_checkpoint(files, SECOND),
            path=tuple(_path(files)) if PATH in files else (),
        ),
        accused=_file(files, descriptor_file(manifest.accused)),
        accuser=_file(files, descriptor_file(manifest.exported_by)),
        entries=tuple(_entries(files)),
    )
    if exhibits.files(manifest) != files:
        strange = min(files.keys() ^ exhibits.files(manifest).keys(), default=PATH)
        raise BundleUnreadable(f"{strange} has no place in a proof of misbehaviour")
    return exhibits


def read_node(name: str, data: bytes) -> Descriptor:
    """The descriptor of this node; raises BundleUnreadable."""
    try:
        descriptor = read_descriptor(data)
    except DescriptorUnreadable as error:
        raise BundleUnreadable(f"{descriptor_file(name)}: {error}") from error
    if descriptor.name != name:
        raise BundleUnreadable(f"{descriptor_file(name)} describes {descriptor.name}")
    return descriptor


def _checkpoint(files: Mapping[str, bytes], name: str) -> SignedNote:
    try:
        note = parse_note(_file(files, name))
        parse_checkpoint(note.text)
    except EvidenceFault as error:
        raise BundleUnreadable(f"{name} is no checkpoint: {error}") from error
    return note


def _path(files: Mapping[str, bytes]) -> Iterator[bytes]:
    try:
        lines = files[PATH].decode("ascii").removesuffix("\n").split("\n")
        steps = [decode_base64(line) for line in lines]
    except ValueError as error:
        raise BundleUnreadable(f"{PATH} is no list of hashes") from error
    if len(steps) > _PATH_HASHES_MAX or any(len(step) != HASH_BYTES for step in steps):
        raise BundleUnreadable(f"{PATH} has too many hashes, or one of another length")
    yield from steps


def _entries(files: Mapping[str, bytes]) -> Iterator[BundledEntry]:
    for number in range(1, _ENTRIES_MAX + 1):
        name = entry_file(number)
        if name in files:
            yield read_entry(files[name], _file(files, proof_file(number)), name=name)


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    try:
        return files[name]
    except KeyError:
        raise BundleUnreadable(f"{name} is missing") from None
