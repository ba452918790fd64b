"""A machine that signs two roots for one size of one log, and shows both to its partner."""

from random import Random

import msgspec

from tongban.channels.messages import Segment
from tongban.evidence.checkpoints import Checkpoint, sign_checkpoint
from tongban.evidence.notes import encode_note
from tongban.logs.rows import ChannelStatus, Head, LogKind
from tongban.node.hearing import Heard
from tongban.node.node import Node
from tongban.testing.simulation.faults.lies import sealed
from tongban.testing.simulation.world import World


def equivocate(world: World, chance: Random) -> bool:
    """Only what the partner has cosigned already, so that it holds the first of the two."""
    name, peer = chance.sample(world.names, 2)
    machine = world.machines[name]
    if (
        not machine.running
        or not world.lines.passes(name, peer)
        or not _both_open(world, name, peer)
    ):
        return False
    head = _cosigned_end(machine.node, peer)
    if head is None or not world.machines[peer].running or not _holds(world[peer], name, head):
        return False
    world.liars.add(name)
    world.signatures.forgiven.add(name)
    world.signatures.twice.add(name)
    if not world.do(lambda: world.lines.repeat(name, peer, _two_faced(machine.node, peer, head))):
        return False
    world.found_out.append((peer, name))
    return True


def _both_open(world: World, name: str, peer: str) -> bool:
    return all(
        row.status is ChannelStatus.OPEN
        for one, other in ((name, peer), (peer, name))
        for row in (world[one].channels() if world.machines[one].running else ())
        if row.peer == other
    )


def _cosigned_end(node: Node, peer: str) -> Head | None:
    """Where the log to the peer ends, if the peer has cosigned all of it."""
    store = node.kernel.store
    with node.kernel.database.read() as connection:
        log = store.find_log(connection, kind=LogKind.OWN, peer=peer)
        head = store.head(connection, log) if log is not None else None
        row = store.channel(connection, peer)
    if head is None or row is None:
        return None
    whole = (row.cosigned_generation, row.cosigned_size) == (head.generation, head.size)
    return head if whole else None


def _holds(node: Node, peer: str, head: Head) -> bool:
    """Whether a log of the peer's is stored to this end; not after it was rolled back unawares."""
    store = node.kernel.store
    with node.kernel.database.read() as connection:
        log = store.find_log(connection, kind=LogKind.MIRROR, peer=peer)
        mirrored = store.head(connection, log) if log is not None else None
    return mirrored is not None and (mirrored.origin, mirrored.range) == (head.origin, head.range)


def _two_faced(node: Node, peer: str, head: Head) -> bytes:
    kernel = node.kernel
    other = Checkpoint(origin=head.origin, size=head.size, root=kernel.randomness.draw(32))
    segment = Segment(
        generation=head.generation,
        start=head.start,
        first=head.size - 1,
        entries=[b"{}"],
        bodies=[],
        # What is signed under keys that the partner was not told of yet is no word of anybody's.
        checkpoint=encode_note(sign_checkpoint(other, kernel.identity.signer.of(head.keys))),
    )
    message = node.conversation._message(  # noqa: SLF001 - a liar has no manners
        kernel.peers.require(peer), Heard()
    )
    return sealed(node, peer, msgspec.structs.replace(message, segments=[segment]))
