"""What a peer gets back that rotted on its disk (spec/channels.md, "Repair")."""

from collections.abc import Sequence

import msgspec

from tongban.channels.messages import Restored, Wanted
from tongban.logs.faults import BodyDamaged, LogDamaged
from tongban.logs.rows import LogKind, StoredBody
from tongban.node.erasures import erased_by
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Place, readable

#: Entries and bodies that are given back at once, and their bytes.
WANTED_MAX = 256
GIVEN_BYTES_MAX = 16_000_000


def give(
    kernel: Kernel, connection: Connection, peer: str, wanted: Sequence[Wanted]
) -> list[Restored]:
    """What this node has of what the peer wants back; b"" for what it lacks too."""
    given, size = [], 0
    for each in wanted[:WANTED_MAX]:
        restored = _given(kernel, connection, peer, each)
        size += len(restored.entry) + len(restored.content)
        if size > GIVEN_BYTES_MAX:
            break
        given.append(restored)
    return given


def log_between(kernel: Kernel, connection: Connection, peer: str, writer: str) -> int | None:
    """The log between the two that this node writes; nobody speaks of any other here."""
    kinds = {kernel.identity.name: LogKind.OWN, peer: LogKind.MIRROR}
    if writer not in kinds:
        return None
    return kernel.store.find_log(connection, kind=kinds[writer], peer=peer)


def _given(kernel: Kernel, connection: Connection, peer: str, wanted: Wanted) -> Restored:
    lacking = Restored(wanted.writer, wanted.generation, wanted.index, b"", wanted.body)
    log = log_between(kernel, connection, peer, wanted.writer)
    if log is None:
        return lacking
    place = (log, wanted.generation, wanted.index)
    if not wanted.body:
        # The peer sees whether they fit; where only our own hash rotted, they do.
        found = kernel.store.entry_bytes(connection, *place)
        return msgspec.structs.replace(lacking, entry=found or b"")
    try:
        body = _body(kernel, connection, peer, place, wanted.body)
    except (LogDamaged, BodyDamaged):
        return lacking
    if body is None:
        return lacking
    return msgspec.structs.replace(lacking, salt=body.salt, content=body.content)


def _body(
    kernel: Kernel, connection: Connection, peer: str, place: Place, name: str
) -> StoredBody | None:
    """A body, unless the peer's own log says that it erased it: it may not have it again."""
    store, (log, generation, index) = kernel.store, place
    row = store.entry(connection, *place)
    entry = readable(row.data) if row else None
    head = store.head_of(connection, log, generation)
    if entry is None or head is None:
        return None
    erased = erased_by(kernel, connection, peer, entry.subject)
    if (head.origin, index, name) in set(erased):
        return None
    return store.body(connection, *place, name)
