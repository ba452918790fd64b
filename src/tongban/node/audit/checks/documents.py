"""Documents are what their digests name; partners' descriptors are signed and unchanged."""

from collections.abc import Callable, Iterator

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.faults import DescriptorUnreadable
from tongban.core.canonical import digest
from tongban.logs.rows import StoredDocument
from tongban.node.audit.archive import Archive
from tongban.node.audit.damage import Counts, Damage

#: As the library keeps them.
_KINDS = ("agreement", "cited")


def check_documents(
    archive: Archive, counts: Counts, _step: Callable[[], None]
) -> Iterator[Damage]:
    """Check every document and descriptor by itself."""
    for document in _documents(archive):
        counts.documents += 1
        if digest(document.data) != document.digest:
            yield Damage(
                kind="document_changed",
                place=f"{document.kind} {document.digest}",
                text="its content is not what the digest names",
                remedy="restore the newest backup that is whole; partners send what entries cite",
            )
    for row in archive.store.peers(archive.connection):
        try:
            fits = fingerprint(read_descriptor(row.descriptor)) == row.fingerprint
        except DescriptorUnreadable:
            fits = False
        if not fits:
            yield Damage(
                kind="descriptor_changed",
                place=f"partner {row.name}",
                text="its descriptor is not the one whose fingerprint was compared",
                remedy=f"compare fingerprints with {row.name} and run `tongban peer add` again",
            )


def _documents(archive: Archive) -> Iterator[StoredDocument]:
    for kind in _KINDS:
        yield from archive.store.documents(archive.connection, kind)
