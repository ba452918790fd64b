"""Receipts for large files as the two logs hold them (spec/blobs.md, "Receipt")."""

from tongban.core.blobs.admit import admit_files, blobs_of
from tongban.core.entry import Entry, Seen, SubjectKind
from tongban.logs.rows import LogKind
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Work


def receipts(
    kernel: Kernel, connection: Connection, root: str, kind: LogKind, peer: str
) -> list[Seen]:
    """Where receipts for a file end on a log, as far as no outcome refused them.

    kind: OWN for this node's receipts to the peer, MIRROR for the peer's.
    """
    lines = kernel.store.journal_of(connection, SubjectKind.BLOB.value, root)
    return [
        Seen(generation=line.generation, size=line.index + 1)
        for line in lines
        if (line.kind, line.peer) == (kind, peer) and not line.ground
    ]


def has_stored(kernel: Kernel, connection: Connection, root: str, peer: str) -> bool:
    """Whether the peer has signed for a file."""
    return bool(receipts(kernel, connection, root, LogKind.MIRROR, peer))


def unstored(work: Work, entry: Entry, *, reader: str, peer: str) -> str:
    """The ground on which the reader must refuse an entry for the files it names, or "".

    peer: the other node of the channel, which may be the reader.
    """
    blobs = blobs_of(entry.commitments)
    if not blobs:
        return ""
    kind = LogKind.MIRROR if reader == peer else LogKind.OWN
    known = {
        blob.root: receipts(work.kernel, work.connection, blob.root, kind, peer) for blob in blobs
    }
    refusal = admit_files(entry, known)
    return refusal.ground if refusal else ""
