"""What a bundle holds, as values, and the files in which they lie (spec/bundles.md, "Files")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tongban.channels.descriptors import Descriptor, read_descriptor
from tongban.channels.faults import DescriptorUnreadable
from tongban.evidence.commitments import SALT_BYTES
from tongban.evidence.proofs import encode_proof
from tongban.node.bundles import file_names
from tongban.node.bundles.entries import BundledEntry, SaltedBody, read_entry
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.order import in_causal_order


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """Entries in causal order, documents by digest, descriptors by node name."""

    entries: tuple[BundledEntry, ...]
    documents: Mapping[str, bytes]
    descriptors: Mapping[str, bytes]

    def files(self) -> dict[str, bytes]:
        """Every file of the bundle but its manifest."""
        return dict(self._files())

    def nodes(self) -> dict[str, Descriptor]:
        """What the descriptors say, by node name; raises BundleUnreadable."""
        return dict(map(_read_node, self.descriptors, self.descriptors.values()))

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for number, bundled in enumerate(self.entries, 1):
            yield file_names.entry_file(number), bundled.data
            yield file_names.proof_file(number), encode_proof(bundled.proof)
            yield from _body_files(number, bundled)
        for digest, data in self.documents.items():
            yield file_names.document_file(digest), data
        for node, data in self.descriptors.items():
            yield file_names.descriptor_file(node), data


def read_contents(files: Mapping[str, bytes]) -> Contents:
    """The contents that lie in exactly these files; raises BundleUnreadable."""
    count = file_names.count_entries(files)
    contents = Contents(
        entries=tuple(_read_numbered(files, number) for number in range(1, count + 1)),
        documents={d: files[name] for name, d in file_names.documents_among(files)},
        descriptors={n: files[name] for name, n in file_names.descriptors_among(files)},
    )
    strange = files.keys() - contents.files().keys()
    if strange:
        raise BundleUnreadable(f"{min(strange)} has no place in a bundle")
    if contents.entries != in_causal_order(contents.entries):
        raise BundleUnreadable("the entries do not stand in their causal order")
    return contents


def _read_numbered(files: Mapping[str, bytes], number: int) -> BundledEntry:
    name = file_names.entry_file(number)
    data, proof = _file(files, name), _file(files, file_names.proof_file(number))
    bare = read_entry(data, proof, name=name)
    return replace(bare, bodies=dict(_read_bodies(files, number, bare)))


def _read_bodies(
    files: Mapping[str, bytes], number: int, bundled: BundledEntry
) -> Iterator[tuple[str, SaltedBody]]:
    for position, commitment in enumerate(bundled.entry.commitments, 1):
        salt = files.get(file_names.salt_file(number, position))
        if salt is None:
            continue
        if len(salt) != SALT_BYTES:
            raise BundleUnreadable(f"a salt of entry {number} has not {SALT_BYTES} bytes")
        content = _file(files, file_names.body_file(number, position, commitment.media))
        yield commitment.name, SaltedBody(salt=salt, content=content)


def _body_files(number: int, bundled: BundledEntry) -> Iterator[tuple[str, bytes]]:
    for position, commitment in enumerate(bundled.entry.commitments, 1):
        body = bundled.bodies.get(commitment.name)
        if body is not None:
            yield file_names.salt_file(number, position), body.salt
            yield file_names.body_file(number, position, commitment.media), body.content


def _read_node(name: str, data: bytes) -> tuple[str, Descriptor]:
    file = file_names.descriptor_file(name)
    try:
        descriptor = read_descriptor(data)
    except DescriptorUnreadable as error:
        raise BundleUnreadable(f"{file}: {error}") from error
    if descriptor.name != name:
        raise BundleUnreadable(f"{file} describes {descriptor.name}")
    return name, descriptor


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    try:
        return files[name]
    except KeyError:
        raise BundleUnreadable(f"{name} is missing") from None
