"""Manifests that come to stand beside entries: which file each lists is noted as it is stored."""

from collections.abc import Sequence

from tongban.core.blobs.manifest import read_manifest
from tongban.logs.blobs import BlobRow
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

#: Log, generation and index of an entry in the store.
_Place = tuple[int, int, int]


def place_manifest(
    kernel: Kernel, connection: Connection, place: _Place, name: str, content: bytes
) -> None:
    """Note the file that a body lists, unless the body was erased before it came."""
    log, generation, index = place
    there = kernel.store.body_names(connection, log, generation, index, index + 1)
    if (index, name) not in there:
        return
    manifest = read_manifest(content)
    root = manifest.blob.root
    if kernel.store.blob(connection, root) is None:
        row = BlobRow(
            root=root, peer="", size=manifest.size, stored=is_whole(kernel, manifest.names)
        )
        kernel.store.put_blob(connection, row, kernel.clock.now(), manifest.names)
    kernel.store.place_blob(connection, log, generation, index, name, root)


def is_whole(kernel: Kernel, names: Sequence[bytes]) -> bool:
    """Whether every piece is here, as far as can be seen without reading them."""
    return all(kernel.pieces.holds(name) for name in names)
