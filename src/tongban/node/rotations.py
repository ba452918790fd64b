"""Changing keys: what a node announces, and what its partners take (spec/channels.md, "Keys")."""

from collections.abc import Callable
from dataclasses import dataclass

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.channels.faults import DescriptorUnreadable
from tongban.core.channel.events import KeyRotated
from tongban.evidence.signer import Signer
from tongban.logs.rows import LogKind
from tongban.node.identity import Peer
from tongban.node.kernel import Kernel
from tongban.node.work import Work

#: The document of a digest, from the message that cites it or from the library.
Find = Callable[[str], bytes | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotation:
    """A writer's change of keys that its reader takes: who it is from now on, and the proof."""

    writer: Peer
    number: int
    descriptor: bytes


def accepted(writer: Peer, event: KeyRotated, keys: int, find: Find) -> Rotation | None:
    """The rotation that a writer announces under its key set `keys`; None where it must not be.

    The new descriptor is of the same node, names every key set that is known, and is newer.
    """
    data = find(event.descriptor) or b""
    try:
        descriptor = read_descriptor(data)
    except DescriptorUnreadable:
        return None
    sets, known = descriptor.sets, writer.sets
    if descriptor.name != writer.name or len(sets) != event.number or event.number <= keys:
        return None
    if any(ours != theirs for ours, theirs in zip(known, sets, strict=False)):
        return None
    if len(sets) <= len(known):
        return Rotation(writer=writer, number=event.number, descriptor=data)
    if descriptor.serial <= writer.serial:
        return None
    newer = Peer(
        name=writer.name, sets=sets, serial=descriptor.serial, speaks_from=writer.speaks_from
    )
    return Rotation(writer=newer, number=event.number, descriptor=data)


def keep_rotation(work: Work, log: int, generation: int, rotation: Rotation) -> None:
    """Remember under which keys the log goes on, and the descriptor of a partner that has them."""
    store, connection = work.kernel.store, work.connection
    store.announce_keys(connection, log, generation, rotation.number)
    work.forget_end(log)
    row = store.peer(connection, rotation.writer.name)
    if row is None:
        # It is a rotation of our own that comes back after a loss.
        return
    found = read_descriptor(rotation.descriptor)
    if len(found.sets) > len(read_descriptor(row.descriptor).sets):
        store.put_peer(
            connection,
            row.name,
            rotation.descriptor,
            fingerprint(found),
            row.paired_at,
            row.compared_keys,
        )


def signer_for(kernel: Kernel, *peers: str) -> Signer:
    """The key set that signs what goes to all these peers; one may know of no newer one yet."""
    store, signer = kernel.store, kernel.identity.signer
    with kernel.database.read() as connection:
        logs = [store.find_log(connection, kind=LogKind.OWN, peer=peer) for peer in peers]
        heads = [store.head(connection, log) for log in logs if log is not None]
    numbers = [head.keys for head in heads if head is not None]
    return signer.of(min(numbers)) if numbers else signer
